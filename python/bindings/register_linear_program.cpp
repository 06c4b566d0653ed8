#include "bindings.hpp"

#include <schelling/core/error.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/rational.hpp>

#include <pybind11/stl.h>

#include <string>
#include <type_traits>
#include <vector>

namespace py = pybind11;

namespace schelling::python {

namespace {

Relation relation(const std::string& text) {
  if (text == "<=") return Relation::less_equal;
  if (text == "==") return Relation::equal;
  if (text == ">=") return Relation::greater_equal;
  throw InvalidArgument(expectation("relation", "<=, == or >=", text));
}

template <class Scalar>
py::tuple solve(const std::vector<double>& objective, const std::vector<std::vector<double>>& coefficients,
                const std::vector<std::string>& relations, const std::vector<double>& right_sides) {
  const auto convert = [](const std::vector<double>& values) {
    std::vector<Scalar> row;
    for (const double x : values) {
      if constexpr (std::is_floating_point_v<Scalar>)
        row.push_back(x);
      else
        row.push_back(exact(x));
    }
    return row;
  };
  LinearProgram<Scalar> program(objective.size());
  program.maximize(convert(objective));
  const auto sides = convert(right_sides);
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    program.add(convert(coefficients.at(i)), relation(relations.at(i)), sides.at(i));
  const auto solution = solve_linear_program(program);
  return py::make_tuple(to_string(solution.status), to_double(solution.value), verifies(program, solution));
}

}  // namespace

/// For the tests alone: they compare the linear programs with another solver's.
void register_linear_program(py::module_& parent) {
  py::module_ module = parent.def_submodule("linear_program");
  for (const bool in_double : {false, true})
    module.def(in_double ? "solve_double" : "solve_exact", in_double ? &solve<double> : &solve<Rational>,
               py::arg("objective"), py::arg("coefficients"), py::arg("relations"), py::arg("right_sides"),
               "(status, value, whether the certificate proves it)");
}

}  // namespace schelling::python
