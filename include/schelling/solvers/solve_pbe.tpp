#pragma once

#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/solvers/pbe/solve.hpp>
#include <schelling/solvers/solve_pbe.hpp>

namespace schelling {

namespace pbe {

inline constexpr int largest_bits = 1024;

template <class Scalar>
void require_size(const SignalingGame<Scalar>& game) {
  const auto limit = [](const char* name, int count, int most) {
    if (count > most)
      throw InvalidGame(
          expectation(name, "at most " + std::to_string(most) + " for this solver", std::to_string(count)));
  };
  limit("types", game.types(), largest_mask);
  limit("messages", game.messages(), largest_mask);
  limit("actions", game.actions(), largest_mask);
  limit("messages * (types + actions)", game.messages() * (game.types() + game.actions()), largest_bits);
}

/// Fractions in the narrowest integers that do not overflow, other numbers as they are.
template <class Scalar>
Solution<Scalar> solve(const SignalingGame<Scalar>& game, const PbeOptions& options, Monitor& monitor) {
  if constexpr (std::is_same_v<Scalar, Rational>) {
    if (const auto scaled = scale_to_integers<Checked64>(game))
      if (auto solution = solve_in<Checked64, Rational>(*scaled, options, monitor))
        return std::move(*solution);
    if (const auto scaled = scale_to_integers<Checked128>(game))
      if (auto solution = solve_in<Checked128, Rational>(*scaled, options, monitor))
        return std::move(*solution);
    return *solve_in<Integer, Rational>(*scale_to_integers<Integer>(game), options, monitor);
  } else {
    return *solve_in<Scalar, Scalar>(scale(game), options, monitor);
  }
}

}  // namespace pbe

template <Number Scalar>
SignalingEquilibria<Scalar> solve_pbe(const SignalingGame<Scalar>& game, const PbeOptions& options,
                                      Monitor& monitor) {
  options.validate();
  pbe::require_size(game);
  auto solution = pbe::solve(game, options, monitor);
  SignalingEquilibria<Scalar> result{game, {}, options, {}, std::move(solution.components)};
  auto& info = result.info;
  info.method =
      solution.method == PbeMethod::search ? "depth-first search over supports" : "vertices and bicliques";
  info.arithmetic = is_exact_number<Scalar> ? Arithmetic::exact : Arithmetic::double_precision;
  info.coverage = Coverage::all;
  info.proven = !solution.uncertain && !solution.stopped;
  if (solution.stopped) {
    info.status = *solution.stopped;
    info.coverage = Coverage::some;
    info.message = info.status == Status::truncated ? "more products than options.limit"
                                                    : "stopped before the search ended";
  } else if (solution.uncertain) {
    info.status = Status::degenerate;
    info.message = "a comparison was too close for double arithmetic; solve the game in exact arithmetic";
  }
  if (!options.certify) return result;
  // What was found until a stop is certified within a short time of grace.
  std::optional<Monitor> grace;
  if (monitor.stopped()) grace.emplace(std::chrono::duration<double>(pbe::grace_seconds));
  try {
    result.certificate = certify(game, result.components, Pace(grace ? *grace : monitor));
  } catch (const Stopped&) {
    info.status = *monitor.stopped();
    info.proven = false;
    info.message = info.message.empty() ? "stopped before the certificate was computed"
                                        : info.message + ", and before the certificate was computed";
  }
  return result;
}

}  // namespace schelling
