#include "bindings.hpp"
#include "labelled.hpp"

#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>
#include <schelling/equilibria/cutoff_equilibrium.hpp>
#include <schelling/io/json.hpp>
#include <schelling/io/svg_cutoff.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <limits>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

py::list cells_of(const CutoffEquilibrium& e, Index set) {
  const auto& tree = e.game.tree();
  const auto& law = e.game.types(tree.set_player(set));
  const auto& s = e.strategy[index(set)];
  const auto labels = action_labels(tree, set);
  const auto cell_type = py::module_::import("schelling.labelled").attr("Cell");
  py::list cells;
  const auto add = [&](double lower, double upper, const std::vector<double>& choice) {
    cells.append(cell_type(lower, upper, by_label("action", labels, py::cast(choice))));
  };
  if (!law.parts().empty())
    for (std::size_t k = 0; k < s.cells.size(); ++k)
      add(k == 0 ? law.lower() : s.cutoffs[k - 1], k == s.cutoffs.size() ? law.upper() : s.cutoffs[k],
          s.cells[k]);
  for (std::size_t k = 0; k < s.atoms.size(); ++k)
    add(law.atoms()[k].value, law.atoms()[k].value, s.atoms[k]);
  return cells;
}

/// Cells as `cells_of` makes them, or pairs of a cutoff and an action.
StepStrategy strategy_of(const PrivateTypeGame& game, Index set, const py::handle& cells) {
  const auto& tree = game.tree();
  const auto& law = game.types(tree.set_player(set));
  const std::string what = "strategy at '" + tree.set_label(set) + "'";
  StepStrategy s;
  s.atoms.resize(law.atoms().size());
  double reached = law.lower();
  for (const auto& cell : py::reinterpret_borrow<py::iterable>(cells)) {
    const auto lower = cell.attr("lower").cast<double>(), upper = cell.attr("upper").cast<double>();
    std::vector<double> choice(index(tree.actions(set)), 0.0);
    for (const auto& name : cell.attr("probabilities"))
      choice[index(tree.find_action(set, name.cast<std::string>()))] =
          cell.attr("probabilities")[name].cast<double>();
    if (lower == upper) {
      const auto atoms = law.atoms();
      const auto atom =
          std::find_if(atoms.begin(), atoms.end(), [&](const auto& a) { return a.value == lower; });
      if (atom == atoms.end())
        throw InvalidArgument(expectation(what + ": cell of one type", "an atom of the law", to_text(lower)));
      s.atoms[static_cast<std::size_t>(atom - atoms.begin())] = std::move(choice);
      continue;
    }
    if (lower != reached)
      throw InvalidArgument(
          expectation(what + ": next cell", "one that begins at " + to_text(reached), to_text(lower)));
    if (!s.cells.empty()) s.cutoffs.push_back(lower);
    s.cells.push_back(std::move(choice));
    reached = upper;
  }
  if (law.parts().empty())
    s.cells.assign(1, s.atoms.empty() ? std::vector<double>() : s.atoms[0]);
  else if (reached != law.upper())
    throw InvalidArgument(
        expectation(what + ": last cell", "one that ends at " + to_text(law.upper()), to_text(reached)));
  return s;
}

template <class T>
py::object per_set(const CutoffEquilibrium& e, T&& value) {
  py::list values;
  for (Index set = 0; set < e.game.tree().information_sets(); ++set) values.append(value(set));
  return by_label("information set", set_labels(e.game.tree()), values);
}

}  // namespace

void register_equilibria(py::module_& module) {
  py::class_<CutoffEquilibrium>(
      module, "CutoffEquilibrium",
      R"(A perfect Bayesian equilibrium of a PrivateTypeGame (Fudenberg and Tirole 1991).

Players, information sets, actions and terminals are looked up by name or number.)")
      .def_readonly("game", &CutoffEquilibrium::game)
      .def_property_readonly(
          "strategy",
          [](const CutoffEquilibrium& e) { return per_set(e, [&](Index set) { return cells_of(e, set); }); },
          "[information set] list of cells of the type line, each with its choice; atoms come last.")
      .def_property_readonly(
          "probabilities",
          [](const CutoffEquilibrium& e) {
            return per_set(e, [&](Index set) {
              std::vector<double> p;
              for (Index a = 0; a < e.game.tree().actions(set); ++a) p.push_back(e.probability(set, a));
              return by_label("action", action_labels(e.game.tree(), set), py::cast(p));
            });
          },
          "[information set][action] what the others expect: the average choice of the types believed to be "
          "there.")
      .def_property_readonly(
          "beliefs",
          [](const CutoffEquilibrium& e) {
            return per_set(e, [&](Index set) { return py::cast(e.belief(set)); });
          },
          "[information set] the belief about the mover's type before the move, a Distribution.")
      .def(
          "belief_after",
          [](const CutoffEquilibrium& e, const py::object& set, const std::string& action) {
            const Index number = set_number(e.game.tree(), set);
            return e.beliefs[index(e.game.tree().first_action(number) +
                                   e.game.tree().find_action(number, action))];
          },
          "information_set"_a, "action"_a,
          "The belief about the mover's type after an action; None where nothing depends on it.")
      .def_property_readonly(
          "outcome",
          [](const CutoffEquilibrium& e) {
            return by_label("terminal", terminal_labels(e.game.tree()), py::cast(e.outcome));
          },
          "[terminal] probability.")
      .def_property_readonly(
          "payoff",
          [](const CutoffEquilibrium& e) {
            return by_label("player", player_labels(e.game.tree()), py::cast(e.payoff));
          },
          "[player] expected payoff before types are drawn.")
      .def(
          "interim_payoff",
          [](const CutoffEquilibrium& e, const py::object& player,
             const py::array_t<double>& types) -> py::object {
            const Index number = player_number(e.game.tree(), player);
            auto values = py::vectorize([&](double type) { return e.interim_payoff(number, type); })(types);
            return values;
          },
          "player"_a, "type"_a,
          "Expected payoff of one type of a player, or of an array of types. Raises InvalidArgument outside "
          "the support.")
      .def_property_readonly(
          "kind", [](const CutoffEquilibrium& e) { return to_string(e.kind); },
          "pooling, mixed (an atom mixes), cutoff, or intervals (an action is taken by several intervals of "
          "types).")
      .def_readonly("certificate", &CutoffEquilibrium::certificate)
      .def("to_text", &CutoffEquilibrium::to_text, py::kw_only(), "full"_a = false)
      .def(
          "to_svg",
          [](const CutoffEquilibrium& e, const std::string& title) {
            auto shown = drawing(e);
            shown.title = title;
            return to_svg(e.game.tree(), shown);
          },
          py::kw_only(), "title"_a = "",
          "The game tree with the equilibrium's play as a stand-alone SVG document.")
      .def("to_json", [](const CutoffEquilibrium& e) { return to_json(e); })
      .def_static("from_json", &from_json<CutoffEquilibrium>, "text"_a)
      .def(py::pickle([](const CutoffEquilibrium& e) { return to_json(e); },
                      [](const std::string& text) { return from_json<CutoffEquilibrium>(text); }))
      .def("__repr__", [](const CutoffEquilibrium& e) { return e.to_text(); })
      .def("_repr_html_", [](const CutoffEquilibrium& e) {
        return "<pre>" + py::module_::import("html").attr("escape")(e.to_text(true)).cast<std::string>() +
               "</pre>";
      });

  module.def(
      "assess",
      [](const PrivateTypeGame& game, const py::object& strategy, const py::dict& beliefs) {
        const auto& tree = game.tree();
        std::vector<StepStrategy> strategies;
        for (Index set = 0; set < tree.information_sets(); ++set)
          strategies.push_back(strategy_of(game, set, strategy[py::str(tree.set_label(set))]));
        std::vector<std::optional<Distribution>> chosen(index(tree.actions()));
        for (const auto& [key, law] : beliefs) {
          const auto pair = key.cast<std::pair<std::string, std::string>>();
          const Index set = tree.find_set(pair.first);
          chosen[index(tree.first_action(set) + tree.find_action(set, pair.second))] =
              law.cast<Distribution>();
        }
        auto e = assess(game, std::move(strategies), chosen);
        e.certificate = certify(game, e);
        return e;
      },
      "game"_a, "strategy"_a, py::kw_only(), "off_path_beliefs"_a = py::dict(),
      R"(What follows from strategies and off-path beliefs, with its certificate.

Parameters
----------
strategy : information set -> list of `Cell`, as `CutoffEquilibrium.strategy` gives them
off_path_beliefs : (information set, action) -> Distribution, used only where Bayes' rule says nothing

Raises InvalidArgument for cells that do not cover the support, choices that are no probabilities, and a missing belief that
later choices depend on. The certificate tells whether it is an equilibrium.)");

  module.def("certify", &certify, "game"_a, "equilibrium"_a,
             R"(Checks the definition of perfect Bayesian equilibrium, whatever produced the assessment.

`max_regret` is the largest gain of any type at any information set, relative to `payoff_scale` and, on an unbounded support,
to 1 + |t| / interquartile range; `bayes_gap` the largest distance of stated probabilities and beliefs from Bayes' rule.)");
}

}  // namespace schelling::python
