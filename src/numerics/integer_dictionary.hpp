#pragma once

#include <schelling/numerics/checked_integer.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace schelling {

/// A system of equations in dictionary form over the integers: in row r
///
///     denominator * basic(r) = entry(r, 0) - sum_j entry(r, j) nonbasic(j),    j = 1, ..., columns,
///
/// with all variables nonnegative, for walks from vertex to vertex of the polyhedron that it describes. Every
/// entry is a minor of the first dictionary, so that the numbers do not depend on the way (Edmonds 1967).
///
/// Each pivot is made in the narrowest of 64-bit, 128-bit and unbounded integers that holds it: the dictionary
/// widens when a result does not fit and narrows when all do again. Exact quotients are products with the
/// inverse of the odd part of the divisor modulo a power of two (Jebelean 1993).
class IntegerDictionary {
 public:
  /// @param basic, nonbasic numbers of the variables, all distinct
  /// @param entries [basic.size(), nonbasic.size() + 1] in row-major order; the denominator is one
  IntegerDictionary(std::vector<int> basic, std::vector<int> nonbasic, std::vector<Integer> entries);

  int rows() const { return static_cast<int>(basic_.size()); }
  int columns() const { return static_cast<int>(nonbasic_.size()); }
  int basic(int row) const { return basic_[at(row)]; }
  int nonbasic(int column) const { return nonbasic_[at(column - 1)]; }

  /// Exchanges the basic variable of a row and the nonbasic one of a column. The same pivot again undoes it.
  /// @pre entry(row, column) is not zero
  void pivot(int row, int column);

  /// The row that blocks the increase of a column's variable first, -1 if none does. Ties are broken as if
  /// the constants of the first dictionary had been increased by epsilon, epsilon^2, ... for an epsilon small
  /// enough (Dantzig, Orden and Wolfe 1955): then no vertex has two bases, and the bases that such pivots
  /// reach are connected.
  int leaving_row(int column) const;

  /// Makes the variables basic that the caller names, by pivots that need not be feasible.
  /// @pre they are a basis
  template <class IsBasic>
  void make_basic(const IsBasic& wanted) {
    for (int column = 1; column <= columns(); ++column) {
      if (!wanted(nonbasic(column))) continue;
      for (int row = 0; row < rows(); ++row) {
        if (wanted(basic(row)) || is_zero(row, column)) continue;
        pivot(row, column);
        break;
      }
    }
  }

  bool is_zero(int row, int column) const;
  /// entry(row, 0) / denominator.
  Rational value(int row) const;

 private:
  template <class Number>
  struct Table {
    std::vector<Number> entries;
    Number denominator;
  };
#ifdef __SIZEOF_INT128__
  using Tables = std::variant<Table<std::int64_t>, Table<int128>, Table<Integer>>;
  Table<int128> spare128_;
#else
  using Tables = std::variant<Table<std::int64_t>, Table<Integer>>;
#endif

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  std::size_t place(int row, int column) const { return at(row) * (nonbasic_.size() + 1) + at(column); }
  template <class Number>
  bool try_pivot(const Table<Number>& from, int row, int column, Table<Number>& to) const;
  template <class Number>
  int leaving_row(const Table<Number>& table, int column) const;
  template <class Number>
  int compare_perturbed(const Table<Number>& table, int row, int other, int column) const;
  template <class Number>
  void replace(Table<Number>& table);
  void narrow();
  void widen();

  std::vector<int> basic_, nonbasic_;
  std::vector<int> perturbed_;  ///< the variables that were basic first, in the order of their perturbation
  std::vector<int> place_;      ///< by variable: its row, or -1 - its column
  Tables tables_;
  Table<std::int64_t> spare64_;
  Table<Integer> spare_integer_;
};

}  // namespace schelling
