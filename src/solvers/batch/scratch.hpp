#pragma once

#include "candidates.hpp"
#include "kernels.hpp"

#include <cstddef>
#include <cstdint>

namespace schelling::batch {

/// A candidate table as plain pointers.
struct TableView {
  int types, messages, actions;
  const Candidate* candidates;
  const Shape* shapes;
  const Option* options;
  const Leaf* leaves;
  std::size_t option_count, leaf_count, shape_count;
};

/// One bit for each game of a block, in the order of the games.
struct alignas(64) GameSet {
  std::uint8_t byte[block_games / 8];
};

/// The general kernel's tables for one block; one for each thread.
struct Scratch {
  static constexpr std::size_t max_payoffs = max_size * max_size * max_size;
  static constexpr int type_sets = 1 << max_size, action_sets = 1 << max_size;
  static constexpr int max_options = 36;
  static constexpr int max_shapes = 24;
  static constexpr std::size_t queue_length = 256;
  static constexpr std::size_t stride = column_stride;
  static constexpr std::size_t max_found = 64 * block_games;

  /// Columns of a batch that has its games first.
  alignas(64) double raw_prior[max_size * stride], raw_sender[max_payoffs * stride],
      raw_receiver[max_payoffs * stride];

  alignas(64) double prior[max_size * stride];
  /// [t, m, a] payoffs on the type's scale, relative to (t, 0, 0); and on the message's scale, relative to
  /// action 0.
  alignas(64) double sender[max_payoffs * stride], receiver[max_payoffs * stride];

  /// [m][t set][a set] games in which a belief on exactly these types, or some of them, makes all these
  /// actions optimal; `vertex`: as many types as actions. The second of a pair holds only where no margin is
  /// within the tolerance.
  GameSet vertex[max_size][type_sets][action_sets], clear_vertex[max_size][type_sets][action_sets];
  GameSet valid[max_size][type_sets][action_sets];
  /// [m] games in which a type alone, or a belief on two types, makes more actions optimal than there are
  /// types.
  GameSet tie_at_type[max_size], tie_between_types[max_size];
  /// [m][a set] `valid` for any belief; and by game: bit s for the set s, bit 0 where ties leave that open,
  /// or lie between types.
  GameSet credible[max_size][action_sets];
  std::uint8_t credible_sets[max_size][block_games];
  /// [m][t set][a] games in which action a is optimal at the prior among these types.
  GameSet pooled[max_size][type_sets][max_size], clearly_pooled[max_size][type_sets][max_size];
  /// [m][t set][t][actions] games in which the receiver prefers one of the two actions at the prior among the
  /// types, and the other, or neither, without t.
  GameSet split[max_size][type_sets][max_size][max_size];
  /// [t][m][n][a set of m][a set of n] games in which t can gain as much at m as at n.
  GameSet reaches[max_size][max_size][max_size][action_sets][action_sets];
  /// [t][m][n][t set of m] the same with any credible reply at m, and n off the path.
  GameSet deterred[max_size][max_size][max_size][type_sets];
  /// [m, n][option of m][option of n] games in which the two options go together.
  GameSet pair[3][max_options][max_options];

  std::uint32_t queue[max_shapes][queue_length];  ///< game and, 16 bits higher, candidate
  std::size_t queued[max_shapes];

  std::uint32_t found[max_found];  ///< game and candidate, in no particular order
  std::size_t found_count;
  std::uint8_t near_tie[block_games], irregular[block_games];
};

}  // namespace schelling::batch
