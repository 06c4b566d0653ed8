#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace schelling::batch::SCHELLING_KERNELS {

/// One bit for each lane.
struct Mask {
  __mmask8 bits;
};
inline Mask operator&(Mask a, Mask b) { return {static_cast<__mmask8>(a.bits & b.bits)}; }
inline Mask operator|(Mask a, Mask b) { return {static_cast<__mmask8>(a.bits | b.bits)}; }
inline Mask operator~(Mask a) { return {static_cast<__mmask8>(~a.bits)}; }
inline unsigned bits(Mask a) { return a.bits; }
inline Mask mask_from_bits(unsigned bits) { return {static_cast<__mmask8>(bits)}; }

struct Lanes {
  __m512d v;
};

inline Lanes load(const double* p) { return {_mm512_loadu_pd(p)}; }
inline void store(double* p, Lanes a) { _mm512_storeu_pd(p, a.v); }
/// Numbers that do not lie together.
inline Lanes collect(const double* p, const std::size_t* at) {
  return {_mm512_set_pd(p[at[7]], p[at[6]], p[at[5]], p[at[4]], p[at[3]], p[at[2]], p[at[1]], p[at[0]])};
}
/// Lanes 0 to 3 and lanes 4 to 7.
inline void store_halves(double* low, double* high, Lanes a) {
  _mm256_storeu_pd(low, _mm512_castpd512_pd256(a.v));
  _mm256_storeu_pd(high, _mm512_extractf64x4_pd(a.v, 1));
}
inline Lanes broadcast(double x) { return {_mm512_set1_pd(x)}; }
inline Lanes operator+(Lanes a, Lanes b) { return {_mm512_add_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a, Lanes b) { return {_mm512_sub_pd(a.v, b.v)}; }
inline Lanes operator*(Lanes a, Lanes b) { return {_mm512_mul_pd(a.v, b.v)}; }
inline Lanes operator/(Lanes a, Lanes b) { return {_mm512_div_pd(a.v, b.v)}; }
inline Lanes min(Lanes a, Lanes b) { return {_mm512_min_pd(a.v, b.v)}; }
inline Lanes max(Lanes a, Lanes b) { return {_mm512_max_pd(a.v, b.v)}; }
inline Lanes abs(Lanes a) {
  return {
      _mm512_castsi512_pd(_mm512_and_si512(_mm512_castpd_si512(a.v), _mm512_set1_epi64(0x7fffffffffffffff)))};
}
inline Lanes flip_sign(Lanes a, Lanes b) {
  const __m512i sign = _mm512_and_si512(_mm512_castpd_si512(b.v), _mm512_set1_epi64(-0x7fffffffffffffff - 1));
  return {_mm512_castsi512_pd(_mm512_xor_si512(_mm512_castpd_si512(a.v), sign))};
}
inline Lanes flip_exponent(Lanes a) {
  const __m512i exponent = _mm512_and_si512(_mm512_castpd_si512(a.v), _mm512_set1_epi64(0x7ff0000000000000));
  return {_mm512_castsi512_pd(_mm512_sub_epi64(_mm512_set1_epi64(0x7fe0000000000000), exponent))};
}
inline Mask operator>(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ)}; }
inline Lanes select(Mask where, Lanes a, Lanes b) { return {_mm512_mask_blend_pd(where.bits, b.v, a.v)}; }

/// words[lane] = the sum of values[k] over the masks k that hold there.
inline void store_words(const Mask* masks, const std::uint16_t* values, int count, std::uint16_t* words) {
  __m512i sum = _mm512_setzero_si512();
  for (int k = 0; k < count; ++k)
    sum = _mm512_mask_or_epi64(sum, masks[k].bits, sum, _mm512_set1_epi64(values[k]));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(words), _mm512_cvtepi64_epi16(sum));
}

/// Turns eight rows into eight columns.
inline void transpose(Lanes* rows) {
  __m512d pair[8], quad[8];
  for (int i = 0; i < 8; i += 2) {
    pair[i] = _mm512_unpacklo_pd(rows[i].v, rows[i + 1].v);
    pair[i + 1] = _mm512_unpackhi_pd(rows[i].v, rows[i + 1].v);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; ++j) {
      quad[i + j] = _mm512_shuffle_f64x2(pair[i + j], pair[i + j + 2], 0x88);
      quad[i + j + 2] = _mm512_shuffle_f64x2(pair[i + j], pair[i + j + 2], 0xdd);
    }
  for (int j = 0; j < 4; ++j) {
    rows[j].v = _mm512_shuffle_f64x2(quad[j], quad[j + 4], 0x88);
    rows[j + 4].v = _mm512_shuffle_f64x2(quad[j], quad[j + 4], 0xdd);
  }
}

inline void store_bytes(Mask a, std::uint8_t* bytes) {
  _mm_storel_epi64(reinterpret_cast<__m128i*>(bytes), _mm_maskz_set1_epi8(a.bits, 1));
}

}  // namespace schelling::batch::SCHELLING_KERNELS
