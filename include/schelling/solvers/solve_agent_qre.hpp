#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/agent_qre.hpp>
#include <schelling/games/normal_form_game.hpp>

#include <cstddef>
#include <limits>

namespace schelling {

struct AgentQreOptions {
  /// Where to stop, in 1 / payoff: the last point is exactly there. Infinity asks for the limit.
  double lambda_max = std::numeric_limits<double>::infinity();
  /// Most points of the branch.
  std::size_t limit = 100000;

  /// @throws InvalidOptions naming the field
  void validate() const;
};

/// The principal branch of agent logit quantal response equilibria, from uniform choice at lambda = 0 on, and its limit.
///
/// At lambda the agent who moves at information set h plays action a with probability proportional to exp(lambda u_a(p)),
/// where u_a is the expected payoff of a given that h is reached and that everybody plays p (McKelvey and Palfrey 1998);
/// for a game in normal form this is logit quantal response equilibrium (1995). One lambda is common to all players, so
/// payoffs must be in comparable units. Adding a constant to a player's payoffs changes nothing; multiplying all payoffs
/// divides lambda.
///
/// The branch is followed by predictor and corrector in log-probabilities, along its length and not along lambda, so that
/// it may turn (Turocy 2005, 2010). Generically it is unique and tends to a sequential equilibrium (McKelvey and Palfrey
/// 1998, theorem 4), which is solved for on the identified support, with the beliefs that the trembles of the branch give,
/// and returned only if `certify` confirms it as sequential. Coverage: one branch, not proven; the points are certified by
/// their residuals.
///
/// Cost: for n actions a step takes time n^3, plus the tree's nodes times its depth.
/// @throws InvalidGame for more than 5000 actions
AgentQreBranch solve_agent_qre(const ExtensiveGame<double>& game, const AgentQreOptions& options,
                               Monitor& monitor);
AgentQreBranch solve_agent_qre(const ExtensiveGame<double>& game, const AgentQreOptions& options = {});
/// The game is taken as the tree of `simultaneous_moves`.
AgentQreBranch solve_agent_qre(const NormalFormGame<double>& game, const AgentQreOptions& options,
                               Monitor& monitor);
AgentQreBranch solve_agent_qre(const NormalFormGame<double>& game, const AgentQreOptions& options = {});

/// The point at which the principal branch first reaches lambda.
struct AgentQreResult {
  ExtensiveGame<double> game;
  ResultInfo info;
  std::optional<AgentQre> equilibrium;  ///< nothing if the branch could not be followed so far
};

/// @throws InvalidArgument unless lambda is finite and not negative
AgentQreResult agent_qre(const ExtensiveGame<double>& game, double lambda, Monitor& monitor);
AgentQreResult agent_qre(const ExtensiveGame<double>& game, double lambda);
AgentQreResult agent_qre(const NormalFormGame<double>& game, double lambda, Monitor& monitor);
AgentQreResult agent_qre(const NormalFormGame<double>& game, double lambda);

}  // namespace schelling
