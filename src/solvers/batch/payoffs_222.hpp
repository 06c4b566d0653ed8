#pragma once

#include "kernels.hpp"
#include "lanes.hpp"

namespace schelling::batch::SCHELLING_KERNELS {

/// Prior and payoffs of eight (2,2,2) games, [type][message][action].
struct Payoffs222 {
  Lanes p[2], s[2][2][2], r[2][2][2];

  /// Games g to g + 7.
  void read(const Columns& columns, std::size_t g) {
    for (int t = 0; t < 2; ++t) {
      p[t] = load(columns.prior + static_cast<std::size_t>(t) * columns.stride + g);
      for (int m = 0; m < 2; ++m)
        for (int a = 0; a < 2; ++a) {
          const std::size_t at = static_cast<std::size_t>(4 * t + 2 * m + a) * columns.stride + g;
          s[t][m][a] = load(columns.sender + at);
          r[t][m][a] = load(columns.receiver + at);
        }
    }
  }

  /// Games game(0) to game(7).
  template <class Game>
  void read(const GameNumbers& games, Game game) {
    Lanes sender[lane_count], receiver[lane_count];
    std::size_t prior[lane_count];
    for (std::size_t i = 0; i < lane_count; ++i) {
      const std::size_t n = game(i);
      sender[i] = load(games.sender + 8 * n);
      receiver[i] = load(games.receiver + 8 * n);
      prior[i] = 2 * n;
    }
    transpose(sender);
    transpose(receiver);
    for (int t = 0; t < 2; ++t) {
      p[t] = collect(games.prior + t, prior);
      for (int m = 0; m < 2; ++m)
        for (int a = 0; a < 2; ++a) {
          s[t][m][a] = sender[4 * t + 2 * m + a];
          r[t][m][a] = receiver[4 * t + 2 * m + a];
        }
    }
  }
};

}  // namespace schelling::batch::SCHELLING_KERNELS
