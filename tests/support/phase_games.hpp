#pragma once

#include <schelling/models/parameter.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// Phase games of `ExtendedDeterrence` over wide ranges of every parameter, for tests and benchmarks: nine
/// games a draw, as seven policies between a grey zone and membership give them, four of them before
/// accession.
namespace schelling::phase_games {

struct Range {
  std::string_view name;
  double low, high;
  bool logarithmic = false;
};

inline constexpr Range model_ranges[] = {
    {"median_cost_challenger", 0.6, 4, true},
    {"log_sd_cost_challenger", 0.5, 1.2},
    {"median_cost_defender", 0.5, 3, true},
    {"log_sd_cost_defender", 0.5, 1.3},
    {"median_cost_protege", 0.15, 0.8, true},
    {"log_sd_cost_protege", 0.3, 1},
    {"hold_probability_unarmed", 0.05, 0.3},
    {"arms_effect_on_holding", 1, 3.5},
    {"aid_effect_on_holding", 0.4, 2},
    {"hold_probability_reinforced", 0.85, 0.99},
    {"recovery_probability", 0.3, 0.85},
    {"reinforcement_delay", 0.5, 9, true},
    {"fait_accompli_rate", 0.3, 3, true},
    {"arms_effect_on_fait_accompli", 2, 5},
    {"tripwire_delay_saving", 0, 0.6},
    {"takeover_cost_multiplier", 0.02, 0.1},
    {"abandoned_war_cost_multiplier", 0.1, 0.25},
    {"arms_effect_on_war_cost", 0.1, 0.35},
    {"aid_effect_on_war_cost", 0.05, 0.25},
    {"escalation_cost_share", 0.3, 0.8},
    {"escalation_prize_share", 0.1, 0.45},
    {"alignment_loss_challenger", 0, 0.8},
    {"catastrophe_cost_challenger", 2, 20, true},
    {"escalation_catastrophe_probability", 0.02, 0.4, true},
    {"aid_catastrophe_ratio", 0.05, 0.6},
    {"accident_probability", 0.001, 0.05, true},
    {"aid_accident_ratio", 0.02, 0.4, true},
    {"third_party_cost", 0.1, 1.2},
    {"catastrophe_cost_defender", 4, 40, true},
    {"aid_cost", 0.03, 0.25},
    {"aid_cost_slope", 0.02, 0.25, true},
    {"release_by_concession", 0.2, 1},
    {"abandoned_war_cost_protege", 0.6, 1.4},
    {"intervention_war_cost_protege", 0.5, 1.2},
    {"catastrophe_cost_protege", 1.5, 8, true},
    {"alignment_benefit_protege", 0.05, 0.5},
    {"exchange_rate", 0.3, 1.5, true},
};

enum PolicyDraw : std::size_t {
  discount,
  lag_staged,
  lag_timetable,
  lag_ratification,
  felt_staged,
  felt_timetable,
  felt_ratification,
  arms_low,
  arms_medium,
  arms_high,
  hands_grey,
  hands_framework,
  hands_member,
  dilution,
  discharge_member,
  discharge_read_down,
  engaged_forward,
  upkeep_low,
  upkeep_medium,
  upkeep_high,
  alignment_grey,
  alignment_framework,
  alignment_staged
};
inline constexpr Range policy_ranges[] = {
    {"", 0.03, 0.25}, {"", 3, 10},      {"", 1, 4},       {"", 0.2, 1.5},   {"", 0, 0.2},   {"", 0.05, 0.5},
    {"", 0.2, 0.8},   {"", 0.2, 0.5},   {"", 0.4, 0.65},  {"", 0.55, 0.9},  {"", 0, 0.1},   {"", 0.05, 0.5},
    {"", 0.5, 2.5},   {"", 0, 0.9},     {"", 0, 0.4},     {"", 0.7, 1},     {"", 0.3, 0.9}, {"", 0.005, 0.03},
    {"", 0.01, 0.06}, {"", 0.03, 0.15}, {"", 0.15, 0.45}, {"", 0.35, 0.65}, {"", 0.5, 0.8}};

enum Game : std::size_t {
  grey,
  framework,
  member,
  read_down,
  forward,
  staged_window,
  timetable_window,
  ratification_window,
  read_down_window,
  game_count
};

/// SplitMix64 (Steele, Lea and Flood 2014): one multiplication chain a number, the same on every machine.
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : state_(seed) {}
  double operator()() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }
  double operator()(const Range& range) {
    const double u = (*this)();
    return range.logarithmic ? range.low * std::pow(range.high / range.low, u)
                             : range.low + u * (range.high - range.low);
  }

 private:
  std::uint64_t state_;
};

using Games = std::array<std::vector<double>, game_count>;

/// The nine games of one draw, as points of the model's table.
inline Games draw(std::span<const ParameterInfo> table, Uniform& uniform) {
  auto base = default_point(table);
  for (const auto& range : model_ranges) base[parameter_index(table, range.name)] = uniform(range);
  std::array<double, std::size(policy_ranges)> d{};
  for (std::size_t i = 0; i < d.size(); ++i) d[i] = uniform(policy_ranges[i]);

  const auto first = parameter_index(table, "arms");
  const auto game = [&](std::array<double, 6> attributes) {
    auto point = base;
    std::copy(attributes.begin(), attributes.end(), point.begin() + static_cast<std::ptrdiff_t>(first));
    return point;
  };
  // Before accession the challenger lives with what the wait and the end together are worth to it.
  const auto waited = [&](double lag, double before) {
    const double share = 1 - std::exp(-d[discount] * lag);
    return share * before + (1 - share);
  };
  const auto felt = [](double share, double now, double end) {
    return now + share * std::max(end - now, 0.0);
  };
  const double diluted = d[hands_member] * (1 - d[dilution]);
  Games games;
  games[grey] = game({d[arms_low], d[hands_grey], 1, 0, d[upkeep_low], d[alignment_grey]});
  games[framework] = game({d[arms_high], d[hands_framework], 1, 0, d[upkeep_medium], d[alignment_framework]});
  games[member] = game({d[arms_high], d[hands_member], d[discharge_member], 0, d[upkeep_medium], 1});
  games[read_down] = game({d[arms_high], diluted, d[discharge_read_down], 0, d[upkeep_medium], 1});
  games[forward] =
      game({d[arms_high], d[hands_member], d[discharge_member], d[engaged_forward], d[upkeep_high], 1});
  games[staged_window] = game({d[arms_medium], felt(d[felt_staged], d[hands_grey], d[hands_member]),
                               1 - d[felt_staged] * (1 - d[discharge_member]), 0, d[upkeep_medium],
                               waited(d[lag_staged], d[alignment_staged])});
  games[timetable_window] = game({d[arms_medium], felt(d[felt_timetable], d[hands_grey], d[hands_member]),
                                  1 - d[felt_timetable] * (1 - d[discharge_member]), 0, d[upkeep_medium],
                                  waited(d[lag_timetable], d[alignment_staged])});
  games[ratification_window] =
      game({d[arms_high], felt(d[felt_ratification], d[hands_framework], d[hands_member]),
            1 - d[felt_ratification] * (1 - d[discharge_member]), 0, d[upkeep_medium], 1});
  games[read_down_window] =
      game({d[arms_high], felt(d[felt_ratification], d[hands_framework], diluted),
            1 - d[felt_ratification] * (1 - d[discharge_read_down]), 0, d[upkeep_medium], 1});
  return games;
}

}  // namespace schelling::phase_games
