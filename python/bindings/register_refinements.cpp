#include "bindings.hpp"

#include <schelling/numerics/rational.hpp>
#include <schelling/refinements/survives.hpp>

#include <pybind11/stl.h>

#include <string>
#include <type_traits>
#include <vector>

namespace py = pybind11;

namespace schelling::python {

namespace {

/// Numbers for the package: floats, and the texts of fractions where they are exact.
template <class Scalar>
py::tuple numbers(const std::vector<Scalar>& values) {
  std::vector<double> floats;
  std::vector<std::string> texts;
  for (const auto& value : values) {
    floats.push_back(to_double(value));
    if constexpr (!std::is_floating_point_v<Scalar>) texts.push_back(to_text(value));
  }
  if (std::is_floating_point_v<Scalar>) return py::make_tuple(floats, py::none());
  return py::make_tuple(floats, texts);
}

template <class Scalar>
py::dict to_dict(const RefinementWitness<Scalar>& witness) {
  py::dict result;
  result["message"] = witness.message;
  result["passes"] = witness.passes;
  result["types"] = witness.types;
  result["belief"] = numbers(witness.belief);
  result["reply"] = numbers(witness.reply);
  py::list excluded;
  for (const auto& exclusion : witness.excluded)
    excluded.append(py::make_tuple(exclusion.type, exclusion.by, exclusion.round));
  result["excluded"] = excluded;
  result["explanation"] = witness.explanation;
  return result;
}

template <class Scalar>
py::dict to_dict(const SurvivingPart<Scalar>& part) {
  py::list cells;
  for (const auto& cell : part.cells) {
    py::list conditions;
    for (const auto& condition : cell.conditions)
      conditions.append(py::make_tuple(numbers(condition.coefficients),
                                       numbers(std::vector<Scalar>{condition.constant}), condition.sign,
                                       condition.strict));
    cells.append(py::make_tuple(conditions, numbers(cell.payoff)));
  }
  py::dict result;
  result["product"] = part.product;
  result["cells"] = cells;
  return result;
}

template <class Scalar>
py::dict to_dict(const Verdict<Scalar>& verdict) {
  py::dict result;
  result["refinement"] = to_string(verdict.refinement);
  result["status"] = to_string(verdict.status);
  result["reason"] = verdict.reason;
  result["rounds"] = verdict.rounds;
  py::list witness, part;
  for (const auto& entry : verdict.witness) witness.append(to_dict(entry));
  for (const auto& entry : verdict.part) part.append(to_dict(entry));
  result["witness"] = witness;
  result["part"] = part;
  return result;
}

template <class Scalar>
std::vector<Scalar> probabilities(const py::sequence& values) {
  std::vector<Scalar> result;
  for (const auto& value : values) {
    if constexpr (std::is_floating_point_v<Scalar>)
      result.push_back(value.cast<double>());
    else
      result.push_back(parse_rational(std::string(py::str(value))));
  }
  return result;
}

template <class Scalar>
void register_numbers(py::module_& module) {
  using Equilibria = SignalingEquilibria<Scalar>;
  module.def(
      "survives_outcome",
      [](const SignalingGame<Scalar>& game, const py::sequence& outcome, std::string_view refinement,
         double work_limit, const py::object& equilibria) {
        const SignalingOutcome<Scalar> observed{probabilities<Scalar>(outcome), {}, Scalar(0)};
        const auto* all = equilibria.is_none() ? nullptr : &equilibria.cast<const Equilibria&>();
        return to_dict(
            survives(game, observed, parse_refinement(refinement), {.work_limit = work_limit}, all));
      },
      py::arg("game"), py::arg("outcome"), py::arg("refinement"), py::kw_only(), py::arg("work_limit"),
      py::arg("equilibria"));
  module.def(
      "survives_component",
      [](const Equilibria& equilibria, std::size_t component, std::string_view refinement, double work_limit,
         std::size_t cell_limit) {
        return to_dict(
            survives(equilibria, component, parse_refinement(refinement), {work_limit, cell_limit}));
      },
      py::arg("equilibria"), py::arg("component"), py::arg("refinement"), py::kw_only(),
      py::arg("work_limit"), py::arg("cell_limit"));
  module.def(
      "refine",
      [](const Equilibria& equilibria, std::string_view refinement, bool keep_part, double work_limit,
         std::size_t cell_limit, std::optional<double> time_limit, const py::object& progress) {
        const auto criterion = parse_refinement(refinement);
        const RefinementOptions options{work_limit, cell_limit};
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return refine(equilibria, criterion, keep_part ? Keep::part : Keep::all, options, monitor);
        });
      },
      py::arg("equilibria"), py::arg("refinement"), py::kw_only(), py::arg("keep_part"),
      py::arg("work_limit"), py::arg("cell_limit"), py::arg("time_limit"), py::arg("progress"));
}

}  // namespace

void register_refinements(py::module_& parent) {
  py::module_ module = parent.def_submodule("refinements");
  register_numbers<double>(module);
  register_numbers<Rational>(module);
  std::vector<std::string> names;
  for (const auto refinement : all_refinements()) names.emplace_back(to_string(refinement));
  module.attr("names") = py::tuple(py::cast(names));
  const RefinementOptions options;
  module.attr("work_limit") = options.work_limit;
  module.attr("cell_limit") = options.cell_limit;
}

}  // namespace schelling::python
