#pragma once

#include <schelling/games/private_type_game.hpp>

#include <vector>

namespace schelling::cutoff {

/// What has to be known to compute what, when a private-type game is reduced to few unknowns.
///
/// There are two things per information set h: what each type does (the *policy* of h), and how often each action is
/// expected (the *probabilities* of h). A policy follows from the probabilities of the opponents that move from h on;
/// probabilities follow from the policies of h and of the mover's earlier sets, through the belief. A feedback set of
/// this graph is a choice of unknowns from which everything else follows in one sweep.
struct Dependency {
  enum class What { policy, probabilities };
  struct Item {
    What what;
    Index set;
    bool operator==(const Item&) const = default;
  };
  /// A policy is among the unknowns only if it is one cutoff: two actions whose payoff slopes are apart whatever the
  /// others do.
  std::vector<Item> unknowns;
  /// Everything else that is needed, each item after those it follows from.
  std::vector<Item> order;
  /// Number of scalars in the unknowns.
  Index dimension = 0;
};

/// A set's two actions in the order in which the type line takes them: `low` by low types. `none` unless slopes order them.
struct CutoffOrder {
  Index low = none, high = none;
};
CutoffOrder cutoff_order(const PrivateTypeGame& game, Index set);

/// One unknown where one suffices. Otherwise all probabilities on cycles: more than needed, but each depends on the others
/// through one best reply only, which keeps Newton's method well conditioned where several players are nearly indifferent.
Dependency find_dependency(const PrivateTypeGame& game);

}  // namespace schelling::cutoff
