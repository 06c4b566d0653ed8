#pragma once

#include <schelling/numerics/rational.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// How fractions were found for probabilities that are stated in floating point.
enum class ProbabilityReading {
  shortest_decimals,  ///< 0.1 is 1/10
  small_fractions,    ///< 0.3333333333333333 is 1/3
  divided_by_sum      ///< the shortest decimals, divided by their sum
};

struct ExactDistribution {
  std::vector<Rational> probabilities;  ///< of sum one
  ProbabilityReading reading;

  /// What was done in words, "" for the shortest decimals, which need none.
  std::string note(std::string_view what) const;
};

/// The one rule by which a distribution of doubles becomes exact: the shortest decimals where they sum to one; else the
/// nearest fractions of denominators up to 1000, if each is within `tolerance::probability_sum`, none vanishes, and
/// they sum to one; else the decimals divided by their sum.
/// @throws InvalidArgument for numbers that are negative or not finite, or that are all zero
ExactDistribution exact_distribution(std::span<const double> probabilities);

}  // namespace schelling
