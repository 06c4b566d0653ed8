#pragma once

#include "best_replies.hpp"

#include <schelling/refinements/verdict.hpp>

#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace schelling::refinements {

/// Thrown where equilibrium payoffs are known up to rounding only and the answer depends on the rounding.
class UnclearComparison : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A mixed best reply and a belief that it is best against.
struct SupportedBestReply {
  std::vector<Rational> reply, belief;
};

/// The types' equilibrium payoffs v, each known within its margin (0: exactly).
struct EquilibriumPayoffs {
  std::vector<Rational> value, margin;
};

/// All that the criteria ask about a message which no type sends: which best replies pay which types more
/// than v.
class UnsentMessage {
 public:
  /// Keeps references to both arguments.
  UnsentMessage(BestReplies& best_replies, const EquilibriumPayoffs& payoffs, int message)
      : best_replies_(best_replies), payoffs_(payoffs), message_(message) {}

  const SignalingGame<Rational>& game() const { return best_replies_.game(); }
  int message() const { return message_; }
  IndexSet all_types() const { return best_replies_.all_types(); }
  const std::vector<BestReplyFacet>& facets(const BeliefHull& hull) const {
    return best_replies_.facets(message_, hull);
  }

  /// A best reply to the hull that pays the types of the first set at least v and those of the second at most
  /// v. Decided by linear programs, one for each facet; all comparisons are closed.
  std::optional<SupportedBestReply> find(const BeliefHull& hull, IndexSet at_least, IndexSet at_most) const;

  /// A best reply to the hull that pays no type more than v.
  std::optional<SupportedBestReply> deterrent(const BeliefHull& hull) const {
    return find(hull, 0, all_types());
  }

  /// The best reply to the hull whose largest gain, measured by each type's payoff range, is smallest.
  SupportedBestReply least_tempting(const BeliefHull& hull) const;

  /// A best reply to the hull with `find`'s properties that pays the types of `at_least` most in sum, if that
  /// is more than v for one of them.
  std::optional<SupportedBestReply> find_gain(const BeliefHull& hull, IndexSet at_least,
                                              IndexSet at_most) const;

  /// Whether the action pays the type more than v.
  bool gains(int type, int action) const;
  /// The types whom the reply pays more than v.
  IndexSet gainers(const std::vector<Rational>& reply) const;

 private:
  enum class Reading { relaxed, strict };
  std::optional<std::vector<Rational>> find(IndexSet actions, IndexSet at_least, IndexSet at_most,
                                            Reading reading, bool maximize_gain) const;
  Rational gain(int type, int action) const;
  bool is_exact() const;

  BestReplies& best_replies_;
  const EquilibriumPayoffs& payoffs_;
  int message_;
};

}  // namespace schelling::refinements
