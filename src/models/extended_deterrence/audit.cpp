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

Payoffs average(double weight, const Payoffs& first, const Payoffs& second) {
  Payoffs result;
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = {weight * first[i].intercept + (1 - weight) * second[i].intercept,
                 weight * first[i].slope + (1 - weight) * second[i].slope};
  return result;
}

struct Range {
  double low = infinity, high = -infinity;
  void add(double value) { low = std::min(low, value), high = std::max(high, value); }
  double width() const { return high - low; }
};

}  // namespace

double Audit::Types::cdf(double cost) const {
  return cost > 0 ? 0.5 * std::erfc((log_median - std::log(cost)) / (log_sd * 1.4142135623730951)) : 0;
}

Audit::Audit(std::span<const double> point, EscalationTiming timing) {
  const Terminals terminals(point);
  tripwire_ = terminals.tripwire;
  refrain_ = terminals.refrain;
  concede_ = terminals.concede;
  std::array<Range, player_count> payoff, slope;
  const auto spread = [&](const Payoffs& payoffs) {
    for (std::size_t i = 0; i < player_count; ++i) {
      payoff[i].add(payoffs[i].at(terminals.median[i]));
      slope[i].add(payoffs[i].slope);
    }
  };
  spread(refrain_);
  spread(concede_);
  for (std::size_t j = 0; j < campaign_.size(); ++j) {
    const WarTerminals& w = terminals.war[j];
    auto& campaign = campaign_[j];
    spread(w.wins);
    spread(w.fails);
    campaign.accepting = campaign.escalating = average(1 - w.holds, w.wins, w.fails);
    if (j == 2) continue;
    for (const auto* end : {&w.mishap, &w.catastrophe, &w.keeps}) spread(*end);
    const auto escalated = average(w.risk, w.catastrophe, w.keeps);
    campaign.accepting = average(w.accident, w.mishap, campaign.accepting);
    if (timing == EscalationTiming::failing) {
      campaign.escalating = average(w.accident, w.mishap, average(1 - w.holds, w.wins, escalated));
      campaign.accept_now = w.fails[challenger];
    } else {
      campaign.escalating = escalated;
      campaign.accept_now = campaign.accepting[challenger];
    }
    campaign.escalate_now = escalated[challenger];
  }
  for (std::size_t i = 0; i < player_count; ++i) {
    const double median = terminals.median[i], sd = terminals.log_sd[i];
    const double quartile = std::exp(normal_quartile * sd), range = median * (quartile - 1 / quartile);
    types_[i] = {std::log(median), sd, range, median * std::exp(normal_top * sd),
                 payoff[i].width() + slope[i].width() * range};
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
  void show_cutoff(const Types& types, double cutoff, const AffinePayoff& below, const AffinePayoff& above) {
    const auto try_at = [&](double cost, const AffinePayoff& assigned) {
      show_gain(types, cost, std::max(below.at(cost), above.at(cost)), assigned.at(cost));
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
    AffinePayoff war;
    for (std::size_t j = 0; j < 3; ++j) {
      const bool planned = j == 0 ? first : j == 1 && second;
      const AffinePayoff& line = (planned ? campaign_[j].escalating : campaign_[j].accepting)[challenger];
      war.intercept += play[j] * line.intercept;
      war.slope += play[j] * line.slope;
    }
    const AffinePayoff& concession = concede_[challenger];
    return AffinePayoff{(1 - r) * concession.intercept + r * war.intercept,
                        (1 - r) * concession.slope + r * war.slope};
  };
  const AffinePayoff plans[2][2] = {{attack(false, false), attack(false, true)},
                                    {attack(true, false), attack(true, true)}};
  const AffinePayoff& refrain = refrain_[challenger];
  const Types& C = types_[challenger];
  const auto try_type = [&](double c, bool attacks, bool escalates_I, bool escalates_A) {
    const double best =
        std::max({refrain.at(c), plans[0][0].at(c), plans[0][1].at(c), plans[1][0].at(c), plans[1][1].at(c)});
    regret.show_gain(C, c, best, attacks ? plans[escalates_I][escalates_A].at(c) : refrain.at(c));
  };
  for (const double c : {0.0, escalates[0], escalates[1], x, C.top}) {
    if (!(c >= 0)) continue;
    // The cells that meet at c: types just below, and just above.
    if (c > 0) try_type(c, c <= x, c > escalates[0], c > escalates[1]);
    try_type(c, c < x, c >= escalates[0], c >= escalates[1]);
  }
  for (const auto& pair : plans)
    for (const AffinePayoff& plan : pair)
      if (plan.slope > refrain.slope) regret.show(infinity);
  for (std::size_t j = 0; j < 2; ++j)
    regret.show_cutoff(C, escalates[j], campaign_[j].accept_now, campaign_[j].escalate_now);

  // The defender, who knows only that the protege resists.
  const Types& D = types_[defender];
  AffinePayoff reply[3], resisting;
  for (std::size_t j = 0; j < 3; ++j) {
    const auto expected = average(1 - belief[j], campaign_[j].accepting, campaign_[j].escalating);
    reply[j] = expected[defender];
    resisting.intercept += play[j] * expected[protege].intercept;
    resisting.slope += play[j] * expected[protege].slope;
  }
  for (const double c : {0.0, y_I, y_A, D.top}) {
    if (!(c >= 0)) continue;
    const double best = std::max({reply[0].at(c), reply[1].at(c), reply[2].at(c)});
    if (c > 0) regret.show_gain(D, c, best, reply[c <= y_I ? 0 : c <= y_A ? 1 : 2].at(c));
    regret.show_gain(D, c, best, reply[c < y_I ? 0 : c < y_A ? 1 : 2].at(c));
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
