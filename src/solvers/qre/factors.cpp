#include "factors.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace schelling::qre {

namespace {

// Columns that are eliminated together, all of the last ones if they are not many more, and columns that are brought up to
// date between two looks at the monitor.
constexpr Eigen::Index panel_width = 24, last_panel_width = 32, strip_width = 256;

}  // namespace

/// Right-looking elimination by blocks (Golub and Van Loan 2013, section 3.4.6).
bool Factors::factor(const Matrix<double>& matrix, Monitor& monitor) {
  assert(matrix.rows() == matrix.cols());
  factors_ = matrix.transpose();
  const Eigen::Index n = factors_.rows();
  exchanges_.resize(n);
  sign_ = 1;
  for (Eigen::Index first = 0; first < n;) {
    const Eigen::Index width = n - first <= last_panel_width ? n - first : panel_width;
    const Eigen::Index end = first + width, rest = n - end;
    if (!factor_panel(first, end)) return false;
    const auto lower = factors_.block(first, first, width, width).triangularView<Eigen::UnitLower>();
    const auto multipliers = factors_.block(end, first, rest, width);
    for (Eigen::Index column = end; column < n; column += strip_width) {
      if (!monitor.keep_going()) return false;
      auto strip = factors_.middleCols(column, std::min(strip_width, n - column));
      auto top = strip.middleRows(first, width);
      lower.solveInPlace(top);
      strip.bottomRows(rest).noalias() -= multipliers * top;
    }
    first = end;
  }
  return true;
}

bool Factors::factor_panel(Eigen::Index first, Eigen::Index end) {
  const Eigen::Index n = factors_.rows();
  for (Eigen::Index k = first; k < end; ++k) {
    Eigen::Index pivot = 0;
    factors_.col(k).tail(n - k).cwiseAbs().maxCoeff(&pivot);
    pivot += k;
    const double value = factors_(pivot, k);
    if (value == 0 || !std::isfinite(value)) return false;
    exchanges_[k] = static_cast<int>(pivot);
    if (pivot != k) {
      factors_.row(k).swap(factors_.row(pivot));
      sign_ = -sign_;
    }
    if (value < 0) sign_ = -sign_;
    factors_.col(k).tail(n - k - 1) /= value;
    const double* const multipliers = &factors_(0, k);
    for (Eigen::Index j = k + 1; j < end; ++j) {
      const double share = factors_(k, j);
      if (share == 0) continue;
      double* const column = &factors_(0, j);
      for (Eigen::Index i = k + 1; i < n; ++i) column[i] -= share * multipliers[i];
    }
  }
  return true;
}

Vector<double> Factors::solve(const Vector<double>& b) const {
  Vector<double> x = b;
  factors_.triangularView<Eigen::Upper>().transpose().solveInPlace(x);
  factors_.triangularView<Eigen::UnitLower>().transpose().solveInPlace(x);
  return exchanges_.transpose() * x;
}

}  // namespace schelling::qre
