#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace schelling {

/// The reduced normal form of an extensive game (Kuhn 1953): a strategy chooses an action at every
/// information set that its own earlier choices allow, and at no other. A strategy is labelled by these
/// actions in the order of the information sets, which tells it apart from every other one; a player who
/// never moves has the one strategy "no move".
template <class Scalar>
class ReducedNormalForm {
 public:
  /// @throws InvalidArgument if the normal form would have more than `limit` pure profiles
  explicit ReducedNormalForm(const ExtensiveGame<Scalar>& game, std::size_t limit = 1'000'000);

  const ExtensiveGame<Scalar>& tree_game() const { return tree_game_; }
  const NormalFormGame<Scalar>& game() const { return game_; }

  /// The actions (numbered as in GameTree) that a strategy chooses, in the order of their information sets.
  std::span<const Index> actions(Index player, int strategy) const {
    return plans_[static_cast<std::size_t>(player)][static_cast<std::size_t>(strategy)];
  }

  /// Probability of each action of the tree under which play is that of the mixed strategies, whatever the
  /// others do (Kuhn 1953, Theorem 4). At an information set that a player's own choices exclude any behaviour
  /// would do; it is the first action.
  /// @param mixed per player, the probability of each strategy
  /// @throws InvalidArgument unless these are distributions of the right lengths
  std::vector<Scalar> behavior(std::span<const std::vector<Scalar>> mixed) const;

 private:
  ExtensiveGame<Scalar> tree_game_;
  std::vector<std::vector<std::vector<Index>>> plans_;  // [player][strategy]
  NormalFormGame<Scalar> game_;
};

/// How many reduced strategies a player has; infinite if more than a double can say.
double count_reduced_strategies(const GameTree& tree, Index player);

extern template class ReducedNormalForm<double>;
extern template class ReducedNormalForm<Rational>;

}  // namespace schelling
