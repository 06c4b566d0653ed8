#pragma once

#include "models/extended_deterrence/phase_game.hpp"

#include <array>
#include <cstddef>

namespace schelling::extended_deterrence {

/// One equilibrium's attack cutoff, the smooth piece of the gain that it lies on, and the gain's slope there.
struct Cutoff {
  double x = 0;
  Piece piece;
  double slope = 0;
};

/// All equilibrium cutoffs of a phase, ascending.
struct CutoffList {
  /// More zeros than this have never been met; a point that has them is reported as truncated.
  static constexpr std::size_t capacity = 15;
  std::array<Cutoff, capacity> items;
  std::size_t size = 0;
  Status status = Status::solved;

  void add(const Cutoff& cutoff) {
    if (size < capacity)
      items[size++] = cutoff;
    else
      status = Status::truncated;
  }
};

/// Solves R(x) = 0 and R(0+) <= 0; `evaluations`, if given, counts how often R was computed.
CutoffList find_cutoffs(const PhaseGame<double>& game, std::size_t* evaluations = nullptr);

}  // namespace schelling::extended_deterrence
