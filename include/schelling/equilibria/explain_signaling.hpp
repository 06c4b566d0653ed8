#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <optional>
#include <string>
#include <vector>

namespace schelling {

/// In plain language and the game's labels: who sends what, how it is answered and under which beliefs, what everybody
/// gets, what keeps the types from other messages, and which deviation comes closest to paying. Meant for double and
/// Rational.
template <class Scalar>
std::string explain(const SignalingGame<Scalar>& game, const SignalingComponent<Scalar>& component);

/// What a user expects to be an equilibrium: a strategy of the sender and as much of the rest as he cares to state.
template <class Scalar>
struct SignalingProfile {
  RowTable<Scalar> sender;  ///< [t, m]
  /// [m] the reply to each message; nothing: any best reply to some belief (Bayes' where the message is sent).
  std::vector<std::optional<std::vector<Scalar>>> replies;
};

/// Why the profile is no perfect Bayesian equilibrium, as the inequality that fails, with its numbers; an empty text if
/// it is one, or can be completed to one. Exact for both kinds of numbers: doubles count as the
/// fractions that their shortest decimals stand for.
///
/// Conditions are looked at in this order: stated replies must be optimal against Bayes' belief (sent messages) or
/// against some belief (the others); with all replies stated, no type may gain from another message; with replies left
/// open, there must be some that make every type content.
/// Throws InvalidArgument for shapes that are not those of the game and rows that are no distributions.
template <class Scalar>
std::string why_not(const SignalingGame<Scalar>& game, const SignalingProfile<Scalar>& profile);

}  // namespace schelling
