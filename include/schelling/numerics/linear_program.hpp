#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/numerics/rational.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace schelling {

enum class Relation { less_equal, equal, greater_equal };

/// A linear program in the form: maximise objective . x subject to rows of (coefficients . x) (relation)
/// (right side), x >= 0. A program without an objective asks for feasibility. Write a free variable as a
/// difference.
///
/// Ours because no permissively licensed exact linear program solver exists for C++; small and dense on
/// purpose. `Scalar` is `double`, `Rational`, or any exact field type.
template <class Scalar>
class LinearProgram {
 public:
  explicit LinearProgram(std::size_t variables) : objective_(variables, Scalar(0)) {}

  std::size_t variables() const { return objective_.size(); }
  std::size_t constraints() const { return relations_.size(); }

  /// Sets the objective, zero until then. @throws InvalidArgument if its length is not the number of
  /// variables.
  void maximize(std::span<const Scalar> objective);

  /// Adds one row. @throws InvalidArgument if its length is not the number of variables.
  void add(std::span<const Scalar> coefficients, Relation relation, const Scalar& right_side);

  std::span<const Scalar> objective() const { return objective_; }
  std::span<const Scalar> coefficients(std::size_t constraint) const {
    return std::span(coefficients_).subspan(constraint * variables(), variables());
  }
  Relation relation(std::size_t constraint) const { return relations_[constraint]; }
  const Scalar& right_side(std::size_t constraint) const { return right_sides_[constraint]; }

 private:
  std::vector<Scalar> objective_, coefficients_, right_sides_;
  std::vector<Relation> relations_;
};

enum class LinearProgramStatus {
  optimal,     ///< `point` is optimal and `multipliers` is a dual solution of the same value
  infeasible,  ///< `multipliers` is a Farkas vector
  unbounded,   ///< `point` is feasible and `ray` improves without end
  undecided,   ///< rounding hides the answer (never in exact arithmetic)
  stopped      ///< the monitor ended the search
};

inline std::string_view to_string(LinearProgramStatus status) {
  switch (status) {
    case LinearProgramStatus::optimal:
      return "optimal";
    case LinearProgramStatus::infeasible:
      return "infeasible";
    case LinearProgramStatus::unbounded:
      return "unbounded";
    case LinearProgramStatus::stopped:
      return "stopped";
    case LinearProgramStatus::undecided:
      break;
  }
  return "undecided";
}

template <class Scalar>
struct LinearProgramSolution {
  LinearProgramStatus status = LinearProgramStatus::undecided;
  /// A vertex of the feasible set unless infeasible.
  std::vector<Scalar> point;
  /// objective . point.
  Scalar value = Scalar(0);
  /// One l_i per row, l_i >= 0 for <=, l_i <= 0 for >=, any sign for =. With rows a_i and right sides b_i:
  /// optimal: sum l_i a_i >= objective in every component and sum l_i b_i = value;
  /// infeasible: sum l_i a_i >= 0 in every component and sum l_i b_i < 0 (Farkas 1902).
  std::vector<Scalar> multipliers;
  /// unbounded: a direction d >= 0 with a_i . d satisfying row i with right side 0, and objective . d > 0.
  std::vector<Scalar> ray;
  /// The basic variables at the end: j for x_j, variables() + i for the slack of row i.
  std::vector<std::size_t> basis;
  std::size_t pivots = 0;

  bool feasible() const {
    return status == LinearProgramStatus::optimal || status == LinearProgramStatus::unbounded;
  }
};

/// Solves a linear program by the simplex method.
///
/// Phase one is the dual simplex method with objective zero, phase two the primal one, so that neither needs
/// artificial variables; both turn to the least-index rule (Bland 1977) after many pivots, so that neither
/// cycles. `Rational` runs on integers without fractions (Edmonds 1967): machine integers, and big ones from
/// the start if a product overflows; large exact programs start from the basis that `double` proposes.
///
/// Every answer is verified from its certificate before it is returned. In exact arithmetic a certificate
/// that fails is an error of ours and throws std::logic_error; in `double` (tolerance relative to the rows)
/// the status is undecided.
///
/// @param basis where to start, e.g. the final basis of a similar program. Any set of distinct variables is
/// accepted;
///   what cannot be part of a basis is left out.
/// @param monitor asked at every pivot
/// @throws InvalidArgument if `basis` names a variable that does not exist.
///
/// Cost: a pivot is (rows + 1)(variables + 1) multiplications. Known to be right by duality on random
/// programs and by comparison with HiGHS (Huangfu and Hall 2018).
template <class Scalar>
LinearProgramSolution<Scalar> solve_linear_program(const LinearProgram<Scalar>& program,
                                                   std::span<const std::size_t> basis = {},
                                                   Monitor* monitor = nullptr);

/// Whether the solution's certificate proves its status: exactly for exact scalars, else within a relative
/// tolerance. An undecided or stopped solution proves nothing.
template <class Scalar>
bool verifies(const LinearProgram<Scalar>& program, const LinearProgramSolution<Scalar>& solution);

#ifdef SCHELLING_COMPILED
extern template class LinearProgram<double>;
extern template class LinearProgram<Rational>;
extern template LinearProgramSolution<double> solve_linear_program(const LinearProgram<double>&,
                                                                   std::span<const std::size_t>, Monitor*);
extern template LinearProgramSolution<Rational> solve_linear_program(const LinearProgram<Rational>&,
                                                                     std::span<const std::size_t>, Monitor*);
extern template bool verifies(const LinearProgram<double>&, const LinearProgramSolution<double>&);
extern template bool verifies(const LinearProgram<Rational>&, const LinearProgramSolution<Rational>&);
#endif

}  // namespace schelling

#include <schelling/numerics/linear_program.tpp>
