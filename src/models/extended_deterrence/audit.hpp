#pragma once

#include "models/extended_deterrence/terminals.hpp"

#include <schelling/models/extended_deterrence.hpp>

#include <array>
#include <span>

namespace schelling::extended_deterrence {

struct AuditResult {
  double max_regret, bayes_gap;
};

/// Verifies reported equilibria of one phase game from its terminal payoffs, with no code in common with the
/// solver.
///
/// A row of outcomes states cutoffs, beliefs and choice probabilities. The audit writes the table of terminal
/// payoffs out, averages it by the stated probabilities into the line (payoff against own cost) of every plan
/// at every information set of every player, and compares the plan that the stated cutoffs assign with the
/// best one: for all types, since the best plan's line is convex and the assigned one affine between two
/// cutoffs, so that a gain, also one scaled by a growing affine function, is largest at a cutoff or at an end
/// of the support. Regret is relative to the player's payoff range; the Bayes gap is the largest error of a
/// stated probability.
class Audit {
 public:
  Audit(std::span<const double> point, EscalationTiming timing);
  AuditResult operator()(std::span<const double> row) const;

 private:
  struct Campaign {
    /// Payoffs when the challenger plans to accept defeat, and when it plans to escalate.
    Payoffs accepting, escalating;
    /// What it compares when the moment comes.
    AffinePayoff accept_now, escalate_now;
  };
  struct Types {
    double log_median, log_sd, quartile_range, top, scale;
    double cdf(double cost) const;
  };
  class Worst;

  double tripwire_;
  Payoffs refrain_, concede_;
  std::array<Campaign, 3> campaign_;
  std::array<Types, 3> types_;
};

}  // namespace schelling::extended_deterrence
