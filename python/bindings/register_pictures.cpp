#include "bindings.hpp"

#include <schelling/io/payoff_table.hpp>
#include <schelling/io/svg_extensive.hpp>
#include <schelling/io/tikz.hpp>

#include <pybind11/stl.h>

namespace py = pybind11;

namespace schelling::python {

namespace {

/// Trees with or without an assessment, tables with or without a profile.
template <class Scalar>
void register_numbers(py::module_& module) {
  using Tree = ExtensiveGame<Scalar>;
  using Table = NormalFormGame<Scalar>;
  module.def("tree_svg", [](const Tree& game) { return to_svg(game.tree(), drawing(game)); });
  module.def("tree_svg", [](const Tree& game, const Assessment<Scalar>& assessment) {
    return to_svg(game.tree(), drawing(game, assessment));
  });
  module.def("tree_latex", [](const Tree& game) { return to_tikz(game.tree(), drawing(game)); });
  module.def("tree_latex", [](const Tree& game, const Assessment<Scalar>& assessment) {
    return to_tikz(game.tree(), drawing(game, assessment));
  });
  module.def("table_html", [](const Table& game) { return payoff_table_html(game); });
  module.def("table_html", [](const Table& game, const Profile<Scalar>& profile) {
    return payoff_table_html(game, &profile);
  });
  module.def("table_latex", [](const Table& game) { return payoff_table_latex(game); });
  module.def("table_latex", [](const Table& game, const Profile<Scalar>& profile) {
    return payoff_table_latex(game, &profile);
  });
}

}  // namespace

void register_pictures(py::module_& parent) {
  py::module_ module = parent.attr("finite").cast<py::module_>();
  register_numbers<double>(module);
  register_numbers<Rational>(module);
}

}  // namespace schelling::python
