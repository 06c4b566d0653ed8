#include <schelling/numerics/tolerance.hpp>
#include <schelling/solvers/solve_nash.hpp>

#include "solvers/nash/paths.hpp"

#include <stdexcept>

namespace schelling {

namespace {

using nash::End;

/// Payoffs with the least one brought to 1, which changes no best reply.
template <class Number>
std::vector<Number> positive(std::vector<Number> payoffs) {
  const Number low = *std::min_element(payoffs.begin(), payoffs.end());
  for (auto& payoff : payoffs) payoff += Number(1) - low;
  return payoffs;
}

template <class Number, class Scalar>
End follow(const NormalFormGame<Scalar>& game, const SequenceForm<Scalar>& form, std::uint64_t start,
           Monitor& monitor, std::vector<std::vector<Scalar>>& strategies) {
  auto row = nash::path_payoffs<Number>(form, 0), column = nash::path_payoffs<Number>(form, 1);
  if (!row || !column) return End::overflow;
  nash::LemkeHowson<Number> path(game.strategies(0), game.strategies(1),
                                 {positive(std::move(*row)), positive(std::move(*column))});
  const auto labels = static_cast<std::uint64_t>(game.strategies(0) + game.strategies(1));
  const End end = path.solve(start % labels, monitor);
  if (end == End::solved) strategies = path.template strategies<Scalar>();
  return end;
}

template <class Scalar>
ResultInfo information(const char* method) {
  ResultInfo info;
  info.method = method;
  info.arithmetic = std::numeric_limits<Scalar>::is_exact ? Arithmetic::exact : Arithmetic::double_precision;
  info.coverage = Coverage::one;
  return info;
}

/// Follows the path in double if Scalar is double, and unless that delivers a certified equilibrium in integers, the narrowest
/// that do not overflow. `follow(number)` goes along the path with the type of that number, `accept()` certifies its end.
template <class Scalar, class Follow, class Accept>
void find(ResultInfo& info, Monitor& monitor, Follow&& follow, Accept&& accept) {
  constexpr bool in_double = !std::numeric_limits<Scalar>::is_exact;
  End end = End::failed;
  if constexpr (in_double) {
    end = follow(double());
    info.proven = end == End::solved && accept();
    if (info.proven) return;
    info.message = "rounding spoilt the path in double; it was followed in exact arithmetic";
  }
  if (end != End::stopped) {
    end = follow(std::int64_t());
    if (end == End::overflow) end = follow(Integer());
    info.proven = end == End::solved && accept();
    if (info.proven) return;
  }
  if (end == End::stopped) {
    info.status = *monitor.stopped();
    info.message = "stopped before the end of the path";
    return;
  }
  if (!in_double)
    throw std::logic_error("the end of an exact path of complementary pivots is not an equilibrium");
  info.status = Status::degenerate;
  info.message =
      "the equilibrium, rounded to double, fails its certificate; solve the game in exact arithmetic";
}

}  // namespace

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_nash(const ExtensiveGame<Scalar>& game, const NashOptions& options,
                                       Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  const auto start = nash::starting_strategies(form, options.start);
  ExtensiveEquilibria<Scalar> result{game, information<Scalar>("Lemke's algorithm on the sequence form"), {}};
  nash::Plans<Scalar> plans;
  find<Scalar>(
      result.info, monitor,
      [&]<class Number>(const Number&) { return nash::follow<Number>(form, start, false, monitor, plans); },
      [&] {
        auto assessment = with_bayes_beliefs(game, nash::strategy_of(form, plans.weights));
        const Certificate certificate = certify_ex_ante(game, assessment);
        if (!certificate.passes(default_certificate_tolerance<Scalar>)) return false;
        auto payoff = continuation_payoffs<Scalar>(game, assessment.strategy);
        payoff.resize(2);  // those of the root
        result.equilibria.push_back({std::move(assessment), std::move(payoff), Concept::nash, certificate});
        return true;
      });
  return result;
}

template <class Scalar>
Profiles<Scalar> solve_nash(const NormalFormGame<Scalar>& game, const NashOptions& options,
                            Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  Profiles<Scalar> result{game, information<Scalar>("the algorithm of Lemke and Howson"), {}};
  std::vector<std::vector<Scalar>> strategies;
  find<Scalar>(
      result.info, monitor,
      [&]<class Number>(const Number&) {
        return follow<Number>(game, form, options.start, monitor, strategies);
      },
      [&] {
        auto profile = certify(game, std::move(strategies));
        if (!profile.certificate.passes(default_certificate_tolerance<Scalar>)) return false;
        result.profiles.push_back(std::move(profile));
        return true;
      });
  return result;
}

template ExtensiveEquilibria<double> solve_nash(const ExtensiveGame<double>&, const NashOptions&, Monitor&);
template ExtensiveEquilibria<Rational> solve_nash(const ExtensiveGame<Rational>&, const NashOptions&,
                                                  Monitor&);
template Profiles<double> solve_nash(const NormalFormGame<double>&, const NashOptions&, Monitor&);
template Profiles<Rational> solve_nash(const NormalFormGame<Rational>&, const NashOptions&, Monitor&);

}  // namespace schelling
