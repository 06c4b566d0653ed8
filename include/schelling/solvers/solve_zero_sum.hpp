#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// Value and optimal strategies of a two-player game whose payoffs sum to a constant: one linear program on the sequence
/// form, whose primal solution is optimal for the first player and whose dual solution for the second (von Stengel 1996).
///
/// The result holds one equilibrium. Its payoffs are the players' values: what each can secure, and what the other can hold
/// each down to; all equilibria pay them. At information sets that a player's own strategy excludes, the player's best
/// reply to the other's play is given. In double, a program that rounding leaves undecided is solved in exact arithmetic.
///
/// Coverage: one equilibrium, proven; none only if stopped.
/// @throws InvalidGame unless the game has two players, and payoffs of the same sum at every terminal (in double, up to
///   rounding), naming two terminals that differ
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_zero_sum(const ExtensiveGame<Scalar>& game, Monitor& monitor);
template <class Scalar>
Profiles<Scalar> solve_zero_sum(const NormalFormGame<Scalar>& game, Monitor& monitor);

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_zero_sum(const ExtensiveGame<Scalar>& game) {
  Monitor monitor;
  return solve_zero_sum(game, monitor);
}
template <class Scalar>
Profiles<Scalar> solve_zero_sum(const NormalFormGame<Scalar>& game) {
  Monitor monitor;
  return solve_zero_sum(game, monitor);
}

extern template ExtensiveEquilibria<double> solve_zero_sum(const ExtensiveGame<double>&, Monitor&);
extern template ExtensiveEquilibria<Rational> solve_zero_sum(const ExtensiveGame<Rational>&, Monitor&);
extern template Profiles<double> solve_zero_sum(const NormalFormGame<double>&, Monitor&);
extern template Profiles<Rational> solve_zero_sum(const NormalFormGame<Rational>&, Monitor&);

}  // namespace schelling
