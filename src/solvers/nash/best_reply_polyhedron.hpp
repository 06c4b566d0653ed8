#pragma once

#include "numerics/integer_dictionary.hpp"

#include <schelling/games/sequence_form.hpp>

#include <vector>

namespace schelling::nash {

/// The polyhedron of a player's realisation plans x together with values q of the opponent's information sets,
///
///     x >= 0 is a plan,   q_g >= c_t(x) + sum of q over the opponent's sets after t   for t at g,
///
/// c_t(x) being what the opponent gets at the terminals whose last own action is t (von Stengel 1996). In the
/// normal form this is the best-reply polyhedron of Mangasarian (1964).
///
/// Variables are numbered over both players' sequences but the empty ones: the plan's weights of the own, and
/// the slacks of the inequalities of the opponent's. A profile is a Nash equilibrium if and only if each
/// variable is zero in the polyhedron of one player or in that of the other, for some values q.
class BestReplyPolyhedron {
 public:
  BestReplyPolyhedron(const SequenceForm<Rational>& form, int player);

  int player() const { return player_; }
  int variables() const { return variables_; }
  /// Number of the variable of a sequence that is not empty.
  static int variable(const SequenceForm<Rational>& form, int player, Index sequence) {
    return static_cast<int>(sequence) - 1 + (player == 0 ? 0 : static_cast<int>(form.sequences(0)) - 1);
  }

  /// A dictionary at a vertex: a pure strategy and the best replies to it.
  const IntegerDictionary& first() const { return first_; }

 private:
  IntegerDictionary make(const SequenceForm<Rational>& form) const;

  int player_, variables_;
  IntegerDictionary first_;
};

}  // namespace schelling::nash
