#pragma once

#include "unsent_message.hpp"

namespace schelling::refinements {

/// What a refinement says about one unsent message.
struct MessageVerdict {
  RefinementWitness<Rational> witness;
  int rounds = 0;
  /// The concept has two readings, which differ here.
  bool ambiguous = false;

  bool passes() const { return witness.passes; }
};

/// Which types a message may come from: what the three criteria of this family ask before they exclude type
/// t.
enum class Temptation {
  d1,   ///< is one other type tempted whenever t is tempted or indifferent
  d2,   ///< is some other type tempted whenever t is tempted or indifferent
  nwbr  ///< is some other type tempted whenever t is indifferent
};

MessageVerdict test_intuitive(const UnsentMessage& message, bool iterated);
MessageVerdict test_equilibrium_dominance(const UnsentMessage& message);
MessageVerdict test_temptation(const UnsentMessage& message, Temptation temptation, bool iterated);
MessageVerdict test_divinity(const UnsentMessage& message);
MessageVerdict test_perfect_sequential(const UnsentMessage& message);
/// Cheap talk only; the message is any one, because the payoffs do not depend on it.
MessageVerdict test_neologism_proof(const UnsentMessage& message);

/// Passes if a best reply to the hull deters every type; else shows the least tempting one.
MessageVerdict test_deterrence(const UnsentMessage& message, const BeliefHull& hull,
                               std::vector<RefinementWitness<Rational>::Exclusion> excluded);

/// In labels: "weak", "weak and surly"; "weak 1/3, surly 2/3".
std::string describe_types(const SignalingGame<Rational>& game, const std::vector<int>& types);
std::string describe_belief(const SignalingGame<Rational>& game, const std::vector<Rational>& belief);
std::string describe_reply(const SignalingGame<Rational>& game, const std::vector<Rational>& reply);
/// ", which excludes ..." or nothing.
std::string describe_exclusions(const SignalingGame<Rational>& game,
                                const std::vector<RefinementWitness<Rational>::Exclusion>& excluded);

}  // namespace schelling::refinements
