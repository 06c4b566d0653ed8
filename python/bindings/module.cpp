#include "bindings.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The compiled core of schelling; use it through the package `schelling`.";
  schelling::python::register_core(module);
  schelling::python::register_numerics(module);
  schelling::python::register_games(module);
  schelling::python::register_equilibria(module);
  schelling::python::register_solvers(module);
  schelling::python::register_models(module);
  schelling::python::register_analysis(module);
  schelling::python::register_linear_program(module);
  schelling::python::register_signaling(module);
  schelling::python::register_signaling_batch(module);
  schelling::python::register_finite_games(module);
  schelling::python::register_finite_tables(module);
  schelling::python::register_nash_all(module);
  schelling::python::register_linear_solvers(module);
  schelling::python::register_pictures(module);
  schelling::python::register_quantal_response(module);
  schelling::python::register_signaling_regions(module);
  schelling::python::register_refinements(module);
}
