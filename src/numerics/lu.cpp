#include <schelling/numerics/lu.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace schelling {

namespace {

constexpr int rows_between_looks = 64;

}  // namespace

bool LuFactors::factor(const RowTable<double>& matrix, Monitor& monitor) {
  assert(matrix.rows() == matrix.columns());
  factors_ = matrix;
  const int n = matrix.rows();
  row_.resize(static_cast<std::size_t>(n));
  sign_ = 1;
  for (int k = 0; k < n; ++k) {
    if (k % rows_between_looks == rows_between_looks - 1 && !monitor.keep_going()) return false;
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::abs(factors_(i, k)) > std::abs(factors_(pivot, k))) pivot = i;
    const double value = factors_(pivot, k);
    if (value == 0 || !std::isfinite(value)) return false;
    row_[static_cast<std::size_t>(k)] = pivot;
    if (pivot != k) {
      std::swap_ranges(factors_.row(k).begin(), factors_.row(k).end(), factors_.row(pivot).begin());
      sign_ = -sign_;
    }
    if (value < 0) sign_ = -sign_;
    const double* const top = factors_.row(k).data();
    for (int i = k + 1; i < n; ++i) {
      double* const row = factors_.row(i).data();
      if (row[k] == 0) continue;
      const double share = row[k] /= value;
      for (int j = k + 1; j < n; ++j) row[j] -= share * top[j];
    }
  }
  return true;
}

void LuFactors::solve(std::span<double> b) const {
  const int n = factors_.rows();
  assert(b.size() == static_cast<std::size_t>(n));
  for (int k = 0; k < n; ++k)
    std::swap(b[static_cast<std::size_t>(k)], b[static_cast<std::size_t>(row_[static_cast<std::size_t>(k)])]);
  for (int i = 0; i < n; ++i) {
    const double* const row = factors_.row(i).data();
    double sum = b[static_cast<std::size_t>(i)];
    for (int j = 0; j < i; ++j) sum -= row[j] * b[static_cast<std::size_t>(j)];
    b[static_cast<std::size_t>(i)] = sum;
  }
  for (int i = n; i-- > 0;) {
    const double* const row = factors_.row(i).data();
    double sum = b[static_cast<std::size_t>(i)];
    for (int j = i + 1; j < n; ++j) sum -= row[j] * b[static_cast<std::size_t>(j)];
    b[static_cast<std::size_t>(i)] = sum / row[i];
  }
}

}  // namespace schelling
