#pragma once

#include <schelling/core/error.hpp>

#include <cmath>
#include <concepts>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>

/// What the library asks of a number type, in one place.
namespace schelling {

/// How the library treats a type of numbers. The general definition goes by `std::numeric_limits`, which Boost's
/// numbers specialise; a type without them is taken to be exact. Specialise this for a type of your own that differs.
template <class T>
struct NumberTraits {
  /// Whether arithmetic never rounds. Numbers that round get tolerances and error bounds, and results that say so.
  static constexpr bool is_exact =
      !std::numeric_limits<T>::is_specialized || std::numeric_limits<T>::is_exact;
  /// Whether every division by a number other than zero has its quotient among the numbers.
  static constexpr bool is_field = !std::numeric_limits<T>::is_integer;

  /// The distance from 1 to the next number; 0 where arithmetic is exact.
  static T epsilon() {
    if constexpr (is_exact)
      return T(0);
    else
      return std::numeric_limits<T>::epsilon();
  }
  static bool is_finite(const T& value) {
    if constexpr (std::is_floating_point_v<T>)
      return std::isfinite(value);
    else if constexpr (std::numeric_limits<T>::has_infinity)
      return value - value == T(0);
    else
      return value == value;
  }
  static double to_double(const T& value) { return static_cast<double>(value); }
  static std::string to_text(const T& value) {
    if constexpr (std::is_same_v<T, double>) {
      return schelling::to_text(value);
    } else {
      std::ostringstream out;
      if constexpr (!is_exact) out.precision(std::numeric_limits<T>::max_digits10);
      out << value;
      return out.str();
    }
  }
};

template <class T>
concept HasAddition = requires(T& x, const T& a, const T& b) {
  { a + b } -> std::convertible_to<T>;
  { a - b } -> std::convertible_to<T>;
  { -a } -> std::convertible_to<T>;
  x += b;
  x -= b;
};
template <class T>
concept HasMultiplication = requires(T& x, const T& a, const T& b) {
  { a* b } -> std::convertible_to<T>;
  x *= b;
};
template <class T>
concept HasDivision = requires(T& x, const T& a, const T& b) {
  { a / b } -> std::convertible_to<T>;
  x /= b;
};
template <class T>
concept HasOrder = requires(const T& a, const T& b) {
  { a == b } -> std::convertible_to<bool>;
  { a != b } -> std::convertible_to<bool>;
  { a < b } -> std::convertible_to<bool>;
  { a > b } -> std::convertible_to<bool>;
  { a <= b } -> std::convertible_to<bool>;
  { a >= b } -> std::convertible_to<bool>;
};

/// An ordered field, exact or rounded: the payoffs and probabilities of a game. A program that uses a type which is none
/// is refused with the name of the operation that is missing.
template <class T>
concept Number = std::copyable<T> && std::constructible_from<T, int> && HasAddition<T> &&
    HasMultiplication<T> && HasDivision<T> && HasOrder<T>;

template <class T>
inline constexpr bool is_exact_number = NumberTraits<T>::is_exact;

template <Number T>
T magnitude(const T& value) {
  return value < T(0) ? T(-value) : value;
}

template <Number T>
double to_double(const T& value) {
  return NumberTraits<T>::to_double(value);
}
template <Number T>
std::string number_text(const T& value) {
  return NumberTraits<T>::to_text(value);
}
template <Number T>
bool is_finite(const T& value) {
  return NumberTraits<T>::is_finite(value);
}

}  // namespace schelling
