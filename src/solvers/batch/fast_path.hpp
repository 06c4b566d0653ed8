#pragma once

#include "candidates.hpp"
#include "kernels.hpp"
#include "row.hpp"
#include "scratch.hpp"
#include "write_row.hpp"

#include <schelling/games/signaling_game_batch.hpp>
#include <schelling/solvers/solve_pbe_batch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace schelling::batch {

/// What the kernels say about the games of one block.
struct Decision {
  bool all_decided;  ///< no game is a near tie or irregular; the two arrays then say nothing
  std::array<std::uint8_t, block_games> near_tie, irregular;
  std::array<std::array<std::uint16_t, 4>, block_games> kind_counts;
  /// Supports found, game by game; left out if only counts are asked for.
  std::vector<std::uint16_t> supports;
};

/// Rows of a block of (2,2,2) games that the fast path found, by support.
struct RowQueues222 {
  std::array<std::array<RowTask, block_games>, supports_222> tasks;
  std::array<std::size_t, supports_222> count{};

  void add(std::uint16_t support, std::size_t game, std::size_t row) {
    tasks[support][count[support]++] = {static_cast<std::uint32_t>(game), static_cast<std::uint32_t>(row)};
  }
};

/// The kernels of one size and instruction set.
class FastPath {
 public:
  static bool handles(int types, int messages, int actions);
  FastPath(int types, int messages, int actions, InstructionSet instructions);

  void decide(const SignalingGameBatch& games, std::size_t begin, std::size_t count, bool list,
              Scratch& scratch, Decision& decision) const;
  /// Whether rows are written by support, by `write_222`, and not one by one.
  bool writes_by_support() const { return table_ == nullptr; }
  void write(const GameNumbers& game, std::uint16_t support, const Row& row) const;
  /// `games` and `rows` point to the numbers of the block's first game and to its first row.
  void write_222(const GameNumbers& games, const RowQueues222& queues, const Row& rows) const;

 private:
  int types_, messages_, actions_;
  const BatchKernels& kernels_;
  const CandidateTable* table_ = nullptr;  // none for (2,2,2), which has a kernel of its own
  TableView view_{};
  WriteRow writer_ = nullptr;

  Columns columns(const SignalingGameBatch& games, std::size_t begin, std::size_t count,
                  Scratch& scratch) const;
  void decide_222(const SignalingGameBatch& games, std::size_t begin, std::size_t count, bool list,
                  Scratch& scratch, Decision& decision) const;
  void decide_general(const Columns& columns, std::size_t count, bool list, Scratch& scratch,
                      Decision& decision) const;
};

}  // namespace schelling::batch
