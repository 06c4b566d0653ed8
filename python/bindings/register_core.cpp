#include "bindings.hpp"

#include <schelling/core/error.hpp>
#include <schelling/core/result.hpp>

#include <pybind11/stl.h>

namespace py = pybind11;

namespace schelling::python {

void register_core(py::module_& module) {
  module.attr("__version__") = version_string;

  // A caller's mistake is a ValueError too, so that code which knows nothing of the library can handle it.
  const auto error = py::register_exception<Error>(module, "SchellingError", PyExc_ValueError);
  py::register_exception<InvalidGame>(module, "InvalidGame", error);
  py::register_exception<InvalidOptions>(module, "InvalidOptions", error);
  py::register_exception<InvalidArgument>(module, "InvalidArgument", error);
  py::register_exception<ParseError>(module, "ParseError", error);

  py::class_<Certificate>(
      module, "Certificate",
      "How far an assessment is from equilibrium, computed by code that shares nothing with the solvers.")
      .def(py::init([](double max_regret, double bayes_gap, std::string consistency) {
             return Certificate{max_regret, bayes_gap, std::move(consistency)};
           }),
           py::kw_only(), py::arg("max_regret"), py::arg("bayes_gap"), py::arg("consistency") = "")
      .def_readonly("max_regret", &Certificate::max_regret,
                    "Largest gain of any type at any information set, relative to the player's payoff scale.")
      .def_readonly("bayes_gap", &Certificate::bayes_gap,
                    "Largest distance of a belief from the one Bayes' rule gives.")
      .def_readonly("consistency", &Certificate::consistency)
      .def("passes", &Certificate::passes, py::arg("tolerance"),
           "Whether both numbers are finite and within the tolerance.")
      .def("__repr__", [](const Certificate& c) {
        return "Certificate(max_regret=" + to_text(c.max_regret) + ", bayes_gap=" + to_text(c.bayes_gap) +
               ")";
      });
}

}  // namespace schelling::python
