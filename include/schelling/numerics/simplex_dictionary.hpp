#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/numerics/tableau.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace schelling {

/// A dictionary of the simplex method (Chvatal 1983): each basic variable as an affine function of the
/// nonbasic ones,
///   denominator * basic_r = entry(r, 0) - sum_j entry(r, j) * nonbasic_j,
/// and the objective in the last row in the same form. Variables 0..n-1 are the program's, n+i the slack of
/// row i.
template <class Number>
class SimplexDictionary {
 public:
  static constexpr bool rounded = Tableau<Number>::rounded;
  /// What counts as zero where rows have largest entry 1: far above the rounding of a few hundred pivots, far
  /// below the pivots of well-posed programs. Wrong guesses are caught when the answer is verified.
  static constexpr double rounding = 1e-10;

  enum class End { optimal, infeasible, unbounded, overflow, stalled, stopped };

  /// Slack basis; entries zero, every slack free to be positive. Fill with `entry`, then mark equations.
  SimplexDictionary(std::size_t rows, std::size_t variables)
      : table_(rows + 1, variables + 1), basic_(rows), nonbasic_(variables), fixed_(rows) {
    for (std::size_t r = 0; r < rows; ++r) basic_[r] = variables + r;
    for (std::size_t j = 0; j < variables; ++j) nonbasic_[j] = j;
  }

  std::size_t rows() const { return basic_.size(); }
  std::size_t variables() const { return nonbasic_.size(); }
  Number& entry(std::size_t row, std::size_t column) { return table_.entry(row, column); }
  const Number& entry(std::size_t row, std::size_t column) const { return table_.entry(row, column); }
  const Number& denominator() const { return table_.denominator(); }
  std::size_t basic(std::size_t row) const { return basic_[row]; }
  std::size_t nonbasic(std::size_t column) const { return nonbasic_[column - 1]; }
  std::size_t pivots() const { return table_.pivots(); }
  /// Row i is an equation: its slack is zero in every solution.
  void fix(std::size_t row) { fixed_[row] = true; }

  /// After `infeasible`: the row that proves it. After `unbounded`: the column that improves without end.
  std::size_t witness() const { return witness_; }

  /// Brings the wanted variables into the basis as far as they are independent, then solves.
  End solve(const std::vector<bool>& wanted, Monitor* monitor = nullptr) {
    monitor_ = monitor;
    if (!start_from(wanted)) return failure();
    for (const auto phase : {&SimplexDictionary::leave_equations, &SimplexDictionary::become_feasible,
                             &SimplexDictionary::improve}) {
      if (const auto end = (this->*phase)()) return *end;
    }
    return End::optimal;
  }

 private:
  static int sign(const Number& x) {
    if constexpr (rounded)
      return x > rounding ? 1 : x < -rounding ? -1 : 0;
    else
      return x > 0 ? 1 : x < 0 ? -1 : 0;
  }
  bool is_fixed(std::size_t variable) const {
    return variable >= variables() && fixed_[variable - variables()];
  }
  bool may_enter(std::size_t column) const { return !is_fixed(nonbasic(column)); }

  bool start_from(const std::vector<bool>& wanted) {
    if (wanted.empty()) return true;
    for (std::size_t j = 1; j < columns(); ++j) {
      if (!wanted[nonbasic(j)]) continue;
      for (std::size_t r = 0; r < rows(); ++r) {
        if (wanted[basic_[r]] || sign(entry(r, j)) == 0) continue;
        if (!pivot(r, j)) return false;
        break;
      }
    }
    return true;
  }

  /// Takes the slacks of equations out of the basis; one that cannot leave is constant.
  std::optional<End> leave_equations() {
    for (std::size_t r = 0; r < rows(); ++r) {
      if (!is_fixed(basic_[r])) continue;
      std::size_t chosen = 0;
      for (std::size_t j = 1; j < columns(); ++j) {
        if (!may_enter(j) || sign(entry(r, j)) == 0) continue;
        if (chosen == 0) chosen = j;
        if constexpr (rounded) {
          if (std::abs(entry(r, j)) > std::abs(entry(r, chosen))) chosen = j;
        }
      }
      if (chosen == 0) {
        if (sign(entry(r, 0)) == 0) continue;
        witness_ = r;
        return End::infeasible;
      }
      if (!pivot(r, chosen)) return failure();
    }
    return std::nullopt;
  }

  /// Dual simplex method for objective zero: a basic variable below zero leaves, one that repairs it enters.
  std::optional<End> become_feasible() {
    while (true) {
      std::size_t leaving = rows();
      for (std::size_t r = 0; r < rows(); ++r) {
        if (sign(entry(r, 0)) >= 0 || is_fixed(basic_[r])) continue;
        if (leaving == rows() ||
            (least_index() ? basic_[r] < basic_[leaving] : entry(r, 0) < entry(leaving, 0)))
          leaving = r;
      }
      if (leaving == rows()) return std::nullopt;
      const auto entering = most_negative(leaving);
      if (entering == 0) {
        witness_ = leaving;
        return End::infeasible;
      }
      if (!pivot(leaving, entering)) return failure();
      if (stalled()) return End::stalled;
    }
  }

  /// Primal simplex method: a variable that improves enters, the first to reach zero leaves.
  std::optional<End> improve() {
    while (true) {
      const auto entering = most_negative(rows());
      if (entering == 0) return std::nullopt;
      std::size_t leaving = rows();
      for (std::size_t r = 0; r < rows(); ++r) {
        if (is_fixed(basic_[r]) || sign(entry(r, entering)) <= 0) continue;
        const int order = leaving == rows() ? -1 : compare_ratios(r, leaving, entering);
        if (order < 0 || (order == 0 && basic_[r] < basic_[leaving])) leaving = r;
      }
      if (leaving == rows()) {
        witness_ = entering;
        return End::unbounded;
      }
      if (!pivot(leaving, entering)) return failure();
      if (stalled()) return End::stalled;
    }
  }

  /// The column that may enter and has the most negative entry in the row (Dantzig 1963), or after many
  /// pivots the one of the least variable with a negative entry; 0 if there is none.
  std::size_t most_negative(std::size_t row) const {
    std::size_t chosen = 0;
    for (std::size_t j = 1; j < columns(); ++j) {
      if (sign(entry(row, j)) >= 0 || !may_enter(j)) continue;
      if (chosen == 0 ||
          (least_index() ? nonbasic(j) < nonbasic(chosen) : entry(row, j) < entry(row, chosen)))
        chosen = j;
    }
    return chosen;
  }

  /// The greedy rule is faster, the least-index rule (Bland 1977) cannot cycle.
  bool least_index() const { return pivots() > 2 * (rows() + variables()); }

  /// Sign of entry(r, 0) / entry(r, j) - entry(s, 0) / entry(s, j), both divisors positive.
  int compare_ratios(std::size_t r, std::size_t s, std::size_t j) const {
    if constexpr (std::is_same_v<Number, std::int64_t>) {
      const auto left = WideInteger(entry(r, 0)) * entry(s, j),
                 right = WideInteger(entry(s, 0)) * entry(r, j);
      return left < right ? -1 : left > right ? 1 : 0;
    } else {
      return sign(entry(r, 0) * entry(s, j) - entry(s, 0) * entry(r, j));
    }
  }

  /// Exchanges a basic and a nonbasic variable. After false, `failure` says why; the dictionary is then lost.
  bool pivot(std::size_t row, std::size_t column) {
    if (monitor_ && !monitor_->keep_going()) return false;
    if (!table_.pivot(row, column, monitor_)) return false;
    std::swap(basic_[row], nonbasic_[column - 1]);
    return true;
  }
  End failure() const { return monitor_ && monitor_->stopped() ? End::stopped : End::overflow; }
  std::size_t columns() const { return table_.columns(); }

  /// Exact pivoting ends by itself; rounding can undo Bland's argument.
  bool stalled() const { return rounded && pivots() > 100 * (rows() + variables() + 10); }

  Tableau<Number> table_;
  std::vector<std::size_t> basic_, nonbasic_;
  std::vector<bool> fixed_;
  std::size_t witness_ = 0;
  Monitor* monitor_ = nullptr;
};

}  // namespace schelling
