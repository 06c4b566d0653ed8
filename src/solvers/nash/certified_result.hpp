#pragma once

#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>

#include "solvers/nash/sequence_lemke.hpp"

#include <stdexcept>

namespace schelling::nash {

template <class Scalar>
ResultInfo information(const char* method) {
  ResultInfo info;
  info.method = method;
  info.arithmetic = std::numeric_limits<Scalar>::is_exact ? Arithmetic::exact : Arithmetic::double_precision;
  info.coverage = Coverage::one;
  return info;
}

/// Searches in double if Scalar is double, and unless that delivers a certified equilibrium in integers, the narrowest
/// that do not overflow. `search(number)` runs with the type of that number, `accept()` certifies what it found.
template <class Scalar, class Search, class Accept>
void find_certified(ResultInfo& info, Monitor& monitor, Search&& search, Accept&& accept) {
  constexpr bool in_double = !std::numeric_limits<Scalar>::is_exact;
  End end = End::failed;
  if constexpr (in_double) {
    end = search(double());
    info.proven = end == End::solved && accept();
    if (info.proven) return;
    info.message = "rounding spoilt the search in double; it was repeated in exact arithmetic";
  }
  if (end != End::stopped) {
    end = search(std::int64_t());
    if (end == End::overflow) end = search(Integer());
    info.proven = end == End::solved && accept();
    if (info.proven) return;
  }
  if (end == End::stopped) {
    info.status = *monitor.stopped();
    info.message = "stopped before an equilibrium was found";
    return;
  }
  if (!in_double) throw std::logic_error("an equilibrium found in exact arithmetic fails its certificate");
  info.status = Status::degenerate;
  info.message =
      "the equilibrium, rounded to double, fails its certificate; solve the game in exact arithmetic";
}

/// Adds the equilibrium to the result if it is certified to be one.
template <class Scalar>
bool add_nash(ExtensiveEquilibria<Scalar>& result, std::vector<Scalar> strategy) {
  auto assessment = with_bayes_beliefs(result.game, std::move(strategy));
  const Certificate certificate = certify_ex_ante(result.game, assessment);
  if (!certificate.passes(default_certificate_tolerance<Scalar>)) return false;
  auto payoff = continuation_payoffs<Scalar>(result.game, assessment.strategy);
  payoff.resize(static_cast<std::size_t>(result.game.players()));  // those of the root
  result.equilibria.push_back({std::move(assessment), std::move(payoff), Concept::nash, certificate});
  return true;
}

template <class Scalar>
bool add_nash(Profiles<Scalar>& result, std::vector<std::vector<Scalar>> strategies) {
  auto profile = certify(result.game, std::move(strategies));
  if (!profile.certificate.passes(default_certificate_tolerance<Scalar>)) return false;
  result.profiles.push_back(std::move(profile));
  return true;
}

}  // namespace schelling::nash
