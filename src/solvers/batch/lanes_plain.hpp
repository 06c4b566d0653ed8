#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace schelling::batch::SCHELLING_KERNELS {

/// One bit for each lane.
struct Mask {
  unsigned bits;
};
inline Mask operator&(Mask a, Mask b) { return {a.bits & b.bits}; }
inline Mask operator|(Mask a, Mask b) { return {a.bits | b.bits}; }
inline Mask operator~(Mask a) { return {~a.bits & 0xffu}; }
inline unsigned bits(Mask a) { return a.bits; }
inline Mask mask_from_bits(unsigned bits) { return {bits & 0xffu}; }

struct Lanes {
  double v[8];
};

inline Lanes load(const double* p) {
  Lanes r;
  for (int i = 0; i < 8; ++i) r.v[i] = p[i];
  return r;
}
inline void store(double* p, Lanes a) {
  for (int i = 0; i < 8; ++i) p[i] = a.v[i];
}
/// Numbers that do not lie together.
inline Lanes collect(const double* p, const std::size_t* at) {
  Lanes r;
  for (int i = 0; i < 8; ++i) r.v[i] = p[at[i]];
  return r;
}
/// Lanes 0 to 3 and lanes 4 to 7.
inline void store_halves(double* low, double* high, Lanes a) {
  for (int i = 0; i < 4; ++i) low[i] = a.v[i];
  for (int i = 0; i < 4; ++i) high[i] = a.v[i + 4];
}
inline Lanes broadcast(double x) {
  Lanes r;
  for (int i = 0; i < 8; ++i) r.v[i] = x;
  return r;
}
inline Lanes operator+(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] += b.v[i];
  return a;
}
inline Lanes operator-(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] -= b.v[i];
  return a;
}
inline Lanes operator*(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] *= b.v[i];
  return a;
}
inline Lanes operator/(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] /= b.v[i];
  return a;
}
inline Lanes min(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] = a.v[i] < b.v[i] ? a.v[i] : b.v[i];
  return a;
}
inline Lanes max(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] = a.v[i] > b.v[i] ? a.v[i] : b.v[i];
  return a;
}
inline Lanes abs(Lanes a) {
  for (int i = 0; i < 8; ++i) {
    std::uint64_t word;
    std::memcpy(&word, &a.v[i], 8);
    word &= 0x7fffffffffffffffu;
    std::memcpy(&a.v[i], &word, 8);
  }
  return a;
}
/// a with the sign of b flipped in: a where b >= +0, -a where b is negative or -0.
inline Lanes flip_sign(Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) {
    std::uint64_t word, sign;
    std::memcpy(&word, &a.v[i], 8);
    std::memcpy(&sign, &b.v[i], 8);
    word ^= sign & 0x8000000000000000u;
    std::memcpy(&a.v[i], &word, 8);
  }
  return a;
}
/// For a >= 0 with exponent e the power of two with exponent -e, 2^1023 for zero.
inline Lanes flip_exponent(Lanes a) {
  for (int i = 0; i < 8; ++i) {
    std::uint64_t word;
    std::memcpy(&word, &a.v[i], 8);
    word = 0x7fe0000000000000u - (word & 0x7ff0000000000000u);
    std::memcpy(&a.v[i], &word, 8);
  }
  return a;
}
inline Mask operator>(Lanes a, Lanes b) {
  Mask r{0};
  for (int i = 0; i < 8; ++i) r.bits |= static_cast<unsigned>(a.v[i] > b.v[i]) << i;
  return r;
}
inline Lanes select(Mask where, Lanes a, Lanes b) {
  for (int i = 0; i < 8; ++i) a.v[i] = (where.bits >> i & 1u) ? a.v[i] : b.v[i];
  return a;
}

/// words[lane] = the sum of values[k] over the masks k that hold there.
inline void store_words(const Mask* masks, const std::uint16_t* values, int count, std::uint16_t* words) {
  for (int i = 0; i < 8; ++i) words[i] = 0;
  for (int k = 0; k < count; ++k)
    for (int i = 0; i < 8; ++i)
      words[i] = static_cast<std::uint16_t>(words[i] | ((masks[k].bits >> i & 1u) ? values[k] : 0u));
}

/// Turns eight rows into eight columns.
inline void transpose(Lanes* rows) {
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = rows[i].v[j];
      rows[i].v[j] = rows[j].v[i];
      rows[j].v[i] = x;
    }
}

inline void store_bytes(Mask a, std::uint8_t* bytes) {
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(a.bits >> i & 1u);
}

}  // namespace schelling::batch::SCHELLING_KERNELS
