#include <schelling/solvers/pbe/solve.hpp>

namespace schelling::pbe {

template std::optional<Solution<Rational>> solve_in(const ScaledGame<Checked64>&, const PbeOptions&,
                                                    Monitor&);

}  // namespace schelling::pbe
