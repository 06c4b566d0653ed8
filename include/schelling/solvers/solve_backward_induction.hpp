#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstddef>

namespace schelling {

struct BackwardInductionOptions {
  /// Most equilibria kept, in the whole game and in each subgame; with more the result is `truncated`. One asks for a
  /// single equilibrium, in time linear in the tree.
  std::size_t limit = 1000;

  /// @throws InvalidOptions naming the field
  void validate() const;
};

/// All subgame-perfect equilibria in pure strategies of a game of perfect information, ties kept (Kuhn 1953; Selten 1965).
///
/// Every combination of equilibria of the subgames below a node is continued by every action that is then best for the
/// mover, so that players may answer ties differently in different subgames. Numbers are compared as they are: ties of
/// `double` payoffs are ties only if the numbers are equal.
///
/// Coverage: all pure subgame-perfect equilibria, proven, unless truncated or stopped; stopped, there are none. Every
/// equilibrium is certified by its one-shot gains, which decide subgame perfection here.
/// @throws InvalidGame naming an information set of several nodes
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_backward_induction(const ExtensiveGame<Scalar>& game,
                                                     const BackwardInductionOptions& options,
                                                     Monitor& monitor);
template <class Scalar>
ExtensiveEquilibria<Scalar> solve_backward_induction(const ExtensiveGame<Scalar>& game,
                                                     const BackwardInductionOptions& options = {}) {
  Monitor monitor;
  return solve_backward_induction(game, options, monitor);
}

extern template ExtensiveEquilibria<double> solve_backward_induction(const ExtensiveGame<double>&,
                                                                     const BackwardInductionOptions&,
                                                                     Monitor&);
extern template ExtensiveEquilibria<Rational> solve_backward_induction(const ExtensiveGame<Rational>&,
                                                                       const BackwardInductionOptions&,
                                                                       Monitor&);

}  // namespace schelling
