#include "bindings.hpp"
#include "labelled.hpp"

#include <schelling/core/error.hpp>
#include <schelling/games/private_type_game.hpp>
#include <schelling/io/json.hpp>
#include <schelling/io/svg_cutoff.hpp>

#include <pybind11/stl.h>

#include <algorithm>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

std::vector<std::string> player_labels(const GameTree& tree) {
  std::vector<std::string> labels;
  for (Index i = 0; i < tree.players(); ++i) labels.emplace_back(tree.player_label(i));
  return labels;
}
std::vector<std::string> set_labels(const GameTree& tree) {
  std::vector<std::string> labels;
  for (Index set = 0; set < tree.information_sets(); ++set) labels.push_back(tree.set_label(set));
  return labels;
}
std::vector<std::string> action_labels(const GameTree& tree, Index set) {
  std::vector<std::string> labels;
  for (Index a = 0; a < tree.actions(set); ++a) labels.emplace_back(tree.action_label(set, a));
  return labels;
}
std::vector<std::string> terminal_labels(const GameTree& tree) {
  std::vector<std::string> labels;
  for (Index z = 0; z < tree.terminals(); ++z) labels.emplace_back(tree.node_label(tree.terminal_node(z)));
  const auto own = labels;
  for (Index z = 0; z < tree.terminals(); ++z) {
    auto& label = labels[static_cast<std::size_t>(z)];
    if (label.empty() || std::count(own.begin(), own.end(), label) > 1)
      label = tree.path(tree.terminal_node(z));
  }
  return labels;
}

namespace {

Index checked(const char* what, Index number, Index count) {
  if (number < 0 || number >= count)
    throw InvalidArgument(
        expectation(what, "a number below " + std::to_string(count), std::to_string(number)));
  return number;
}

AffinePayoff payoff_of(const py::handle& value) {
  if (py::isinstance<py::sequence>(value) && !py::isinstance<py::str>(value)) {
    const auto pair = value.cast<std::vector<double>>();
    if (pair.size() != 2)
      throw InvalidGame(expectation("payoff", "a number, or intercept and slope",
                                    std::to_string(pair.size()) + " numbers"));
    return {pair[0], pair[1]};
  }
  return value.cast<double>();
}

std::vector<std::pair<std::string, Distribution>> players_of(const py::dict& players) {
  std::vector<std::pair<std::string, Distribution>> list;
  for (const auto& [name, law] : players)
    list.emplace_back(name.cast<std::string>(), law.cast<Distribution>());
  return list;
}

py::dict places(const std::vector<std::string>& labels, const std::vector<GameTreeBuilder::Place>& open) {
  py::dict result;
  for (std::size_t k = 0; k < labels.size(); ++k) result[py::str(labels[k])] = open[k];
  return result;
}

}  // namespace

Index player_number(const GameTree& tree, const py::object& key) {
  return py::isinstance<py::str>(key) ? tree.find_player(key.cast<std::string>())
                                      : checked("player", key.cast<Index>(), tree.players());
}
Index set_number(const GameTree& tree, const py::object& key) {
  return py::isinstance<py::str>(key)
             ? tree.find_set(key.cast<std::string>())
             : checked("information set", key.cast<Index>(), tree.information_sets());
}

void register_games(py::module_& module) {
  py::class_<GameTree>(module, "GameTree",
                       "The structure of a game in extensive form and its labels, without any number.")
      .def_property_readonly(
          "players", [](const GameTree& t) { return py::tuple(py::cast(player_labels(t))); },
          "Names of the players.")
      .def_property_readonly(
          "information_sets", [](const GameTree& t) { return py::tuple(py::cast(set_labels(t))); },
          "Names of the information sets: their own, or the path of the first node.")
      .def_property_readonly(
          "terminals", [](const GameTree& t) { return py::tuple(py::cast(terminal_labels(t))); },
          "Names of the terminals: their own where no other has it, the path otherwise.")
      .def_property_readonly(
          "nodes", [](const GameTree& t) { return t.nodes(); }, "Number of nodes.")
      .def(
          "player",
          [](const GameTree& t, const py::object& set) {
            return t.player_label(t.set_player(set_number(t, set)));
          },
          "information_set"_a, "Who moves at an information set.")
      .def(
          "actions",
          [](const GameTree& t, const py::object& set) {
            return py::tuple(py::cast(action_labels(t, set_number(t, set))));
          },
          "information_set"_a, "Names of the actions at an information set.")
      .def(
          "to_svg",
          [](const GameTree& t, const std::string& title) {
            TreeDrawing shown;
            shown.title = title;
            return to_svg(t, shown);
          },
          py::kw_only(), "title"_a = "", "The tree as a stand-alone SVG document.")
      .def("_repr_svg_", [](const GameTree& t) { return to_svg(t); })
      .def("to_json", [](const GameTree& t) { return to_json(t); })
      .def_static("from_json", &from_json<GameTree>, "text"_a)
      .def(py::pickle([](const GameTree& t) { return to_json(t); },
                      [](const std::string& text) { return from_json<GameTree>(text); }))
      .def("__eq__",
           [](const GameTree& a, const py::object& b) {
             return py::isinstance<GameTree>(b) && a == b.cast<GameTree>();
           })
      .def("__repr__", [](const GameTree& t) {
        return "GameTree(" + std::to_string(t.players()) + " players, " +
               std::to_string(t.information_sets()) + " information sets, " + std::to_string(t.terminals()) +
               " terminals)";
      });

  py::class_<PrivateTypeGame>(
      module, "PrivateTypeGame",
      R"(A finite game of observed actions in which every player has one private number, its type.

Types are independent; the payoff of a player at a terminal is affine in the own type. Everybody observes every move, except
that players may move at the same time (Fudenberg and Tirole 1991). Made by `PrivateTypeGameBuilder`.)")
      .def_property_readonly("tree", &PrivateTypeGame::tree)
      .def_property_readonly(
          "players",
          [](const PrivateTypeGame& g) {
            py::list laws;
            for (Index i = 0; i < g.players(); ++i) laws.append(g.types(i));
            return by_label("player", player_labels(g.tree()), laws);
          },
          "The law of each player's type.")
      .def(
          "payoff",
          [](const PrivateTypeGame& g, const py::object& terminal, const py::object& player) {
            const auto labels = terminal_labels(g.tree());
            Index z = 0;
            if (py::isinstance<py::str>(terminal)) {
              const auto name = terminal.cast<std::string>();
              z = static_cast<Index>(std::find(labels.begin(), labels.end(), name) - labels.begin());
              if (z == g.tree().terminals())
                throw InvalidArgument(expectation("terminal", "one of `tree.terminals`", "'" + name + "'"));
            } else {
              z = checked("terminal", terminal.cast<Index>(), g.tree().terminals());
            }
            const auto& payoff = g.payoff(z, player_number(g.tree(), player));
            return std::pair(payoff.intercept, payoff.slope);
          },
          "terminal"_a, "player"_a, "(intercept, slope) of a player's payoff in its own type.")
      .def(
          "payoff_scale",
          [](const PrivateTypeGame& g, const py::object& player) {
            return g.payoff_scale(player_number(g.tree(), player));
          },
          "player"_a,
          "Unit of the player's regret: range of payoffs at the median type plus range of slopes times the "
          "interquartile range.")
      .def(
          "to_svg",
          [](const PrivateTypeGame& g, const std::string& title) {
            auto shown = drawing(g);
            shown.title = title;
            return to_svg(g.tree(), shown);
          },
          py::kw_only(), "title"_a = "", "The tree with payoffs as a stand-alone SVG document.")
      .def("_repr_svg_", [](const PrivateTypeGame& g) { return to_svg(g.tree(), drawing(g)); })
      .def("to_json", [](const PrivateTypeGame& g) { return to_json(g); })
      .def_static("from_json", &from_json<PrivateTypeGame>, "text"_a)
      .def(py::pickle([](const PrivateTypeGame& g) { return to_json(g); },
                      [](const std::string& text) { return from_json<PrivateTypeGame>(text); }))
      .def("__eq__",
           [](const PrivateTypeGame& a, const py::object& b) {
             return py::isinstance<PrivateTypeGame>(b) && a == b.cast<PrivateTypeGame>();
           })
      .def("__repr__", [](const PrivateTypeGame& g) {
        std::string text = "PrivateTypeGame(";
        for (Index i = 0; i < g.players(); ++i)
          text += (i ? ", " : "") + std::string(g.tree().player_label(i)) + ": " + g.types(i).to_text();
        return text + "; " + std::to_string(g.tree().information_sets()) + " information sets, " +
               std::to_string(g.tree().terminals()) + " terminals)";
      });

  py::class_<PrivateTypeGameBuilder>(module, "PrivateTypeGameBuilder",
                                     R"(Builds a PrivateTypeGame move by move, as one tells the story.

>>> import schelling as sg
>>> b = sg.PrivateTypeGameBuilder({"A": sg.uniform(-2, 0), "B": sg.uniform(-2, 0.2)})
>>> start = b.decision(b.root, "A", ["stay out", "challenge"])
>>> b.terminal(start["stay out"], {"A": 0, "B": 1})
>>> reply = b.decision(start["challenge"], "B", ["concede", "resist"])
>>> b.terminal(reply["concede"], {"A": 1, "B": 0})
>>> last = b.decision(reply["resist"], "A", ["back down", "fight"])
>>> b.terminal(last["back down"], {"A": -0.5, "B": 1})
>>> b.terminal(last["fight"], {"A": (0, 1), "B": (0, 1)}, label="war")  # intercept and slope: each gets its own type
>>> b.build()
PrivateTypeGame(A: uniform(lower=-2, upper=0), B: uniform(lower=-2, upper=0.2); 3 information sets, 4 terminals)

Players who move at the same time are decisions one after the other, the later ones naming an information set.)")
      .def(py::init([](const py::dict& players) { return PrivateTypeGameBuilder(players_of(players)); }),
           "players"_a,
           "Players by name, each with the law of its type; `atom` for one without private information.")
      .def_property_readonly("root", &PrivateTypeGameBuilder::root, "The place at which the game starts.")
      .def(
          "decision",
          [](PrivateTypeGameBuilder& b, GameTreeBuilder::Place place, const std::string& player,
             const std::vector<std::string>& actions, const std::string& information_set) {
            return places(actions, b.decision(place, player, actions, information_set));
          },
          "place"_a, "player"_a, "actions"_a, py::kw_only(), "information_set"_a = "",
          "Lets a player choose; returns the open place after each action, by its name. Raises InvalidGame.")
      .def(
          "chance",
          [](PrivateTypeGameBuilder& b, GameTreeBuilder::Place place, const py::dict& events,
             const std::string& label) {
            std::vector<std::pair<std::string, double>> list;
            std::vector<std::string> labels;
            for (const auto& [name, p] : events)
              list.emplace_back(name.cast<std::string>(), p.cast<double>()),
                  labels.push_back(list.back().first);
            return places(labels, b.chance(place, list, label));
          },
          "place"_a, "events"_a, py::kw_only(), "label"_a = "",
          "Lets chance move: events with their probabilities; returns the open place after each. Raises "
          "InvalidGame.")
      .def(
          "terminal",
          [](PrivateTypeGameBuilder& b, GameTreeBuilder::Place place, const py::dict& payoffs,
             const std::string& label) {
            std::vector<std::pair<std::string, AffinePayoff>> list;
            for (const auto& [name, value] : payoffs)
              list.emplace_back(name.cast<std::string>(), payoff_of(value));
            b.terminal(place, list, label);
          },
          "place"_a, "payoffs"_a, py::kw_only(), "label"_a = "",
          "Ends the game: a payoff for each player, a number or (intercept, slope) in its own type. Raises "
          "InvalidGame.")
      .def("build", &PrivateTypeGameBuilder::build,
           "The game. Raises InvalidGame for open places and for hidden moves other than simultaneous ones.");
}

}  // namespace schelling::python
