#include "qre/branch.hpp"

#include <schelling/games/simultaneous_moves.hpp>
#include <schelling/solvers/solve_agent_qre.hpp>

#include <cmath>

namespace schelling {

void AgentQreOptions::validate() const {
  if (!(lambda_max > 0))
    throw InvalidOptions(expectation("lambda_max", "a positive number", to_text(lambda_max)));
  if (limit == 0) throw InvalidOptions("limit: expected at least 1, found 0");
}

AgentQreBranch solve_agent_qre(const ExtensiveGame<double>& game, const AgentQreOptions& options,
                               Monitor& monitor) {
  options.validate();
  qre::check_size(game);
  qre::BranchTracer tracer(game, monitor);
  return qre::solve_branch(tracer, game, options, monitor).result;
}

AgentQreResult agent_qre(const ExtensiveGame<double>& game, double lambda, Monitor& monitor) {
  if (!(lambda >= 0) || std::isinf(lambda))
    throw InvalidArgument(expectation("lambda", "a finite number of at least 0", to_text(lambda)));
  qre::check_size(game);
  qre::BranchTracer tracer(game, monitor);
  const auto trace =
      qre::trace_branch(tracer, {lambda * tracer.system().scale(), std::numeric_limits<std::size_t>::max()},
                        monitor, [](const qre::Limit&, const qre::BranchPoint&) { return false; });
  AgentQreResult result{game, qre::info_of(trace), {}};
  if (trace.status != Status::solved) return result;
  AgentQre found;
  found.lambda = lambda;
  found.log_strategy = trace.points.back().log_strategy;
  std::vector<double> strategy;
  for (const double x : found.log_strategy) strategy.push_back(std::exp(x));
  tracer.system().evaluate(found.log_strategy, strategy);
  const auto belief = tracer.system().belief();
  const auto value = continuation_payoffs<double>(game, strategy);
  found.payoff.assign(value.begin(), value.begin() + game.players());
  found.assessment = {std::move(strategy),
                      {belief.begin(), belief.end()},
                      std::vector<char>(static_cast<std::size_t>(game.tree().information_sets()), 1)};
  found.certificate = certify_agent_qre(game, found.log_strategy, lambda);
  result.equilibrium = std::move(found);
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
