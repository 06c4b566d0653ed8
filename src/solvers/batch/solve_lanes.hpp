#pragma once

#include "lanes.hpp"

namespace schelling::batch::SCHELLING_KERNELS {

inline constexpr int max_system = 6;

template <int n>
Lanes solve(Lanes (*a)[max_system], Lanes* b) {
  const Lanes one = broadcast(1.0), zero = broadcast(0.0);
  constexpr double vanishing = 1e-30;
  Lanes determinant = one;
  for (int k = 0; k < n; ++k) {
    for (int i = k + 1; i < n; ++i) {
      const Mask larger = abs(a[i][k]) > abs(a[k][k]);
      for (int j = k; j < n; ++j) {
        const Lanes upper = a[k][j];
        a[k][j] = select(larger, a[i][j], upper);
        a[i][j] = select(larger, upper, a[i][j]);
      }
      const Lanes upper = b[k];
      b[k] = select(larger, b[i], upper);
      b[i] = select(larger, upper, b[i]);
    }
    const Mask regular = abs(a[k][k]) > vanishing;
    determinant = determinant * select(regular, abs(a[k][k]), zero);
    a[k][k] = one / select(regular, a[k][k], one);
    for (int i = k + 1; i < n; ++i) {
      const Lanes factor = a[i][k] * a[k][k];
      for (int j = k + 1; j < n; ++j) a[i][j] = a[i][j] - factor * a[k][j];
      b[i] = b[i] - factor * b[k];
    }
  }
  for (int k = n - 1; k >= 0; --k) {
    for (int j = k + 1; j < n; ++j) b[k] = b[k] - a[k][j] * b[j];
    b[k] = b[k] * a[k][k];
  }
  const Mask regular = determinant > vanishing;
  for (int k = 0; k < n; ++k) b[k] = select(regular, b[k], zero);
  return select(regular, determinant, zero);
}

/// Solves a x = b in each lane by elimination with partial pivoting; b becomes x. Returns |determinant|, and
/// zero with a finite b where a pivot vanishes.
inline Lanes solve(Lanes (*a)[max_system], Lanes* b, int n) {
  using Solve = Lanes (*)(Lanes(*)[max_system], Lanes*);
  static constexpr Solve by_size[max_system + 1] = {solve<0>, solve<1>, solve<2>, solve<3>,
                                                    solve<4>, solve<5>, solve<6>};
  return by_size[n](a, b);
}

}  // namespace schelling::batch::SCHELLING_KERNELS
