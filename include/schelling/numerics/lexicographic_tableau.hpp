#pragma once

#include <schelling/numerics/tableau.hpp>

#include <optional>

namespace schelling {

/// A tableau whose basic variables stay lexicographically positive, so that complementary pivoting never cycles: the
/// constant of row r is thought of as
///   entry(r, 0) + entry(r, 1) e + entry(r, 2) e^2 + ... + (a multiple of d_0) + (a multiple of d_1) + ...
/// with 1 >> e >> e^2 >> ... >> d_0 >> d_1 >> ..., where d_i perturbs the i-th of the variables that were basic at the
/// start (Dantzig, Orden and Wolfe 1955; Lemke 1965). Their coefficients are read from the inverse of the basis, which the
/// table holds. The powers of e belong to the problem, the d_i only break ties.
template <class Number>
class LexicographicTableau {
 public:
  using Variable = std::size_t;
  static constexpr bool rounded = Tableau<Number>::rounded;
  /// What counts as zero where rows have largest entry about 1; wrong guesses are caught by the certificate.
  static constexpr double rounding = 1e-11;

  /// @param basic, nonbasic variables by row and by column; distinct numbers below the sum of their counts
  LexicographicTableau(std::vector<Variable> basic, std::vector<Variable> nonbasic, std::size_t constants)
      : table_(basic.size(), constants + nonbasic.size()),
        constants_(constants),
        perturbed_(basic),
        basic_(std::move(basic)),
        nonbasic_(std::move(nonbasic)),
        place_(basic_.size() + nonbasic_.size()) {
    for (std::size_t r = 0; r < basic_.size(); ++r) place_[basic_[r]] = {true, r};
    for (std::size_t j = 0; j < nonbasic_.size(); ++j) place_[nonbasic_[j]] = {false, constants_ + j};
  }

  std::size_t rows() const { return table_.rows(); }
  std::size_t constants() const { return constants_; }
  std::size_t pivots() const { return table_.pivots(); }
  Number& entry(std::size_t row, std::size_t column) { return table_.entry(row, column); }
  const Number& entry(std::size_t row, std::size_t column) const { return table_.entry(row, column); }
  const Number& denominator() const { return table_.denominator(); }
  Variable basic(std::size_t row) const { return basic_[row]; }
  bool is_basic(Variable variable) const { return place_[variable].is_basic; }
  /// Row of a basic variable, column of another one.
  std::size_t place(Variable variable) const { return place_[variable].index; }

  /// The row whose basic variable reaches zero first as the variable of the column increases, nothing if none does. Where
  /// `preferred` reaches zero as early as any but for the d_i, it is chosen.
  std::optional<std::size_t> leaving_row(std::size_t column, std::optional<Variable> preferred = {}) const {
    std::optional<std::size_t> leaving;
    for (std::size_t r = 0; r < rows(); ++r) {
      if (sign(entry(r, column)) <= 0) continue;
      if (!leaving || precedes(r, *leaving, column)) leaving = r;
    }
    if (leaving && preferred && is_basic(*preferred)) {
      const std::size_t r = place(*preferred);
      if (sign(entry(r, column)) > 0 && compare_constants(r, *leaving, column) <= 0) return r;
    }
    return leaving;
  }

  /// The row with the least constant among those with a negative entry in the column, if that constant is negative: where
  /// a variable that must make all of them positive enters.
  std::optional<std::size_t> most_violated_row(std::size_t column) const {
    std::optional<std::size_t> least;
    for (std::size_t r = 0; r < rows(); ++r) {
      if (sign(entry(r, column)) >= 0) continue;
      if (!least || precedes(*least, r, column)) least = r;
    }
    if (!least) return least;
    for (std::size_t c = 0; c < constants_; ++c)
      if (const int s = sign(entry(*least, c)); s != 0) return s < 0 ? least : std::nullopt;
    return std::nullopt;
  }

  /// False if a number grew too large or the monitor stopped it: the table is then lost.
  bool pivot(std::size_t row, std::size_t column, Monitor& monitor) {
    if (!monitor.keep_going() || !table_.pivot(row, column, &monitor)) return false;
    std::swap(basic_[row], nonbasic_[column - constants_]);
    place_[basic_[row]] = {true, row};
    place_[nonbasic_[column - constants_]] = {false, column};
    return true;
  }

 private:
  struct Place {
    bool is_basic;
    std::size_t index;
  };

  static int sign(const Number& x) {
    if constexpr (rounded)
      return x > rounding ? 1 : x < -rounding ? -1 : 0;
    else
      return x > 0 ? 1 : x < 0 ? -1 : 0;
  }

  /// Sign of a / p - b / q, where p and q have the same sign.
  static int compare_ratios(const Number& a, const Number& p, const Number& b, const Number& q) {
    if constexpr (std::is_same_v<Number, std::int64_t>) {
      const auto left = WideInteger(a) * q, right = WideInteger(b) * p;
      return left < right ? -1 : left > right ? 1 : 0;
    } else if constexpr (rounded) {
      const Number left = a / p, right = b / q;
      return sign((left - right) / std::max({Number(1), std::abs(left), std::abs(right)}));
    } else {
      if (a == 0 && b == 0) return 0;
      return sign(a * q - b * p);
    }
  }

  int compare_constants(std::size_t r, std::size_t s, std::size_t column) const {
    for (std::size_t c = 0; c < constants_; ++c)
      if (const int order = compare_ratios(entry(r, c), entry(r, column), entry(s, c), entry(s, column)))
        return order;
    return 0;
  }

  /// Coefficient of d_i in the row, times the denominator.
  const Number& perturbation(std::size_t row, std::size_t i) const {
    static const Number zero = Number(0);
    const Place place = place_[perturbed_[i]];
    if (!place.is_basic) return entry(row, place.index);
    return place.index == row ? denominator() : zero;
  }

  /// Whether (constant of r) / entry(r, column) is less than that of s; both entries have one sign.
  bool precedes(std::size_t r, std::size_t s, std::size_t column) const {
    if (const int order = compare_constants(r, s, column)) return order < 0;
    for (std::size_t i = 0; i < perturbed_.size(); ++i)
      if (const int order =
              compare_ratios(perturbation(r, i), entry(r, column), perturbation(s, i), entry(s, column)))
        return order < 0;
    return false;
  }

  Tableau<Number> table_;
  std::size_t constants_;
  std::vector<Variable> perturbed_, basic_, nonbasic_;
  std::vector<Place> place_;
};

}  // namespace schelling
