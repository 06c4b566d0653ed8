#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/nash_equilibria.hpp>

namespace schelling {

/// All Nash equilibria of a two-player game: the extreme ones, the maximal Nash subsets that they span, and the
/// connected components of these (Avis, Rosenberg, Savani and von Stengel 2010).
///
/// The vertices of both players' best-reply polyhedra are enumerated by pivoting in exact integers, those that
/// are equilibria with each other are paired, and the maximal bicliques of the pairs are the maximal subsets. A
/// tree is solved in its sequence form (von Stengel 1996), which has no duplicate strategies; its normal form
/// would be exponentially larger. Ties, repeated strategies and chance moves of probability zero are ordinary.
///
/// Every extreme equilibrium is certified before it is returned. Coverage: all. The result is `complete` if the
/// search ended by itself and, for a tree in double, its chance probabilities sum to one as decimals do; they
/// are rescaled where they do not (1/3), which the message says.
///
/// @throws InvalidGame unless there are two players, who together have no more than 256 actions
///
/// Cost: proportional to the number of vertices of the polyhedra, which grows exponentially: some ten thousand
/// for two players with 15 strategies each. Known to be right by comparison with the enumeration of supports in
/// other code, and with published games.
template <class Scalar>
NormalFormEquilibria<Scalar> solve_nash_all(const NormalFormGame<Scalar>& game, const NashAllOptions& options,
                                            Monitor& monitor);
template <class Scalar>
NormalFormEquilibria<Scalar> solve_nash_all(const NormalFormGame<Scalar>& game,
                                            const NashAllOptions& options = {}) {
  Monitor monitor;
  return solve_nash_all(game, options, monitor);
}
template <class Scalar>
ExtensiveNashEquilibria<Scalar> solve_nash_all(const ExtensiveGame<Scalar>& game,
                                               const NashAllOptions& options, Monitor& monitor);
template <class Scalar>
ExtensiveNashEquilibria<Scalar> solve_nash_all(const ExtensiveGame<Scalar>& game,
                                               const NashAllOptions& options = {}) {
  Monitor monitor;
  return solve_nash_all(game, options, monitor);
}

extern template NormalFormEquilibria<double> solve_nash_all(const NormalFormGame<double>&,
                                                            const NashAllOptions&, Monitor&);
extern template NormalFormEquilibria<Rational> solve_nash_all(const NormalFormGame<Rational>&,
                                                              const NashAllOptions&, Monitor&);
extern template ExtensiveNashEquilibria<double> solve_nash_all(const ExtensiveGame<double>&,
                                                               const NashAllOptions&, Monitor&);
extern template ExtensiveNashEquilibria<Rational> solve_nash_all(const ExtensiveGame<Rational>&,
                                                                 const NashAllOptions&, Monitor&);

}  // namespace schelling
