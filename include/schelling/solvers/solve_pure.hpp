#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstddef>

namespace schelling {

struct PureOptions {
  /// Concept::nash or Concept::subgame_perfect; tables know the first alone.
  Concept concept_ = Concept::nash;
  /// Most equilibria kept; the result is `truncated` if there are more.
  std::size_t limit = 100'000;
  /// Largest number of pure profiles that are looked at. A game that would need more is not searched at all, or not to
  /// the end, and the result is `incomplete`; raise it to let large games run.
  double work_limit = 1e7;

  /// Throws InvalidOptions naming the field.
  void validate() const;
};

/// All Nash equilibria in pure strategies of a game with any number of players, by looking at every profile.
/// Doubles count as equal within `tolerance::indifference` of the payoff range. Every equilibrium is certified.
///
/// Coverage: all pure equilibria. Cost: the number of pure profiles times that of players.
template <class Scalar>
Profiles<Scalar> solve_pure(const NormalFormGame<Scalar>& game, const PureOptions& options, Monitor& monitor);
template <class Scalar>
Profiles<Scalar> solve_pure(const NormalFormGame<Scalar>& game, const PureOptions& options = {}) {
  Monitor monitor;
  return solve_pure(game, options, monitor);
}

/// All pure Nash or all pure subgame-perfect equilibria (Selten 1965) of a tree with any number of players.
///
/// Nash equilibria are those of the reduced normal form. Subgame-perfect ones are put together from the last
/// subgames to the whole: at each, every combination of equilibria of the subgames inside, and the pure
/// equilibria of what is left when their payoffs stand in their place; the normal form of the whole is never
/// made. Games of perfect information go by backward induction.
///
/// Strategies that differ only where own earlier moves (in the same subgame) exclude the information set are
/// stated once, with the first action there. Every equilibrium is certified at the concept asked for.
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_pure(const ExtensiveGame<Scalar>& game, const PureOptions& options,
                                       Monitor& monitor);
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_pure(const ExtensiveGame<Scalar>& game, const PureOptions& options = {}) {
  Monitor monitor;
  return solve_pure(game, options, monitor);
}

extern template Profiles<double> solve_pure(const NormalFormGame<double>&, const PureOptions&, Monitor&);
extern template Profiles<Rational> solve_pure(const NormalFormGame<Rational>&, const PureOptions&, Monitor&);
extern template ExtensiveEquilibria<double> solve_pure(const ExtensiveGame<double>&, const PureOptions&,
                                                       Monitor&);
extern template ExtensiveEquilibria<Rational> solve_pure(const ExtensiveGame<Rational>&, const PureOptions&,
                                                         Monitor&);

}  // namespace schelling
