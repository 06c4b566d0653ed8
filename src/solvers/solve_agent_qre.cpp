#include "qre/trace.hpp"

#include <schelling/games/simultaneous_moves.hpp>
#include <schelling/solvers/solve_agent_qre.hpp>

#include <cmath>

namespace schelling {

void AgentQreOptions::validate() const {
  if (!(lambda_max > 0))
    throw InvalidOptions(expectation("lambda_max", "a positive number", to_text(lambda_max)));
  if (limit == 0) throw InvalidOptions("limit: expected at least 1, found 0");
}

namespace {

using qre::BranchPoint;
using qre::BranchTracer;
using qre::Limit;

void check_size(const ExtensiveGame<double>& game) {
  constexpr Index most_actions = 5000;
  if (game.tree().actions() > most_actions)
    throw InvalidGame(
        expectation("agent quantal response equilibrium",
                    "at most " + std::to_string(most_actions) + " actions in all information sets",
                    std::to_string(game.tree().actions())));
}

Assessment<double> assessment_of(const ExtensiveGame<double>& game, std::vector<double> strategy,
                                 std::vector<double> beliefs) {
  return {std::move(strategy), std::move(beliefs),
          std::vector<char>(static_cast<std::size_t>(game.tree().information_sets()), 1)};
}

std::vector<double> payoff_of(const ExtensiveGame<double>& game, const std::vector<double>& strategy) {
  const auto value = continuation_payoffs<double>(game, strategy);
  return {value.begin(), value.begin() + game.players()};
}

/// The limit as an equilibrium, if it is one.
std::optional<ExtensiveEquilibrium<double>> certified(const ExtensiveGame<double>& game, const Limit& limit) {
  auto assessment = assessment_of(game, limit.strategy, limit.belief);
  const auto certificate = certify(game, assessment);
  if (!certificate.summary.passes(tolerance::certificate) || certificate[Concept::sequential].holds != true)
    return std::nullopt;
  auto payoff = payoff_of(game, assessment.strategy);
  return ExtensiveEquilibrium<double>{std::move(assessment), std::move(payoff), Concept::sequential,
                                      certificate.summary};
}

ResultInfo info_of(const qre::Trace& trace) {
  ResultInfo info;
  info.status = trace.status;
  info.message = trace.message;
  info.method = "predictor and corrector along the principal branch";
  info.coverage = Coverage::one;
  return info;
}

}  // namespace

AgentQreBranch solve_agent_qre(const ExtensiveGame<double>& game, const AgentQreOptions& options,
                               Monitor& monitor) {
  options.validate();
  check_size(game);
  AgentQreBranch branch{game, {}, {}, {}, {}, {}, {}, {}, {}};
  BranchTracer tracer(game, monitor);
  const double scale = tracer.system().scale();
  const auto trace = qre::trace_branch(tracer, {options.lambda_max * scale, options.limit}, monitor,
                                       [&](const Limit& limit) {
                                         branch.limit = certified(game, limit);
                                         return branch.limit.has_value();
                                       });
  branch.info = info_of(trace);
  branch.turning_points = trace.turning_points;
  branch.crossings = trace.crossings;
  const BranchPoint* before = nullptr;
  for (const BranchPoint& point : trace.points) {
    branch.lambda.push_back(point.lambda / scale);
    branch.log_strategy.insert(branch.log_strategy.end(), point.log_strategy.begin(),
                               point.log_strategy.end());
    double length = 0;
    if (before) {
      length = (point.lambda - before->lambda) * (point.lambda - before->lambda);
      for (std::size_t a = 0; a < point.log_strategy.size(); ++a) {
        const double change = point.log_strategy[a] - before->log_strategy[a];
        length += change * change;
      }
    }
    branch.arclength.push_back((before ? branch.arclength.back() : 0) + std::sqrt(length));
    branch.certificate.push_back(certify_agent_qre(game, point.log_strategy, branch.lambda.back()));
    before = &point;
  }
  return branch;
}

AgentQreResult agent_qre(const ExtensiveGame<double>& game, double lambda, Monitor& monitor) {
  if (!(lambda >= 0) || std::isinf(lambda))
    throw InvalidArgument(expectation("lambda", "a finite number of at least 0", to_text(lambda)));
  check_size(game);
  BranchTracer tracer(game, monitor);
  const auto trace =
      qre::trace_branch(tracer, {lambda * tracer.system().scale(), std::numeric_limits<std::size_t>::max()},
                        monitor, [](const Limit&) { return false; });
  AgentQreResult result{game, info_of(trace), {}};
  if (trace.status != Status::solved) return result;
  AgentQre equilibrium;
  equilibrium.lambda = lambda;
  equilibrium.log_strategy = trace.points.back().log_strategy;
  std::vector<double> strategy;
  for (const double x : equilibrium.log_strategy) strategy.push_back(std::exp(x));
  tracer.system().evaluate(equilibrium.log_strategy, strategy);
  const auto belief = tracer.system().belief();
  equilibrium.payoff = payoff_of(game, strategy);
  equilibrium.assessment = assessment_of(game, std::move(strategy), {belief.begin(), belief.end()});
  equilibrium.certificate = certify_agent_qre(game, equilibrium.log_strategy, lambda);
  result.equilibrium = std::move(equilibrium);
  return result;
}

AgentQreBranch solve_agent_qre(const ExtensiveGame<double>& game, const AgentQreOptions& options) {
  Monitor monitor;
  return solve_agent_qre(game, options, monitor);
}
AgentQreBranch solve_agent_qre(const NormalFormGame<double>& game, const AgentQreOptions& options,
                               Monitor& monitor) {
  return solve_agent_qre(simultaneous_moves(game), options, monitor);
}
AgentQreBranch solve_agent_qre(const NormalFormGame<double>& game, const AgentQreOptions& options) {
  return solve_agent_qre(simultaneous_moves(game), options);
}
AgentQreResult agent_qre(const ExtensiveGame<double>& game, double lambda) {
  Monitor monitor;
  return agent_qre(game, lambda, monitor);
}
AgentQreResult agent_qre(const NormalFormGame<double>& game, double lambda, Monitor& monitor) {
  return agent_qre(simultaneous_moves(game), lambda, monitor);
}
AgentQreResult agent_qre(const NormalFormGame<double>& game, double lambda) {
  return agent_qre(simultaneous_moves(game), lambda);
}

}  // namespace schelling
