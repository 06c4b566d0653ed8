#pragma once

#include <schelling/numerics/algebraic_number.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/polynomial.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace schelling::regions {

/// Whether sum_j c_ij z_j (relation) r_i for all rows has a solution z >= 0, with coefficients that are
/// polynomials in the parameters.
struct ParametricSystem {
  struct Row {
    std::vector<Polynomial> coefficients;
    Relation relation;
    Polynomial right_side;
  };
  std::size_t variables = 0;
  std::vector<Row> rows;

  void add(std::vector<Polynomial> coefficients, Relation relation, Polynomial right_side) {
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
/// one), or that it is not (a combination of its rows by Farkas' lemma contradicts itself).
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
