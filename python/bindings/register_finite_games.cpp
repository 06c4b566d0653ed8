#include "bindings.hpp"
#include "labelled.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/equilibria/certify_assessment.hpp>
#include <schelling/games/convert_finite_game.hpp>
#include <schelling/games/convert_private_type_game.hpp>
#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/io/gambit_files.hpp>
#include <schelling/io/json_finite.hpp>
#include <schelling/solvers/solve_backward_induction.hpp>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

template <class Scalar>
py::dict values(const ExtensiveGame<Scalar>& game, bool exact) {
  const Arrays array(exact);
  py::dict result;
  result["chance"] = array(game.chance(), {game.tree().moves()});
  result["payoffs"] = array(game.payoffs(), {game.tree().terminals(), game.players()});
  return result;
}

template <class Scalar>
py::dict values(const Assessment<Scalar>& assessment, bool exact) {
  const Arrays array(exact);
  py::dict result;
  result["strategy"] = array(assessment.strategy);
  result["beliefs"] = array(assessment.beliefs);
  return result;
}

/// What follows from an assessment: payoffs, the probability of each terminal and of each information set.
template <class Scalar>
py::dict consequences(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment, bool exact) {
  const GameTree& tree = game.tree();
  const auto reach = reach_probabilities<Scalar>(game, assessment.strategy);
  std::vector<Scalar> outcome, payoff(at(tree.players()), Scalar(0)),
      reached(at(tree.information_sets()), Scalar(0));
  for (Index z = 0; z < tree.terminals(); ++z) {
    outcome.push_back(reach[at(tree.terminal_node(z))]);
    if (outcome.back() != Scalar(0))
      for (Index i = 0; i < tree.players(); ++i) payoff[at(i)] += outcome.back() * game.payoff(z, i);
  }
  for (Index node = 0; node < tree.nodes(); ++node)
    if (const Index set = tree.information_set(node); set != none) reached[at(set)] += reach[at(node)];
  const Arrays array(exact);
  py::dict result;
  result["outcome"] = array(outcome);
  result["payoff"] = array(payoff);
  result["reach"] = array(reached);
  return result;
}

template <class Scalar>
py::dict values(const AssessmentCertificate<Scalar>& certificate, bool exact) {
  const Arrays array(exact);
  py::list gains;
  for (const auto& gain : certificate.one_shot_gain)
    gains.append(gain ? array.number(*gain) : py::object(py::none()));
  py::dict result;
  result["one_shot_gain"] = gains;
  result["ex_ante_gain"] = array(certificate.ex_ante_gain);
  result["tremble_orders"] = array(certificate.consistency.tremble_orders);
  return result;
}

template <class Scalar>
const char* consistency_of(const AssessmentCertificate<Scalar>& certificate) {
  using Answer = typename ConsistencyVerdict<Scalar>::Answer;
  switch (certificate.consistency.answer) {
    case Answer::consistent:
      return "consistent";
    case Answer::inconsistent:
      return "inconsistent";
    case Answer::undecided:
      break;
  }
  return "undecided";
}

/// The shape of a tree as arrays, for code that walks it in Python: one entry for each node or information set.
py::dict structure(const GameTree& tree) {
  std::vector<Index> parent, move, moves, set, terminal, kind;
  for (Index node = 0; node < tree.nodes(); ++node) {
    parent.push_back(tree.parent(node));
    move.push_back(tree.move_from_parent(node));
    moves.push_back(tree.moves(node));
    set.push_back(tree.information_set(node));
    terminal.push_back(tree.terminal(node));
    kind.push_back(static_cast<Index>(tree.kind(node)));
  }
  std::vector<Index> player, first_action;
  std::vector<std::vector<Index>> nodes;
  for (Index s = 0; s < tree.information_sets(); ++s) {
    player.push_back(tree.set_player(s));
    first_action.push_back(tree.first_action(s));
    const auto members = tree.set_nodes(s);
    nodes.emplace_back(members.begin(), members.end());
  }
  py::dict result;
  result["parent"] = parent;
  result["move"] = move;
  result["moves"] = moves;
  result["information_set"] = set;
  result["terminal"] = terminal;
  result["kind"] = kind;
  result["player"] = player;
  result["first_action"] = first_action;
  result["nodes"] = nodes;
  return result;
}

template <class Scalar>
void register_numbers(py::module_& module, const std::string& suffix) {
  using Game = ExtensiveGame<Scalar>;
  const auto name = [&](const char* base) { return base + suffix; };

  // All classes before the methods whose signatures name them.
  py::class_<Game> game_class(module, name("ExtensiveGame").c_str());
  py::class_<Assessment<Scalar>> assessment_class(module, name("Assessment").c_str());
  py::class_<AssessmentCertificate<Scalar>> certificate_class(module, name("AssessmentCertificate").c_str());

  game_class
      .def(py::init(
          [](const GameTree& tree, const py::object& chance, const py::object& payoffs, std::string title) {
            return Game(tree, to_scalars<Scalar>(chance), to_scalars<Scalar>(payoffs), std::move(title));
          }))
      .def_property_readonly("tree", &Game::tree)
      .def_property_readonly("title", &Game::title)
      .def("values", [](const Game& game, bool exact) { return values(game, exact); })
      .def("assessment",
           [](const Game& game, const py::object& strategy, const py::object& beliefs,
              std::vector<bool> has_beliefs) {
             Assessment<Scalar> assessment{to_scalars<Scalar>(strategy),
                                           to_scalars<Scalar>(beliefs),
                                           {has_beliefs.begin(), has_beliefs.end()}};
             check_assessment(game, assessment);
             return assessment;
           })
      .def("with_bayes_beliefs",
           [](const Game& game, const py::object& strategy) {
             Assessment<Scalar> assessment{to_scalars<Scalar>(strategy),
                                           std::vector<Scalar>(at(game.tree().nodes()), Scalar(0)),
                                           std::vector<char>(at(game.tree().information_sets()), 0)};
             check_assessment(game, assessment);
             return with_bayes_beliefs(game, std::move(assessment.strategy));
           })
      .def("consequences", [](const Game& game, const Assessment<Scalar>& assessment,
                              bool exact) { return consequences(game, assessment, exact); })
      .def("certify",
           [](const Game& game, const Assessment<Scalar>& assessment, std::optional<double> tolerance) {
             const py::gil_scoped_release unlock;
             return certify(game, assessment, tolerance.value_or(default_certificate_tolerance<Scalar>));
           })
      .def("to_json", [](const Game& game) { return to_json(game); })
      .def("__eq__",
           [](const Game& a, const py::object& b) { return py::isinstance<Game>(b) && a == b.cast<Game>(); })
      .def(py::pickle([](const Game& game) { return to_json(game); },
                      [](const std::string& text) {
                        return std::get<Game>(from_json<InEitherArithmetic<ExtensiveGame>>(text));
                      }));

  assessment_class.def("values", [](const Assessment<Scalar>& a, bool exact) { return values(a, exact); })
      .def_property_readonly("has_beliefs",
                             [](const Assessment<Scalar>& a) {
                               return std::vector<bool>(a.has_beliefs.begin(), a.has_beliefs.end());
                             })
      .def("__eq__", [](const Assessment<Scalar>& a, const py::object& b) {
        return py::isinstance<Assessment<Scalar>>(b) && a == b.cast<Assessment<Scalar>>();
      });

  using Certified = AssessmentCertificate<Scalar>;
  certificate_class.def_readonly("summary", &Certified::summary)
      .def("values", [](const Certified& c, bool exact) { return values(c, exact); })
      .def_property_readonly("consistency", &consistency_of<Scalar>)
      .def_property_readonly("reason", [](const Certified& c) { return c.consistency.reason; })
      .def_property_readonly("tremble_log_coefficients",
                             [](const Certified& c) { return c.consistency.tremble_log_coefficients; })
      .def_property_readonly("concepts", [](const Certified& c) {
        py::dict verdicts;
        for (const Concept concept_ :
             {Concept::nash, Concept::subgame_perfect, Concept::weak_pbe, Concept::sequential})
          verdicts[py::str(std::string(to_string(concept_)))] =
              py::make_tuple(c[concept_].holds, c[concept_].reason);
        return verdicts;
      });

  using Equilibria = ExtensiveEquilibria<Scalar>;
  py::class_<Equilibria> equilibria(module, name("ExtensiveEquilibria").c_str());
  equilibria.def_readonly("game", &Equilibria::game)
      .def("__len__", [](const Equilibria& e) { return e.equilibria.size(); })
      .def("at",
           [](const Equilibria& e, std::size_t k) {
             const auto& found = e.equilibria.at(k);
             return py::make_tuple(found.assessment, std::string(to_string(found.concept_)),
                                   found.certificate);
           })
      .def("to_json", [](const Equilibria& e) { return to_json(e); });
  register_info(equilibria);

  module.def(
      "solve_backward_induction",
      [](const Game& game, std::size_t limit, std::optional<double> time_limit, const py::object& progress) {
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_backward_induction(game, BackwardInductionOptions{limit}, monitor);
        });
      },
      "game"_a, py::kw_only(), "limit"_a, "time_limit"_a, "progress"_a);
  module.def("to_extensive", [](const SignalingGame<Scalar>& game) { return to_extensive(game); });
}

}  // namespace

void register_finite_games(py::module_& parent) {
  py::module_ module = parent.def_submodule("finite");
  register_numbers<double>(module, "Double");
  register_numbers<Rational>(module, "Exact");

  py::class_<GameTreeBuilder>(module, "GameTreeBuilder")
      .def(py::init<std::vector<std::string>>())
      .def("decision", &GameTreeBuilder::decision)
      .def("chance", &GameTreeBuilder::chance)
      .def("terminal", &GameTreeBuilder::terminal)
      .def("build", &GameTreeBuilder::build)
      .def("numbering", &GameTreeBuilder::numbering);

  module.def("structure", &structure);
  module.def("node_path", [](const GameTree& tree, Index node) { return tree.path(node); });
  module.def("exact", [](const ExtensiveGame<double>& game) {
    std::vector<std::string> notes;
    auto result = exact(game, &notes);
    return py::make_tuple(std::move(result), notes);
  });
  module.def("to_double", [](const ExtensiveGame<Rational>& game) { return to_double(game); });
  module.def("to_extensive", [](const PrivateTypeGame& game) { return to_extensive_game(game); });
  module.def("read_efg", &read_efg);
  module.def("write_efg", &write_efg);
  module.def("extensive_game_from_json", &from_json<InEitherArithmetic<ExtensiveGame>>);
  module.def("extensive_equilibria_from_json", &from_json<InEitherArithmetic<ExtensiveEquilibria>>);
  module.attr("backward_induction_limit") = BackwardInductionOptions{}.limit;
}

}  // namespace schelling::python
