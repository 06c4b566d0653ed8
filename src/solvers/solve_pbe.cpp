#include <schelling/solvers/solve_pbe.tpp>

namespace schelling {

namespace pbe {

// Each kind of numbers is compiled in a file of its own.
extern template std::optional<Solution<double>> solve_in(const ScaledGame<double>&, const PbeOptions&,
                                                         Monitor&);
extern template std::optional<Solution<Rational>> solve_in(const ScaledGame<Checked64>&, const PbeOptions&,
                                                           Monitor&);
extern template std::optional<Solution<Rational>> solve_in(const ScaledGame<Checked128>&, const PbeOptions&,
                                                           Monitor&);
extern template std::optional<Solution<Rational>> solve_in(const ScaledGame<Integer>&, const PbeOptions&,
                                                           Monitor&);

}  // namespace pbe

template SignalingEquilibria<double> solve_pbe(const SignalingGame<double>&, const PbeOptions&, Monitor&);
template SignalingEquilibria<Rational> solve_pbe(const SignalingGame<Rational>&, const PbeOptions&, Monitor&);

}  // namespace schelling
