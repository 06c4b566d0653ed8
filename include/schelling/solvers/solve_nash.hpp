#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstdint>

namespace schelling {

struct NashOptions {
  /// Where the path begins; from elsewhere it may lead to another equilibrium. In a table: the strategy whose label is
  /// dropped first, rows before columns. In a tree: the number of a pair of pure strategies, 0 being the best replies to
  /// uniform play, and its digits in the mixed radix of the numbers of actions, first player first, what is added at each
  /// information set. Numbers past the last begin again.
  std::uint64_t start = 0;
};

/// One Nash equilibrium of a two-player game.
///
/// In a tree by Lemke's algorithm (1965) on the sequence form (Koller, Megiddo and von Stengel 1996), in a table by the
/// algorithm of Lemke and Howson (1964); ties are broken lexicographically, so that neither cycles. Exact arithmetic pivots
/// on integers. In double, the equilibrium that the path ends at is certified; where rounding spoilt it the path is followed
/// again in exact arithmetic, with the numbers as they are.
///
/// At information sets that a player's own strategy excludes, the player's best reply to the other's play is given; a
/// Nash equilibrium does not restrict it. Beliefs are those of Bayes' rule, on the path.
///
/// Coverage: one equilibrium, proven; none only if stopped. The path can be exponentially long in the worst case (Savani and
/// von Stengel 2006). A pivot costs the square of the number of sequences; memory is the same.
/// @throws InvalidGame unless the game has two players
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_nash(const ExtensiveGame<Scalar>& game, const NashOptions& options,
                                       Monitor& monitor);
template <class Scalar>
Profiles<Scalar> solve_nash(const NormalFormGame<Scalar>& game, const NashOptions& options, Monitor& monitor);

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_nash(const ExtensiveGame<Scalar>& game, const NashOptions& options = {}) {
  Monitor monitor;
  return solve_nash(game, options, monitor);
}
template <class Scalar>
Profiles<Scalar> solve_nash(const NormalFormGame<Scalar>& game, const NashOptions& options = {}) {
  Monitor monitor;
  return solve_nash(game, options, monitor);
}

extern template ExtensiveEquilibria<double> solve_nash(const ExtensiveGame<double>&, const NashOptions&,
                                                       Monitor&);
extern template ExtensiveEquilibria<Rational> solve_nash(const ExtensiveGame<Rational>&, const NashOptions&,
                                                         Monitor&);
extern template Profiles<double> solve_nash(const NormalFormGame<double>&, const NashOptions&, Monitor&);
extern template Profiles<Rational> solve_nash(const NormalFormGame<Rational>&, const NashOptions&, Monitor&);

}  // namespace schelling
