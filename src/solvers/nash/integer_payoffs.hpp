#pragma once

#include <schelling/games/sequence_form.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

namespace schelling::nash {

inline const Rational& as_exact(const Rational& value) { return value; }
inline Rational as_exact(double value) { return exact_binary(value); }

/// Machine integers begin below this, so that sums of a million payoffs fit before the first pivot.
inline constexpr std::int64_t largest_start = std::int64_t{1} << 40;

/// Payoffs of a player multiplied by the least factor that makes them integers: the player's preferences stay the same.
/// Nothing if one is too large for `Number`.
template <class Number, class Scalar>
std::optional<std::vector<Number>> integer_payoffs(const std::vector<Scalar>& payoffs) {
  Integer factor = 1;
  for (const auto& payoff : payoffs)
    if (const Integer divisor = denominator(Rational(as_exact(payoff))); divisor != 1)
      factor = lcm(factor, divisor);
  std::vector<Number> result;
  result.reserve(payoffs.size());
  for (const auto& payoff : payoffs) {
    const Rational exact = as_exact(payoff);
    Integer scaled = numerator(exact) * (factor / denominator(exact));
    if constexpr (std::is_same_v<Number, std::int64_t>) {
      if (scaled > largest_start || scaled < -largest_start) return std::nullopt;
      result.push_back(static_cast<std::int64_t>(scaled));
    } else {
      result.push_back(std::move(scaled));
    }
  }
  return result;
}

/// number / denominator as a Scalar.
template <class Scalar, class Number>
Scalar quotient(const Number& number, const Number& denominator) {
  if constexpr (std::is_same_v<Number, double>)
    return number / denominator;
  else if constexpr (std::is_same_v<Scalar, double>)
    return to_double(Rational(Integer(number), Integer(denominator)));
  else
    return Rational(Integer(number), Integer(denominator));
}

}  // namespace schelling::nash
