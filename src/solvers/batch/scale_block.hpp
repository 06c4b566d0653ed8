#pragma once

#include "game_sets.hpp"

namespace schelling::batch::SCHELLING_KERNELS {

/// Copies a block on the scale of each type's and each message's payoffs, which changes no equilibrium, and
/// finds games that are not regular.
template <int T, int M, int A>
void scale_block(const Columns& columns, std::size_t games, Scratch& s) {
  const auto source = [&](int t, int m, int a) {
    return static_cast<std::size_t>((t * M + m) * A + a) * columns.stride;
  };
  const Lanes zero = broadcast(0.0);
  for_lanes(games, [&](std::size_t g) {
    Lanes sum = broadcast(-1.0);
    Mask regular = mask_from_bits(0xff);
    for (int t = 0; t < T; ++t) {
      const Lanes p = load(columns.prior + static_cast<std::size_t>(t) * columns.stride + g);
      store(s.prior + static_cast<std::size_t>(t) * Scratch::stride + g, p);
      sum = sum + p;
      regular = regular & (p > 0.0);
    }
    for (int t = 0; t < T; ++t) {
      const Lanes origin = load(columns.sender + source(t, 0, 0) + g);
      Lanes u[M][A], size = zero;
      for (int m = 0; m < M; ++m)
        for (int a = 0; a < A; ++a) {
          u[m][a] = load(columns.sender + source(t, m, a) + g) - origin;
          size = size + abs(u[m][a]);  // not finite if any of them is not
        }
      regular = regular & (size < largest_range);
      const Lanes factor = reciprocal_scale(size);
      for (int m = 0; m < M; ++m)
        for (int a = 0; a < A; ++a) store(s.sender + column<M, A>(t, m, a) + g, u[m][a] * factor);
    }
    for (int m = 0; m < M; ++m) {
      Lanes u[T][A], size = zero;
      for (int t = 0; t < T; ++t) {
        const Lanes origin = load(columns.receiver + source(t, m, 0) + g);
        for (int a = 0; a < A; ++a) {
          u[t][a] = load(columns.receiver + source(t, m, a) + g) - origin;
          size = size + abs(u[t][a]);
        }
      }
      regular = regular & (size < largest_range);
      const Lanes factor = reciprocal_scale(size);
      for (int t = 0; t < T; ++t)
        for (int a = 0; a < A; ++a) store(s.receiver + column<M, A>(t, m, a) + g, u[t][a] * factor);
    }
    regular = regular & (abs(sum) < tolerance::probability_sum);
    store_bytes(~regular, s.irregular + g);
    store_bytes(mask_from_bits(0), s.near_tie + g);
  });
}

}  // namespace schelling::batch::SCHELLING_KERNELS
