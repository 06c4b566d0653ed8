#include "bindings.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/equilibria/explain_signaling.hpp>
#include <schelling/equilibria/signaling_welfare.hpp>
#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/io/signaling_text.hpp>
#include <schelling/models/signaling_model.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace py = pybind11;

namespace schelling::python {

namespace {

/// Arrays of numbers, of matrices of them too.
class MatrixArrays : public Arrays {
 public:
  using Arrays::Arrays;
  using Arrays::operator();

  template <class Scalar>
  py::object operator()(const RowTable<Scalar>& matrix) const {
    return (*this)(std::span<const Scalar>(matrix.data()), {matrix.rows(), matrix.columns()});
  }
  template <class Scalar>
  py::object operator()(const std::vector<RowTable<Scalar>>& matrices) const {
    std::vector<Scalar> flat;
    for (const auto& matrix : matrices) flat.insert(flat.end(), matrix.data().begin(), matrix.data().end());
    return (*this)(std::span<const Scalar>(flat), {static_cast<py::ssize_t>(matrices.size()),
                                                   matrices.front().rows(), matrices.front().columns()});
  }
};

template <class Scalar>
py::dict values(const SignalingAssessment<Scalar>& a, bool exact) {
  const MatrixArrays array(exact);
  py::dict result;
  result["sender"] = array(a.sender);
  result["receiver"] = array(a.receiver);
  result["beliefs"] = array(a.beliefs);
  result["sender_payoff"] = array(a.sender_payoff);
  result["receiver_payoff"] = array.number(a.receiver_payoff);
  return result;
}

template <class Scalar>
py::dict values(const SignalingOutcome<Scalar>& outcome, const SignalingGame<Scalar>& game, bool exact) {
  const MatrixArrays array(exact);
  py::dict result;
  result["probabilities"] =
      array(std::span<const Scalar>(outcome.probabilities), {game.types(), game.messages(), game.actions()});
  result["sender_payoff"] = array(outcome.sender_payoff);
  result["receiver_payoff"] = array.number(outcome.receiver_payoff);
  return result;
}

template <class Scalar>
py::dict values(const SignalingProduct<Scalar>& product, bool exact) {
  const MatrixArrays array(exact);
  py::dict result;
  result["sender_vertices"] = array(product.sender_vertices);
  result["on_path_vertices"] = array(product.receiver_vertices);
  result["sender_payoffs"] = array(product.sender_payoffs);
  result["receiver_payoffs"] = array(product.receiver_payoffs);
  py::dict off_path;
  for (const auto& entry : product.off_path) {
    py::list facets;
    for (const auto& facet : entry.facets)
      facets.append(py::make_tuple(facet.actions, array(facet.beliefs), array(facet.replies)));
    off_path[py::int_(entry.message)] = facets;
  }
  result["off_path"] = off_path;
  return result;
}

PbeMethod pbe_method(std::string_view name) {
  for (const auto method : {PbeMethod::automatic, PbeMethod::vertices, PbeMethod::search})
    if (to_string(method) == name) return method;
  throw InvalidOptions(
      expectation("method", "automatic, vertices or search", "\"" + std::string(name) + "\""));
}

template <class Scalar>
SignalingEquilibria<Scalar> solve(const SignalingGame<Scalar>& game, std::string_view method,
                                  std::size_t limit, double work_limit, bool certify,
                                  std::optional<double> time_limit, const py::object& progress) {
  const PbeOptions options{
      .method = pbe_method(method), .limit = limit, .work_limit = work_limit, .certify = certify};
  return monitored(time_limit, progress, [&](Monitor& monitor) { return solve_pbe(game, options, monitor); });
}

using Labels = std::tuple<std::vector<std::string>, std::vector<std::string>, std::vector<std::string>>;
SignalingLabels to_labels(Labels labels) {
  return {std::move(std::get<0>(labels)), std::move(std::get<1>(labels)), std::move(std::get<2>(labels))};
}

template <class Scalar>
Scalar to_scalar(const py::handle& value) {
  if constexpr (std::is_same_v<Scalar, double>)
    return value.cast<double>();
  else
    return to_rational(value);
}
template <class Scalar>
std::vector<Scalar> to_row(const py::handle& values) {
  std::vector<Scalar> row;
  for (const auto& value : values) row.push_back(to_scalar<Scalar>(value));
  return row;
}

/// `sender`: rows of numbers; `replies`: a row or None for each message.
template <class Scalar>
std::string explain_exclusion(const SignalingGame<Scalar>& game, const py::sequence& sender,
                              const py::sequence& replies) {
  SignalingProfile<Scalar> profile{RowTable<Scalar>(0, game.messages()), {}};
  for (const auto& row : sender) {
    const auto numbers = to_row<Scalar>(row);
    if (static_cast<int>(numbers.size()) != game.messages())
      throw InvalidArgument(expectation("sender",
                                        "rows of " + std::to_string(game.messages()) + " probabilities",
                                        std::to_string(numbers.size())));
    profile.sender.append(numbers);
  }
  for (const auto& row : replies)
    profile.replies.push_back(row.is_none() ? std::nullopt : std::optional(to_row<Scalar>(row)));
  return why_not(game, profile);
}

std::vector<std::pair<std::size_t, std::size_t>> to_pairs(const std::vector<OutcomeIndex>& indices) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& index : indices) pairs.emplace_back(index.component, index.outcome);
  return pairs;
}

/// The classes for one kind of numbers, and the solver.
template <class Scalar>
void register_numbers(py::module_& module, py::module_& parent, const std::string& suffix) {
  using Game = SignalingGame<Scalar>;
  using Equilibria = SignalingEquilibria<Scalar>;
  using Component = SignalingComponent<Scalar>;
  using Product = SignalingProduct<Scalar>;
  const auto name = [&](const char* base) { return base + suffix; };

  py::class_<Game>(module, name("SignalingGame").c_str())
      .def_property_readonly("types", &Game::types)
      .def_property_readonly("messages", &Game::messages)
      .def_property_readonly("actions", &Game::actions)
      .def("values",
           [](const Game& game, bool exact) {
             const MatrixArrays array(exact);
             const Shape shape{game.types(), game.messages(), game.actions()};
             py::dict result;
             result["prior"] = array(game.prior(), {game.types()});
             result["sender"] = array(game.sender(), shape);
             result["receiver"] = array(game.receiver(), shape);
             return result;
           })
      .def_property_readonly("labels", [](const Game& game) {
        return py::make_tuple(game.labels().types, game.labels().messages, game.labels().actions);
      });

  py::class_<SignalingAssessment<Scalar>>(module, name("SignalingAssessment").c_str())
      .def("values", [](const SignalingAssessment<Scalar>& a, bool exact) { return values(a, exact); });

  py::class_<Product>(module, name("SignalingProduct").c_str())
      .def_property_readonly("kind", [](const Product& p) { return to_string(p.kind); })
      .def_readonly("senders", &Product::senders)
      .def_readonly("replies", &Product::replies)
      .def_readonly("factored", &Product::factored)
      .def_readonly("sender_dimension", &Product::sender_dimension)
      .def_readonly("receiver_dimension", &Product::receiver_dimension)
      .def("values", [](const Product& p, bool exact) { return values(p, exact); });

  py::class_<Component>(module, name("SignalingComponent").c_str())
      .def_readonly("products", &Component::products)
      .def_property_readonly("kinds",
                             [](const Component& c) {
                               std::vector<std::string> kinds;
                               for (const auto kind : c.kinds) kinds.emplace_back(to_string(kind));
                               return kinds;
                             })
      .def_readonly("dimension", &Component::dimension)
      .def_readonly("representative", &Component::representative)
      .def("outcomes", [](const Component& c, const Game& game, bool exact) {
        py::list result;
        for (const auto& outcome : c.outcomes) result.append(values(outcome, game, exact));
        return result;
      });

  py::class_<Equilibria> equilibria(module, name("SignalingEquilibria").c_str());
  register_info(equilibria);
  equilibria.def_readonly("game", &Equilibria::game)
      .def_readonly("components", &Equilibria::components)
      .def_readonly("certificate", &Equilibria::certificate)
      .def("sender_optimal",
           [](const Equilibria& e) { return to_pairs(sender_optimal(e.game, e.components)); })
      .def("receiver_optimal", [](const Equilibria& e) { return to_pairs(receiver_optimal(e.components)); });

  module.def("solve_pbe", &solve<Scalar>, py::arg("game"), py::kw_only(), py::arg("method"), py::arg("limit"),
             py::arg("work_limit"), py::arg("certify"), py::arg("time_limit"), py::arg("progress"));
  module.def("vertices", [](const Game& game, const Product& product, std::size_t limit) {
    return vertices(game, product, limit);
  });
  module.def("explain",
             [](const Game& game, const Component& component) { return explain(game, component); });
  module.def("why_not", &explain_exclusion<Scalar>);
  module.def("write_signaling", [](const Game& game) { return write_signaling(game); });
  // An overload of the one function that certifies every kind of assessment.
  parent.def("certify",
             [](const Game& game, const SignalingAssessment<Scalar>& a) { return certify(game, a); });
}

}  // namespace

void register_signaling(py::module_& parent) {
  py::module_ module = parent.def_submodule("signaling");
  register_numbers<double>(module, parent, "Double");
  register_numbers<Rational>(module, parent, "Exact");
  module.def("signaling_game_double", [](int types, int messages, int actions, const Doubles& prior,
                                         const Doubles& sender, const Doubles& receiver, Labels labels) {
    return SignalingGame<double>::from_arrays(types, messages, actions, to_doubles(prior), to_doubles(sender),
                                              to_doubles(receiver), to_labels(std::move(labels)));
  });
  module.def("signaling_game_exact",
             [](int types, int messages, int actions, const py::sequence& prior, const py::sequence& sender,
                const py::sequence& receiver, Labels labels) {
               return SignalingGame<Rational>::from_arrays(types, messages, actions, to_rationals(prior),
                                                           to_rationals(sender), to_rationals(receiver),
                                                           to_labels(std::move(labels)));
             });
  module.def("read_signaling", &read_signaling);
  module.def("exact", [](const SignalingGame<double>& game) {
    std::vector<std::string> notes;
    auto result = exact(game, &notes);
    return py::make_tuple(std::move(result), notes);
  });

  py::class_<SignalingModel>(module, "SignalingModel")
      .def_property_readonly(
          "info", [](const SignalingModel& model) { return &model.info(); },
          py::return_value_policy::reference)
      .def_property_readonly("parameters",
                             [](const SignalingModel& model) {
                               py::list rows;
                               for (const auto& row : model.parameters())
                                 rows.append(py::cast(&row, py::return_value_policy::reference));
                               return py::tuple(rows);
                             })
      .def("game", [](const SignalingModel& model,
                      const py::sequence& point) { return model.game(to_rationals(point)); })
      .def("known_equilibria", [](const SignalingModel& model, const py::sequence& point) {
        std::vector<std::pair<std::string, SignalingAssessment<Rational>>> result;
        for (auto& known : model.known_equilibria(to_rationals(point)))
          result.emplace_back(std::move(known.name), std::move(known.assessment));
        return result;
      });
  module.def("signaling_models", [] {
    py::dict result;
    for (const auto* model : signaling_models())
      result[py::str(std::string(model->info().name))] = py::cast(model, py::return_value_policy::reference);
    return result;
  });

  const PbeOptions options;
  module.attr("pbe_limit") = options.limit;
  module.attr("pbe_work_limit") = options.work_limit;
}

}  // namespace schelling::python
