#include "bindings.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/solvers/extends_to.hpp>
#include <schelling/solvers/solve_nash_all.hpp>
#include <schelling/solvers/solve_pure.hpp>

#include <array>
#include <string>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

Concept concept_named(const std::string& name) {
  for (const Concept concept_ :
       {Concept::nash, Concept::subgame_perfect, Concept::weak_pbe, Concept::sequential})
    if (name == to_string(concept_)) return concept_;
  throw InvalidArgument(
      expectation("concept", "nash, subgame_perfect, weak_pbe or sequential", "'" + name + "'"));
}

template <class Scalar>
py::object as_object(Profile<Scalar> profile) {
  return py::cast(std::move(profile));
}
template <class Scalar>
py::object as_object(ExtensiveEquilibrium<Scalar> found) {
  return py::make_tuple(std::move(found.assessment), std::string(to_string(found.concept_)),
                        found.certificate);
}

py::dict component_values(const NashComponent& component, bool exact) {
  const Arrays array(exact);
  py::list products;
  for (const auto& product : component.products)
    products.append(py::make_tuple(product.vertices[0], product.vertices[1], product.dimensions[0],
                                   product.dimensions[1]));
  std::vector<Rational> payoffs;
  for (const auto& range : component.payoff) payoffs.insert(payoffs.end(), range.begin(), range.end());
  py::dict result;
  result["products"] = products;
  result["extreme"] = component.extreme;
  result["indifferent"] = component.indifferent;
  result["dimension"] = component.dimension;
  result["payoff"] = array(std::span<const Rational>(payoffs), {2, 2});
  return result;
}

template <template <class> class Game, class Scalar>
py::class_<NashEquilibria<Game, Scalar>> register_equilibria(py::module_& module, const std::string& name) {
  using Equilibria = NashEquilibria<Game, Scalar>;
  py::class_<Equilibria> equilibria(module, name.c_str());
  equilibria.def_readonly("game", &Equilibria::game)
      .def_readonly("certificate", &Equilibria::certificate)
      .def("__len__", [](const Equilibria& e) { return e.components.size(); })
      .def("component", [](const Equilibria& e, std::size_t k,
                           bool exact) { return component_values(e.components.at(k), exact); })
      .def("strategies",
           [](const Equilibria& e, bool exact) {
             const Arrays array(exact);
             std::array<py::list, 2> result;
             for (std::size_t i = 0; i < 2; ++i)
               for (const auto& strategy : e.strategies[i]) result[i].append(array(strategy));
             return py::make_tuple(result[0], result[1]);
           })
      .def("equilibrium", [](const Equilibria& e, std::array<std::size_t, 2> pair) {
        for (std::size_t i = 0; i < 2; ++i)
          if (pair[i] >= e.strategies[i].size())
            throw InvalidArgument(expectation("strategy",
                                              "a number below " + std::to_string(e.strategies[i].size()),
                                              std::to_string(pair[i])));
        return as_object(equilibrium(e, pair));
      });
  register_info(equilibria);
  module.def(
      "solve_nash_all",
      [](const Game<Scalar>& game, std::size_t limit, std::optional<double> time_limit,
         const py::object& progress) {
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_nash_all(game, NashAllOptions{limit}, monitor);
        });
      },
      "game"_a, py::kw_only(), "limit"_a, "time_limit"_a, "progress"_a);
  module.def(
      "solve_pure",
      [](const Game<Scalar>& game, const std::string& concept_, std::size_t limit, double work_limit,
         std::optional<double> time_limit, const py::object& progress) {
        const PureOptions options{concept_named(concept_), limit, work_limit};
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return solve_pure(game, options, monitor); });
      },
      "game"_a, py::kw_only(), "concept"_a, "limit"_a, "work_limit"_a, "time_limit"_a, "progress"_a);
  return equilibria;
}

template <class Scalar>
void register_numbers(py::module_& module, const std::string& suffix) {
  register_equilibria<NormalFormGame, Scalar>(module, "NormalFormEquilibria" + suffix);
  using Equilibria = ExtensiveNashEquilibria<Scalar>;
  using Verdict = ExtensionVerdict<Scalar>;
  auto equilibria = register_equilibria<ExtensiveGame, Scalar>(module, "ExtensiveNashEquilibria" + suffix);
  py::class_<Verdict>(module, ("ExtensionVerdict" + suffix).c_str())
      .def_property_readonly("answer",
                             [](const Verdict& v) {
                               return v.answer == Verdict::Answer::yes  ? "yes"
                                      : v.answer == Verdict::Answer::no ? "no"
                                                                        : "undecided";
                             })
      .def_property_readonly("concept", [](const Verdict& v) { return std::string(to_string(v.concept_)); })
      .def_readonly("reason", &Verdict::reason)
      .def_readonly("refuted", &Verdict::refuted)
      .def_property_readonly("witness", [](const Verdict& v) {
        return v.witness ? as_object(*v.witness) : py::object(py::none());
      });
  equilibria.def(
      "extends_to",
      [](const Equilibria& e, std::size_t component, std::optional<std::size_t> vertex,
         const std::string& concept_, std::size_t support_limit, std::optional<double> time_limit,
         const py::object& progress) {
        const auto& chosen = e.components.at(component);
        const ExtensionOptions options{support_limit};
        const Concept asked = concept_named(concept_);
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return vertex ? extends_to(e, chosen.extreme.at(*vertex), asked, options, monitor)
                        : extends_to(e, chosen, asked, options, monitor);
        });
      },
      "component"_a, "vertex"_a, "concept"_a, py::kw_only(), "support_limit"_a, "time_limit"_a, "progress"_a);
}

}  // namespace

void register_nash_all(py::module_& parent) {
  py::module_ module = parent.attr("finite").cast<py::module_>();
  register_numbers<double>(module, "Double");
  register_numbers<Rational>(module, "Exact");
  module.attr("nash_all_limit") = NashAllOptions{}.limit;
  module.attr("pure_limit") = PureOptions{}.limit;
  module.attr("pure_work_limit") = PureOptions{}.work_limit;
  module.attr("extension_support_limit") = ExtensionOptions{}.support_limit;
}

}  // namespace schelling::python
