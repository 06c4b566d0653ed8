#include "bindings.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/solvers/eliminate_dominated.hpp>
#include <schelling/solvers/solve_correlated.hpp>
#include <schelling/solvers/solve_nash.hpp>
#include <schelling/solvers/solve_quasi_perfect.hpp>
#include <schelling/solvers/solve_zero_sum.hpp>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

using Seconds = std::optional<double>;

Dominance dominance_of(const std::string& name) {
  for (const Dominance dominance : {Dominance::strict, Dominance::weak})
    if (to_string(dominance) == name) return dominance;
  throw InvalidOptions(expectation("dominance", "strict or weak", "'" + name + "'"));
}

/// One for trees or tables.
template <class Game>
void register_equilibria_of(py::module_& module) {
  module.def(
      "solve_nash",
      [](const Game& game, std::uint64_t start, Seconds time_limit, const py::object& progress) {
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return solve_nash(game, NashOptions{start}, monitor); });
      },
      "game"_a, py::kw_only(), "start"_a, "time_limit"_a, "progress"_a);
  module.def(
      "solve_zero_sum",
      [](const Game& game, Seconds time_limit, const py::object& progress) {
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return solve_zero_sum(game, monitor); });
      },
      "game"_a, py::kw_only(), "time_limit"_a, "progress"_a);
}

template <class Scalar>
py::list correlated(const std::vector<CorrelatedEquilibrium<Scalar>>& equilibria, bool exact) {
  const Arrays array(exact);
  py::list result;
  for (const auto& found : equilibria)
    result.append(py::make_tuple(array(found.distribution), array(found.payoff), found.certificate));
  return result;
}

template <class Scalar>
void register_numbers(py::module_& module, const std::string& suffix) {
  using Table = NormalFormGame<Scalar>;
  register_equilibria_of<ExtensiveGame<Scalar>>(module);
  register_equilibria_of<Table>(module);

  using Eliminated = EliminationResult<Scalar>;
  py::class_<Eliminated> eliminated(module, ("EliminationResult" + suffix).c_str());
  eliminated.def_readonly("reduced", &Eliminated::reduced)
      .def_readonly("remaining", &Eliminated::remaining)
      .def("eliminations", [](const Eliminated& result, bool exact) {
        const Arrays array(exact);
        py::list list;
        for (const auto& gone : result.eliminations)
          list.append(py::make_tuple(gone.round, gone.player, gone.strategy, array(gone.dominated_by)));
        return list;
      });
  register_info(eliminated);
  module.def(
      "eliminate_dominated",
      [](const Table& game, const std::string& dominance, Seconds time_limit, const py::object& progress) {
        const EliminationOptions options{dominance_of(dominance)};
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return eliminate_dominated(game, options, monitor); });
      },
      "game"_a, py::kw_only(), "dominance"_a, "time_limit"_a, "progress"_a);

  using Correlated = CorrelatedEquilibria<Scalar>;
  py::class_<Correlated> correlated_class(module, ("CorrelatedEquilibria" + suffix).c_str());
  correlated_class
      .def("welfare_best", [](const Correlated& c, bool exact) { return correlated(c.welfare_best, exact); })
      .def("best", [](const Correlated& c, bool exact) { return correlated(c.best, exact); })
      .def("worst", [](const Correlated& c, bool exact) { return correlated(c.worst, exact); });
  register_info(correlated_class);
  module.def(
      "solve_correlated",
      [](const Table& game, Seconds time_limit, const py::object& progress) {
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return solve_correlated(game, monitor); });
      },
      "game"_a, py::kw_only(), "time_limit"_a, "progress"_a);
}

}  // namespace

void register_linear_solvers(py::module_& parent) {
  py::module_ module = parent.attr("finite").cast<py::module_>();
  register_numbers<double>(module, "Double");
  register_numbers<Rational>(module, "Exact");
  module.def(
      "solve_quasi_perfect",
      [](const ExtensiveGame<Rational>& game, std::uint64_t start, Seconds time_limit,
         const py::object& progress) {
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_quasi_perfect(game, QuasiPerfectOptions{start}, monitor);
        });
      },
      "game"_a, py::kw_only(), "start"_a, "time_limit"_a, "progress"_a);
}

}  // namespace schelling::python
