#pragma once

#include <schelling/numerics/rational.hpp>

#include <cstdint>

namespace schelling {

/// The one double-width signed integer type of the library: products of two 64-bit integers and their
/// differences.
#if defined(__SIZEOF_INT128__)
__extension__ using WideInteger = __int128;
#else
using WideInteger = boost::multiprecision::int128_t;
#endif

/// Magnitudes up to here may enter `cross_quotient`: two products of them differ by less than 2^127.
inline constexpr std::int64_t cross_quotient_limit = (std::int64_t{1} << 62) - 1;

/// result = (p * a - q * b) / d, a division that leaves no remainder. False if the result exceeds the limit.
inline bool cross_quotient(std::int64_t p, std::int64_t a, std::int64_t q, std::int64_t b, std::int64_t d,
                           std::int64_t& result) {
  const WideInteger numerator = WideInteger(p) * a - WideInteger(q) * b;
  const WideInteger quotient = d == 1 ? numerator : WideInteger(numerator / d);
  if (quotient > cross_quotient_limit || quotient < -cross_quotient_limit) return false;
  result = static_cast<std::int64_t>(quotient);
  return true;
}

inline bool cross_quotient(const Integer& p, const Integer& a, const Integer& q, const Integer& b,
                           const Integer& d, Integer& result) {
  const auto fits = [](const Integer& x) {
    return x.backend().size() == 1 &&
           *x.backend().limbs() <= static_cast<std::uint64_t>(cross_quotient_limit);
  };
  if (fits(p) && fits(a) && fits(q) && fits(b) && fits(d)) {
    const auto narrow = [](const Integer& x) { return static_cast<std::int64_t>(x); };
    const WideInteger numerator = WideInteger(narrow(p)) * narrow(a) - WideInteger(narrow(q)) * narrow(b);
    result = numerator / narrow(d);
  } else if (q == 0 || b == 0) {
    result = p * a / d;
  } else if (a == 0) {
    result = -(q * b / d);
  } else {
    result = (p * a - q * b) / d;
  }
  return true;
}

}  // namespace schelling
