#include "solvers/regions/parametric_system.hpp"

#include <schelling/numerics/linear_program.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace schelling {
extern template class LinearProgram<Rational>;
extern template LinearProgramSolution<Rational> solve_linear_program(const LinearProgram<Rational>&,
                                                                     std::span<const std::size_t>, Monitor*);
}  // namespace schelling

namespace schelling::regions {

namespace {

template <class Scalar, class Value>
LinearProgram<Scalar> program_at(const ParametricSystem& system, const Value& value) {
  LinearProgram<Scalar> program(system.variables());
  std::vector<Scalar> coefficients(system.variables());
  for (const auto& row : system.rows) {
    for (std::size_t j = 0; j < coefficients.size(); ++j) coefficients[j] = value(row.coefficients[j]);
    program.add(coefficients, row.relation, value(row.right_side));
  }
  return program;
}

LinearProgramSolution<Rational> solve_at(const ParametricSystem& system, const Point& point) {
  return solve_linear_program(
      program_at<Rational>(system, [&](const Polynomial& p) { return p(point.x, point.y); }));
}

Polynomial quotient(const Polynomial& a, const Polynomial& b) {
  Polynomial result;
  if (!divides(b, a, result)) throw std::logic_error("elimination without fractions left a remainder");
  return result;
}

/// denominator * basic_r = entry(r, 0) - sum_j entry(r, j) * nonbasic_j, with rows turned to <= or =.
class Dictionary {
 public:
  explicit Dictionary(const ParametricSystem& system) : variables_(system.variables()) {
    for (std::size_t j = 0; j < variables_; ++j) nonbasic_.push_back(j);
    for (std::size_t i = 0; i < system.rows.size(); ++i) {
      const auto& row = system.rows[i];
      const bool negate = row.relation == Relation::greater_equal;
      std::vector<Polynomial> entries{negate ? -row.right_side : row.right_side};
      for (const auto& c : row.coefficients) entries.push_back(negate ? -c : c);
      entries_.push_back(std::move(entries));
      basic_.push_back(variables_ + i);
    }
  }

  /// Brings the structural variables of a basis in; false if they are dependent as polynomials.
  bool enter(const std::vector<std::size_t>& basis) {
    const auto wanted = [&](std::size_t v) {
      return std::find(basis.begin(), basis.end(), v) != basis.end();
    };
    for (std::size_t j = 0; j < nonbasic_.size(); ++j) {
      if (!wanted(nonbasic_[j])) continue;
      std::size_t chosen = entries_.size();
      for (std::size_t r = 0; r < entries_.size(); ++r)
        if (!wanted(basic_[r]) && !entries_[r][j + 1].is_zero() &&
            (chosen == entries_.size() || simpler(entries_[r][j + 1], entries_[chosen][j + 1])))
          chosen = r;
      if (chosen == entries_.size()) return false;
      pivot(chosen, j + 1);
    }
    return true;
  }

  const Polynomial& denominator() const { return denominator_; }
  std::size_t rows() const { return entries_.size(); }

  /// denominator * variable at the basic solution.
  std::vector<Polynomial> solution() const {
    std::vector<Polynomial> values(variables_);
    for (std::size_t r = 0; r < entries_.size(); ++r)
      if (basic_[r] < variables_) values[basic_[r]] = entries_[r][0];
    return values;
  }
  /// The multipliers of the system's rows that combine to a row of the dictionary.
  std::vector<Polynomial> multipliers(std::size_t r) const {
    std::vector<Polynomial> result(entries_.size());
    if (basic_[r] >= variables_) result[basic_[r] - variables_] = denominator_;
    for (std::size_t j = 0; j < nonbasic_.size(); ++j)
      if (nonbasic_[j] >= variables_) result[nonbasic_[j] - variables_] = entries_[r][j + 1];
    return result;
  }

 private:
  std::size_t variables_;
  std::vector<std::vector<Polynomial>> entries_;
  Polynomial denominator_{1};
  std::vector<std::size_t> basic_, nonbasic_;

  static bool simpler(const Polynomial& a, const Polynomial& b) {
    return a.total_degree() < b.total_degree();
  }

  void pivot(std::size_t row, std::size_t column) {
    const Polynomial p = entries_[row][column];
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i == row) continue;
      const Polynomial q = entries_[i][column];
      for (std::size_t j = 0; j < entries_[i].size(); ++j) {
        if (j == column) continue;
        auto& e = entries_[i][j];
        const bool crossed = !q.is_zero() && !entries_[row][j].is_zero();
        if (e.is_zero() && !crossed) continue;
        e = quotient(crossed ? p * e - q * entries_[row][j] : p * e, denominator_);
      }
      entries_[i][column] = -q;
    }
    entries_[row][column] = std::exchange(denominator_, p);
    std::swap(basic_[row], nonbasic_[column - 1]);
  }
};

/// What all values have in common. In two variables only coefficients of the system are tried: they are what
/// pivots leave behind, and general greatest common divisors would cost more than everything else.
Polynomial common_factor(const ParametricSystem& system, const std::vector<Polynomial>& values) {
  Polynomial common;
  bool in_x = true;
  for (const auto& value : values) in_x &= value.degree_y() <= 0;
  if (in_x) {
    for (const auto& value : values) {
      if (!value.is_zero()) common = greatest_common_divisor(common, value);
      if (common == Polynomial(1)) break;
    }
    return common;
  }
  std::vector<Polynomial> rest;
  for (const auto& value : values)
    if (!value.is_zero()) rest.push_back(value);
  common = Polynomial(1);
  std::set<Polynomial> tried;
  for (const auto& row : system.rows)
    for (const auto& entry : row.coefficients) {
      if (entry.is_constant()) continue;
      const Polynomial factor = entry.primitive_part();
      if (!tried.insert(factor).second) continue;
      while (true) {
        std::vector<Polynomial> next(rest.size());
        bool all = true;
        for (std::size_t i = 0; i < rest.size() && all; ++i) all = divides(factor, rest[i], next[i]);
        if (!all) break;
        rest.swap(next);
        common = common * factor;
      }
    }
  return common;
}

/// Divides by what all have in common and makes `oriented` positive at the point, if it is not zero there.
void simplify(const ParametricSystem& system, std::vector<Polynomial>& values, const Polynomial* oriented,
              const Point& point) {
  Integer content = 0;
  for (const auto& value : values) content = gcd(content, value.content());
  const Polynomial divisor = Polynomial(content) * common_factor(system, values);
  for (auto& value : values)
    if (!value.is_zero()) value = quotient(value, divisor);
  if (oriented && sign_at(*oriented, point.x, point.y) < 0)
    for (auto& value : values) value = -value;
}

/// Collects conditions; `consistent` turns false if one of them does not hold at the point.
struct Collector {
  const Point& point;
  std::vector<Condition> conditions;
  bool consistent = true;

  void require(const Polynomial& polynomial, bool strict) {
    if (polynomial.is_constant()) {
      const int sign = polynomial.leading().sign();
      consistent &= strict ? sign > 0 : sign >= 0;
      return;
    }
    Condition condition{quotient(polynomial, Polynomial(polynomial.content())), strict};
    consistent &= holds(condition, point);
    for (auto& known : conditions)
      if (known.polynomial == condition.polynomial) {
        known.strict |= strict;
        return;
      }
    conditions.push_back(std::move(condition));
  }
  /// Identically zero.
  void require_zero(const Polynomial& polynomial) { consistent &= polynomial.is_zero(); }
};

Polynomial combination(const std::vector<Polynomial>& a, const std::vector<Polynomial>& b) {
  Polynomial sum;
  for (std::size_t j = 0; j < a.size(); ++j)
    if (!a[j].is_zero() && !b[j].is_zero()) sum = sum + a[j] * b[j];
  return sum;
}

/// The conditions under which values / denominator solve the system. A homogeneous one needs no denominator:
/// that all x_j keep their signs says more than that the basic solution stays one, and ends later.
std::optional<SystemCertificate> feasible(const ParametricSystem& system, std::vector<Polynomial> values,
                                          const Polynomial& denominator, const Point& point) {
  const bool homogeneous = system.is_homogeneous();
  if (homogeneous) {
    for (std::size_t j = 0; j < values.size(); ++j)
      if (system.positive[j]) values[j] = values[j] + denominator;
  } else {
    values.push_back(denominator);
  }
  const auto first = std::find(system.positive.begin(), system.positive.end(), 1) - system.positive.begin();
  const Polynomial* oriented = &values[static_cast<std::size_t>(first)];
  simplify(system, values, oriented, point);
  Polynomial scale;
  if (!homogeneous) {
    scale = values.back();
    values.pop_back();
  }
  Collector collector{point, {}};
  if (!homogeneous) collector.require(scale, true);
  for (std::size_t j = 0; j < values.size(); ++j) collector.require(values[j], system.positive[j]);
  for (const auto& row : system.rows) {
    const Polynomial value = combination(row.coefficients, values);
    const Polynomial excess = homogeneous ? value : value - scale * row.right_side;
    if (row.relation == Relation::equal) collector.require_zero(excess);
    if (row.relation == Relation::less_equal) collector.require(-excess, false);
    if (row.relation == Relation::greater_equal) collector.require(excess, false);
  }
  if (!collector.consistent) return std::nullopt;
  return SystemCertificate{true, std::move(collector.conditions)};
}

/// The conditions under which the multipliers contradict the system: every variable would have a coefficient
/// at least zero in a combination of rows that must be below zero; in a homogeneous system, a coefficient above
/// zero for one that is positive in a combination that must not be.
std::optional<SystemCertificate> infeasible(const ParametricSystem& system,
                                            std::vector<Polynomial> multipliers, const Point& point) {
  const bool homogeneous = system.is_homogeneous();
  simplify(system, multipliers, nullptr, point);
  std::vector<Polynomial> coefficients(system.variables());
  Polynomial bound;
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    if (multipliers[i].is_zero()) continue;
    const auto& row = system.rows[i];
    const Polynomial weight = row.relation == Relation::greater_equal ? -multipliers[i] : multipliers[i];
    for (std::size_t j = 0; j < coefficients.size(); ++j)
      if (!row.coefficients[j].is_zero()) coefficients[j] = coefficients[j] + weight * row.coefficients[j];
    if (!homogeneous) bound = bound + weight * row.right_side;
  }
  Polynomial* strict = &bound;
  if (homogeneous) {
    strict = nullptr;
    for (std::size_t j = 0; j < coefficients.size(); ++j)
      if (system.positive[j] && sign_at(coefficients[j], point.x, point.y) != 0 &&
          (!strict || coefficients[j].total_degree() < strict->total_degree()))
        strict = &coefficients[j];
    if (!strict) return std::nullopt;
  }
  const int wanted = homogeneous ? 1 : -1;
  if (sign_at(*strict, point.x, point.y) != wanted) {
    bound = -bound;
    for (auto* list : {&multipliers, &coefficients})
      for (auto& value : *list) value = -value;
  }
  Collector collector{point, {}};
  collector.require(homogeneous ? *strict : -bound, true);
  for (std::size_t i = 0; i < multipliers.size(); ++i)
    if (system.rows[i].relation != Relation::equal) collector.require(multipliers[i], false);
  for (const auto& coefficient : coefficients) collector.require(coefficient, false);
  if (!collector.consistent) return std::nullopt;
  return SystemCertificate{false, std::move(collector.conditions)};
}

}  // namespace

bool holds(const Condition& condition, const Point& at) {
  const int sign = sign_at(condition.polynomial, at.x, at.y);
  return condition.strict ? sign > 0 : sign >= 0;
}
bool holds(const Condition& condition, const AlgebraicNumber& at) {
  const int sign = at.sign_of(condition.polynomial);
  return condition.strict ? sign > 0 : sign >= 0;
}

std::optional<SystemCertificate> certificate_at(const ParametricSystem& system, const Point& point) {
  const auto solution = solve_at(system, point);
  Dictionary dictionary(system);
  if (!dictionary.enter(solution.basis)) return std::nullopt;
  if (solution.feasible()) return feasible(system, dictionary.solution(), dictionary.denominator(), point);
  for (std::size_t r = 0; r < dictionary.rows(); ++r)
    if (auto found = infeasible(system, dictionary.multipliers(r), point)) return found;
  return std::nullopt;
}

bool is_feasible(const ParametricSystem& system, const Point& point) {
  return solve_at(system, point).feasible();
}

bool is_feasible(const ParametricSystem& system, const std::shared_ptr<const AlgebraicNumber>& root) {
  if (root->is_rational()) return is_feasible(system, Point{root->lower(), 0});
  return solve_linear_program(program_at<AlgebraicElement>(
                                  system, [&](const Polynomial& p) { return AlgebraicElement(p, root); }))
      .feasible();
}

}  // namespace schelling::regions
