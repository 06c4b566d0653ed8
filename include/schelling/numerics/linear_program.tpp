#pragma once

#include <schelling/core/error.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/simplex_dictionary.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

namespace schelling {

template <class Scalar>
void LinearProgram<Scalar>::maximize(std::span<const Scalar> objective) {
  if (objective.size() != variables())
    throw InvalidArgument(expectation("objective of a linear program",
                                      std::to_string(variables()) + " coefficients",
                                      std::to_string(objective.size())));
  objective_.assign(objective.begin(), objective.end());
}

template <class Scalar>
void LinearProgram<Scalar>::add(std::span<const Scalar> coefficients, Relation relation,
                                const Scalar& right_side) {
  if (coefficients.size() != variables())
    throw InvalidArgument(expectation("row " + std::to_string(constraints()) + " of a linear program",
                                      std::to_string(variables()) + " coefficients",
                                      std::to_string(coefficients.size())));
  coefficients_.insert(coefficients_.end(), coefficients.begin(), coefficients.end());
  right_sides_.push_back(right_side);
  relations_.push_back(relation);
}

namespace detail {

template <class Scalar>
concept Fraction = requires(const Scalar& x) {
  { numerator(x) } -> std::convertible_to<Integer>;
  { denominator(x) } -> std::convertible_to<Integer>;
};

/// How far a sum of products may miss zero, as a share of its largest possible term: sums of a hundred terms,
/// each the result of a few hundred operations, stay well within it. Exact arithmetic allows nothing.
template <class Scalar>
inline constexpr double verification_tolerance = std::is_floating_point_v<Scalar> ? 1e-9 : 0;

/// The largest magnitude, needed for tolerances only: zero in exact arithmetic.
template <class Scalar>
Scalar largest(std::span<const Scalar> values) {
  Scalar result = Scalar(0);
  if constexpr (std::is_floating_point_v<Scalar>)
    for (const auto value : values) result = std::max(result, std::abs(value));
  return result;
}

template <class Scalar>
Scalar dot(std::span<const Scalar> a, std::span<const Scalar> b) {
  Scalar sum = Scalar(0);
  for (std::size_t j = 0; j < a.size(); ++j)
    if (a[j] != 0 && b[j] != 0) sum += a[j] * b[j];
  return sum;
}

/// The positive factors that turn rows, objective and unknowns into those of the dictionary:
/// row i is multiplied by rows[i], the objective by objective, and the unknowns are divided by unknowns.
template <class Scalar>
struct LinearProgramScale {
  std::vector<Scalar> rows;
  Scalar objective = Scalar(1), unknowns = Scalar(1);
};

/// The least factor that makes a row's entries integers.
template <Fraction Scalar>
Scalar integer_factor(std::span<const Scalar> coefficients, const Scalar& right_side) {
  Integer multiple = 1;
  const auto take = [&](const Scalar& x) {
    if (Integer divisor = denominator(x); divisor != 1) multiple = lcm(multiple, divisor);
  };
  for (const auto& x : coefficients) take(x);
  take(right_side);
  return Scalar(multiple);
}

/// The power of two that brings the largest coefficient of a row near 1.
template <std::floating_point Scalar>
Scalar unit_factor(std::span<const Scalar> coefficients) {
  const Scalar size = largest(coefficients);
  return size > 0 && std::isfinite(size) ? std::ldexp(Scalar(1), -std::ilogb(size)) : Scalar(1);
}

template <class Scalar>
LinearProgramScale<Scalar> scale_of(const LinearProgram<Scalar>& program) {
  LinearProgramScale<Scalar> scale;
  scale.rows.reserve(program.constraints());
  for (std::size_t i = 0; i < program.constraints(); ++i) {
    if constexpr (Fraction<Scalar>)
      scale.rows.push_back(integer_factor(program.coefficients(i), program.right_side(i)));
    else if constexpr (std::is_floating_point_v<Scalar>)
      scale.rows.push_back(unit_factor(program.coefficients(i)));
    else
      scale.rows.push_back(Scalar(1));
  }
  if constexpr (Fraction<Scalar>) {
    scale.objective = integer_factor(program.objective(), Scalar(0));
  } else if constexpr (std::is_floating_point_v<Scalar>) {
    scale.objective = unit_factor(program.objective());
    Scalar size = 0;
    for (std::size_t i = 0; i < program.constraints(); ++i)
      size = std::max(size, std::abs(scale.rows[i] * program.right_side(i)));
    if (size > 0 && std::isfinite(size)) scale.unknowns = std::ldexp(Scalar(1), std::ilogb(size));
  }
  return scale;
}

/// x * factor as an entry of the dictionary; false if it is too large for a machine integer.
template <class Number, class Scalar>
bool convert(const Scalar& x, const Scalar& factor, Number& number) {
  if constexpr (Fraction<Scalar>) {
    Integer integer = factor == 1 ? Integer(numerator(x)) : Integer(numerator(Scalar(x * factor)));
    if constexpr (std::is_same_v<Number, std::int64_t>) {
      if (integer > cross_quotient_limit || integer < -cross_quotient_limit) return false;
      number = static_cast<std::int64_t>(integer);
    } else {
      number = std::move(integer);
    }
  } else {
    number = x * factor;
  }
  return true;
}

template <class Number, class Scalar>
bool fill(SimplexDictionary<Number>& dictionary, const LinearProgram<Scalar>& program,
          const LinearProgramScale<Scalar>& scale) {
  const auto rows = program.constraints(), variables = program.variables();
  for (std::size_t i = 0; i < rows; ++i) {
    const bool negate = program.relation(i) == Relation::greater_equal;
    const auto set = [&](std::size_t column, const Scalar& x, const Scalar& factor) {
      auto& entry = dictionary.entry(i, column);
      if (!convert(x, factor, entry)) return false;
      if (negate) entry = -entry;
      return true;
    };
    if (!set(0, program.right_side(i), Scalar(scale.rows[i] / scale.unknowns))) return false;
    for (std::size_t j = 0; j < variables; ++j)
      if (!set(j + 1, program.coefficients(i)[j], scale.rows[i])) return false;
    if (program.relation(i) == Relation::equal) dictionary.fix(i);
  }
  for (std::size_t j = 0; j < variables; ++j) {
    auto& entry = dictionary.entry(rows, j + 1);
    if (!convert(program.objective()[j], scale.objective, entry)) return false;
    entry = -entry;
  }
  return true;
}

/// What the final dictionary says about the program as it was given.
template <class Number, class Scalar>
LinearProgramSolution<Scalar> read(const SimplexDictionary<Number>& dictionary,
                                   typename SimplexDictionary<Number>::End end,
                                   const LinearProgram<Scalar>& program,
                                   const LinearProgramScale<Scalar>& scale) {
  using End = typename SimplexDictionary<Number>::End;
  const auto rows = program.constraints(), variables = program.variables();
  LinearProgramSolution<Scalar> solution;
  const auto value = [&](std::size_t row, std::size_t column) {
    return Scalar(Scalar(dictionary.entry(row, column)) / Scalar(dictionary.denominator()));
  };
  // The multipliers of the row `combination` of the dictionary, seen as an identity between the slacks.
  const auto read_multipliers = [&](std::size_t combination, bool negate, const Scalar& unit) {
    solution.multipliers.assign(rows, Scalar(0));
    const auto set = [&](std::size_t variable, Scalar multiplier) {
      if (variable < variables) return;
      const auto i = variable - variables;
      if (negate) multiplier = -multiplier;
      if (std::is_floating_point_v<Scalar> && program.relation(i) != Relation::equal && multiplier < 0)
        multiplier = 0;
      solution.multipliers[i] = multiplier * scale.rows[i] /
                                (program.relation(i) == Relation::greater_equal ? Scalar(-unit) : unit);
    };
    for (std::size_t j = 1; j <= variables; ++j) set(dictionary.nonbasic(j), value(combination, j));
    if (combination < rows) set(dictionary.basic(combination), Scalar(1));
  };
  const auto read_point = [&] {
    solution.point.assign(variables, Scalar(0));
    for (std::size_t r = 0; r < rows; ++r) {
      if (dictionary.basic(r) >= variables) continue;
      Scalar x = value(r, 0) * scale.unknowns;
      if (std::is_floating_point_v<Scalar> && x < 0) x = 0;
      solution.point[dictionary.basic(r)] = std::move(x);
    }
    for (std::size_t j = 0; j < variables; ++j) solution.value += program.objective()[j] * solution.point[j];
  };
  switch (end) {
    case End::optimal:
      solution.status = LinearProgramStatus::optimal;
      read_point();
      read_multipliers(rows, false, scale.objective);
      break;
    case End::infeasible:
      solution.status = LinearProgramStatus::infeasible;
      read_multipliers(dictionary.witness(), dictionary.entry(dictionary.witness(), 0) > 0, Scalar(1));
      break;
    case End::unbounded: {
      solution.status = LinearProgramStatus::unbounded;
      read_point();
      solution.ray.assign(variables, Scalar(0));
      const auto column = dictionary.witness();
      if (dictionary.nonbasic(column) < variables) solution.ray[dictionary.nonbasic(column)] = Scalar(1);
      for (std::size_t r = 0; r < rows; ++r)
        if (dictionary.basic(r) < variables) {
          Scalar d = -value(r, column);
          if (std::is_floating_point_v<Scalar> && d < 0) d = 0;
          solution.ray[dictionary.basic(r)] = std::move(d);
        }
      break;
    }
    case End::stopped:
      solution.status = LinearProgramStatus::stopped;
      break;
    default:
      break;
  }
  solution.pivots = dictionary.pivots();
  for (std::size_t r = 0; r < rows; ++r) solution.basis.push_back(dictionary.basic(r));
  return solution;
}

template <class Number, class Scalar>
bool try_solve(const LinearProgram<Scalar>& program, const LinearProgramScale<Scalar>& scale,
               const std::vector<bool>& wanted, Monitor* monitor, LinearProgramSolution<Scalar>& solution) {
  SimplexDictionary<Number> dictionary(program.constraints(), program.variables());
  if (!fill(dictionary, program, scale)) return false;
  const auto end = dictionary.solve(wanted, monitor);
  if (end == SimplexDictionary<Number>::End::overflow) return false;
  solution = read(dictionary, end, program, scale);
  return true;
}

/// Whether x >= 0 satisfies the rows; with `homogeneous` those with right side 0.
template <class Scalar>
bool satisfies(const LinearProgram<Scalar>& program, std::span<const Scalar> x, bool homogeneous) {
  if (x.size() != program.variables()) return false;
  for (const auto& value : x)
    if (!(value >= 0)) return false;
  const Scalar size = largest(x);
  for (std::size_t i = 0; i < program.constraints(); ++i) {
    const Scalar right_side = homogeneous ? Scalar(0) : program.right_side(i);
    const Scalar excess = dot(program.coefficients(i), x) - right_side;
    Scalar slack = Scalar(0);
    if constexpr (std::is_floating_point_v<Scalar>)
      slack =
          verification_tolerance<Scalar> * (largest(program.coefficients(i)) * size + std::abs(right_side));
    if (program.relation(i) != Relation::greater_equal && !(excess <= slack)) return false;
    if (program.relation(i) != Relation::less_equal && !(excess >= -slack)) return false;
  }
  return true;
}

/// The largest entry of a row times its multiplier, needed for tolerances only.
template <class Scalar>
Scalar combined_size(const LinearProgram<Scalar>& program, std::span<const Scalar> multipliers) {
  Scalar size = Scalar(0);
  if constexpr (std::is_floating_point_v<Scalar>)
    for (std::size_t i = 0; i < program.constraints(); ++i)
      size = std::max(size, std::abs(multipliers[i]) * largest(program.coefficients(i)));
  return size;
}

/// Whether the multipliers have the signs of their rows and combine them to at least `objective` in every
/// component.
template <class Scalar>
bool dominates(const LinearProgram<Scalar>& program, std::span<const Scalar> multipliers,
               std::span<const Scalar> objective) {
  if (multipliers.size() != program.constraints()) return false;
  std::vector<Scalar> surplus(program.variables(), Scalar(0));
  for (std::size_t j = 0; j < objective.size(); ++j) surplus[j] -= objective[j];
  for (std::size_t i = 0; i < program.constraints(); ++i) {
    if (program.relation(i) == Relation::less_equal && !(multipliers[i] >= 0)) return false;
    if (program.relation(i) == Relation::greater_equal && !(multipliers[i] <= 0)) return false;
    if (multipliers[i] == 0) continue;
    for (std::size_t j = 0; j < program.variables(); ++j)
      surplus[j] += multipliers[i] * program.coefficients(i)[j];
  }
  Scalar slack = Scalar(0);
  if constexpr (std::is_floating_point_v<Scalar>)
    slack = verification_tolerance<Scalar> * (combined_size(program, multipliers) + largest(objective));
  for (const auto& value : surplus)
    if (!(value >= -slack)) return false;
  return true;
}

/// From this many coefficients on, a basis found in double saves more than it costs.
inline constexpr std::size_t worth_a_proposal = 100;

/// The final basis of the same program in double.
template <Fraction Scalar>
std::vector<std::size_t> proposed_basis(const LinearProgram<Scalar>& program, Monitor* monitor) {
  LinearProgram<double> rounded(program.variables());
  std::vector<double> row(program.variables());
  const auto round = [&](std::span<const Scalar> values) -> std::span<const double> {
    for (std::size_t j = 0; j < values.size(); ++j) row[j] = static_cast<double>(values[j]);
    return row;
  };
  for (std::size_t i = 0; i < program.constraints(); ++i)
    rounded.add(round(program.coefficients(i)), program.relation(i),
                static_cast<double>(program.right_side(i)));
  rounded.maximize(round(program.objective()));
  return solve_linear_program(rounded, std::span<const std::size_t>(), monitor).basis;
}

}  // namespace detail

template <class Scalar>
bool verifies(const LinearProgram<Scalar>& program, const LinearProgramSolution<Scalar>& solution) {
  constexpr double tolerance = detail::verification_tolerance<Scalar>;
  const auto objective = program.objective();
  const std::span<const Scalar> point = solution.point, multipliers = solution.multipliers,
                                ray = solution.ray;
  // sum l_i b_i and, for the tolerance, the sum of the magnitudes of its terms.
  const auto combine_right_sides = [&] {
    std::pair<Scalar, Scalar> sums(0, 0);
    for (std::size_t i = 0; i < program.constraints(); ++i) {
      if (multipliers[i] == 0) continue;
      const Scalar term = multipliers[i] * program.right_side(i);
      sums.first += term;
      if constexpr (std::is_floating_point_v<Scalar>) sums.second += std::abs(term);
    }
    return sums;
  };
  switch (solution.status) {
    case LinearProgramStatus::optimal: {
      if (!detail::satisfies(program, point, false) || !detail::dominates(program, multipliers, objective))
        return false;
      const auto [bound, size] = combine_right_sides();
      const Scalar gap = bound - detail::dot(objective, point);
      if constexpr (std::is_floating_point_v<Scalar>)
        return std::abs(gap) <= tolerance * (size + (detail::largest(objective) +
                                                     detail::combined_size(program, multipliers)) *
                                                        detail::largest(point));
      else
        return gap == 0;
    }
    case LinearProgramStatus::infeasible: {
      if (!detail::dominates(program, multipliers, {})) return false;
      const auto [bound, size] = combine_right_sides();
      return bound < Scalar(-tolerance) * size;
    }
    case LinearProgramStatus::unbounded:
      if (!detail::satisfies(program, point, false) || !detail::satisfies(program, ray, true)) return false;
      return detail::dot(objective, ray) >
             Scalar(tolerance) * detail::largest(objective) * detail::largest(ray);
    case LinearProgramStatus::undecided:
    case LinearProgramStatus::stopped:
      break;
  }
  return false;
}

template <class Scalar>
LinearProgramSolution<Scalar> solve_linear_program(const LinearProgram<Scalar>& program,
                                                   std::span<const std::size_t> basis, Monitor* monitor) {
  if constexpr (detail::Fraction<Scalar>) {
    if (basis.empty() && program.variables() * program.constraints() >= detail::worth_a_proposal) {
      const auto proposed = detail::proposed_basis(program, monitor);
      if (!monitor || !monitor->stopped())
        return solve_linear_program(program, std::span<const std::size_t>(proposed), monitor);
    }
  }
  std::vector<bool> wanted;
  if (!basis.empty()) wanted.assign(program.variables() + program.constraints(), false);
  for (const auto variable : basis) {
    if (variable >= wanted.size())
      throw InvalidArgument(expectation("basis of a linear program",
                                        "variables below " + std::to_string(wanted.size()),
                                        std::to_string(variable)));
    wanted[variable] = true;
  }
  const auto scale = detail::scale_of(program);
  LinearProgramSolution<Scalar> solution;
  if constexpr (detail::Fraction<Scalar>) {
    if (!detail::try_solve<std::int64_t>(program, scale, wanted, monitor, solution))
      detail::try_solve<Integer>(program, scale, wanted, monitor, solution);
  } else {
    detail::try_solve<Scalar>(program, scale, wanted, monitor, solution);
  }
  if (solution.status != LinearProgramStatus::stopped && !verifies(program, solution)) {
    if (!std::is_floating_point_v<Scalar>)
      throw std::logic_error("a linear program's exact answer failed its verification");
    solution.status = LinearProgramStatus::undecided;
  }
  return solution;
}

}  // namespace schelling
