#pragma once

#include "branch_tracer.hpp"

#include <schelling/equilibria/assessment.hpp>

#include <optional>
#include <vector>

namespace schelling::qre {

/// What the branch seems to tend to.
struct Limit {
  std::vector<double> strategy;  ///< zero at actions that are not played
  std::vector<double> belief;    ///< per node, at every information set
  double distance = 0;           ///< largest difference of a probability between the branch and its limit
};

/// Solves for the limit of the branch near one of its points, as lambda grows without bound.
///
/// At the limit the played actions of an information set pay the same. Actions that are not played have probabilities
/// c_a exp(-lambda d_a), d_a > 0 what they lose; so two nodes of an information set both keep a belief only if the losses
/// on their paths add up to the same. These are the equations, in the probabilities of the played actions and the log c_a
/// of the others; Newton's method takes the smallest steps that solve them, starting from the branch. An action is played,
/// a node kept, if its log-odds converge: if they hardly change with log(lambda).
///
/// Actions whose probabilities vanish like a power of lambda pay the same as the played ones in the limit.
///
/// Nothing if the iteration fails, or if its answer does not fit the branch: an action that is not played, or a node that
/// is dropped, must lose in the limit at the rate at which its log-odds fall.
std::optional<Limit> find_limit(LogitSystem& system, const BranchPoint& point);

}  // namespace schelling::qre
