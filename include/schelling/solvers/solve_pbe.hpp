#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// All perfect Bayesian (= sequential) equilibria of a finite signalling game.
///
/// The set of equilibria (s, y, mu) is a finite union of products of polytopes: it is returned as its maximal
/// products, grouped into connected components. (S) types send what is best for them, (R) replies are best
/// against beliefs, (B) beliefs follow Bayes' rule after messages that are sent and are free otherwise.
/// Actions that are never a best reply play no part.
///
/// Scalar is any ordered field (`Number`). With Rational every comparison is exact, in machine integers as long as they
/// do not overflow, and the result is complete; so it is with an exact type of your own. With double, or another type
/// that rounds, the result is complete if every comparison that decides exceeds its error
/// bound; otherwise its status is `degenerate`, and solving `exact(game)` decides. Ties, repeated messages or
/// actions, and cheap talk are ordinary cases with Rational.
///
/// Coverage: all. Cost: grows with the number of supports that survive the comparison of payoff ranges, about
/// 10^4 at four types, messages and actions; a game beyond `options.work_limit` is refused with its estimate.
/// Known to be right by comparison with the enumeration of all supports in other code, with another program
/// for linear programming, and by the two methods against each other.
template <Number Scalar>
SignalingEquilibria<Scalar> solve_pbe(const SignalingGame<Scalar>& game, const PbeOptions& options,
                                      Monitor& monitor);
template <Number Scalar>
SignalingEquilibria<Scalar> solve_pbe(const SignalingGame<Scalar>& game, const PbeOptions& options = {}) {
  Monitor monitor;
  return solve_pbe(game, options, monitor);
}

#ifdef SCHELLING_COMPILED
extern template SignalingEquilibria<double> solve_pbe(const SignalingGame<double>&, const PbeOptions&,
                                                      Monitor&);
extern template SignalingEquilibria<Rational> solve_pbe(const SignalingGame<Rational>&, const PbeOptions&,
                                                        Monitor&);
#endif

}  // namespace schelling

#include <schelling/solvers/solve_pbe.tpp>
