#pragma once

#include <schelling/numerics/rational.hpp>

#include <compare>
#include <cstdint>
#include <limits>
#include <numeric>
#include <type_traits>

namespace schelling {

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 int128;  // the one place that names the compilers' own type
#else
using int128 = std::int64_t;
#endif

/// Set by an overflow of this thread's CheckedInteger arithmetic until somebody clears it.
///
/// A flag and not an exception, so that the loops of a solver stay free of branches out: a computation runs
/// to its end on whatever the numbers have become, is then found to be spoilt, and is repeated with wider
/// numbers. Code over checked integers must therefore end for any values.
inline thread_local bool integer_overflow = false;

/// A machine integer that notices when a result does not fit.
template <class Base>
class CheckedInteger {
 public:
  constexpr CheckedInteger() = default;
  constexpr CheckedInteger(int value) : value_(value) {}
  constexpr explicit CheckedInteger(Base value) requires(!std::is_same_v<Base, int>) : value_(value) {}
  constexpr Base value() const { return value_; }

  friend CheckedInteger operator+(CheckedInteger a, CheckedInteger b) {
    CheckedInteger r;
    if (__builtin_add_overflow(a.value_, b.value_, &r.value_)) integer_overflow = true;
    return r;
  }
  friend CheckedInteger operator-(CheckedInteger a, CheckedInteger b) {
    CheckedInteger r;
    if (__builtin_sub_overflow(a.value_, b.value_, &r.value_)) integer_overflow = true;
    return r;
  }
  friend CheckedInteger operator*(CheckedInteger a, CheckedInteger b) {
    CheckedInteger r;
    if (__builtin_mul_overflow(a.value_, b.value_, &r.value_)) integer_overflow = true;
    return r;
  }
  /// Exact division by a positive number.
  friend CheckedInteger operator/(CheckedInteger a, CheckedInteger b) {
    if (b.value_ > 0) return CheckedInteger(Base(a.value_ / b.value_));
    integer_overflow = true;  // only garbage is not positive here
    return a;
  }
  CheckedInteger operator-() const { return CheckedInteger(0) - *this; }
  CheckedInteger& operator+=(CheckedInteger b) { return *this = *this + b; }
  CheckedInteger& operator-=(CheckedInteger b) { return *this = *this - b; }
  CheckedInteger& operator*=(CheckedInteger b) { return *this = *this * b; }

  friend constexpr bool operator==(CheckedInteger, CheckedInteger) = default;
  friend constexpr std::strong_ordering operator<=>(CheckedInteger a, CheckedInteger b) {
    return a.value_ < b.value_
               ? std::strong_ordering::less
               : (b.value_ < a.value_ ? std::strong_ordering::greater : std::strong_ordering::equal);
  }

 private:
  Base value_ = 0;
};

using Checked64 = CheckedInteger<std::int64_t>;
using Checked128 = CheckedInteger<int128>;

template <class Base>
struct NumberTraits<CheckedInteger<Base>> {
  static constexpr bool is_exact = true, is_field = false;
};

/// Greatest common divisor, not negative.
template <class Base>
CheckedInteger<Base> greatest_common_divisor(CheckedInteger<Base> a, CheckedInteger<Base> b) {
  Base x = (a < CheckedInteger<Base>(0) ? -a : a).value(), y = (b < CheckedInteger<Base>(0) ? -b : b).value();
  constexpr auto widest_word = std::numeric_limits<std::int64_t>::max();
  if constexpr (sizeof(Base) > sizeof(std::int64_t)) {
    while (y > widest_word) {
      const Base rest = x % y;
      x = y;
      y = rest;
    }
    // Division of words is many times faster.
    if (x > widest_word && y > 0) {
      const Base rest = x % y;
      x = y;
      y = rest;
    }
    if (x >= 0 && x <= widest_word && y >= 0)
      return CheckedInteger<Base>(
          Base(greatest_common_divisor(CheckedInteger<std::int64_t>(static_cast<std::int64_t>(x)),
                                       CheckedInteger<std::int64_t>(static_cast<std::int64_t>(y)))
                   .value()));
  }
  while (y > 0) {
    const Base rest = x % y;
    x = y;
    y = rest;
  }
  return CheckedInteger<Base>(x);
}
inline Integer greatest_common_divisor(const Integer& a, const Integer& b) {
  return boost::multiprecision::gcd(a, b);
}

/// In a field every number divides every other: rows of numbers are then brought to a common form by the size of their
/// first entry that is not zero.
template <Number Field>
requires(NumberTraits<Field>::is_exact&& NumberTraits<Field>::is_field) Field
    greatest_common_divisor(const Field& a, const Field& b) {
  return a == Field(0) ? magnitude(b) : a;
}

/// Whether a vector with such an entry should be divided by its content before it is multiplied again.
inline bool is_large(Checked64 x) {
  return x.value() > (std::int64_t{1} << 20) || x.value() < -(std::int64_t{1} << 20);
}
inline bool is_large(Checked128 x) { return x.value() > (int128{1} << 40) || x.value() < -(int128{1} << 40); }
template <Number Field>
requires(NumberTraits<Field>::is_field) bool is_large(const Field&) { return true; }
inline bool is_large(const Integer& x) { return abs(x) > (int128{1} << 62); }

inline Integer to_integer(Checked64 x) { return x.value(); }
inline Integer to_integer(Checked128 x) { return x.value(); }
inline const Integer& to_integer(const Integer& x) { return x; }

}  // namespace schelling
