#include <schelling/solvers/pbe/solve.hpp>

namespace schelling::pbe {

template std::optional<Solution<Rational>> solve_in(const ScaledGame<Checked128>&, const PbeOptions&,
                                                    Monitor&);

}  // namespace schelling::pbe
