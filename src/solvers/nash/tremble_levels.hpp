#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/games/extensive_game.hpp>
#include <schelling/games/sequence_form.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace schelling::nash {

/// Actions of an information set as bits, in their order; 0 where the support is open: then the player may do
/// anything there and nothing need be optimal.
using Support = std::uint64_t;

/// A two-player tree as the test of extensions sees it.
///
/// A unit is what the trembles of one player reach at once, and what is judged by the first of them that does: an
/// information set of the opponent, or a subgame if subgame perfection is asked for.
struct ExtensionGame {
  struct Unit {
    /// Sequence of the player who trembles and probability of chance, for each node of the set or for the root.
    std::vector<std::pair<Index, Rational>> weight;
    Index place;  ///< information set or root of the subgame in the tree
  };

  ExtensiveGame<Rational> game;
  SequenceForm<Rational> form;
  bool in_subgames;
  std::array<std::vector<Index>, 2> tree_set;  ///< [player][own set] its number in the tree
  std::array<std::vector<Unit>, 2> units;  ///< [player] what holds own sets, as the other player reaches it
  std::array<std::vector<std::size_t>, 2> unit_of;  ///< [player][own set]
  std::array<std::vector<Index>, 2> sequence_at;    ///< [player][node]
  std::vector<Rational> chance_at;                  ///< [node] probability of chance's moves before it
  bool has_impossible_decisions = false;            ///< after chance moves of probability zero

  ExtensionGame(const ExtensiveGame<Rational>& game, bool in_subgames);

  /// The player's own sequence where the unit begins that holds an own set.
  Index start_of_unit(int player, std::size_t set) const;
};

/// The supports at all information sets, [player][own set].
using Supports = std::array<std::vector<Support>, 2>;

/// The plans of one player from the most likely on.
struct TrembleLevels {
  bool complete = false;
  bool stopped = false;                      ///< by the monitor
  std::vector<std::vector<Rational>> plans;  ///< [level][sequence]
  /// Of the information sets or subgames that no further plan can reach, the first: a set of the opponent, or
  /// if `own` one of the player's own.
  std::size_t stuck = 0;
  bool own = false;
};

/// Finds plans of `player`, the first of them given, such that every information set of the opponent (or every
/// subgame) is reached, at each the opponent's support is optimal against the first that does, and behaviour at
/// own information sets, set by the first plan that allows them, stays within the own supports.
TrembleLevels find_levels(const ExtensionGame& game, int player, const std::vector<Rational>& plan,
                          const Supports& supports, Monitor& monitor);

}  // namespace schelling::nash
