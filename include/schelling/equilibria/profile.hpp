#pragma once

#include <schelling/core/result.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <vector>

namespace schelling {

/// A profile of mixed strategies of a game in normal form, what it pays, and how far it is from equilibrium.
template <class Scalar>
struct Profile {
  std::vector<std::vector<Scalar>> strategies;  ///< [player][strategy]
  std::vector<Scalar> payoff;                   ///< [player]
  Certificate certificate;
};

/// The equilibria of a game in normal form that a solver found.
template <class Scalar>
struct Profiles {
  NormalFormGame<Scalar> game;
  ResultInfo info;
  std::vector<Profile<Scalar>> profiles;
};

/// [player][strategy]: what each pure strategy pays its player against the others' mixed strategies.
/// @throws InvalidArgument naming the player, unless there is one distribution for each, over the player's strategies
template <class Scalar>
std::vector<std::vector<Scalar>> strategy_payoffs(const NormalFormGame<Scalar>& game,
                                                  const std::vector<std::vector<Scalar>>& strategies);

/// The profile with its payoffs and certificate. `max_regret` is the largest gain of a player from another strategy,
/// relative to the range of the player's payoffs over all pure profiles: a Nash equilibrium is a profile where it is
/// zero. There are no beliefs, and the Bayes gap is zero.
///
/// @throws InvalidArgument as `strategy_payoffs` does
///
/// Shares no code with solvers. Cost: players^2 times the number of pure profiles.
template <class Scalar>
Profile<Scalar> certify(const NormalFormGame<Scalar>& game, std::vector<std::vector<Scalar>> strategies);

extern template std::vector<std::vector<double>> strategy_payoffs(const NormalFormGame<double>&,
                                                                  const std::vector<std::vector<double>>&);
extern template std::vector<std::vector<Rational>> strategy_payoffs(
    const NormalFormGame<Rational>&, const std::vector<std::vector<Rational>>&);
extern template Profile<double> certify(const NormalFormGame<double>&, std::vector<std::vector<double>>);
extern template Profile<Rational> certify(const NormalFormGame<Rational>&,
                                          std::vector<std::vector<Rational>>);

}  // namespace schelling
