#include <schelling/core/error.hpp>
#include <schelling/numerics/exact_distribution.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <numeric>
#include <optional>

namespace schelling {

namespace {

// Fractions of denominators up to this are a millionth apart at least: far more than the tolerance, so that a decimal
// lies next to one by design and not by chance.
const Integer largest_denominator = 1000;

Rational sum_of(const std::vector<Rational>& values) {
  return std::accumulate(values.begin(), values.end(), Rational(0));
}

Rational distance(const Rational& a, const Rational& b) { return a > b ? Rational(a - b) : Rational(b - a); }

/// The fraction nearest to `value`, not negative, among those of small denominator: the last convergent of its
/// continued fraction, or the last intermediate one (Khinchin 1964, section 6).
Rational nearest_small_fraction(const Rational& value) {
  if (denominator(value) <= largest_denominator) return value;
  Integer p0 = 0, q0 = 1, p1 = 1, q1 = 0, above = numerator(value), below = denominator(value);
  while (true) {
    const Integer whole = above / below;
    if (q0 + whole * q1 > largest_denominator) break;
    const Integer p2 = p0 + whole * p1, q2 = q0 + whole * q1, rest = above - whole * below;
    p0 = p1, q0 = q1, p1 = p2, q1 = q2;
    above = below, below = rest;
  }
  const Integer steps = (largest_denominator - q0) / q1;
  const Rational intermediate(p0 + steps * p1, q0 + steps * q1), convergent(p1, q1);
  return distance(convergent, value) <= distance(intermediate, value) ? convergent : intermediate;
}

std::optional<std::vector<Rational>> small_fractions(const std::vector<Rational>& decimals) {
  const Rational most = exact(tolerance::probability_sum);
  std::vector<Rational> result;
  for (const auto& decimal : decimals) {
    result.push_back(nearest_small_fraction(decimal));
    if (distance(result.back(), decimal) > most || (result.back() == 0) != (decimal == 0))
      return std::nullopt;
  }
  return sum_of(result) == 1 ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace

std::string ExactDistribution::note(std::string_view what) const {
  if (reading == ProbabilityReading::shortest_decimals) return {};
  return std::string(what) + ": the decimals do not sum to one and were " +
         (reading == ProbabilityReading::small_fractions
              ? "read as the nearest fractions of small denominator"
              : "divided by their sum");
}

ExactDistribution exact_distribution(std::span<const double> probabilities) {
  std::vector<Rational> decimals;
  for (const double p : probabilities) {
    if (!(p >= 0))
      throw InvalidArgument(expectation("probability", "a number that is not negative", to_text(p)));
    decimals.push_back(exact(p));
  }
  const Rational sum = sum_of(decimals);
  if (sum == 1) return {std::move(decimals), ProbabilityReading::shortest_decimals};
  if (sum == 0) throw InvalidArgument(expectation("probabilities", "the sum 1", "0"));
  if (auto fractions = small_fractions(decimals))
    return {std::move(*fractions), ProbabilityReading::small_fractions};
  for (auto& p : decimals) p /= sum;
  return {std::move(decimals), ProbabilityReading::divided_by_sum};
}

}  // namespace schelling
