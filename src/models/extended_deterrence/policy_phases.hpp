#pragma once

#include "models/extended_deterrence/tables.hpp"

#include <schelling/numerics/dual.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace schelling::extended_deterrence {

inline constexpr std::size_t first_attribute = parameter_count - attribute_count;
inline constexpr std::size_t first_window = parameter_count, first_time = first_window + attribute_count;

inline constexpr std::string_view window_names[attribute_count] = {
    "window_arms",     "window_tied_hands", "window_aid_discharges",
    "window_tripwire", "window_upkeep",     "window_alignment"};

inline constexpr ParameterInfo time_rows[] = {
    {"lag", "L", "years", 0, infinity, false, true, 0.7, "time until the policy is effective", judgement},
    {"mean_attack_time", "T_C", "years", 0, infinity, true, true, 3,
     "mean time until the challenger can mount an attack", judgement},
    {"discount_rate", "disc", "1/year", 0, infinity, false, true, 0.1,
     "rate at which the challenger discounts the future", judgement}};

/// The parameters of one phase, then the attributes of the window, then the times.
inline constexpr auto policy_table = [] {
  std::array<ParameterInfo, first_time + std::size(time_rows)> table{};
  std::copy(parameter_table.begin(), parameter_table.end(), table.begin());
  for (std::size_t i = 0; i < attribute_count; ++i) {
    auto& row = table[first_window + i];
    row = parameter_table[first_attribute + i];
    row.name = window_names[i];
    row.source = "as in the end state";
  }
  std::copy(std::begin(time_rows), std::end(time_rows), table.begin() + first_time);
  return table;
}();

template <class S>
struct PolicyPhases {
  S window_weight;
  std::array<S, parameter_count> window, end;
};

template <class S>
PolicyPhases<S> policy_phases(std::span<const S> point) {
  using std::exp;
  const S &lag = point[first_time], &attack_time = point[first_time + 1], &discount = point[first_time + 2];
  PolicyPhases<S> phases;
  phases.window_weight = 1.0 - exp(-lag / attack_time);
  std::copy_n(point.begin(), parameter_count, phases.end.begin());
  phases.window = phases.end;
  std::copy_n(point.begin() + first_window, attribute_count, phases.window.begin() + first_attribute);
  // Share of the discounted future that lies in the window.
  const S waiting = 1.0 - exp(-discount * lag);
  S& alignment = phases.window[at("alignment")];
  alignment = waiting * alignment + (1.0 - waiting) * phases.end[at("alignment")];
  return phases;
}

}  // namespace schelling::extended_deterrence
