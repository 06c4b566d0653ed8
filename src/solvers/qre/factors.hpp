#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/numerics/matrix.hpp>

namespace schelling::qre {

/// The factors of a square matrix by Gaussian elimination with partial pivoting, for solving linear systems.
///
/// Panels of columns one after the other, what is right of them by Eigen's products. PartialPivLU was measured: on the
/// systems that occur most, of some tens of rows with zeros in half of their entries, tracing a branch took a fifth longer.
/// Neither it nor SparseLU looks at a monitor while it works, which is seconds for thousands of rows.
class Factors {
 public:
  /// False if a pivot is zero or not finite, or if the monitor stopped it; then there is nothing to solve with.
  bool factor(const Matrix<double>& matrix, Monitor& monitor);

  /// The x with A x = b.
  Vector<double> solve(const Vector<double>& b) const;
  /// Sign of the determinant.
  int determinant_sign() const { return sign_; }

 private:
  bool factor_panel(Eigen::Index first, Eigen::Index end);

  // The rows of A^T, permuted, are L U, both triangles in one matrix: the transpose, since A is stored by rows and Eigen
  // eliminates by columns.
  Eigen::MatrixXd factors_;
  Eigen::Transpositions<Eigen::Dynamic> exchanges_;
  int sign_ = 0;
};

}  // namespace schelling::qre
