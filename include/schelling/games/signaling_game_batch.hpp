#pragma once

#include <cstddef>

namespace schelling {

/// Which index of the arrays of a batch moves fastest.
enum class BatchLayout {
  games_first,  ///< [n, t, m, a] in row-major order: each game's numbers lie together
  games_last    ///< [t, m, a, n]: each coefficient's values lie together, which kernels read fastest
};

/// Signalling games of one size, as arrays that the caller keeps: prior [n, t], sender and receiver
/// [n, t, m, a], or the same with n last.
struct SignalingGameBatch {
  std::size_t games = 0;
  int types = 0, messages = 0, actions = 0;
  const double *prior = nullptr, *sender = nullptr, *receiver = nullptr;
  BatchLayout layout = BatchLayout::games_first;

  std::size_t payoffs_per_game() const {
    return static_cast<std::size_t>(types) * static_cast<std::size_t>(messages) *
           static_cast<std::size_t>(actions);
  }

  /// Copies the numbers of game n, in row-major order, to arrays of the right size.
  void copy_game(std::size_t n, double* prior_out, double* sender_out, double* receiver_out) const;

  /// Throws InvalidArgument for sizes below one or missing arrays. Single games are checked by the solver,
  /// which marks the bad ones.
  void validate() const;
};

}  // namespace schelling
