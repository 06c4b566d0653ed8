#pragma once

#include <schelling/solvers/pbe/scaled_game.hpp>

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <optional>
#include <vector>

namespace schelling::pbe {

/// Seconds in which what was found is stated, and then certified, once the monitor has stopped the search.
inline constexpr double grace_seconds = 0.05;

/// What a solver with one kind of numbers hands back.
template <class Scalar>
struct Solution {
  std::vector<SignalingComponent<Scalar>> components;
  PbeMethod method = PbeMethod::search;
  bool uncertain = false;
  std::optional<Status> stopped;
};

/// Solves in the given numbers; nothing if they overflowed. Each kind of numbers is compiled on its own, from
/// solve.hpp.
template <class Number, class Scalar>
std::optional<Solution<Scalar>> solve_in(const ScaledGame<Number>& game, const PbeOptions& options,
                                         Monitor& monitor);

}  // namespace schelling::pbe
