#include <schelling/solvers/solve_nash.hpp>

#include "solvers/nash/certified_result.hpp"
#include "solvers/nash/paths.hpp"

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

}  // namespace

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_nash(const ExtensiveGame<Scalar>& game, const NashOptions& options,
                                       Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  const auto start = nash::starting_strategies(form, options.start);
  ExtensiveEquilibria<Scalar> result{
      game, nash::information<Scalar>("Lemke's algorithm on the sequence form"), {}};
  nash::Plans<Scalar> plans;
  nash::find_certified<Scalar>(
      result.info, monitor,
      [&]<class Number>(const Number&) { return nash::follow<Number>(form, start, false, monitor, plans); },
      [&] { return nash::add_nash(result, nash::strategy_of(form, plans.weights)); });
  return result;
}

template <class Scalar>
Profiles<Scalar> solve_nash(const NormalFormGame<Scalar>& game, const NashOptions& options,
                            Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  Profiles<Scalar> result{game, nash::information<Scalar>("the algorithm of Lemke and Howson"), {}};
  std::vector<std::vector<Scalar>> strategies;
  nash::find_certified<Scalar>(
      result.info, monitor,
      [&]<class Number>(const Number&) {
        return follow<Number>(game, form, options.start, monitor, strategies);
      },
      [&] { return nash::add_nash(result, std::move(strategies)); });
  return result;
}

template ExtensiveEquilibria<double> solve_nash(const ExtensiveGame<double>&, const NashOptions&, Monitor&);
template ExtensiveEquilibria<Rational> solve_nash(const ExtensiveGame<Rational>&, const NashOptions&,
                                                  Monitor&);
template Profiles<double> solve_nash(const NormalFormGame<double>&, const NashOptions&, Monitor&);
template Profiles<Rational> solve_nash(const NormalFormGame<Rational>&, const NashOptions&, Monitor&);

}  // namespace schelling
