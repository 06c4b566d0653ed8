#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace schelling::batch::SCHELLING_KERNELS {

/// All bits of a lane are set or none.
struct Mask {
  __m256d low, high;
};
inline Mask operator&(Mask a, Mask b) { return {_mm256_and_pd(a.low, b.low), _mm256_and_pd(a.high, b.high)}; }
inline Mask operator|(Mask a, Mask b) { return {_mm256_or_pd(a.low, b.low), _mm256_or_pd(a.high, b.high)}; }
inline Mask operator~(Mask a) {
  const __m256d all = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
  return {_mm256_xor_pd(a.low, all), _mm256_xor_pd(a.high, all)};
}
inline unsigned bits(Mask a) {
  return static_cast<unsigned>(_mm256_movemask_pd(a.low)) | static_cast<unsigned>(_mm256_movemask_pd(a.high))
                                                                << 4;
}
inline Mask mask_from_bits(unsigned bits) {
  const __m256i word = _mm256_set1_epi64x(static_cast<long long>(bits));
  const auto half = [&](__m256i places) {
    return _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_and_si256(word, places), places));
  };
  return {half(_mm256_set_epi64x(8, 4, 2, 1)), half(_mm256_set_epi64x(128, 64, 32, 16))};
}

struct Lanes {
  __m256d low, high;
};

inline Lanes load(const double* p) { return {_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)}; }
inline void store(double* p, Lanes a) {
  _mm256_storeu_pd(p, a.low);
  _mm256_storeu_pd(p + 4, a.high);
}
/// Numbers that do not lie together.
inline Lanes collect(const double* p, const std::size_t* at) {
  return {_mm256_set_pd(p[at[3]], p[at[2]], p[at[1]], p[at[0]]),
          _mm256_set_pd(p[at[7]], p[at[6]], p[at[5]], p[at[4]])};
}
/// Lanes 0 to 3 and lanes 4 to 7.
inline void store_halves(double* low, double* high, Lanes a) {
  _mm256_storeu_pd(low, a.low);
  _mm256_storeu_pd(high, a.high);
}
inline Lanes broadcast(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
inline Lanes operator+(Lanes a, Lanes b) {
  return {_mm256_add_pd(a.low, b.low), _mm256_add_pd(a.high, b.high)};
}
inline Lanes operator-(Lanes a, Lanes b) {
  return {_mm256_sub_pd(a.low, b.low), _mm256_sub_pd(a.high, b.high)};
}
inline Lanes operator*(Lanes a, Lanes b) {
  return {_mm256_mul_pd(a.low, b.low), _mm256_mul_pd(a.high, b.high)};
}
inline Lanes operator/(Lanes a, Lanes b) {
  return {_mm256_div_pd(a.low, b.low), _mm256_div_pd(a.high, b.high)};
}
inline Lanes min(Lanes a, Lanes b) { return {_mm256_min_pd(a.low, b.low), _mm256_min_pd(a.high, b.high)}; }
inline Lanes max(Lanes a, Lanes b) { return {_mm256_max_pd(a.low, b.low), _mm256_max_pd(a.high, b.high)}; }
inline Lanes abs(Lanes a) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_andnot_pd(sign, a.low), _mm256_andnot_pd(sign, a.high)};
}
inline Lanes flip_sign(Lanes a, Lanes b) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_xor_pd(a.low, _mm256_and_pd(b.low, sign)),
          _mm256_xor_pd(a.high, _mm256_and_pd(b.high, sign))};
}
inline Lanes flip_exponent(Lanes a) {
  const auto half = [](__m256d x) {
    const __m256i exponent = _mm256_and_si256(_mm256_castpd_si256(x), _mm256_set1_epi64x(0x7ff0000000000000));
    return _mm256_castsi256_pd(_mm256_sub_epi64(_mm256_set1_epi64x(0x7fe0000000000000), exponent));
  };
  return {half(a.low), half(a.high)};
}
inline Mask operator>(Lanes a, Lanes b) {
  return {_mm256_cmp_pd(a.low, b.low, _CMP_GT_OQ), _mm256_cmp_pd(a.high, b.high, _CMP_GT_OQ)};
}
inline Lanes select(Mask where, Lanes a, Lanes b) {
  return {_mm256_blendv_pd(b.low, a.low, where.low), _mm256_blendv_pd(b.high, a.high, where.high)};
}

/// words[lane] = the sum of values[k] over the masks k that hold there.
inline void store_words(const Mask* masks, const std::uint16_t* values, int count, std::uint16_t* words) {
  __m256i low = _mm256_setzero_si256(), high = low;
  for (int k = 0; k < count; ++k) {
    const __m256i value = _mm256_set1_epi64x(values[k]);
    low = _mm256_or_si256(low, _mm256_and_si256(_mm256_castpd_si256(masks[k].low), value));
    high = _mm256_or_si256(high, _mm256_and_si256(_mm256_castpd_si256(masks[k].high), value));
  }
  alignas(32) unsigned long long wide[8];
  _mm256_store_si256(reinterpret_cast<__m256i*>(wide), low);
  _mm256_store_si256(reinterpret_cast<__m256i*>(wide + 4), high);
  for (int i = 0; i < 8; ++i) words[i] = static_cast<std::uint16_t>(wide[i]);
}

/// Turns eight rows into eight columns.
inline void transpose(Lanes* rows) {
  const auto quarter = [](const __m256d* in, __m256d* out) {
    const __m256d a = _mm256_unpacklo_pd(in[0], in[1]), b = _mm256_unpackhi_pd(in[0], in[1]);
    const __m256d c = _mm256_unpacklo_pd(in[2], in[3]), d = _mm256_unpackhi_pd(in[2], in[3]);
    out[0] = _mm256_permute2f128_pd(a, c, 0x20);
    out[1] = _mm256_permute2f128_pd(b, d, 0x20);
    out[2] = _mm256_permute2f128_pd(a, c, 0x31);
    out[3] = _mm256_permute2f128_pd(b, d, 0x31);
  };
  __m256d in[4][4], out[4][4];
  for (int i = 0; i < 4; ++i) {
    in[0][i] = rows[i].low;
    in[1][i] = rows[i].high;
    in[2][i] = rows[i + 4].low;
    in[3][i] = rows[i + 4].high;
  }
  for (int q = 0; q < 4; ++q) quarter(in[q], out[q]);
  for (int i = 0; i < 4; ++i) {
    rows[i] = {out[0][i], out[2][i]};
    rows[i + 4] = {out[1][i], out[3][i]};
  }
}

inline void store_bytes(Mask a, std::uint8_t* bytes) {
  const unsigned set = bits(a);
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(set >> i & 1u);
}

}  // namespace schelling::batch::SCHELLING_KERNELS
