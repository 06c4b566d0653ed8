#pragma once

#include <schelling/games/game_tree.hpp>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace schelling {

/// A finite game in extensive form with perfect recall: a GameTree with chance probabilities and payoffs.
///
/// An immutable value; copies share their numbers. Scalar is double or Rational. Probabilities are checked
/// and never rescaled: at each chance node they are not negative and sum to one (exactly if Scalar is exact,
/// within `tolerance::probability_sum` otherwise). Events of probability zero are allowed.
template <class Scalar>
class ExtensiveGame {
 public:
  /// @param chance per move of the tree; entries of moves at decision nodes are not read
  /// @param payoffs [terminal, player] in row-major order
  /// @throws InvalidGame for arrays whose length does not fit the tree, probabilities that are not a
  /// distribution, and
  ///   payoffs that are not finite, naming the node by its path
  ExtensiveGame(GameTree tree, std::vector<Scalar> chance, std::vector<Scalar> payoffs,
                std::string title = {});

  const GameTree& tree() const { return data_->tree; }
  const std::string& title() const { return data_->title; }
  Index players() const { return tree().players(); }

  /// Probability of a move of a chance node.
  const Scalar& chance(Index node, Index move) const {
    return data_->chance[static_cast<std::size_t>(tree().first_move(node) + move)];
  }
  const Scalar& payoff(Index terminal, Index player) const {
    return data_->payoffs[static_cast<std::size_t>(terminal) * static_cast<std::size_t>(players()) +
                          static_cast<std::size_t>(player)];
  }
  /// Per move, zero at decision nodes.
  std::span<const Scalar> chance() const { return data_->chance; }
  /// [terminal, player] in row-major order.
  std::span<const Scalar> payoffs() const { return data_->payoffs; }

  /// Equal trees and numbers; titles do not count.
  friend bool operator==(const ExtensiveGame& a, const ExtensiveGame& b) {
    return a.data_ == b.data_ || (a.tree() == b.tree() && a.data_->chance == b.data_->chance &&
                                  a.data_->payoffs == b.data_->payoffs);
  }

 private:
  struct Data {
    GameTree tree;
    std::vector<Scalar> chance, payoffs;
    std::string title;
  };
  std::shared_ptr<const Data> data_;
};

}  // namespace schelling

#include <schelling/games/extensive_game.tpp>
