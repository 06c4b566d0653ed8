#pragma once

#include <schelling/equilibria/extensive_equilibria.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace schelling {

/// How far a strategy is from an agent logit quantal response equilibrium.
struct AgentQreCertificate {
  /// The largest difference between a probability and the logit response to the payoffs that the strategy implies.
  double residual = 0;
  /// The largest gain from another action at an information set, relative to the player's payoff range: what the errors of
  /// its player cost there. It vanishes as lambda grows.
  double max_regret = 0;
};

/// Recomputes, for every information set, expected payoffs u of its actions given that it is reached, and the logit
/// response exp(lambda u_a) / sum_b exp(lambda u_b) of the agent who moves there (McKelvey and Palfrey 1998).
///
/// @param log_strategy per action the logarithm of its probability, from which beliefs follow also where probabilities are
///   too small for a double. At information sets that only chance events of probability zero reach, these are taken to be
///   equally unlikely.
/// @throws InvalidArgument for a wrong length, logarithms that are not finite, or probabilities that do not sum to one
AgentQreCertificate certify_agent_qre(const ExtensiveGame<double>& game, std::span<const double> log_strategy,
                                      double lambda);

/// An agent logit quantal response equilibrium.
struct AgentQre {
  double lambda = 0;                 ///< precision of choice, in 1 / payoff
  std::vector<double> log_strategy;  ///< per action
  Assessment<double> assessment;     ///< the strategy, with beliefs by Bayes' rule at every information set
  std::vector<double> payoff;        ///< [player]
  AgentQreCertificate certificate;
};

/// A branch of agent logit quantal response equilibria as points in the order in which they were traced.
struct AgentQreBranch {
  ExtensiveGame<double> game;
  ResultInfo info;
  std::vector<double> lambda;        ///< [point]
  std::vector<double> log_strategy;  ///< [point, action] in row-major order
  /// [point]: length of the branch up to here, measured along the chords of log-probabilities and lambda times the largest
  /// payoff range.
  std::vector<double> arclength;
  std::vector<AgentQreCertificate> certificate;  ///< [point]
  /// Points where lambda turns, located to the rounding error.
  std::vector<std::size_t> turning_points;
  /// Points before which another branch crosses this one, as it does in games with symmetries: the branch goes straight
  /// on.
  std::vector<std::size_t> crossings;
  /// What the branch tends to as lambda grows: a sequential equilibrium with the beliefs that the trembles of the branch
  /// give. Nothing if it was not identified; the status says why.
  std::optional<ExtensiveEquilibrium<double>> limit;

  std::size_t points() const { return lambda.size(); }
  std::span<const double> log_strategy_at(std::size_t point) const {
    const std::size_t width = log_strategy.size() / lambda.size();
    return {log_strategy.data() + point * width, width};
  }
};

}  // namespace schelling
