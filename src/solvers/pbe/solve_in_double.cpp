#include <schelling/solvers/pbe/solve.hpp>

namespace schelling::pbe {

template std::optional<Solution<double>> solve_in(const ScaledGame<double>&, const PbeOptions&, Monitor&);

}  // namespace schelling::pbe
