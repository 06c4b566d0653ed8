#pragma once

#include <schelling/core/result.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <vector>

namespace schelling {

/// A correlated equilibrium (Aumann 1974): a distribution over pure profiles from which each player is told the own
/// strategy, and no player gains by playing another one than told.
template <class Scalar>
struct CorrelatedEquilibrium {
  std::vector<Scalar> distribution;  ///< per pure profile, numbered as in the game
  std::vector<Scalar> payoff;        ///< [player]
  Certificate certificate;
};

/// Extreme correlated equilibria of a game.
template <class Scalar>
struct CorrelatedEquilibria {
  NormalFormGame<Scalar> game;
  ResultInfo info;
  /// One with the greatest sum of payoffs; then per player one that is best and one that is worst for the player. Empty if
  /// the search was stopped before.
  std::vector<CorrelatedEquilibrium<Scalar>> welfare_best, best, worst;
};

/// The distribution with its payoffs and certificate. `max_regret` is the largest expected gain of a player from playing
/// one strategy whenever told another one, before the profile is drawn, relative to the range of the player's payoffs; there
/// are no beliefs, and the Bayes gap is zero.
/// @throws InvalidArgument unless `distribution` is one over the pure profiles
///
/// Shares no code with solvers.
template <class Scalar>
CorrelatedEquilibrium<Scalar> certify_correlated(const NormalFormGame<Scalar>& game,
                                                 std::vector<Scalar> distribution);

extern template CorrelatedEquilibrium<double> certify_correlated(const NormalFormGame<double>&,
                                                                 std::vector<double>);
extern template CorrelatedEquilibrium<Rational> certify_correlated(const NormalFormGame<Rational>&,
                                                                   std::vector<Rational>);

}  // namespace schelling
