#pragma once

/// Eight games side by side: the arithmetic of the batch kernels, once for each instruction set.
///
/// A kernel unit defines SCHELLING_KERNELS, the namespace of everything that it compiles for one instruction
/// set, and includes the kernels. All sets do the same eight IEEE operations in the same order, without fused
/// multiply-add, so that a batch has the same bits on every machine. No function of the standard library is
/// called here: the linker could otherwise keep a copy that was compiled for instructions which the machine
/// at hand does not have.

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include "lanes_avx512.hpp"
#elif defined(__AVX2__)
#include "lanes_avx2.hpp"
#else
#include "lanes_plain.hpp"
#endif

namespace schelling::batch::SCHELLING_KERNELS {

inline constexpr int lane_count = 8;

inline Lanes clamp_below(Lanes a, double bound) { return max(a, broadcast(bound)); }
inline Lanes operator-(Lanes a) { return flip_sign(a, broadcast(-0.0)); }
inline Mask operator<(Lanes a, Lanes b) { return b > a; }
inline Mask operator>(Lanes a, double b) { return a > broadcast(b); }
inline Mask operator<(Lanes a, double b) { return broadcast(b) > a; }

/// A power of two within a factor two of 1/|a|: multiplying by it is exact. Finite for zero, and for every
/// finite a.
inline Lanes reciprocal_scale(Lanes a) { return flip_exponent(abs(a)); }

}  // namespace schelling::batch::SCHELLING_KERNELS
