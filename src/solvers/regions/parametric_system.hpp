#pragma once

#include <schelling/numerics/algebraic_number.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/polynomial.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace schelling::regions {

/// Whether sum_j c_ij x_j (relation) r_i for all rows has a solution x >= 0, with coefficients that are
/// polynomials in the parameters. Where variables are to be positive the system is homogeneous, all r_i = 0, so
/// that it is solved for x_j = 1 + z_j, z >= 0: its rows are kept in z, with r_i = -sum of their c_ij.
struct ParametricSystem {
  struct Row {
    std::vector<Polynomial> coefficients;
    Relation relation;
    Polynomial right_side;
  };
  std::vector<char> positive;  ///< [j] whether variable j is to be positive
  std::vector<Row> rows;

  std::size_t variables() const { return positive.size(); }
  std::size_t add_variables(int count, bool are_positive) {
    positive.insert(positive.end(), static_cast<std::size_t>(count), are_positive);
    return positive.size() - static_cast<std::size_t>(count);
  }
  bool is_homogeneous() const { return std::find(positive.begin(), positive.end(), 1) != positive.end(); }
  void add(std::vector<Polynomial> coefficients, Relation relation, Polynomial right_side = {}) {
    for (std::size_t j = 0; j < coefficients.size(); ++j)
      if (positive[j]) right_side = right_side - coefficients[j];
    rows.push_back({std::move(coefficients), relation, std::move(right_side)});
  }
};

/// polynomial > 0 where strict, else polynomial >= 0.
struct Condition {
  Polynomial polynomial;
  bool strict = false;
  friend bool operator==(const Condition&, const Condition&) = default;
};

/// A proof, wherever all conditions hold, that a system is feasible (its basic solution by Cramer's rule is
/// one, in a homogeneous system up to scale), or that it is not (a combination of its rows by Farkas' lemma
/// contradicts itself).
struct SystemCertificate {
  bool feasible = false;
  std::vector<Condition> conditions;
};

/// A point of the parameter space.
struct Point {
  Rational x, y;
};

bool holds(const Condition& condition, const Point& at);
bool holds(const Condition& condition, const AlgebraicNumber& at);

/// A certificate that holds at a point and, unless the point satisfies an equation that its neighbours do not,
/// around it; nothing in that case.
///
/// A linear program at the point proposes a basis; elimination without fractions (Edmonds 1967) makes the
/// basic solution, or the combination of rows, polynomial in the parameters; the conditions are then derived
/// from the system itself.
std::optional<SystemCertificate> certificate_at(const ParametricSystem& system, const Point& point);

/// Whether the system is feasible at one point, rational or algebraic (y is zero).
bool is_feasible(const ParametricSystem& system, const Point& point);
bool is_feasible(const ParametricSystem& system, const std::shared_ptr<const AlgebraicNumber>& root);

}  // namespace schelling::regions
