#include <schelling/models/extended_deterrence.hpp>

#include "models/extended_deterrence/policy_phases.hpp"

#include <algorithm>

namespace schelling {

using namespace extended_deterrence;

std::span<const ParameterInfo> ExtendedDeterrencePolicy::parameters() const { return policy_table; }

ExtendedDeterrencePolicy::Phases ExtendedDeterrencePolicy::phases(std::span<const double> point) const {
  auto [weight, window, end] = policy_phases(point);
  return {weight, {window.begin(), window.end()}, {end.begin(), end.end()}};
}

void ExtendedDeterrencePolicy::solve(std::span<const double> point, Records& out) const {
  const auto [weight, window_point, end_point] = phases(point);
  Records window(outcome_count), end(outcome_count);
  phase_.solve(window_point, window);
  phase_.solve(end_point, end);
  out.clear();
  out.status = window.status != Status::solved ? window.status : end.status;
  for (std::size_t i = 0; i < window.size(); ++i)
    for (std::size_t j = 0; j < end.size(); ++j) {
      const WeightedRow pair[] = {{weight, window.row(i)}, {1 - weight, end.row(j)}};
      const auto row = out.append(std::max(window.max_regret()[i], end.max_regret()[j]),
                                  std::max(window.bayes_gap()[i], end.bayes_gap()[j]));
      mix(outcome_table, pair, row);
    }
}

}  // namespace schelling
