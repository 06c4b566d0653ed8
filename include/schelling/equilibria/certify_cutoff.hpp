#pragma once

#include <schelling/equilibria/cutoff_equilibrium.hpp>

namespace schelling {

/// Checks the definition of perfect Bayesian equilibrium, whatever produced the assessment.
///
/// Regret: at every information set, also unreached ones, the gain of each type of the prior's support from its best
/// continuation over its assigned one, given the stated probabilities. The gain is convex in the type between the cells'
/// ends, because the best value is convex and the assigned one affine, so the ends, the atoms and, on an unbounded
/// support, the quantiles 1e-12 and 1 - 1e-12 and the slopes beyond are all that has to be looked at. It is relative to
/// `payoff_scale`, and on an unbounded support also to 1 + |t| / interquartile range; infinite where slopes at infinity
/// differ.
///
/// Bayes gap: the largest distance of stated probabilities and outcome from those that strategies and beliefs give, and
/// in distribution function of a stated belief from Bayes' rule; infinite where a belief that matters is missing or has
/// types outside the prior's support.
///
/// Costs a walk over the tree for each end of each cell. Shares no code with the solvers. Tests corrupt cutoffs,
/// probabilities and beliefs of equilibria by a percent and see both numbers rise.
///
/// @throws InvalidArgument if sizes in the assessment do not fit the game.
Certificate certify(const PrivateTypeGame& game, const CutoffEquilibrium& equilibrium);

}  // namespace schelling
