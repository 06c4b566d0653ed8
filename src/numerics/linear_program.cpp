#include <schelling/numerics/linear_program.tpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

std::string_view to_string(LinearProgramStatus status) {
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

template class LinearProgram<double>;
template class LinearProgram<Rational>;
template LinearProgramSolution<double> solve_linear_program(const LinearProgram<double>&,
                                                            std::span<const std::size_t>, Monitor*);
template LinearProgramSolution<Rational> solve_linear_program(const LinearProgram<Rational>&,
                                                              std::span<const std::size_t>, Monitor*);
template bool verifies(const LinearProgram<double>&, const LinearProgramSolution<double>&);
template bool verifies(const LinearProgram<Rational>&, const LinearProgramSolution<Rational>&);

}  // namespace schelling
