#include "bindings.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/equilibria/profile.hpp>
#include <schelling/games/convert_finite_game.hpp>
#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/io/gambit_files.hpp>
#include <schelling/io/json_finite.hpp>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

template <class Scalar>
py::object values(const NormalFormGame<Scalar>& game, bool exact) {
  Shape shape;
  for (int i = 0; i < game.players(); ++i) shape.push_back(game.strategies(i));
  shape.push_back(game.players());
  return Arrays(exact)(game.payoffs(), shape);
}

template <class Scalar>
py::dict values(const Profile<Scalar>& profile, bool exact) {
  const Arrays array(exact);
  py::list strategies;
  for (const auto& strategy : profile.strategies) strategies.append(array(strategy));
  py::dict result;
  result["strategies"] = strategies;
  result["payoff"] = array(profile.payoff);
  return result;
}

template <class Scalar>
std::vector<std::vector<Scalar>> to_strategies(const py::sequence& strategies) {
  std::vector<std::vector<Scalar>> result;
  for (const auto& strategy : strategies)
    result.push_back(to_scalars<Scalar>(py::reinterpret_borrow<py::object>(strategy)));
  return result;
}

template <class Scalar>
void register_numbers(py::module_& module, const std::string& suffix) {
  using Table = NormalFormGame<Scalar>;
  const auto name = [&](const char* base) { return base + suffix; };

  py::class_<Profile<Scalar>>(module, name("Profile").c_str())
      .def("values", [](const Profile<Scalar>& p, bool exact) { return values(p, exact); })
      .def_readonly("certificate", &Profile<Scalar>::certificate);

  py::class_<Table>(module, name("NormalFormGame").c_str())
      .def(py::init([](std::vector<std::string> players, std::vector<std::vector<std::string>> strategies,
                       const py::object& payoffs, std::string title) {
        return Table(std::move(players), std::move(strategies), to_scalars<Scalar>(payoffs),
                     std::move(title));
      }))
      .def_property_readonly("players",
                             [](const Table& game) {
                               std::vector<std::string> labels;
                               for (int i = 0; i < game.players(); ++i)
                                 labels.push_back(game.player_label(i));
                               return labels;
                             })
      .def_property_readonly("strategies",
                             [](const Table& game) {
                               std::vector<std::vector<std::string>> labels(at(game.players()));
                               for (int i = 0; i < game.players(); ++i)
                                 for (int s = 0; s < game.strategies(i); ++s)
                                   labels[at(i)].push_back(game.strategy_label(i, s));
                               return labels;
                             })
      .def_property_readonly("title", &Table::title)
      .def("values", [](const Table& game, bool exact) { return values(game, exact); })
      .def("certify",
           [](const Table& game, const py::sequence& strategies) {
             return certify(game, to_strategies<Scalar>(strategies));
           })
      .def("strategy_payoffs",
           [](const Table& game, const py::sequence& strategies, bool exact) {
             py::list payoffs;
             for (const auto& row : strategy_payoffs(game, to_strategies<Scalar>(strategies)))
               payoffs.append(Arrays(exact)(row));
             return payoffs;
           })
      .def("to_json", [](const Table& game) { return to_json(game); })
      .def("__eq__", [](const Table& a,
                        const py::object& b) { return py::isinstance<Table>(b) && a == b.cast<Table>(); })
      .def(py::pickle([](const Table& game) { return to_json(game); },
                      [](const std::string& text) {
                        return std::get<Table>(from_json<InEitherArithmetic<NormalFormGame>>(text));
                      }));

  using Found = Profiles<Scalar>;
  py::class_<Found> profiles(module, name("Profiles").c_str());
  profiles.def_readonly("game", &Found::game)
      .def("__len__", [](const Found& found) { return found.profiles.size(); })
      .def("at", [](const Found& found, std::size_t k) { return found.profiles.at(k); })
      .def("to_json", [](const Found& found) { return to_json(found); });
  register_info(profiles);

  py::class_<ReducedNormalForm<Scalar>>(module, name("ReducedNormalForm").c_str())
      .def(py::init<const ExtensiveGame<Scalar>&, std::size_t>())
      .def_property_readonly("game", &ReducedNormalForm<Scalar>::game)
      .def("behavior", [](const ReducedNormalForm<Scalar>& reduced, const py::sequence& mixed, bool exact) {
        return Arrays(exact)(reduced.behavior(to_strategies<Scalar>(mixed)));
      });
}

}  // namespace

void register_finite_tables(py::module_& parent) {
  py::module_ module = parent.attr("finite").cast<py::module_>();
  register_numbers<double>(module, "Double");
  register_numbers<Rational>(module, "Exact");
  module.def("exact", [](const NormalFormGame<double>& game) {
    return py::make_tuple(exact(game), std::vector<std::string>{});
  });
  module.def("to_double", [](const NormalFormGame<Rational>& game) { return to_double(game); });
  module.def("read_nfg", &read_nfg);
  module.def("write_nfg", &write_nfg);
  module.def("normal_form_game_from_json", &from_json<InEitherArithmetic<NormalFormGame>>);
  module.def("profiles_from_json", &from_json<InEitherArithmetic<Profiles>>);
}

}  // namespace schelling::python
