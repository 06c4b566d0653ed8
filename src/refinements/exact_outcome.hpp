#pragma once

#include "unsent_message.hpp"

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/games/convert_signaling_game.hpp>

#include <vector>

namespace schelling::refinements {

/// A game of doubles in fractions; an exact one as it is.
inline SignalingGame<Rational> exact_game(const SignalingGame<double>& game) { return exact(game); }
inline const SignalingGame<Rational>& exact_game(const SignalingGame<Rational>& game) { return game; }

/// What the criteria need to know of an outcome.
struct ExactOutcome {
  EquilibriumPayoffs payoffs;
  std::vector<bool> sent;  ///< [m]
  bool is_pure = false;
  std::vector<int> message, reply;  ///< [t], [m] (-1 where not sent); if pure

  std::vector<int> unsent() const;
};

/// Reads an outcome and checks that it is one of an equilibrium. @throws InvalidArgument naming what is
/// wrong.
template <class Scalar>
ExactOutcome read_outcome(BestReplies& best_replies, const SignalingGame<Scalar>& game,
                          const SignalingOutcome<Scalar>& outcome);

/// The share of a type's payoff range within which its equilibrium payoff is known: nothing in exact
/// arithmetic; in double what the certificate allows an equilibrium to be off.
template <class Scalar>
Rational payoff_margin(const SignalingGame<Rational>& game, int type);

}  // namespace schelling::refinements
