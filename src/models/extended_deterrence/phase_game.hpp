#pragma once

#include "models/extended_deterrence/tables.hpp"

#include <schelling/models/extended_deterrence.hpp>
#include <schelling/numerics/dual.hpp>

#include <array>
#include <cmath>
#include <span>

/// The game of one phase in the reduced form that the solver works with: values and costs of each war for
/// each player. Everything is a template over the scalar, so that outcomes (double), slopes (one partial) and
/// comparative statics (partials in a parameter) come from the same formulas.
namespace schelling::extended_deterrence {

/// What the defender's move leads to. The first two can be escalated.
enum War : std::size_t { intervention, aid, abandonment };
inline constexpr std::size_t war_count = 3, escalable_count = 2;

using std::exp;
using std::log;

inline bool exceeds(double a, double b) { return a > b; }

/// A point in a direction: partials in a parameter, in the attack cutoff, and along the direction of
/// movement.
using Directed = Dual<3>;

/// Where two branches meet, the one that the movement leads into.
inline bool exceeds(const Directed& a, const Directed& b) {
  // Cutoffs are polished to a few units in the last place; closer than this they are one.
  constexpr double tie = 1e-12;
  const double difference = a.value - b.value;
  if (std::abs(difference) > tie * (std::abs(a.value) + std::abs(b.value))) return difference > 0;
  return a.partial[2] > b.partial[2];
}

template <class S>
struct Lognormal {
  S log_median, log_sd, inverse_log_sd, mean;

  Lognormal(const S& median, const S& sd)
      : log_median(log(median)), log_sd(sd), inverse_log_sd(1.0 / sd), mean(median * exp(0.5 * sd * sd)) {}

  template <class X>
  auto score(const X& x) const {
    return (log(x) - log_median) * inverse_log_sd;
  }
  template <class X>
  auto cdf(const X& x) const {
    using Y = decltype(score(x));
    return value_of(x) > 0 ? normal_cdf(score(x)) : Y(0.0);
  }
  /// E[c; c <= x].
  template <class X>
  auto partial_mean(const X& x) const {
    using Y = decltype(score(x));
    return value_of(x) > 0 ? mean * normal_cdf(score(x) - log_sd) : Y(0.0);
  }
};

/// One war. `fight` is the plan of accepting what the campaign brings, `escalate` that of escalating; the
/// challenger's values are relative to refraining, cost of war apart.
template <class S>
struct WarValues {
  S fight_value, fight_cost, escalate_value, escalate_cost;
  /// The challenger escalates if its cost exceeds this.
  S escalate_cutoff;
  S defender_loss_fight, defender_loss_escalate;
  S protege_fight, protege_escalate;
  /// The protege's values without its benefit of alignment: what its loss is made of.
  S protege_bare_fight, protege_bare_escalate;
  S protege_cost;
  S hold_fight, hold_escalate;
  S catastrophe_fight, catastrophe_escalate;
  /// Probability that an escalator gets to escalate.
  S escalation_chance;
};

template <class S>
struct PhaseGame {
  Lognormal<S> challenger, defender, protege;
  S prize, takeover_cost, alignment_loss, alignment_benefit, concession_loss, upkeep, tripwire, aid_slope,
      exchange_rate;
  S holds_until_reinforced;
  std::array<WarValues<S>, war_count> war;
  /// F_C at the escalation cutoffs.
  std::array<S, escalable_count> accepting_mass;

  PhaseGame(std::span<const S> p, EscalationTiming timing);
};

template <class S>
PhaseGame<S>::PhaseGame(std::span<const S> p, EscalationTiming timing)
    : challenger(p[at("median_cost_challenger")], p[at("log_sd_cost_challenger")]),
      defender(p[at("median_cost_defender")], p[at("log_sd_cost_defender")]),
      protege(p[at("median_cost_protege")], p[at("log_sd_cost_protege")]) {
  const S arms = p[at("arms")], hands = p[at("tied_hands")];
  const S eps = p[at("escalation_cost_share")], beta = p[at("escalation_prize_share")];
  const S bomb_C = p[at("catastrophe_cost_challenger")], bomb_D = p[at("catastrophe_cost_defender")],
          bomb_P = p[at("catastrophe_cost_protege")];
  alignment_loss = p[at("alignment_loss_challenger")] * p[at("alignment")];
  alignment_benefit = p[at("alignment_benefit_protege")] * p[at("alignment")];
  prize = 1.0 + alignment_loss;
  takeover_cost = p[at("takeover_cost_multiplier")];
  concession_loss = 1.0 + (1.0 - p[at("release_by_concession")]) * hands;
  upkeep = p[at("upkeep")];
  tripwire = p[at("tripwire")];
  aid_slope = p[at("aid_cost_slope")];
  exchange_rate = p[at("exchange_rate")];

  const S delay = p[at("reinforcement_delay")] * (1.0 - p[at("tripwire_delay_saving")] * tripwire);
  holds_until_reinforced =
      1.0 / (1.0 + delay * p[at("fait_accompli_rate")] * exp(-p[at("arms_effect_on_fait_accompli")] * arms));
  const S base = p[at("hold_probability_unarmed")];
  const S odds = base / (1.0 - base) * exp(p[at("arms_effect_on_holding")] * arms);
  const S aided_odds = odds * exp(p[at("aid_effect_on_holding")]);
  const std::array<S, war_count> holds = {holds_until_reinforced * p[at("hold_probability_reinforced")] +
                                              (1.0 - holds_until_reinforced) * p[at("recovery_probability")],
                                          aided_odds / (1.0 + aided_odds), odds / (1.0 + odds)};
  const S abandoned_cost = p[at("abandoned_war_cost_multiplier")] + p[at("arms_effect_on_war_cost")] * arms;
  const std::array<S, war_count> cost = {1.0, abandoned_cost + p[at("aid_effect_on_war_cost")],
                                         abandoned_cost};
  const S accident_I = p[at("accident_probability")];
  const std::array<S, war_count> accident = {accident_I, p[at("aid_accident_ratio")] * accident_I, 0.0};
  const S risk_I = p[at("escalation_catastrophe_probability")],
          risk_A = p[at("aid_catastrophe_ratio")] * risk_I;
  const std::array<S, war_count> risk = {
      exceeds(risk_I, accident[intervention]) ? risk_I : accident[intervention],
      exceeds(risk_A, accident[aid]) ? risk_A : accident[aid], 0.0};
  const std::array<S, war_count> unmet = {0.0, (1.0 - p[at("aid_discharges")]) * hands, hands};
  const std::array<S, war_count> fixed_cost = {0.0, p[at("aid_cost")], 0.0};
  const std::array<S, war_count> protege_cost = {p[at("intervention_war_cost_protege")], 1.0,
                                                 p[at("abandoned_war_cost_protege")]};

  for (std::size_t j = 0; j < war_count; ++j) {
    auto& w = war[j];
    const S calm = 1.0 - accident[j], loses = calm * (1.0 - holds[j]), wins = calm * holds[j];
    const bool escalable = j < escalable_count;
    w.fight_value = accident[j] * (alignment_loss - bomb_C) + loses * prize;
    w.fight_cost = cost[j];
    w.defender_loss_fight = accident[j] * bomb_D + loses + fixed_cost[j] + unmet[j];
    w.protege_bare_fight = -accident[j] * bomb_P - loses;
    w.protege_fight = w.protege_bare_fight + wins * alignment_benefit;
    w.protege_cost = protege_cost[j];
    w.hold_fight = wins;
    w.catastrophe_fight = accident[j];

    // Escalating once the moment has come: what each player gets, cost of war apart.
    const S kept = 1.0 - risk[j];
    const S value_C = risk[j] * (alignment_loss - bomb_C) + kept * beta * prize - p[at("third_party_cost")];
    const S loss_D = risk[j] * bomb_D + kept * beta;
    const S bare_P = -risk[j] * bomb_P - kept * beta;
    const S aligned_P = bare_P + kept * (1.0 - beta) * alignment_benefit;
    if (timing == EscalationTiming::failing) {
      w.escalation_chance = escalable ? wins : S(0.0);
      w.escalate_value = w.fight_value + w.escalation_chance * value_C;
      w.escalate_cost = cost[j] * (1.0 - w.escalation_chance * (1.0 - eps));
      w.escalate_cutoff = -value_C / (cost[j] * (1.0 - eps));
      w.defender_loss_escalate = w.defender_loss_fight + w.escalation_chance * loss_D;
      w.protege_bare_escalate = w.protege_bare_fight + w.escalation_chance * bare_P;
      w.protege_escalate = w.protege_fight + w.escalation_chance * (aligned_P - alignment_benefit);
      w.hold_escalate = w.escalation_chance * kept * (1.0 - beta);
      w.catastrophe_escalate = accident[j] + w.escalation_chance * risk[j];
    } else {
      w.escalation_chance = escalable ? 1.0 : 0.0;
      w.escalate_value = value_C;
      w.escalate_cost = eps * cost[j];
      w.escalate_cutoff = (w.fight_value - value_C) / (cost[j] * (1.0 - eps));
      w.defender_loss_escalate = loss_D + fixed_cost[j] + unmet[j];
      w.protege_bare_escalate = bare_P;
      w.protege_escalate = aligned_P;
      w.hold_escalate = kept * (1.0 - beta);
      w.catastrophe_escalate = risk[j];
    }
    if (escalable) accepting_mass[j] = challenger.cdf(w.escalate_cutoff);
  }
}

/// Which smooth piece of the gain is meant: whether the marginal attacker escalates each war, and whether aid
/// is ever the defender's best reply.
struct Piece {
  std::array<bool, escalable_count> escalates{};
  bool aids = true;
};

/// Best replies of defender and protege to a belief about the attacker.
template <class T>
struct Replies {
  std::array<T, escalable_count> escalator_belief;
  T intervene_cutoff, aid_cutoff;
  /// Probability of each war, given resistance.
  std::array<T, war_count> chance;
  T resist_cutoff, resist;
};

/// Expected value of a war that is escalated with probability q.
template <class S, class T>
T blend(const S& fight, const S& escalate, const T& q) {
  return fight + q * (escalate - fight);
}

/// The belief of all who see an attack when types up to x attack. Where attacks have probability 0 it is the
/// one of D1, the type c -> 0: the most willing.
template <class S, class X>
auto escalator_beliefs(const PhaseGame<S>& game, const X& x, const Piece& piece) {
  using T = decltype(game.prize * x);
  std::array<T, escalable_count> belief{T(0.0), T(0.0)};
  const bool anyone = piece.escalates[intervention] || piece.escalates[aid];
  const T mass = anyone && value_of(x) > 0 ? T(game.challenger.cdf(x)) : T(0.0);
  for (std::size_t j = 0; j < escalable_count; ++j)
    if (piece.escalates[j]) belief[j] = value_of(mass) > 0 ? 1.0 - game.accepting_mass[j] / mass : T(1.0);
  return belief;
}

/// The defender's expected losses, its own cost of fighting apart.
template <class S, class T>
std::array<T, war_count> defender_losses(const PhaseGame<S>& game,
                                         const std::array<T, escalable_count>& belief) {
  const auto& [fought, aided, abandoned] = game.war;
  return {blend(fought.defender_loss_fight, fought.defender_loss_escalate, belief[intervention]),
          blend(aided.defender_loss_fight, aided.defender_loss_escalate, belief[aid]),
          T(abandoned.defender_loss_fight)};
}

/// Whether some type of the defender prefers aid: whether it is the best reply of the type that is
/// indifferent between intervention and abandonment. Where it just is not, all three lines meet in one point.
template <class S, class T>
bool uses_aid(const PhaseGame<S>& game, const std::array<T, escalable_count>& belief) {
  const auto loss = defender_losses(game, belief);
  return exceeds((1.0 - game.aid_slope) * (loss[abandonment] - loss[aid]),
                 game.aid_slope * (loss[aid] - loss[intervention]));
}

/// The smooth piece that x lies on.
template <class S>
Piece piece_at(const PhaseGame<S>& game, const S& x) {
  Piece piece;
  for (std::size_t j = 0; j < escalable_count; ++j) {
    const S& cutoff = game.war[j].escalate_cutoff;
    piece.escalates[j] = value_of(cutoff) <= 0 || exceeds(x, cutoff);
  }
  piece.aids = uses_aid(game, escalator_beliefs(game, x, piece));
  return piece;
}

template <class S, class T>
Replies<T> best_replies(const PhaseGame<S>& game, const std::array<T, escalable_count>& belief, bool aids) {
  const auto& war = game.war;
  Replies<T> reply;
  reply.escalator_belief = belief;
  const auto [loss_I, loss_A, loss_0] = defender_losses(game, belief);
  reply.intervene_cutoff = aids ? (loss_A - loss_I) / (1.0 - game.aid_slope) : loss_0 - loss_I;
  if (value_of(reply.intervene_cutoff) < 0) reply.intervene_cutoff = T(0.0);
  reply.aid_cutoff = (loss_0 - loss_A) / game.aid_slope;
  const T choose_I = game.defender.cdf(reply.intervene_cutoff);
  const T supports = aids ? T(game.defender.cdf(reply.aid_cutoff)) : choose_I;
  const S free = 1.0 - game.tripwire;
  reply.chance = {game.tripwire + free * choose_I, free * (supports - choose_I), free * (1.0 - supports)};

  T value(1.0), cost(0.0);
  for (std::size_t j = 0; j < war_count; ++j) {
    value += reply.chance[j] * (j < escalable_count
                                    ? blend(war[j].protege_fight, war[j].protege_escalate, belief[j])
                                    : T(war[j].protege_fight));
    cost += reply.chance[j] * war[j].protege_cost;
  }
  reply.resist_cutoff = value / cost;
  reply.resist = game.protege.cdf(reply.resist_cutoff);
  return reply;
}

/// R(x): what the type x gains by attacking when all types up to x attack and the others reply.
template <class S, class X, class T>
auto attack_gain(const PhaseGame<S>& game, const X& x, const Replies<T>& reply, const Piece& piece) {
  auto war_gain =
      reply.chance[abandonment] * (game.war[abandonment].fight_value - game.war[abandonment].fight_cost * x);
  for (std::size_t j = 0; j < escalable_count; ++j) {
    const auto& war = game.war[j];
    war_gain += reply.chance[j] * (piece.escalates[j] ? war.escalate_value - war.escalate_cost * x
                                                      : war.fight_value - war.fight_cost * x);
  }
  return (1.0 - reply.resist) * (game.prize - game.takeover_cost * x) + reply.resist * war_gain;
}

/// Belief, replies and gain at x in one go.
template <class S, class X>
auto attack_gain(const PhaseGame<S>& game, const X& x, const Piece& piece) {
  return attack_gain(game, x, best_replies(game, escalator_beliefs(game, x, piece), piece.aids), piece);
}

}  // namespace schelling::extended_deterrence
