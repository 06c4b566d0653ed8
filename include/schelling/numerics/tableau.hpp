#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/numerics/cross_quotient.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace schelling {

/// The numbers of a system of linear equations solved for its basic variables,
///   denominator * basic_r = (constants of row r) - sum_j entry(r, j) * nonbasic_j,
/// where some columns belong to constants and the others to nonbasic variables, as the user of the table keeps them.
///
/// Integer entries are kept without fractions: the common denominator is the determinant of the basis, and
/// every division leaves no remainder (Edmonds 1967). In a field the denominator stays 1.
template <class Number>
class Tableau {
 public:
  static constexpr bool integral = std::is_same_v<Number, std::int64_t> || std::is_same_v<Number, Integer>;
  static constexpr bool rounded = std::is_floating_point_v<Number>;

  /// All entries zero.
  Tableau(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), entries_(rows * columns, Number(0)) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  Number& entry(std::size_t row, std::size_t column) { return entries_[row * columns_ + column]; }
  const Number& entry(std::size_t row, std::size_t column) const { return entries_[row * columns_ + column]; }
  const Number& denominator() const { return denominator_; }
  std::size_t pivots() const { return pivots_; }

  /// Exchanges the basic variable of the row with the nonbasic one of the column. False if an entry grew too large, or
  /// if the monitor stopped it: the table is then lost.
  bool pivot(std::size_t row, std::size_t column, Monitor* monitor = nullptr) {
    ++pivots_;
    if constexpr (integral)
      return exchange_integers(row, column, monitor);
    else
      exchange(row, column);
    return true;
  }

  /// Replaces the basic variable b of the row by -b.
  void negate_row(std::size_t row) {
    for (std::size_t j = 0; j < columns_; ++j) entry(row, j) = -entry(row, j);
  }

 private:
  bool exchange_integers(std::size_t row, std::size_t column, Monitor* monitor) {
    const Number p = entry(row, column);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (i == row) continue;
      if (std::is_same_v<Number, Integer> && monitor && !monitor->keep_going()) return false;
      const Number q = entry(i, column);
      if (q == 0 && p == denominator_) continue;
      for (std::size_t j = 0; j < columns_; ++j) {
        if (j == column || (entry(i, j) == 0 && (q == 0 || entry(row, j) == 0))) continue;
        if (!cross_quotient(p, entry(i, j), q, entry(row, j), denominator_, entry(i, j))) return false;
      }
      entry(i, column) = -q;
    }
    entry(row, column) = denominator_;
    denominator_ = p;
    if (p < 0) {
      for (auto& e : entries_) e = -e;
      denominator_ = -p;
    }
    return true;
  }

  void exchange(std::size_t row, std::size_t column) {
    const Number p = entry(row, column);
    Number* const pivot_row = &entry(row, 0);
    for (std::size_t j = 0; j < columns_; ++j) pivot_row[j] /= p;
    pivot_row[column] = Number(0);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (i == row) continue;
      Number* const other = &entry(i, 0);
      const Number q = other[column];
      if (q == Number(0)) continue;
      for (std::size_t j = 0; j < columns_; ++j) other[j] -= q * pivot_row[j];
      other[column] = -(q / p);
    }
    pivot_row[column] = Number(1) / p;
  }

  std::size_t rows_, columns_;
  std::vector<Number> entries_;
  Number denominator_ = Number(1);
  std::size_t pivots_ = 0;
};

}  // namespace schelling
