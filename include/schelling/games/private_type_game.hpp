#pragma once

#include <schelling/games/game_tree.hpp>
#include <schelling/numerics/distribution.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schelling {

/// A payoff that depends on the own type t alone and affinely: intercept + slope * t.
struct AffinePayoff {
  double intercept = 0, slope = 0;

  AffinePayoff() = default;
  AffinePayoff(double constant) : intercept(constant) {}  // NOLINT: a number is a payoff
  AffinePayoff(double constant, double coefficient) : intercept(constant), slope(coefficient) {}
  double at(double type) const { return slope == 0 ? intercept : intercept + slope * type; }
  bool operator==(const AffinePayoff&) const = default;
};

/// A finite game of observed actions in which every player has one private number, its type.
///
/// Types are independent with laws `types(player)`; a player without private information is an atom. The payoff of a
/// player at a terminal is affine in the own type (private values). Everybody observes every move, except that players
/// may move at the same time: this is the class in which perfect Bayesian equilibrium is defined by conditions on
/// strategies and beliefs alone (Fudenberg and Tirole 1991, "multi-stage games with observed actions").
///
/// A *public node* is a node at which nothing is hidden but types. At a public decision node one player or several
/// move; the moves of several are consecutive nodes of the tree, those of the later movers joined by an information
/// set each. Immutable; copies share everything.
class PrivateTypeGame {
 public:
  /// @param chance one number per move of the tree: its probability if it is a chance move, 0 otherwise
  /// @param payoffs row-major [terminal, player]
  /// @param types one law per player
  /// @throws InvalidGame for sizes that do not agree, probabilities that are not a distribution, numbers that are not
  ///   finite, a type without finite mean, and, by name, an information set that hides more than simultaneous moves.
  PrivateTypeGame(GameTree tree, std::vector<double> chance, std::vector<AffinePayoff> payoffs,
                  std::vector<Distribution> types);

  const GameTree& tree() const { return data_->tree; }
  Index players() const { return tree().players(); }
  const Distribution& types(Index player) const { return data_->types[at(player)]; }
  /// Probability of a move of a chance node.
  double probability(Index node, Index move) const {
    return data_->chance[at(tree().first_move(node) + move)];
  }
  std::span<const double> chance() const { return data_->chance; }
  const AffinePayoff& payoff(Index terminal, Index player) const {
    return data_->payoffs[at(terminal) * at(players()) + at(player)];
  }
  /// All payoffs, row-major [terminal, player].
  std::span<const AffinePayoff> payoffs() const { return data_->payoffs; }

  /// The public node at which an information set's player moves.
  Index public_node(Index set) const { return data_->public_node[at(set)]; }
  /// The information sets of those who move at a public decision node, in the order of the tree; empty at other nodes.
  std::span<const Index> movers(Index node) const;
  /// Unit of a player's regret: the range over terminals of the payoff at the median type, plus the range of the slopes
  /// times the types' interquartile range.
  double payoff_scale(Index player) const { return data_->scale[at(player)]; }

  friend bool operator==(const PrivateTypeGame& a, const PrivateTypeGame& b) {
    return a.data_ == b.data_ || (a.data_->tree == b.data_->tree && a.data_->chance == b.data_->chance &&
                                  a.data_->payoffs == b.data_->payoffs && a.data_->types == b.data_->types);
  }

 private:
  struct Data {
    GameTree tree;
    std::vector<double> chance;
    std::vector<AffinePayoff> payoffs;
    std::vector<Distribution> types;
    std::vector<Index> public_node;  // per information set
    std::vector<Index> mover_begin;  // per node, into `mover`
    std::vector<Index> mover;
    std::vector<double> scale;
  };
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  std::shared_ptr<const Data> data_;
};

/// Builds a PrivateTypeGame move by move, as one tells the story:
///
///     PrivateTypeGameBuilder b({{"A", uniform(-2, 0)}, {"B", uniform(-2, 0.2)}});
///     auto start = b.decision(b.root(), "A", {"stay out", "challenge"});
///     b.terminal(start[0], {{"A", 0}, {"B", 1}}, "status quo");
///     auto reply = b.decision(start[1], "B", {"concede", "resist"});
///     b.terminal(reply[0], {{"A", 1}, {"B", 0}}, "concession");
///     auto last = b.decision(reply[1], "A", {"back down", "fight"});
///     b.terminal(last[0], {{"A", -0.5}, {"B", 1}}, "retreat");
///     b.terminal(last[1], {{"A", {0, 1}}, {"B", {0, 1}}}, "war");  // intercept and slope: each gets its own type
///     PrivateTypeGame game = b.build();
///
/// Players who move at the same time are decisions one after the other, the later ones naming an information set.
class PrivateTypeGameBuilder {
 public:
  using Place = GameTreeBuilder::Place;

  explicit PrivateTypeGameBuilder(std::vector<std::pair<std::string, Distribution>> players);

  Place root() const { return tree_.root(); }
  /// The open places after each action. @throws InvalidGame as GameTreeBuilder does.
  std::vector<Place> decision(Place place, std::string_view player, const std::vector<std::string>& actions,
                              std::string_view information_set = {});
  /// The open places after each event; probabilities are checked by `build`.
  std::vector<Place> chance(Place place, const std::vector<std::pair<std::string, double>>& events,
                            std::string_view label = {});
  /// @throws InvalidGame unless exactly one payoff is given for each player.
  void terminal(Place place, const std::vector<std::pair<std::string, AffinePayoff>>& payoffs,
                std::string_view label = {});
  /// @throws InvalidGame as GameTreeBuilder and PrivateTypeGame do.
  PrivateTypeGame build() const;

 private:
  GameTreeBuilder tree_;
  std::vector<std::string> names_;
  std::vector<Distribution> types_;
  std::vector<std::pair<Place, std::vector<double>>> chance_;
  std::vector<std::pair<Place, std::vector<AffinePayoff>>> payoffs_;
};

}  // namespace schelling
