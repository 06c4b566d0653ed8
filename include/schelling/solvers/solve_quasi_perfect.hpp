#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstdint>

namespace schelling {

struct QuasiPerfectOptions {
  /// Where the path begins, as for `solve_nash`; from elsewhere it may lead to another equilibrium.
  std::uint64_t start = 0;
};

/// One quasi-perfect equilibrium (van Damme 1984) of a two-player tree, in exact arithmetic: strategies that are best
/// replies, at every information set, to trembles of the other player alone. Every quasi-perfect equilibrium is sequential,
/// and avoids weakly dominated strategies in the normal form.
///
/// Lemke's algorithm finds an equilibrium of the game in which every sequence of n actions has weight at least e^n, with e
/// symbolic: the same for all small e. Behaviour and beliefs are its limits as e vanishes (Miltersen and Sorensen 2010,
/// Theorem 1). Quasi-perfection is by this method; that the assessment is sequential is certified independently.
///
/// Coverage: one equilibrium, proven; none only if stopped. A path costs what that of `solve_nash` does.
/// @throws InvalidGame unless the game has two players, and where only chance events of probability zero lead to an
///   information set, which it names
ExtensiveEquilibria<Rational> solve_quasi_perfect(const ExtensiveGame<Rational>& game,
                                                  const QuasiPerfectOptions& options, Monitor& monitor);
ExtensiveEquilibria<Rational> solve_quasi_perfect(const ExtensiveGame<Rational>& game,
                                                  const QuasiPerfectOptions& options = {});

}  // namespace schelling
