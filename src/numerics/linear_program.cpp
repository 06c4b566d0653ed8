#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

template class LinearProgram<double>;
template class LinearProgram<Rational>;
template LinearProgramSolution<double> solve_linear_program(const LinearProgram<double>&,
                                                            std::span<const std::size_t>, Monitor*);
template LinearProgramSolution<Rational> solve_linear_program(const LinearProgram<Rational>&,
                                                              std::span<const std::size_t>, Monitor*);
template bool verifies(const LinearProgram<double>&, const LinearProgramSolution<double>&);
template bool verifies(const LinearProgram<Rational>&, const LinearProgramSolution<Rational>&);

}  // namespace schelling
