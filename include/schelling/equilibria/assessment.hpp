#pragma once

#include <schelling/games/extensive_game.hpp>

#include <span>
#include <string>
#include <vector>

namespace schelling {

/// A behaviour strategy for every player, with beliefs: an assessment (Kreps and Wilson 1982).
template <class Scalar>
struct Assessment {
  /// Per action (numbered as in GameTree): its probability at its information set.
  std::vector<Scalar> strategy;
  /// Per node: probability of a decision node given its information set. Zero at other nodes and where
  /// unknown.
  std::vector<Scalar> beliefs;
  /// Per information set: whether its beliefs are stated. Sets of one node need no statement.
  std::vector<char> has_beliefs;

  friend bool operator==(const Assessment&, const Assessment&) = default;
};

/// @throws InvalidArgument naming the array or the information set, unless strategy and stated beliefs are
/// distributions
///   of the right length.
template <class Scalar>
void check_assessment(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment);

/// Probability of each node when the strategy is played.
template <class Scalar>
std::vector<Scalar> reach_probabilities(const ExtensiveGame<Scalar>& game, std::span<const Scalar> strategy);

/// [node, player] in row-major order: expected payoffs from each node on.
template <class Scalar>
std::vector<Scalar> continuation_payoffs(const ExtensiveGame<Scalar>& game, std::span<const Scalar> strategy);

/// The strategy with the beliefs that Bayes' rule gives at information sets that play reaches; others are not
/// stated.
template <class Scalar>
Assessment<Scalar> with_bayes_beliefs(const ExtensiveGame<Scalar>& game, std::vector<Scalar> strategy);

}  // namespace schelling

#include <schelling/equilibria/assessment.tpp>
