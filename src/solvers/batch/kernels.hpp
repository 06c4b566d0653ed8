#pragma once

#include "row.hpp"
#include "rows_222.hpp"

#include <schelling/numerics/tolerance.hpp>

#include <cstddef>
#include <cstdint>

/// What one instruction set offers to the batch solver. Everything here works on a block of games, at most
/// `block_games`.
namespace schelling::batch {

inline constexpr std::size_t block_games = 512;
/// Between the columns of a block. Not a multiple of a page: a game's numbers would else compete for the same
/// cache lines.
inline constexpr std::size_t column_stride = block_games + 8;

/// Payoff tables with the games innermost: coefficient k of game g at `sender[k * stride + g]`.
struct Columns {
  const double *prior, *sender, *receiver;
  std::size_t stride;
};

/// How far a decision margin must be from zero. Margins are polynomials of degree at most `2 * system size`
/// in payoff differences scaled to at most two, so their rounding errors are below a few hundred units of
/// 2^-53.
inline constexpr double margin_tolerance = 1e-11;
/// Payoffs with larger differences are left to exact arithmetic, before they overflow.
inline constexpr double largest_range = 1e300;
/// Smallest determinant, on the same scale, by which a mixing probability is computed: its error stays below
/// 1e-9.
inline constexpr double pivot_tolerance = 1e-6;

/// Bits of a (2,2,2) verdict: one for each of the nine supports, then what the kernel could not decide.
enum Verdict222 : std::uint16_t {
  pool_first = 1 << 0,      ///< both types send message m: bits 0 and 1
  separate_first = 1 << 2,  ///< type 0 sends message m, type 1 the other: bits 2 and 3
  mix_first = 1 << 4,       ///< type t sends m, the other type both: bits 4 + 2 t + m
  mix_both = 1 << 8,        ///< both types send both messages
  near_tie = 1 << 14,       ///< a margin that decides is too close to zero
  irregular = 1 << 15       ///< prior or payoffs out of range
};

struct Scratch;
struct TableView;

struct BatchKernels {
  /// Turns `games` rows of `width` numbers into columns, `stride` apart; `games` is rounded up to a multiple
  /// of eight by repeating the last row.
  void (*to_columns)(const double* rows, std::size_t games, std::size_t width, double* columns,
                     std::size_t stride);
  /// Verdicts on `games` games, a multiple of eight.
  void (*decide_222)(const Columns& columns, std::size_t games, std::uint16_t* verdicts);
  /// The same on any number of games in rows; the verdicts are rounded up to a multiple of eight.
  void (*decide_rows_222)(const GameNumbers& games, std::size_t count, std::uint16_t* verdicts);
  /// Writes rows of this support, which their games must have. `games` and `rows` point to the numbers of game 0 and
  /// to row 0; only kinds and payoffs are written if `rows.sender` is null.
  void (*write_222)(const GameNumbers& games, int support, const RowTask* tasks, std::size_t count,
                    const Row& rows);
  /// Equilibria of `games` games, a multiple of eight, of any size that has a table: `found`, `near_tie` and
  /// `irregular` of the scratch.
  void (*decide_general)(const TableView& table, const Columns& columns, std::size_t games, Scratch& scratch);
};

extern const BatchKernels kernels_portable;
#ifdef SCHELLING_X86_KERNELS
extern const BatchKernels kernels_avx2, kernels_avx512;
#endif

}  // namespace schelling::batch
