#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace schelling {

/// A number with N exact partial derivatives (forward automatic differentiation: arithmetic in R[e]/(e^2),
/// one e for each direction). It has no comparisons: what a formula does where two branches meet is the
/// formula's decision.
template <std::size_t N>
struct Dual {
  double value = 0;
  std::array<double, N> partial{};

  constexpr Dual() = default;
  constexpr Dual(double constant) : value(constant) {}  // NOLINT: constants mix with duals in formulas

  /// f(value), with the chain rule for a known derivative.
  constexpr Dual chained(double f, double derivative) const {
    Dual result(f);
    for (std::size_t i = 0; i < N; ++i) result.partial[i] = derivative * partial[i];
    return result;
  }

  friend constexpr Dual operator-(const Dual& a) { return a.chained(-a.value, -1); }
  friend constexpr Dual operator+(const Dual& a, const Dual& b) {
    Dual result(a.value + b.value);
    for (std::size_t i = 0; i < N; ++i) result.partial[i] = a.partial[i] + b.partial[i];
    return result;
  }
  friend constexpr Dual operator-(const Dual& a, const Dual& b) {
    Dual result(a.value - b.value);
    for (std::size_t i = 0; i < N; ++i) result.partial[i] = a.partial[i] - b.partial[i];
    return result;
  }
  friend constexpr Dual operator*(const Dual& a, const Dual& b) {
    Dual result(a.value * b.value);
    for (std::size_t i = 0; i < N; ++i) result.partial[i] = a.partial[i] * b.value + a.value * b.partial[i];
    return result;
  }
  friend constexpr Dual operator/(const Dual& a, const Dual& b) {
    const double inverse = 1 / b.value;
    Dual result(a.value * inverse);
    for (std::size_t i = 0; i < N; ++i)
      result.partial[i] = (a.partial[i] - result.value * b.partial[i]) * inverse;
    return result;
  }
  // Without these a double operand would become a dual first, at the cost of N products with zero.
  friend constexpr Dual operator+(double a, const Dual& b) { return b.chained(a + b.value, 1); }
  friend constexpr Dual operator+(const Dual& a, double b) { return a.chained(a.value + b, 1); }
  friend constexpr Dual operator-(double a, const Dual& b) { return b.chained(a - b.value, -1); }
  friend constexpr Dual operator-(const Dual& a, double b) { return a.chained(a.value - b, 1); }
  friend constexpr Dual operator*(double a, const Dual& b) { return b.chained(a * b.value, a); }
  friend constexpr Dual operator*(const Dual& a, double b) { return a.chained(a.value * b, b); }
  friend constexpr Dual operator/(const Dual& a, double b) { return a.chained(a.value / b, 1 / b); }
  friend constexpr Dual operator/(double a, const Dual& b) {
    const double result = a / b.value;
    return b.chained(result, -result / b.value);
  }
  constexpr Dual& operator+=(const Dual& b) { return *this = *this + b; }
  constexpr Dual& operator*=(const Dual& b) { return *this = *this * b; }

  friend Dual exp(const Dual& a) {
    const double e = std::exp(a.value);
    return a.chained(e, e);
  }
  friend Dual log(const Dual& a) { return a.chained(std::log(a.value), 1 / a.value); }
};

/// Standard normal distribution function, exact in the lower tail.
inline double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

template <std::size_t N>
Dual<N> normal_cdf(const Dual<N>& z) {
  constexpr double density_at_zero = 0.5 * std::numbers::inv_sqrtpi * std::numbers::sqrt2;
  return z.chained(normal_cdf(z.value), density_at_zero * std::exp(-0.5 * z.value * z.value));
}

inline double value_of(double x) { return x; }
template <std::size_t N>
double value_of(const Dual<N>& x) {
  return x.value;
}

}  // namespace schelling
