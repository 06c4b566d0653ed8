#pragma once

#include <schelling/games/private_type_game.hpp>

#include <span>
#include <vector>

namespace schelling::cutoff {

/// A continuous, convex, piecewise affine function of the type: line k holds between cuts k-1 and k.
struct Envelope {
  std::vector<double> cuts;
  std::vector<AffinePayoff> lines;

  double at(double type) const;
};

struct WeightedEnvelope {
  double weight;
  const Envelope* function;
};
Envelope weighted_sum(std::span<const WeightedEnvelope> terms);

/// The pointwise largest of several functions between the ends of the support, and which one it is.
struct UpperEnvelope {
  Envelope value;
  std::vector<double> cuts;    ///< where the choice changes
  std::vector<Index> choices;  ///< one more than cuts
};

/// Sizes against which differences are rounding: of values at type 0, and of slopes.
struct PayoffSize {
  double intercept, slope;
};

/// Functions that agree up to rounding count as the first of them, so that the answer does not flicker.
UpperEnvelope upper_envelope(std::span<const Envelope> functions, double lower, double upper,
                             PayoffSize size);

/// The best function at one type, with the same rule for ties.
Index best_at(std::span<const Envelope> functions, double type, PayoffSize size);

}  // namespace schelling::cutoff
