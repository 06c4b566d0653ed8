#include "bindings.hpp"

#include <schelling/core/error.hpp>
#include <schelling/models/crisis_bargaining_uniform.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <memory>

namespace py = pybind11;

namespace schelling::python {

namespace {

using Point = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::string_view word(Mixing mixing) {
  switch (mixing) {
    case Mixing::average:
      return "average";
    case Mixing::conditional:
      return "conditional";
    case Mixing::ratio:
      return "ratio";
    case Mixing::unmixed:
      return "none";
  }
  return "";
}

std::span<const double> values_of(const Point& point) {
  if (point.ndim() != 1)
    throw InvalidArgument(
        expectation("point", "an array of one dimension", std::to_string(point.ndim()) + " dimensions"));
  return {point.data(), static_cast<std::size_t>(point.size())};
}

template <class Row>
py::tuple rows(std::span<const Row> table) {
  py::tuple result(table.size());
  // The tables are constants of the library: the Python objects refer to them.
  for (std::size_t i = 0; i < table.size(); ++i)
    result[i] = py::cast(&table[i], py::return_value_policy::reference);
  return result;
}

py::tuple texts(std::span<const std::string_view> list) {
  py::tuple result(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) result[i] = py::str(list[i].data(), list[i].size());
  return result;
}

py::tuple solve(const Model& model, const Point& point) {
  check_point(model.parameters(), values_of(point));
  Records records(model.outcomes().size());
  model.solve(values_of(point), records);
  const auto shape = std::vector<py::ssize_t>{static_cast<py::ssize_t>(records.size()),
                                              static_cast<py::ssize_t>(records.width())};
  const auto column = [](std::span<const double> from) {
    return py::array_t<double>(static_cast<py::ssize_t>(from.size()), from.data());
  };
  return py::make_tuple(std::string(to_string(records.status)),
                        py::array_t<double>(shape, records.values().data()), column(records.max_regret()),
                        column(records.bayes_gap()));
}

py::tuple columns(const Derivatives& derivatives) {
  const std::vector<py::ssize_t> shape = {static_cast<py::ssize_t>(derivatives.outcomes),
                                          static_cast<py::ssize_t>(derivatives.parameters)};
  return py::make_tuple(derivatives.singular, py::array_t<double>(shape, derivatives.left.data()),
                        py::array_t<double>(shape, derivatives.right.data()));
}

template <class Timed>
py::class_<Timed, Model> bind_timed(py::module_& module, const char* name, const char* text) {
  py::class_<Timed, Model> binding(module, name, text);
  binding
      .def(py::init(
               [](std::string_view timing) { return std::make_unique<Timed>(escalation_timing(timing)); }),
           py::kw_only(), py::arg("timing"))
      .def_property_readonly("timing", [](const Timed& model) { return to_string(model.timing()); });
  return binding;
}

py::tuple phases(const ExtendedDeterrencePolicy& model, const Point& points) {
  const auto width = static_cast<py::ssize_t>(model.parameters().size());
  if (points.ndim() != 2 || points.shape(1) != width)
    throw InvalidArgument(expectation("points", "an array of shape [points, " + std::to_string(width) + "]",
                                      "shape " + std::string(py::str(points.attr("shape")))));
  const py::ssize_t count = points.shape(0);
  const auto phase_width = static_cast<py::ssize_t>(ExtendedDeterrence().parameters().size());
  py::array_t<double> weight(count), window({count, phase_width}), end({count, phase_width});
  for (py::ssize_t i = 0; i < count; ++i) {
    const auto split = model.phases({points.data(i), static_cast<std::size_t>(width)});
    *weight.mutable_data(i) = split.window_weight;
    std::copy(split.window.begin(), split.window.end(), window.mutable_data(i, 0));
    std::copy(split.end.begin(), split.end.end(), end.mutable_data(i, 0));
  }
  return py::make_tuple(weight, window, end);
}

}  // namespace

void register_models(py::module_& module) {
  module.attr("certificate_tolerance") = certificate_tolerance;

  py::class_<ParameterInfo>(module, "ParameterInfo",
                            "One parameter of a model: the row that everything about it is made from.")
      .def_readonly("name", &ParameterInfo::name)
      .def_readonly("symbol", &ParameterInfo::symbol, "The letter used in the model's mathematics.")
      .def_readonly("unit", &ParameterInfo::unit)
      .def_readonly("lower", &ParameterInfo::lower)
      .def_readonly("upper", &ParameterInfo::upper)
      .def_readonly("lower_open", &ParameterInfo::lower_open)
      .def_readonly("upper_open", &ParameterInfo::upper_open)
      .def_readonly("default_value", &ParameterInfo::default_value)
      .def_readonly("meaning", &ParameterInfo::meaning)
      .def_readonly("source", &ParameterInfo::source, "Where the default comes from.")
      .def_property_readonly("domain", &ParameterInfo::domain, "The domain in words.")
      .def("contains", &ParameterInfo::contains, py::arg("value"), "Whether the value lies in the domain.")
      .def("__repr__", [](const ParameterInfo& p) {
        return "ParameterInfo(" + std::string(p.name) + ": " + std::string(p.meaning) + "; " + p.domain() +
               ")";
      });

  py::class_<OutcomeInfo>(module, "OutcomeInfo", "One outcome of a model.")
      .def_readonly("name", &OutcomeInfo::name)
      .def_readonly("unit", &OutcomeInfo::unit)
      .def_readonly("meaning", &OutcomeInfo::meaning)
      .def_property_readonly(
          "mixing", [](const OutcomeInfo& o) { return word(o.mixing); },
          "How a policy's outcome is formed from its phases: average, conditional, ratio or none.")
      .def_readonly("weight_or_numerator", &OutcomeInfo::weight_or_numerator,
                    "The probability of the event (conditional), or the numerator (ratio).")
      .def_readonly("denominator", &OutcomeInfo::denominator)
      .def("__repr__", [](const OutcomeInfo& o) {
        return "OutcomeInfo(" + std::string(o.name) + ": " + std::string(o.meaning) + ")";
      });

  py::class_<ModelInfo>(module, "ModelInfo", "What a reader must know before using a model.")
      .def_readonly("name", &ModelInfo::name)
      .def_readonly("title", &ModelInfo::title)
      .def_readonly("citation", &ModelInfo::citation)
      .def_readonly("bibtex", &ModelInfo::bibtex)
      .def_property_readonly("assumptions", [](const ModelInfo& info) { return texts(info.assumptions); })
      .def_property_readonly(
          "not_for", [](const ModelInfo& info) { return texts(info.not_for); },
          "Questions that the model must not be asked.")
      .def_readonly("engine", &ModelInfo::engine, "How equilibria are found, counted and verified.");

  py::class_<Model>(module, "Model", "A parameter vector in, certified equilibria with named outcomes out.")
      .def_property_readonly("info", &Model::info, py::return_value_policy::reference_internal)
      .def_property_readonly("parameters", [](const Model& model) { return rows(model.parameters()); })
      .def_property_readonly("outcomes", [](const Model& model) { return rows(model.outcomes()); })
      .def(
          "parameter_index",
          [](const Model& model, std::string_view name) { return parameter_index(model.parameters(), name); },
          py::arg("name"))
      .def(
          "check",
          [](const Model& model, const Point& point) { check_point(model.parameters(), values_of(point)); },
          py::arg("point"), "Raises InvalidArgument for the first value outside its domain.")
      .def("solve", &solve, py::arg("point"),
           "(status, outcomes [equilibria, outcomes], max_regret [equilibria], bayes_gap [equilibria]).");

  constexpr auto derivatives_text =
      "(singular, left [outcomes, parameters], right [outcomes, parameters]) at an equilibrium given by its "
      "outcomes.";
  bind_timed<ExtendedDeterrence>(module, "ExtendedDeterrence", "One phase of extended deterrence.")
      .def(
          "derivatives",
          [](const ExtendedDeterrence& model, const Point& point, const Point& row) {
            return columns(model.derivatives(values_of(point), values_of(row)));
          },
          py::arg("point"), py::arg("row"), derivatives_text)
      .def(
          "certify",
          [](const ExtendedDeterrence& model, const Point& point, const Point& row) {
            return model.certify(values_of(point), values_of(row));
          },
          py::arg("point"), py::arg("row"),
          "The certificate of a row of outcomes as an equilibrium of the point.")
      .def(
          "game",
          [](const ExtendedDeterrence& model, const Point& point) { return model.game(values_of(point)); },
          py::arg("point"), "The phase as a private-type game.")
      .def(
          "assessment",
          [](const ExtendedDeterrence& model, const Point& point, const Point& row) {
            return model.assessment(values_of(point), values_of(row));
          },
          py::arg("point"), py::arg("row"),
          "The equilibrium of a row of outcomes as an assessment of the game.")
      .def(
          "attack_gain",
          [](const ExtendedDeterrence& model, const Point& point, double cutoff) {
            return model.attack_gain(values_of(point), cutoff);
          },
          py::arg("point"), py::arg("cutoff"),
          "What the type at the cutoff gains by attacking when all below attack.");
  bind_timed<ExtendedDeterrencePolicy>(module, "ExtendedDeterrencePolicy",
                                       "Extended deterrence with a lag before accession.")
      .def(
          "derivatives",
          [](const ExtendedDeterrencePolicy& model, const Point& point, const Point& window,
             const Point& end) {
            return columns(model.derivatives(values_of(point), values_of(window), values_of(end)));
          },
          py::arg("point"), py::arg("window_row"), py::arg("end_row"), derivatives_text)
      .def("phases", &phases, py::arg("points"),
           "(window weight [N], window [N, phase parameters], end [N, phase parameters]) of points [N, "
           "parameters].");

  py::class_<CrisisBargainingUniform, Model>(module, "CrisisBargainingUniform",
                                             "Crisis bargaining with uniform values of war.")
      .def(py::init([](std::string_view belief) {
             return std::make_unique<CrisisBargainingUniform>(belief_rule(belief));
           }),
           py::kw_only(), py::arg("belief"))
      .def_property_readonly("belief",
                             [](const CrisisBargainingUniform& model) { return to_string(model.belief()); })
      .def(
          "game",
          [](const CrisisBargainingUniform& model, const Point& point) {
            return model.game(values_of(point));
          },
          py::arg("point"), "The crisis as a private-type game.")
      .def(
          "known_equilibria",
          [](const CrisisBargainingUniform& model, const Point& point) {
            py::list known;
            for (const auto& [regime, outcomes] : model.known_equilibria(values_of(point)))
              known.append(py::make_tuple(
                  std::string(regime),
                  py::array_t<double>(static_cast<py::ssize_t>(outcomes.size()), outcomes.data())));
            return known;
          },
          py::arg("point"), "(regime, outcomes) of every equilibrium of the closed form.");
}

}  // namespace schelling::python
