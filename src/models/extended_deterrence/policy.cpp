#include <schelling/models/extended_deterrence.hpp>

#include "models/extended_deterrence/tables.hpp"

#include <algorithm>
#include <cmath>

namespace schelling {

using namespace extended_deterrence;

namespace {

constexpr std::size_t first_attribute = parameter_count - attribute_count;
constexpr std::size_t first_window = parameter_count, window_end = first_window + attribute_count;

constexpr std::string_view window_names[attribute_count] = {"window_arms",     "window_tied_hands", "window_aid_discharges",
                                                            "window_tripwire", "window_upkeep",     "window_alignment"};

constexpr auto policy_table = [] {
  std::array<ParameterInfo, window_end + 3> table{};
  std::copy(parameter_table.begin(), parameter_table.end(), table.begin());
  for (std::size_t i = 0; i < attribute_count; ++i) {
    table[first_window + i] = parameter_table[first_attribute + i];
    table[first_window + i].name = window_names[i];
    table[first_window + i].source = "as in the end state";
  }
  table[window_end] = {"lag", "L", "years", 0, infinity, false, true, 0.7, "time until the policy is effective", judgement};
  table[window_end + 1] = {"mean_attack_time", "T_C", "years", 0, infinity, true, true, 3,
                           "mean time until the challenger can mount an attack", judgement};
  table[window_end + 2] = {"discount_rate", "disc", "1/year", 0, infinity, false, true, 0.1,
                           "rate at which the challenger discounts the future", judgement};
  return table;
}();

}  // namespace

std::span<const ParameterInfo> ExtendedDeterrencePolicy::parameters() const { return policy_table; }

ExtendedDeterrencePolicy::Phases ExtendedDeterrencePolicy::phases(std::span<const double> point) const {
  const double lag = point[window_end], attack_time = point[window_end + 1], discount = point[window_end + 2];
  Phases phases{-std::expm1(-lag / attack_time), {}, {point.begin(), point.begin() + first_window}};
  phases.window = phases.end;
  std::copy_n(point.begin() + first_window, attribute_count, phases.window.begin() + first_attribute);
  // Share of the discounted future that lies in the window.
  const double waiting = -std::expm1(-discount * lag);
  constexpr auto alignment = at("alignment");
  phases.window[alignment] = waiting * phases.window[alignment] + (1 - waiting) * phases.end[alignment];
  return phases;
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
