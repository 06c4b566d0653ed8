#pragma once

/// Named tolerances, each with the reason for its size. None is ever loosened to make a result pass.
namespace schelling::tolerance {

/// Probabilities that a caller states must sum to 1 within this: room for a dozen rounded decimals, not for a mistake.
inline constexpr double probability_sum = 1e-9;

/// The largest relative regret and Bayes gap with which an assessment is returned as an equilibrium.
inline constexpr double certificate = 1e-9;

/// Two affine payoffs count as equal within this share of the payoff scale: some tens of rounding errors of a
/// backward recursion, and a thousand times below the regret that the certificate would refuse.
inline constexpr double indifference = 1e-13;

/// Two equilibria with terminal probabilities closer than this are one outcome class.
inline constexpr double same_outcome = 1e-8;

}  // namespace schelling::tolerance
