#pragma once

#include <schelling/numerics/number.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <span>

/// Dense linear algebra is Eigen's. Tables that a user sees are row-major, like C and NumPy arrays.
namespace schelling {

template <class Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

/// Row `r` of a row-major matrix, without a copy.
template <class Scalar>
std::span<Scalar> row_span(Matrix<Scalar>& matrix, Eigen::Index r) {
  return {matrix.data() + r * matrix.cols(), static_cast<std::size_t>(matrix.cols())};
}
template <class Scalar>
std::span<const Scalar> row_span(const Matrix<Scalar>& matrix, Eigen::Index r) {
  return {matrix.data() + r * matrix.cols(), static_cast<std::size_t>(matrix.cols())};
}

/// All entries of a matrix or vector in the order of storage, without a copy.
template <class Derived>
std::span<const typename Derived::Scalar> entries(const Eigen::PlainObjectBase<Derived>& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

/// Whether two matrices have one shape and the same entries; Eigen's own comparison takes the shape for granted.
template <class A, class B>
bool same_entries(const Eigen::DenseBase<A>& a, const Eigen::DenseBase<B>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && (a.derived().array() == b.derived().array()).all();
}

}  // namespace schelling
