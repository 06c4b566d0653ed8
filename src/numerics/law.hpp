#pragma once

#include <schelling/numerics/distribution.hpp>

#include <array>
#include <utility>

namespace schelling {

/// One continuous law without truncation or weight, parameters already checked.
struct Law {
  Family family;
  std::array<double, 4> parameters;

  std::pair<double, double> support() const;
  double pdf(double x) const;
  /// Pr(a < t <= b) for support ends lower <= a < b <= upper, relatively accurate in both tails and on narrow intervals.
  double mass(double a, double b) const;
  /// E[t; a < t <= b].
  double partial_mean(double a, double b) const;
  /// The quantile of the law truncated to [a, b], p in (0, 1).
  double quantile(double a, double b, double p) const;
  double upper_quantile(double a, double b, double q) const;

 private:
  double cdf(double x) const;
  double complement(double x) const;
  double inverse_cdf(double p) const;
  double inverse_complement(double q) const;
};

}  // namespace schelling
