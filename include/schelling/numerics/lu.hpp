#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/numerics/row_table.hpp>

#include <span>
#include <vector>

namespace schelling {

/// The factors of a square matrix by Gaussian elimination with partial pivoting, for solving linear systems.
///
/// Dense, in double; cubic time in the number of rows. Known to be right by the residuals that its tests look at.
class LuFactors {
 public:
  /// Factors the matrix, whose storage is kept. False if a pivot is zero or not finite, or if the monitor stopped it;
  /// then there is nothing to solve with.
  bool factor(const RowTable<double>& matrix, Monitor& monitor);

  /// Replaces b by the x with A x = b.
  void solve(std::span<double> b) const;
  /// Sign of the determinant.
  int determinant_sign() const { return sign_; }

 private:
  RowTable<double> factors_;
  std::vector<int> row_;  // the row that was the k-th pivot row
  int sign_ = 0;
};

}  // namespace schelling
