#pragma once

#include "best_reply.hpp"
#include "dependency.hpp"

#include <schelling/solvers/solve_cutoff.hpp>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace schelling::cutoff {

/// What is believed of a player's type after some of its own moves: pieces of the prior with the probability that the
/// moves so far leave them, or chosen points.
struct TypeBelief {
  struct Cell {
    double lower, upper, weight, mass;  // mass = weight * prior probability of the cell's continuous part
  };
  std::vector<Cell> cells;
  std::vector<double> atoms;               // mass left of each of the prior's atoms
  std::vector<Distribution::Atom> points;  // chosen types; a point may lie at infinity: the limit of types
  double total = 0;
  bool chosen = false;  // not from Bayes' rule

  static TypeBelief prior(const Distribution& law);
  static TypeBelief at(double type);
  /// What is left after each of the actions of a set.
  std::vector<TypeBelief> split(const Distribution& prior, const StepStrategy& strategy,
                                std::size_t actions) const;
  /// The law that it stands for; a point at infinity becomes one beyond `beyond`.
  Distribution law(const Distribution& prior, double beyond) const;
};

/// How beliefs are chosen where Bayes' rule is silent.
struct OffPathRule {
  enum class Kind { most_willing, unchanged, quantile } kind = Kind::most_willing;
  double quantile = 0;  // of the prior
};

/// The types to which a deviation pays most whatever the replies (Cho and Kreps 1987, D1), from the slopes alone: where
/// the value of staying is flatter than every plan after the deviation the gain rises with the type, where it is
/// steeper it falls. `decided` is false if it is neither on some interval; `type` lies in that interval then.
struct MostWilling {
  double type;
  bool decided;
};
MostWilling most_willing(const Envelope& stay, std::pair<double, double> deviation_slopes, double lower,
                         double upper, double rounding);

/// A profile in the making: everything that follows from values of the unknowns.
struct Play {
  std::vector<double> unknowns;
  std::vector<StepStrategy> strategy;              // [set]
  std::vector<BestReply> reply;                    // [set], where computed
  std::vector<double> probabilities;               // [action]
  std::vector<std::optional<TypeBelief>> beliefs;  // [action], where needed
  std::vector<double> residual;                    // one per unknown; zero in equilibrium
  bool off_path = false;                           // a belief was chosen
  bool undecided = false;                          // ... and `most_willing` did not decide it
};

/// A strategy that is imposed in place of the best reply: a selection among replies that tie.
struct Imposed {
  Index set;
  StepStrategy strategy;
};

/// Picks a strategy for a set, given its best reply; may pick among replies that tie, or nearly.
using Selection = std::function<StepStrategy(Index set, const BestReply& reply)>;

/// Computes plays from values of the unknowns of a game's dependency graph.
class PlayMap {
 public:
  PlayMap(const PrivateTypeGame& game, Dependency dependency);

  const Dependency& dependency() const { return dependency_; }
  const PrivateTypeGame& game() const { return game_; }
  PayoffSize payoff_size(Index player) const { return replies_.payoff_size(player); }
  bool is_unknown_policy(Index set) const;
  Play at(std::span<const double> unknowns, const OffPathRule& rule, std::span<const Imposed> imposed = {},
          const Selection& selection = {}) const;

 private:
  void set_policy(Play& play, Index set, std::span<const Imposed> imposed, const Selection& selection) const;
  void set_probabilities(Play& play, Index set, const OffPathRule& rule, std::span<double> out) const;
  const TypeBelief& belief_after(Play& play, Index action, const OffPathRule& rule) const;
  TypeBelief choose_belief(Play& play, Index set, Index move, const TypeBelief& before,
                           const OffPathRule& rule) const;
  StepStrategy cutoff_strategy(Index set, double cutoff) const;

  PrivateTypeGame game_;
  BestReplies replies_;
  Dependency dependency_;
  std::vector<CutoffOrder> cutoff_order_;  // [set]
  std::vector<TypeBelief> prior_;          // [player]
  std::vector<bool> leads_to_own_;         // [action]
};

}  // namespace schelling::cutoff
