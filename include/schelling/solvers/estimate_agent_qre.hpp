#pragma once

#include <schelling/solvers/solve_agent_qre.hpp>

#include <span>
#include <vector>

namespace schelling {

/// A maximum of the likelihood along the branch.
struct AgentQreFit {
  double lambda = 0;  ///< infinity at the limit of the branch
  double log_likelihood = 0;
  std::vector<double> log_strategy;  ///< per action; minus infinity at actions that the limit does not play
  AgentQreCertificate certificate;   ///< of the quantal response equilibrium, or of the limit's regret
};

/// What play data say of lambda.
struct AgentQreEstimate {
  ExtensiveGame<double> game;
  ResultInfo info;
  /// The global maximum along the branch.
  AgentQreFit fit;
  /// One over the square root of Fisher's information sum_h n_h sum_a p_a (d log p_a / d lambda)^2, n_h plays observed at
  /// information set h; zero at a turning point, infinite where play does not depend on lambda. Not a number at the ends
  /// of the branch, lambda = 0 and infinity.
  double standard_error = 0;
  /// Of all lambdas on the branch whose likelihood ratio test against the maximum does not reject at the level of the
  /// options: the smallest and the largest (Wilks 1938).
  double lower = 0, upper = 0;
  /// All local maxima along the branch in their order, the global one too.
  std::vector<AgentQreFit> local_maxima;
  /// The profile: [point] log-likelihood at the points of the branch.
  std::vector<double> log_likelihood;
  AgentQreBranch branch;
  /// Log-likelihood of uniform choice, and of the observed frequencies: the least and the most that can be expected.
  double log_likelihood_uniform = 0, log_likelihood_frequencies = 0;
  double observations = 0;  ///< choices in the data
};

struct EstimateAgentQreOptions {
  AgentQreOptions branch = {};
  /// Level of the interval from `lower` to `upper`, in (0, 1).
  double confidence = 0.95;

  /// @throws InvalidOptions naming the field
  void validate() const;
};

/// Estimates lambda by maximum likelihood from counts of actions, on the principal branch of agent logit quantal response
/// equilibria (McKelvey and Palfrey 1995, 1998).
///
/// The likelihood sum_a n_a log p_a is followed along the branch, which may turn, so that several points belong to one
/// lambda, and may have several local maxima: every one between two traced points is located to the rounding error. The
/// multinomial constants, which do not depend on lambda, are left out. Choices are taken as independent.
///
/// Where the likelihood still rises at the end of the branch the estimate is its end: lambda infinite at the limit, or
/// `lambda_max` with status `incomplete`.
/// @param counts per action, how often it was chosen; not negative, finite, not all zero
/// @throws InvalidArgument for counts that are not so
AgentQreEstimate estimate_agent_qre(const ExtensiveGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options, Monitor& monitor);
AgentQreEstimate estimate_agent_qre(const ExtensiveGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options = {});
/// The game is taken as the tree of `simultaneous_moves`: counts player by player.
AgentQreEstimate estimate_agent_qre(const NormalFormGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options, Monitor& monitor);
AgentQreEstimate estimate_agent_qre(const NormalFormGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options = {});

}  // namespace schelling
