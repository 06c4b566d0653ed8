#include "bindings.hpp"

#include <schelling/analysis/sweep.hpp>
#include <schelling/core/error.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace py = pybind11;

namespace schelling::python {

namespace {

using Points = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// A read-only view of numbers that the result owns.
template <class Number>
py::array view(const std::vector<Number>& numbers, std::vector<py::ssize_t> shape, const py::object& owner) {
  py::array_t<Number> array(std::move(shape), numbers.data(), owner);
  array.attr("flags").attr("writeable") = false;
  return array;
}

template <class Number>
py::array view(const std::vector<Number>& numbers, const py::object& owner) {
  return view(numbers, {static_cast<py::ssize_t>(numbers.size())}, owner);
}

std::shared_ptr<SweepResult> run(const Model& model, const Points& points, unsigned threads,
                                 std::optional<double> time_limit, const py::object& progress) {
  const auto parameters = static_cast<py::ssize_t>(model.parameters().size());
  if (points.ndim() != 2 || points.shape(1) != parameters)
    throw InvalidArgument(expectation("points",
                                      "an array of shape [points, " + std::to_string(parameters) + "]",
                                      "shape " + std::string(py::str(points.attr("shape")))));
  const std::span<const double> values(points.data(), static_cast<std::size_t>(points.size()));
  const auto result = std::make_shared<SweepResult>();
  try {
    monitored(time_limit, progress, [&](Monitor& monitor) {
      *result = sweep(model, values, {.threads = threads}, monitor);
      return true;
    });
  } catch (py::error_already_set& error) {
    // Ctrl-C, or the progress callable: what was solved travels with the exception.
    error.value().attr("partial") = result;
    throw;
  }
  return result;
}

}  // namespace

void register_analysis(py::module_& module) {
  using Owner = std::shared_ptr<SweepResult>;
  py::class_<SweepResult, Owner>(
      module, "SweepResult",
      "Equilibria of many points: those of point i are rows offsets[i] to offsets[i + 1].")
      .def_property_readonly("offsets",
                             [](const Owner& r) {
                               // Signed: NumPy does not mix unsigned integers with its indices.
                               py::array_t<std::int64_t> offsets(static_cast<py::ssize_t>(r->offsets.size()));
                               std::copy(r->offsets.begin(), r->offsets.end(), offsets.mutable_data());
                               return offsets;
                             })
      .def_property_readonly(
          "values",
          [](const Owner& r) {
            return view(r->values,
                        {static_cast<py::ssize_t>(r->equilibria()), static_cast<py::ssize_t>(r->width)},
                        py::cast(r));
          },
          "Outcomes, shape [equilibria, outcomes].")
      .def_property_readonly("max_regret", [](const Owner& r) { return view(r->max_regret, py::cast(r)); })
      .def_property_readonly("bayes_gap", [](const Owner& r) { return view(r->bayes_gap, py::cast(r)); })
      .def_property_readonly(
          "status",
          [](const Owner& r) {
            py::list words;
            for (const auto status : r->status) words.append(py::str(std::string(to_string(status))));
            return py::module_::import("numpy").attr("array")(words, py::arg("dtype") = "U16");
          },
          "Why each point has the rows it has, shape [points].");
  module.def("sweep", &run, py::arg("model"), py::arg("points"), py::kw_only(), py::arg("threads") = 0,
             py::arg("time_limit") = py::none(), py::arg("progress") = py::none(),
             "Solves a model at every row of points [points, parameters].");
}

}  // namespace schelling::python
