#pragma once

#include <schelling/core/error.hpp>
#include <schelling/numerics/rational.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace schelling {

namespace rational_detail {

// Exponents beyond this would only exhaust memory; double's own range ends near 10^308.
constexpr int largest_exponent = 4096;

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A cursor over the text; each function reads what it names or leaves the cursor where it was.
struct Reader {
  std::string_view text;
  std::size_t at = 0;

  bool accept(char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  }
  std::string digits() {
    const auto begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return std::string(text.substr(begin, at - begin));
  }
  bool done() const { return at == text.size(); }
};

inline Integer integer(const std::string& digits) {
  // A leading zero would be read as octal.
  const auto begin = digits.find_first_not_of('0');
  return begin == std::string::npos ? Integer(0) : Integer(digits.substr(begin));
}

inline Integer power_of_ten(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

inline void require_finite(double value) {
  if (!std::isfinite(value)) throw InvalidArgument(expectation("number", "a finite value", to_text(value)));
}

}  // namespace rational_detail

SCHELLING_INLINE Rational parse_rational(std::string_view text) {
  const auto fail = [&]() -> Rational {
    throw InvalidArgument(
        expectation("number", "an integer, p/q or a decimal", "\"" + std::string(text) + "\""));
  };
  const auto fail_size = [&]() -> Rational {
    throw InvalidArgument(expectation(
        "number",
        "a power of ten of at most " + std::to_string(rational_detail::largest_exponent) + " in size",
        "\"" + std::string(text) + "\""));
  };
  rational_detail::Reader in{text};
  const bool negative = in.accept('-');
  if (!negative) in.accept('+');
  std::string digits = in.digits();
  if (in.accept('/')) {
    const Integer denominator = rational_detail::integer(in.digits());
    if (digits.empty() || !in.done() || denominator == 0) return fail();
    const Rational value(rational_detail::integer(digits), denominator);
    return negative ? Rational(-value) : value;
  }
  int exponent = 0;
  if (in.accept('.')) {
    const std::string decimals = in.digits();
    if (digits.empty() && decimals.empty()) return fail();
    digits += decimals;
    exponent = -static_cast<int>(decimals.size());
  }
  if (digits.empty()) return fail();
  if (in.accept('e') || in.accept('E')) {
    const bool down = in.accept('-');
    if (!down) in.accept('+');
    const std::string written = in.digits();
    if (written.empty() || !in.done()) return fail();
    const auto first = std::min(written.find_first_not_of('0'), written.size());
    if (written.size() - first > 4) return fail_size();
    exponent += (down ? -1 : 1) * (first == written.size() ? 0 : std::stoi(written.substr(first)));
  }
  if (!in.done()) return fail();
  if (std::abs(exponent) > rational_detail::largest_exponent) return fail_size();
  Rational value(rational_detail::integer(digits));
  if (exponent > 0) value *= Rational(rational_detail::power_of_ten(exponent));
  if (exponent < 0) value /= Rational(rational_detail::power_of_ten(-exponent));
  return negative ? Rational(-value) : value;
}

SCHELLING_INLINE std::string to_text(const Rational& value) { return value.str(); }

SCHELLING_INLINE Rational exact(double value) {
  rational_detail::require_finite(value);
  return parse_rational(to_text(value));
}

SCHELLING_INLINE Rational exact_binary(double value) {
  rational_detail::require_finite(value);
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  constexpr int bits = 53;
  const auto integral = static_cast<std::int64_t>(std::ldexp(mantissa, bits));
  const int shift = exponent - bits;
  Integer numerator(integral), denominator(1);
  if (shift >= 0)
    numerator <<= static_cast<unsigned>(shift);
  else
    denominator <<= static_cast<unsigned>(-shift);
  return {numerator, denominator};
}

SCHELLING_INLINE double NumberTraits<Rational>::to_double(const Rational& value) {
  // One division of two doubles rounds once.
  constexpr boost::multiprecision::limb_type exact = boost::multiprecision::limb_type{1} << 53;
  const auto &above = value.backend().num(), &below = value.backend().denom();
  if (above.size() == 1 && below.size() == 1 && *above.limbs() <= exact && *below.limbs() <= exact) {
    const double size = static_cast<double>(*above.limbs()) / static_cast<double>(*below.limbs());
    return above.sign() ? -size : size;
  }
  return value.convert_to<double>();
}

}  // namespace schelling
