#pragma once

#include "trace.hpp"

#include <schelling/equilibria/agent_qre.hpp>
#include <schelling/solvers/solve_agent_qre.hpp>

#include <functional>

namespace schelling::qre {

/// @throws InvalidGame if the game is too large for dense linear algebra
void check_size(const ExtensiveGame<double>& game);

/// A traced branch: the points as the solvers need them, and the certified result.
struct TracedBranch {
  Trace trace;
  AgentQreBranch result;
};

/// Traces up to the limit or `lambda_max`, and goes on behind the limit while `is_enough` says no.
TracedBranch solve_branch(BranchTracer& tracer, const ExtensiveGame<double>& game,
                          const AgentQreOptions& options, Monitor& monitor,
                          const std::function<bool(const Limit&, const BranchPoint&)>& is_enough = {});

ResultInfo info_of(const Trace& trace);

}  // namespace schelling::qre
