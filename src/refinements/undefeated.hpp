#pragma once

#include "criteria.hpp"
#include "exact_outcome.hpp"

namespace schelling::refinements {

/// What is played and paid in an equilibrium in pure strategies.
struct PureOutcome {
  std::vector<int> message;      ///< [t]
  std::vector<int> reply;        ///< [m]; -1 where no type sends m
  std::vector<Rational> payoff;  ///< [t]

  friend bool operator==(const PureOutcome&, const PureOutcome&) = default;
};

/// All outcomes of equilibria in pure strategies, replies to unsent messages included, that the components
/// contain.
template <class Scalar>
std::vector<PureOutcome> pure_outcomes(BestReplies& best_replies,
                                       const SignalingEquilibria<Scalar>& equilibria);

/// Whether a pure best reply to the message tempts no type.
bool has_pure_deterrent(const UnsentMessage& message);

/// Whether one belief and pure reply after the message agree with every rival equilibrium that uses it.
MessageVerdict test_undefeated(const UnsentMessage& message, const EquilibriumPayoffs& payoffs,
                               const std::vector<PureOutcome>& rivals);

}  // namespace schelling::refinements
