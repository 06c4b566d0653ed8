#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/numerics/matrix.hpp>

#include <span>
#include <vector>

namespace schelling::qre {

/// Conditional expected payoffs of actions in a game in extensive form, and their derivatives, from the logarithms of the
/// probabilities: trembles far below the smallest double still have their ratios, which is what beliefs are made of.
///
/// Payoffs are measured in units of the largest payoff range, and from the middle of each player's range. A chance event
/// of probability zero leads nowhere, but an information set that only such events reach has beliefs as if they were
/// equally unlikely.
class LogitSystem {
 public:
  explicit LogitSystem(const ExtensiveGame<double>& game);

  const GameTree& tree() const { return game_.tree(); }
  /// The largest payoff range, in which payoffs are measured; 1 if all payoffs are equal.
  double scale() const { return scale_; }
  std::size_t actions() const { return payoff_.size(); }

  /// Takes a strategy: logarithms, and the probabilities themselves, which may be zero where the logarithm is not minus
  /// infinity (the order of a tremble). Beliefs are over the live nodes.
  void evaluate(std::span<const double> log_strategy, std::span<const double> strategy);
  /// Beliefs are over nodes that can be reached with the fewest impossible events; of them, over the ones kept here.
  void restrict_beliefs(std::vector<char> live) { live_ = std::move(live); }
  std::vector<char> possible_nodes() const { return possible_; }

  /// Per action: its expected payoff given that its information set is reached.
  std::span<const double> payoff() const { return payoff_; }
  /// Per node: probability given its information set; zero at nodes that are not live.
  std::span<const double> belief() const { return belief_; }
  /// Per node: logarithm of the probability of reaching it.
  std::span<const double> log_reach() const { return log_reach_; }

  /// Derivatives of payoff(a) [row] to the log-odds of action b [column] against the other actions of its information
  /// set: log p_b rises by d (1 - p_b), the others' fall by d p_b. At the strategy last evaluated.
  const Matrix<double>& derivatives();

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  double value(Index node, Index player) const { return value_[at(node) * players_ + at(player)]; }
  void add_beliefs();
  void add_continuations();

  ExtensiveGame<double> game_;
  std::size_t players_;
  double scale_ = 1;
  std::vector<Index> inner_nodes_;  // that are not terminal, children first
  std::vector<Index> action_to_;    // per node: the action that leads here, `none` after chance
  std::vector<double> chance_to_, log_chance_to_;  // per node after a chance move; 1 and 0 after a decision
  std::vector<char> possible_, live_;
  std::vector<double> log_reach_, value_, belief_, payoff_, strategy_;
  Matrix<double> derivatives_;
};

}  // namespace schelling::qre
