#include "branch.hpp"

#include <cmath>
#include <utility>

namespace schelling::qre {

void check_size(const ExtensiveGame<double>& game) {
  constexpr Index most_actions = 5000;
  if (game.tree().actions() > most_actions)
    throw InvalidGame(
        expectation("agent quantal response equilibrium",
                    "at most " + std::to_string(most_actions) + " actions in all information sets",
                    std::to_string(game.tree().actions())));
}

ResultInfo info_of(const Trace& trace) {
  ResultInfo info;
  info.status = trace.status;
  info.message = trace.message;
  info.method = "predictor and corrector along the principal branch";
  info.coverage = Coverage::one;
  return info;
}

namespace {

/// The limit as an equilibrium, if it is one.
std::optional<ExtensiveEquilibrium<double>> certified(const ExtensiveGame<double>& game, const Limit& limit) {
  Assessment<double> assessment{
      limit.strategy, limit.belief,
      std::vector<char>(static_cast<std::size_t>(game.tree().information_sets()), 1)};
  const auto certificate = certify(game, assessment);
  if (!certificate.summary.passes(tolerance::certificate) || certificate[Concept::sequential].holds != true)
    return std::nullopt;
  const auto value = continuation_payoffs<double>(game, assessment.strategy);
  return ExtensiveEquilibrium<double>{std::move(assessment),
                                      {value.begin(), value.begin() + game.players()},
                                      Concept::sequential,
                                      certificate.summary};
}

double chord(const BranchPoint& from, const BranchPoint& to) {
  double squared = (to.lambda - from.lambda) * (to.lambda - from.lambda);
  for (std::size_t a = 0; a < to.log_strategy.size(); ++a) {
    const double change = to.log_strategy[a] - from.log_strategy[a];
    squared += change * change;
  }
  return std::sqrt(squared);
}

}  // namespace

TracedBranch solve_branch(BranchTracer& tracer, const ExtensiveGame<double>& game,
                          const AgentQreOptions& options, Monitor& monitor,
                          const std::function<bool(const Limit&, const BranchPoint&)>& is_enough) {
  AgentQreBranch branch{game, {}, {}, {}, {}, {}, {}, {}, {}};
  const double scale = tracer.system().scale();
  auto trace = trace_branch(tracer, {options.lambda_max * scale, options.limit}, monitor,
                            [&](const Limit& limit, const BranchPoint& point) {
                              if (is_enough && !is_enough(limit, point)) return false;
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
    branch.arclength.push_back(before ? branch.arclength.back() + chord(*before, point) : 0);
    branch.certificate.push_back(certify_agent_qre(game, point.log_strategy, branch.lambda.back()));
    before = &point;
  }
  return {std::move(trace), std::move(branch)};
}

}  // namespace schelling::qre
