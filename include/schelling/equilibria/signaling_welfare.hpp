#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <cstddef>
#include <vector>

namespace schelling {

/// Whether every type gets at least as much in `a` as in `b`, and some type more.
template <class Scalar>
bool sender_dominates(const SignalingOutcome<Scalar>& a, const SignalingOutcome<Scalar>& b) {
  bool more = false;
  for (std::size_t t = 0; t < a.sender_payoff.size(); ++t) {
    if (a.sender_payoff[t] < b.sender_payoff[t]) return false;
    more = more || b.sender_payoff[t] < a.sender_payoff[t];
  }
  return more;
}

/// Whether the receiver gets more in `a` than in `b`.
template <class Scalar>
bool receiver_dominates(const SignalingOutcome<Scalar>& a, const SignalingOutcome<Scalar>& b) {
  return b.receiver_payoff < a.receiver_payoff;
}

/// Whether `a` is a Pareto improvement on `b` for all types and the receiver.
template <class Scalar>
bool dominates(const SignalingOutcome<Scalar>& a, const SignalingOutcome<Scalar>& b) {
  const bool sender_equal = a.sender_payoff == b.sender_payoff;
  if (a.receiver_payoff < b.receiver_payoff) return false;
  return sender_dominates(a, b) || (sender_equal && receiver_dominates(a, b));
}

/// An outcome among those at the vertices of the components.
struct OutcomeIndex {
  std::size_t component, outcome;
  friend bool operator==(const OutcomeIndex&, const OutcomeIndex&) = default;
};

namespace signaling_detail {

template <class Scalar, class Value>
std::vector<OutcomeIndex> best_outcomes(const std::vector<SignalingComponent<Scalar>>& components,
                                        const Value& value) {
  std::vector<OutcomeIndex> best;
  Scalar largest(0);
  for (std::size_t c = 0; c < components.size(); ++c)
    for (std::size_t o = 0; o < components[c].outcomes.size(); ++o) {
      const Scalar here = value(components[c].outcomes[o]);
      if (best.empty() || largest < here) {
        best.clear();
        largest = here;
      }
      if (here == largest) best.push_back({c, o});
    }
  return best;
}

}  // namespace signaling_detail

/// The outcomes with the largest expected payoff of the sender before the type is drawn. They are those of all
/// equilibria, because payoffs are affine between vertices.
template <class Scalar>
std::vector<OutcomeIndex> sender_optimal(const SignalingGame<Scalar>& game,
                                         const std::vector<SignalingComponent<Scalar>>& components) {
  return signaling_detail::best_outcomes(components, [&](const SignalingOutcome<Scalar>& outcome) {
    Scalar sum(0);
    for (int t = 0; t < game.types(); ++t)
      sum += game.prior(t) * outcome.sender_payoff[static_cast<std::size_t>(t)];
    return sum;
  });
}

/// The outcomes with the largest expected payoff of the receiver.
template <class Scalar>
std::vector<OutcomeIndex> receiver_optimal(const std::vector<SignalingComponent<Scalar>>& components) {
  return signaling_detail::best_outcomes(
      components, [](const SignalingOutcome<Scalar>& outcome) { return outcome.receiver_payoff; });
}

}  // namespace schelling
