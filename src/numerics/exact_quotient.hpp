#pragma once

#include <schelling/numerics/checked_integer.hpp>
#include <schelling/numerics/rational.hpp>

#include <bit>
#include <cstdint>
#include <type_traits>

namespace schelling {

/// Divides p * a - q * b by one positive number that is known to leave no remainder.
template <class Number>
class ExactQuotient;

#ifdef __SIZEOF_INT128__

__extension__ typedef unsigned __int128 uint128;

/// x with odd * x = 1 modulo the word: each step doubles the correct bits (Newton).
template <class Word>
Word inverse_of_odd(Word odd) {
  Word x = odd;  // correct to three bits
  for (std::size_t bits = 3; bits < 8 * sizeof(Word); bits *= 2) x *= 2 - odd * x;
  return x;
}

template <>
class ExactQuotient<std::int64_t> {
 public:
  explicit ExactQuotient(std::int64_t divisor)
      : divisor_(static_cast<uint128>(divisor)),
        shift_(std::countr_zero(static_cast<std::uint64_t>(divisor))),
        inverse_(inverse_of_odd(static_cast<std::uint64_t>(divisor) >> shift_)) {}

  /// False if the quotient has more than 62 bits.
  bool operator()(std::int64_t p, std::int64_t a, std::int64_t q, std::int64_t b,
                  std::int64_t& result) const {
    const int128 n = int128{p} * a - int128{q} * b;
    const uint128 magnitude = n < 0 ? -static_cast<uint128>(n) : static_cast<uint128>(n);
    if ((magnitude >> 62) >= divisor_) return false;
    result = static_cast<std::int64_t>(static_cast<std::uint64_t>(n >> shift_) * inverse_);
    return true;
  }

 private:
  uint128 divisor_;
  int shift_;
  std::uint64_t inverse_;
};

/// The product of two 128-bit numbers.
struct Product256 {
  int128 high;
  uint128 low;

  Product256(int128 a, int128 b) {
    const auto ua = static_cast<uint128>(a), ub = static_cast<uint128>(b);
    const auto a0 = static_cast<std::uint64_t>(ua), a1 = static_cast<std::uint64_t>(ua >> 64);
    const auto b0 = static_cast<std::uint64_t>(ub), b1 = static_cast<std::uint64_t>(ub >> 64);
    const uint128 low_part = uint128{a0} * b0, cross = uint128{a1} * b0 + (low_part >> 64);
    const uint128 other = uint128{a0} * b1 + static_cast<std::uint64_t>(cross);
    low = (other << 64) | static_cast<std::uint64_t>(low_part);
    uint128 top = uint128{a1} * b1 + (cross >> 64) + (other >> 64);
    // The words were read as unsigned: take back what a sign added.
    if (a < 0) top -= ub;
    if (b < 0) top -= ua;
    high = static_cast<int128>(top);
  }
  Product256& operator-=(const Product256& other) {
    high = static_cast<int128>(static_cast<uint128>(high) - static_cast<uint128>(other.high) -
                               (low < other.low ? 1 : 0));
    low -= other.low;
    return *this;
  }
  int sign() const { return high < 0 ? -1 : (high != 0 || low != 0) ? 1 : 0; }
};

template <>
class ExactQuotient<int128> {
 public:
  explicit ExactQuotient(int128 divisor)
      : divisor_(static_cast<uint128>(divisor)),
        shift_(trailing_zeros(divisor_)),
        inverse_(inverse_of_odd(divisor_ >> shift_)) {}

  /// False if the quotient has more than 126 bits.
  bool operator()(int128 p, int128 a, int128 q, int128 b, int128& result) const {
    Product256 n(p, a);
    n -= Product256(q, b);
    uint128 high = static_cast<uint128>(n.high), low = n.low;
    const uint128 shifted = shift_ == 0 ? low : (low >> shift_) | (high << (128 - shift_));
    if (n.high < 0) {
      high = ~high + (low == 0 ? 1 : 0);
      low = -low;
    }
    if ((high >> 124) != 0 || ((high << 2) | (low >> 126)) >= divisor_) return false;
    result = static_cast<int128>(shifted * inverse_);
    return true;
  }

 private:
  uint128 divisor_;
  int shift_;
  uint128 inverse_;

  static int trailing_zeros(uint128 x) {
    const auto low = static_cast<std::uint64_t>(x);
    return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<std::uint64_t>(x >> 64));
  }
};

/// Sign of a * b - c * d.
inline int cross_sign(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  const int128 left = int128{a} * b, right = int128{c} * d;
  return left < right ? -1 : left > right ? 1 : 0;
}
inline int cross_sign(int128 a, int128 b, int128 c, int128 d) {
  Product256 n(a, b);
  n -= Product256(c, d);
  return n.sign();
}

#else

/// Without a double-width machine integer everything is left to the unbounded ones.
template <>
class ExactQuotient<std::int64_t> {
 public:
  explicit ExactQuotient(std::int64_t) {}
  bool operator()(std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t&) const {
    return false;
  }
};
inline int cross_sign(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  return (Integer(a) * b - Integer(c) * d).sign();
}

#endif

template <>
class ExactQuotient<Integer> {
 public:
  explicit ExactQuotient(const Integer& divisor) : divisor_(divisor) {}
  bool operator()(const Integer& p, const Integer& a, const Integer& q, const Integer& b,
                  Integer& result) const {
    result = (p * a - q * b) / divisor_;
    return true;
  }

 private:
  Integer divisor_;
};
inline int cross_sign(const Integer& a, const Integer& b, const Integer& c, const Integer& d) {
  return Integer(a * b - c * d).sign();
}

}  // namespace schelling
