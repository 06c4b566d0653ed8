#include "bindings.hpp"
#include "numbers.hpp"
#include "result_info.hpp"

#include <schelling/games/simultaneous_moves.hpp>
#include <schelling/solvers/estimate_agent_qre.hpp>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

namespace {

using Game = ExtensiveGame<double>;

template <class Get>
py::array_t<double> column(const AgentQreBranch& branch, Get&& get) {
  py::array_t<double> result(static_cast<py::ssize_t>(branch.points()));
  for (std::size_t k = 0; k < branch.points(); ++k) result.mutable_at(k) = get(k);
  return result;
}

py::array_t<double> vector(const std::vector<double>& values) {
  return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
}

AgentQreOptions options(std::optional<double> lambda_max, std::size_t limit) {
  AgentQreOptions result;
  if (lambda_max) result.lambda_max = *lambda_max;
  result.limit = limit;
  return result;
}

py::dict values(const AgentQreFit& fit) {
  py::dict result;
  result["lambda"] = fit.lambda;
  result["log_likelihood"] = fit.log_likelihood;
  result["log_strategy"] = vector(fit.log_strategy);
  result["residual"] = fit.certificate.residual;
  result["max_regret"] = fit.certificate.max_regret;
  return result;
}

}  // namespace

void register_quantal_response(py::module_& parent) {
  py::module_ module = parent.attr("finite").cast<py::module_>();

  py::class_<AgentQreBranch> branch(module, "AgentQreBranch");
  register_info(branch);
  branch.def("__len__", &AgentQreBranch::points)
      .def_property_readonly("game", [](const AgentQreBranch& b) { return b.game; })
      .def_property_readonly("lambdas", [](const AgentQreBranch& b) { return vector(b.lambda); })
      .def_property_readonly(
          "log_strategy",
          [](const AgentQreBranch& b) {
            const auto width = static_cast<py::ssize_t>(b.game.tree().actions());
            return vector(b.log_strategy).reshape({static_cast<py::ssize_t>(b.points()), width});
          })
      .def_property_readonly("arclength", [](const AgentQreBranch& b) { return vector(b.arclength); })
      .def_property_readonly("residual",
                             [](const AgentQreBranch& b) {
                               return column(b, [&](std::size_t k) { return b.certificate[k].residual; });
                             })
      .def_property_readonly("max_regret",
                             [](const AgentQreBranch& b) {
                               return column(b, [&](std::size_t k) { return b.certificate[k].max_regret; });
                             })
      .def_property_readonly("turning_points", [](const AgentQreBranch& b) { return b.turning_points; })
      .def_property_readonly("crossings", [](const AgentQreBranch& b) { return b.crossings; })
      .def_property_readonly("limit", [](const AgentQreBranch& b) -> py::object {
        if (!b.limit) return py::none();
        return py::make_tuple(b.limit->assessment, std::string(to_string(b.limit->concept_)),
                              b.limit->certificate);
      });

  py::class_<AgentQreResult> point(module, "AgentQreResult");
  register_info(point);
  point.def_property_readonly("equilibrium", [](const AgentQreResult& r) -> py::object {
    if (!r.equilibrium) return py::none();
    py::dict result;
    result["assessment"] = r.equilibrium->assessment;
    result["log_strategy"] = vector(r.equilibrium->log_strategy);
    result["residual"] = r.equilibrium->certificate.residual;
    result["max_regret"] = r.equilibrium->certificate.max_regret;
    return result;
  });

  py::class_<AgentQreEstimate> estimate(module, "AgentQreEstimate");
  register_info(estimate);
  estimate.def_property_readonly("branch", [](const AgentQreEstimate& e) { return e.branch; })
      .def_property_readonly("fit", [](const AgentQreEstimate& e) { return values(e.fit); })
      .def_property_readonly("local_maxima",
                             [](const AgentQreEstimate& e) {
                               py::list result;
                               for (const auto& fit : e.local_maxima) result.append(values(fit));
                               return result;
                             })
      .def_property_readonly("log_likelihood",
                             [](const AgentQreEstimate& e) { return vector(e.log_likelihood); })
      .def_readonly("standard_error", &AgentQreEstimate::standard_error)
      .def_readonly("lower", &AgentQreEstimate::lower)
      .def_readonly("upper", &AgentQreEstimate::upper)
      .def_readonly("log_likelihood_uniform", &AgentQreEstimate::log_likelihood_uniform)
      .def_readonly("log_likelihood_frequencies", &AgentQreEstimate::log_likelihood_frequencies)
      .def_readonly("observations", &AgentQreEstimate::observations);

  module.def("simultaneous_moves", &simultaneous_moves<double>);
  module.def(
      "solve_agent_qre",
      [](const Game& game, std::optional<double> lambda_max, std::size_t limit,
         std::optional<double> time_limit, const py::object& progress) {
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_agent_qre(game, options(lambda_max, limit), monitor);
        });
      },
      "game"_a, py::kw_only(), "lambda_max"_a, "limit"_a, "time_limit"_a, "progress"_a);
  module.def(
      "agent_qre",
      [](const Game& game, double lambda, std::optional<double> time_limit, const py::object& progress) {
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return agent_qre(game, lambda, monitor); });
      },
      "game"_a, "lambda_"_a, py::kw_only(), "time_limit"_a, "progress"_a);
  module.def(
      "estimate_agent_qre",
      [](const Game& game, const Doubles& counts, double confidence, std::optional<double> lambda_max,
         std::size_t limit, std::optional<double> time_limit, const py::object& progress) {
        const auto data = to_doubles(counts);
        return monitored(time_limit, progress, [&](Monitor& monitor) {
          return estimate_agent_qre(game, data, {options(lambda_max, limit), confidence}, monitor);
        });
      },
      "game"_a, "counts"_a, py::kw_only(), "confidence"_a, "lambda_max"_a, "limit"_a, "time_limit"_a,
      "progress"_a);
  module.attr("agent_qre_limit") = AgentQreOptions{}.limit;
  module.attr("estimate_agent_qre_confidence") = EstimateAgentQreOptions{}.confidence;
}

}  // namespace schelling::python
