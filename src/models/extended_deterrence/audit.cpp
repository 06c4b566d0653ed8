#include "models/extended_deterrence/audit.hpp"

#include "models/extended_deterrence/tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::extended_deterrence {

namespace {

/// Upper quartile, and the quantile of 1 - 1e-12, of the standard normal law: the latter stands for the end
/// of an unbounded support.
constexpr double normal_quartile = 0.67448975019608174;
constexpr double normal_top = 7.0344838253011317;

}  // namespace

double Audit::Types::cdf(double cost) const {
  return cost > 0 ? 0.5 * std::erfc((log_median - std::log(cost)) / (log_sd * 1.4142135623730951)) : 0;
}

Audit::Payoffs Audit::average(double weight, const Payoffs& first, const Payoffs& second) {
  Payoffs result;
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = {weight * first[i].intercept + (1 - weight) * second[i].intercept,
                 weight * first[i].slope + (1 - weight) * second[i].slope};
  return result;
}

Audit::Audit(std::span<const double> p, EscalationTiming timing) : tripwire_(p[at("tripwire")]) {
  const double a = p[at("arms")], h = p[at("tied_hands")], s = p[at("upkeep")];
  const double eps = p[at("escalation_cost_share")], beta = p[at("escalation_prize_share")];
  const double lost = p[at("alignment_loss_challenger")] * p[at("alignment")];
  const double gained = p[at("alignment_benefit_protege")] * p[at("alignment")];
  const double third = p[at("third_party_cost")];
  const double n_C = p[at("catastrophe_cost_challenger")], n_D = p[at("catastrophe_cost_defender")],
               n_P = p[at("catastrophe_cost_protege")];

  const double logit = std::log(p[at("hold_probability_unarmed")]) -
                       std::log1p(-p[at("hold_probability_unarmed")]) + p[at("arms_effect_on_holding")] * a;
  const double alone = 1 / (1 + std::exp(-logit)),
               aided = 1 / (1 + std::exp(-logit - p[at("aid_effect_on_holding")]));
  const double overrun = p[at("fait_accompli_rate")] * std::exp(-p[at("arms_effect_on_fait_accompli")] * a);
  const double months = p[at("reinforcement_delay")] * (1 - p[at("tripwire_delay_saving")] * tripwire_);
  const double in_time = 1 / (1 + months * overrun);
  const double fought =
      in_time * p[at("hold_probability_reinforced")] + (1 - in_time) * p[at("recovery_probability")];
  const double burn = p[at("abandoned_war_cost_multiplier")] + p[at("arms_effect_on_war_cost")] * a;
  const double accident = p[at("accident_probability")], chosen = p[at("escalation_catastrophe_probability")];

  struct War {
    double holds, cost_C, slope_D, fixed_D, unmet_D, cost_P, accident, risk;
  };
  const double accident_A = p[at("aid_accident_ratio")] * accident;
  const War wars[] = {
      {fought, 1, 1, 0, 0, p[at("intervention_war_cost_protege")], accident, std::max(chosen, accident)},
      {aided, burn + p[at("aid_effect_on_war_cost")], p[at("aid_cost_slope")], p[at("aid_cost")],
       (1 - p[at("aid_discharges")]) * h, 1, accident_A,
       std::max(p[at("aid_catastrophe_ratio")] * chosen, accident_A)},
      {alone, burn, 0, 0, h, p[at("abandoned_war_cost_protege")], 0, 0}};

  std::array<double, 3> spread_low, spread_high, slope_low, slope_high;
  spread_low.fill(std::numeric_limits<double>::infinity());
  slope_low = spread_low;
  spread_high.fill(-std::numeric_limits<double>::infinity());
  slope_high = spread_high;
  const std::array<double, 3> medians = {p[at("median_cost_challenger")], p[at("median_cost_defender")],
                                         p[at("median_cost_protege")]};
  const auto terminal = [&](const Line& C, const Line& D, const Line& P) {
    const Payoffs payoffs = {C, D, P};
    for (std::size_t i = 0; i < payoffs.size(); ++i) {
      const double middle = payoffs[i](medians[i]);
      spread_low[i] = std::min(spread_low[i], middle);
      spread_high[i] = std::max(spread_high[i], middle);
      slope_low[i] = std::min(slope_low[i], payoffs[i].slope);
      slope_high[i] = std::max(slope_high[i], payoffs[i].slope);
    }
    return payoffs;
  };

  refrain_ = terminal({-lost, 0}, {-s, 0}, {gained, 0});
  concede_ = terminal({1, -p[at("takeover_cost_multiplier")]},
                      {-s - 1 - (1 - p[at("release_by_concession")]) * h, 0}, {-1, 0});
  for (std::size_t j = 0; j < 3; ++j) {
    const War& w = wars[j];
    const double paid = -s - w.fixed_D - w.unmet_D;
    const auto wins = terminal({1, -w.cost_C}, {paid - 1, -w.slope_D}, {-1, -w.cost_P});
    const auto fails = terminal({-lost, -w.cost_C}, {paid, -w.slope_D}, {gained, -w.cost_P});
    auto& campaign = campaign_[j];
    campaign.accepting = campaign.escalating = average(1 - w.holds, wins, fails);
    if (j == 2) continue;
    const auto mishap = terminal({-n_C, -w.cost_C}, {paid - n_D, -w.slope_D}, {-n_P, -w.cost_P});
    const auto bomb = terminal({-n_C - third, -eps * w.cost_C}, {paid - n_D, -w.slope_D}, {-n_P, -w.cost_P});
    const auto keeps = terminal({beta - (1 - beta) * lost - third, -eps * w.cost_C},
                                {paid - beta, -w.slope_D}, {-beta + (1 - beta) * gained, -w.cost_P});
    const auto escalated = average(w.risk, bomb, keeps);
    campaign.accepting = average(w.accident, mishap, campaign.accepting);
    if (timing == EscalationTiming::failing) {
      campaign.escalating = average(w.accident, mishap, average(1 - w.holds, wins, escalated));
      campaign.accept_now = fails[challenger];
    } else {
      campaign.escalating = escalated;
      campaign.accept_now = campaign.accepting[challenger];
    }
    campaign.escalate_now = escalated[challenger];
  }

  const std::array<double, 3> sds = {p[at("log_sd_cost_challenger")], p[at("log_sd_cost_defender")],
                                     p[at("log_sd_cost_protege")]};
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const double quartile = std::exp(normal_quartile * sds[i]);
    const double range = medians[i] * (quartile - 1 / quartile);
    types_[i] = {std::log(medians[i]), sds[i], range, medians[i] * std::exp(normal_top * sds[i]),
                 spread_high[i] - spread_low[i] + (slope_high[i] - slope_low[i]) * range};
  }
}

/// Keeps the largest number it is shown; a NaN, once shown, stays.
class Audit::Worst {
 public:
  void show(double candidate) {
    if (!(candidate <= value_) && !std::isnan(value_)) value_ = candidate;
  }
  /// The gain of the type `cost` from `best` over `assigned`.
  void show_gain(const Types& types, double cost, double best, double assigned) {
    show((best - assigned) / (types.scale * (1 + cost / types.quartile_range)));
  }
  /// A choice between two plans by one cutoff: the first up to it, the second above.
  void show_cutoff(const Types& types, double cutoff, const Line& below, const Line& above) {
    const auto try_at = [&](double cost, const Line& assigned) {
      show_gain(types, cost, std::max(below(cost), above(cost)), assigned(cost));
    };
    if (cutoff > 0) try_at(0, below), try_at(cutoff, below);
    try_at(std::max(cutoff, 0.0), above);
    try_at(std::max(cutoff, types.top), above);
    if (below.slope > above.slope) show(infinity);
  }
  double value() const { return value_; }

 private:
  double value_ = 0;
};

AuditResult Audit::operator()(std::span<const double> row) const {
  const double x = row[out_at("attack_cutoff")], y_I = row[out_at("intervene_cutoff")],
               y_A = row[out_at("aid_cutoff")], z = row[out_at("resist_cutoff")],
               r = row[out_at("resist_given_attack")];
  const double escalates[] = {row[out_at("escalate_cutoff_intervention")],
                              row[out_at("escalate_cutoff_aid")]};
  const double belief[] = {row[out_at("escalator_belief_intervention")], row[out_at("escalator_belief_aid")],
                           0};
  const double play[] = {row[out_at("fight_given_resist")], row[out_at("aid_given_resist")],
                         row[out_at("abandon_given_resist")]};
  Worst regret, gap;

  // The challenger at the root: refrain, or attack with a plan for each war that can be escalated.
  const auto attack = [&](bool first, bool second) {
    Line war;
    for (std::size_t j = 0; j < 3; ++j) {
      const bool planned = j == 0 ? first : j == 1 && second;
      const Line& line = (planned ? campaign_[j].escalating : campaign_[j].accepting)[challenger];
      war.intercept += play[j] * line.intercept;
      war.slope += play[j] * line.slope;
    }
    const Line& concession = concede_[challenger];
    return Line{(1 - r) * concession.intercept + r * war.intercept,
                (1 - r) * concession.slope + r * war.slope};
  };
  const Line plans[2][2] = {{attack(false, false), attack(false, true)},
                            {attack(true, false), attack(true, true)}};
  const Line& refrain = refrain_[challenger];
  const Types& C = types_[challenger];
  const auto try_type = [&](double c, bool attacks, bool escalates_I, bool escalates_A) {
    const double best =
        std::max({refrain(c), plans[0][0](c), plans[0][1](c), plans[1][0](c), plans[1][1](c)});
    regret.show_gain(C, c, best, attacks ? plans[escalates_I][escalates_A](c) : refrain(c));
  };
  for (const double c : {0.0, escalates[0], escalates[1], x, C.top}) {
    if (!(c >= 0)) continue;
    // The cells that meet at c: types just below, and just above.
    if (c > 0) try_type(c, c <= x, c > escalates[0], c > escalates[1]);
    try_type(c, c < x, c >= escalates[0], c >= escalates[1]);
  }
  for (const auto& pair : plans)
    for (const Line& plan : pair)
      if (plan.slope > refrain.slope) regret.show(infinity);
  for (std::size_t j = 0; j < 2; ++j)
    regret.show_cutoff(C, escalates[j], campaign_[j].accept_now, campaign_[j].escalate_now);

  // The defender, who knows only that the protege resists.
  const Types& D = types_[defender];
  Line reply[3], resisting;
  for (std::size_t j = 0; j < 3; ++j) {
    const auto expected = average(1 - belief[j], campaign_[j].accepting, campaign_[j].escalating);
    reply[j] = expected[defender];
    resisting.intercept += play[j] * expected[protege].intercept;
    resisting.slope += play[j] * expected[protege].slope;
  }
  for (const double c : {0.0, y_I, y_A, D.top}) {
    if (!(c >= 0)) continue;
    const double best = std::max({reply[0](c), reply[1](c), reply[2](c)});
    if (c > 0) regret.show_gain(D, c, best, reply[c <= y_I ? 0 : c <= y_A ? 1 : 2](c));
    regret.show_gain(D, c, best, reply[c < y_I ? 0 : c < y_A ? 1 : 2](c));
  }
  if (std::max(reply[0].slope, reply[1].slope) > reply[2].slope) regret.show(infinity);

  // The protege.
  const Types& P = types_[protege];
  regret.show_cutoff(P, z, resisting, concede_[protege]);

  // Stated probabilities against the types that the cutoffs give.
  const auto compare = [&](double stated, double computed) { gap.show(std::abs(stated - computed)); };
  const double mass = C.cdf(x);
  compare(row[out_at("attack")], mass);
  for (std::size_t j = 0; j < 2; ++j) {
    // After an attack that nobody makes, D1 leaves the most willing type: cost 0.
    const double bayes = x > 0 ? std::max(mass - C.cdf(escalates[j]), 0.0) / mass : escalates[j] <= 0 ? 1 : 0;
    compare(belief[j], bayes);
  }
  compare(r, P.cdf(z));
  const double fight = D.cdf(y_I), support = std::max(fight, D.cdf(y_A));
  compare(play[0], tripwire_ + (1 - tripwire_) * fight);
  compare(play[1], (1 - tripwire_) * (support - fight));
  compare(play[2], (1 - tripwire_) * (1 - support));
  return {regret.value(), gap.value()};
}

}  // namespace schelling::extended_deterrence
