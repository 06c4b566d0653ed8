#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_equilibria_batch.hpp>
#include <schelling/games/signaling_game_batch.hpp>

#include <cstddef>
#include <string_view>

namespace schelling {

/// Machine instructions of the batch kernels. All give the same bits.
enum class InstructionSet { automatic, portable, avx2, avx512 };
std::string_view to_string(InstructionSet set);
/// Whether this build has kernels for the set and this machine runs them.
bool is_available(InstructionSet set);

/// What a batch may use for a game.
enum class BatchArithmetic {
  automatic,         ///< double, and exact arithmetic for games that double cannot decide
  double_precision,  ///< double only: games that it cannot decide are marked `degenerate`, without rows
  exact              ///< exact arithmetic for all games: slow, the reference
};
std::string_view to_string(BatchArithmetic arithmetic);

struct PbeBatchOptions {
  BatchOutputs outputs = BatchOutputs::full;
  BatchArithmetic arithmetic = BatchArithmetic::automatic;
  /// Most equilibria listed for one game; games with more are `truncated`.
  std::size_t limit = 4096;
  /// 0: as many as the machine has.
  unsigned threads = 0;
  /// Games that a kernel handles at once, a multiple of 64 up to 512; changes speed only.
  std::size_t block = 512;
  /// For tests and comparisons.
  InstructionSet instructions = InstructionSet::automatic;

  /// Throws InvalidOptions naming the field.
  void validate() const;
};

/// All perfect Bayesian (= sequential) equilibria of many finite signalling games of one size.
///
/// Generic games with at most three types, messages and actions are decided in double arithmetic, many at a
/// time: every equilibrium of a generic game solves one of a fixed list of linear systems, square on each
/// connected part of the graph of types and messages. A game in which a margin that decides is within
/// rounding error of zero, on the scale of its own payoffs, is solved exactly instead, as are larger games;
/// `flags` says so. Rows are ordered by their support; every layout, block, instruction set and number of
/// threads gives the same bits.
///
/// A time limit keeps the games that were decided until then, and writing them takes its time in addition; a
/// cancelled batch with rows keeps none.
///
/// Known to be right by agreement with the exact solver on generic and on tied games, and by certificates of
/// all rows. Throws InvalidArgument for sizes or arrays, InvalidOptions for options; a single game that is
/// not one is flagged.
SignalingEquilibriaBatch solve_pbe_batch(const SignalingGameBatch& games, const PbeBatchOptions& options,
                                         Monitor& monitor);
SignalingEquilibriaBatch solve_pbe_batch(const SignalingGameBatch& games,
                                         const PbeBatchOptions& options = {});

}  // namespace schelling
