#pragma once

#include "criteria.hpp"
#include "exact_outcome.hpp"
#include "undefeated.hpp"

#include <schelling/refinements/survives.hpp>

#include <functional>
#include <optional>

namespace schelling::refinements {

/// Thrown where a message would cost more linear programs than the options allow.
class TooMuchWork : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One message under one refinement (all but `undefeated`).
MessageVerdict test_message(const UnsentMessage& message, Refinement refinement,
                            const RefinementOptions& options);

/// Whether the payoffs do not depend on the message.
bool is_cheap_talk(const SignalingGame<Rational>& game);

/// The verdict on one outcome. `rivals` gives all pure outcomes, or nothing where they are not known; it is
/// called for `undefeated` only.
Verdict<Rational> outcome_verdict(BestReplies& best_replies, const ExactOutcome& outcome,
                                  Refinement refinement, const RefinementOptions& options,
                                  const std::function<const std::vector<PureOutcome>*()>& rivals);

/// How the reason goes on where perfect sequentiality has two answers.
inline constexpr const char* ambiguous_ending =
    "; but another belief, on indifferent types only, is confirmed too and deters: the readings of ties "
    "differ";

Verdict<Rational> without_answer(Refinement refinement, Survival status, std::string reason);

/// What `decide` returns; undecided, with the reason, where rounding or the limit on work leave no answer.
Verdict<Rational> decided(Refinement refinement, const std::function<Verdict<Rational>()>& decide);

Verdict<double> rounded(const Verdict<Rational>& verdict);
inline const Verdict<Rational>& rounded_to(const Verdict<Rational>& verdict, const Rational*) {
  return verdict;
}
inline Verdict<double> rounded_to(const Verdict<Rational>& verdict, const double*) {
  return rounded(verdict);
}

}  // namespace schelling::refinements
