#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/games/sequence_form.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace schelling::nash {

/// A point of one player's best-reply polyhedron that takes part in an equilibrium.
struct Point {
  std::vector<Rational> plan;  ///< [sequence]
  /// False where the point is a vertex only because the opponent is indifferent at an information set that no
  /// best reply reaches. Such points are no extreme equilibria, but an equilibrium that is to be perfect off
  /// the path may need them.
  bool extreme = true;
};

struct EquilibriumPoints {
  std::array<std::vector<Point>, 2> points;
  /// Equilibria: a point of each player.
  std::vector<std::array<std::size_t, 2>> pairs;
  bool stopped = false;    ///< by the monitor: there may be more
  bool truncated = false;  ///< there are more than the limit
};

/// Most sequences of both players together, the empty ones not counted.
inline constexpr int largest_game = 256;

/// The vertices of both best-reply polyhedra that are equilibria with each other.
/// @param limit largest number of pairs
EquilibriumPoints find_equilibrium_points(const SequenceForm<Rational>& form, std::size_t limit,
                                          Monitor& monitor);

}  // namespace schelling::nash
