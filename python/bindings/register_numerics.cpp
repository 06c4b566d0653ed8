#include "bindings.hpp"

#include <schelling/io/json.hpp>
#include <schelling/numerics/distribution.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

using Array = py::array_t<double>;

/// A function of one or two numbers, made a function of arrays.
auto each(double (Distribution::*function)(double) const) {
  return [function](const Distribution& d, const Array& x) -> py::object {
    return py::vectorize([&](double value) { return (d.*function)(value); })(x);
  };
}
auto each_pair(double (Distribution::*function)(double, double) const) {
  return [function](const Distribution& d, const Array& lower, const Array& upper) -> py::object {
    return py::vectorize([&](double from, double to) { return (d.*function)(from, to); })(lower, upper);
  };
}

}  // namespace

void register_numerics(py::module_& module) {
  py::class_<Distribution>(module, "Distribution", R"(The law of a scalar type: atoms plus continuous parts.

An immutable value, made by `uniform`, `normal`, `lognormal`, `beta`, `triangular`, `atom` and `mixture`. Functions take
numbers or arrays. Probabilities keep their relative accuracy in both tails.)")
      .def("cdf", each(&Distribution::cdf), "x"_a, "Pr(t <= x).")
      .def("complement", each(&Distribution::complement), "x"_a, "Pr(t > x).")
      .def("pdf", each(&Distribution::pdf), "x"_a, "Density of the continuous parts, weights included.")
      .def("quantile", each(&Distribution::quantile), "p"_a,
           "Smallest x with cdf(x) >= p. Raises InvalidArgument for p outside [0, 1].")
      .def("mass", each_pair(&Distribution::mass), "lower"_a, "upper"_a, "Pr(lower < t <= upper).")
      .def("partial_mean", each_pair(&Distribution::partial_mean), "lower"_a, "upper"_a,
           "E[t; lower < t <= upper], the integral of t over the event.")
      .def(
          "truncated", &Distribution::truncated, "lower"_a, "upper"_a,
          "The conditional law given lower <= t <= upper. Raises InvalidArgument if that has no probability.")
      .def_property_readonly("mean", &Distribution::mean)
      .def_property_readonly("median", &Distribution::median)
      .def_property_readonly("interquartile_range", &Distribution::interquartile_range)
      .def_property_readonly(
          "support", [](const Distribution& d) { return std::pair(d.lower(), d.upper()); },
          "Ends of the support, possibly infinite.")
      .def_property_readonly(
          "atoms",
          [](const Distribution& d) {
            std::vector<std::pair<double, double>> atoms;
            for (const auto& atom : d.atoms()) atoms.emplace_back(atom.value, atom.weight);
            return atoms;
          },
          "List of (value, probability).")
      .def("to_json", [](const Distribution& d) { return to_json(d); })
      .def_static("from_json", &from_json<Distribution>, "text"_a)
      .def(py::pickle([](const Distribution& d) { return to_json(d); },
                      [](const std::string& text) { return from_json<Distribution>(text); }))
      .def("__eq__",
           [](const Distribution& a, const py::object& b) {
             return py::isinstance<Distribution>(b) && a == b.cast<Distribution>();
           })
      .def("__hash__", [](const Distribution& d) { return py::hash(py::str(d.to_text())); })
      .def("__repr__", &Distribution::to_text);

  module.def("uniform", &uniform, "lower"_a, "upper"_a, "Uniform on [lower, upper].");
  module.def("normal", &normal, "mean"_a, "sd"_a, "Normal with the given mean and standard deviation.");
  module.def("lognormal", &lognormal, "median"_a, "log_sd"_a,
             "ln t normal with mean ln median and standard deviation log_sd.");
  module.def("beta", &beta, "alpha"_a, "beta"_a, "lower"_a = 0.0, "upper"_a = 1.0,
             "Beta(alpha, beta) stretched to [lower, upper].");
  module.def("triangular", &triangular, "lower"_a, "mode"_a, "upper"_a,
             "Triangular on [lower, upper] with its peak at mode.");
  module.def("atom", &atom, "value"_a, "All probability at one value: a player without private information.");
  module.def(
      "mixture",
      [](const std::vector<std::pair<double, Distribution>>& components) { return mixture(components); },
      "components"_a, "Finite mixture of (weight, distribution); weights are positive and sum to 1.");
}

}  // namespace schelling::python
