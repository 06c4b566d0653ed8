#pragma once

#include <schelling/core/config.hpp>
#include <schelling/numerics/number.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/multiprecision/eigen.hpp>

#include <string>
#include <string_view>

namespace schelling {

/// Integers and fractions of any size: values in every sense, without expression templates.
using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using Rational =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

/// Reads an integer, "p/q", or a decimal with optional exponent ("-0.25", "1e-3") without rounding.
/// Throws InvalidArgument naming the text if it is none of these, or if q is zero.
Rational parse_rational(std::string_view text);

/// "p/q" in lowest terms, or "p" if q is 1.
std::string to_text(const Rational& value);

/// The fraction that the shortest decimal of `value` stands for: 0.1 becomes 1/10.
/// Throws InvalidArgument if `value` is not finite.
Rational exact(double value);

/// The fraction that `value` is in binary: 0.1 becomes 3602879701896397/2^55.
/// Throws InvalidArgument if `value` is not finite.
Rational exact_binary(double value);

template <>
struct NumberTraits<Rational> {
  static constexpr bool is_exact = true, is_field = true;
  static Rational epsilon() { return 0; }
  static bool is_finite(const Rational&) { return true; }
  /// The double nearest to `value`.
  static double to_double(const Rational& value);
  static std::string to_text(const Rational& value) { return schelling::to_text(value); }
};

}  // namespace schelling

#ifndef SCHELLING_COMPILED
#include <schelling/numerics/rational.tpp>
#endif
