#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/correlated_equilibrium.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// Correlated equilibria that are best for the sum of payoffs, and best and worst for each player: linear programs over the
/// pure profiles, with one row for each pair of strategies of a player (Aumann 1974; Hart and Schmeidler 1989). Any number
/// of players.
///
/// Each optimum is that of all correlated equilibria, hence a bound for Nash equilibria; where several distributions attain
/// it, one of them is given. In double, a program that rounding leaves undecided is solved in exact arithmetic.
///
/// Coverage: some, the optima proven. Stopped, what was found by then stands. Memory and the cost of a pivot are rows times
/// profiles.
template <class Scalar>
CorrelatedEquilibria<Scalar> solve_correlated(const NormalFormGame<Scalar>& game, Monitor& monitor);
template <class Scalar>
CorrelatedEquilibria<Scalar> solve_correlated(const NormalFormGame<Scalar>& game) {
  Monitor monitor;
  return solve_correlated(game, monitor);
}

extern template CorrelatedEquilibria<double> solve_correlated(const NormalFormGame<double>&, Monitor&);
extern template CorrelatedEquilibria<Rational> solve_correlated(const NormalFormGame<Rational>&, Monitor&);

}  // namespace schelling
