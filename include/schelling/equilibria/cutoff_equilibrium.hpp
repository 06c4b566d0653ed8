#pragma once

#include <schelling/core/result.hpp>
#include <schelling/games/private_type_game.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// What the types of a player do at an information set: choice probabilities that are constant on cells of the type
/// line. Cell k holds the types above cutoff k-1 and up to cutoff k; what happens at a cutoff itself has no probability.
/// Atoms of the player's law have choices of their own, since an indifferent atom may have to mix.
struct StepStrategy {
  std::vector<double> cutoffs;             ///< ascending, inside the support
  std::vector<std::vector<double>> cells;  ///< [cell, action], one cell more than cutoffs
  std::vector<std::vector<double>> atoms;  ///< [atom of the law, action]

  std::size_t cell_of(double type) const;
  bool operator==(const StepStrategy&) const = default;
};

/// What an equilibrium's play tells of the types; the first that applies.
enum class CutoffKind {
  pooling,   ///< on the path no choice depends on the type
  mixed,     ///< an atom of types mixes on the path
  cutoff,    ///< on the path every action is taken by one interval of types
  intervals  ///< on the path some action is taken by several intervals of types with others between
};
std::string_view to_string(CutoffKind kind);

/// A perfect Bayesian equilibrium of a PrivateTypeGame (Fudenberg and Tirole 1991), representing its outcome class.
///
/// Actions are numbered over all information sets as the tree does: `tree.first_action(set) + action`.
struct CutoffEquilibrium {
  PrivateTypeGame game;
  std::vector<StepStrategy> strategy;  ///< [information set]
  /// [action] what the others expect: the average choice of the types that are believed to be there.
  std::vector<double> probabilities;
  /// [action] the belief about the mover's type after the action: Bayes' rule where `reached`, chosen elsewhere; empty
  /// where it is not reached and nothing depends on it.
  std::vector<std::optional<Distribution>> beliefs;
  /// [action] whether the mover's own play up to and including the action has positive probability.
  std::vector<bool> reached;
  std::vector<double> outcome;  ///< [terminal] probability
  std::vector<double> payoff;   ///< [player] expected before types are drawn
  CutoffKind kind = CutoffKind::pooling;
  Certificate certificate;

  double probability(Index set, Index action) const {
    return probabilities[static_cast<std::size_t>(game.tree().first_action(set) + action)];
  }
  /// The belief about the mover's type at an information set: the prior before its first move.
  std::optional<Distribution> belief(Index set) const;
  /// Expected payoff of one type of a player at the start of the game.
  double interim_payoff(Index player, double type) const;
  /// What every information set does, in words; `full` adds beliefs, probabilities and payoffs.
  std::string to_text(bool full = false) const;
};

/// Fills in what follows from strategies and off-path beliefs: probabilities, Bayesian beliefs, outcome, payoffs, kind.
/// The certificate is left without numbers.
///
/// @param strategy one per information set
/// @param off_path_beliefs [action], used only where Bayes' rule says nothing
/// @throws InvalidArgument for sizes that do not agree, choices that are no probabilities, and a missing belief that
///   later choices depend on.
CutoffEquilibrium assess(const PrivateTypeGame& game, std::vector<StepStrategy> strategy,
                         const std::vector<std::optional<Distribution>>& off_path_beliefs = {});

}  // namespace schelling
