#pragma once

#include "envelope.hpp"

#include <schelling/equilibria/cutoff_equilibrium.hpp>

#include <span>
#include <utility>
#include <vector>

namespace schelling::cutoff {

/// What all types of a player do best at an information set, and what each action is worth to them.
struct BestReply {
  std::vector<Envelope> actions;  ///< value of each action, followed by the best continuation
  Envelope value;                 ///< the best of them
  StepStrategy strategy;
};

/// Best replies of a game's players to given probabilities of the others' actions, exactly for all types at once: the
/// value of every continuation plan is affine in the type, so that the best is an upper envelope of lines.
class BestReplies {
 public:
  explicit BestReplies(const PrivateTypeGame& game);

  /// @param probabilities [action], of which those of the player's opponents below the set are read
  BestReply at(Index set, std::span<const double> probabilities) const;
  /// Least and greatest slope of the mover's payoff among the terminals after an action.
  std::pair<double, double> slopes(Index action) const { return slopes_[static_cast<std::size_t>(action)]; }
  PayoffSize payoff_size(Index player) const { return size_[static_cast<std::size_t>(player)]; }

 private:
  struct Successor {
    double weight;
    Index node,
        action;  // public node that follows, and the own action on the way (none if the player does not move)
  };
  void successors(Index node, Index movers_left, Index player, double weight, Index action,
                  std::span<const double> probabilities, std::vector<Successor>& out) const;
  std::vector<Envelope> action_values(Index node, Index player, Index actions,
                                      std::span<const double> probabilities) const;
  Envelope value(Index node, Index player, std::span<const double> probabilities) const;

  PrivateTypeGame game_;
  std::vector<std::pair<double, double>> slopes_;
  std::vector<PayoffSize> size_;
};

}  // namespace schelling::cutoff
