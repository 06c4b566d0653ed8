#pragma once

#include "models/extended_deterrence/phase_game.hpp"

#include <span>

namespace schelling::extended_deterrence {

/// The row of outcomes of the equilibrium with attack cutoff x. Payoffs integrate the terminal payoffs over
/// the types, with E[c; c <= x] of the lognormal law.
template <class S>
void fill_outcomes(const PhaseGame<S>& game, const S& x, const Replies<S>& reply, const Piece& piece,
                   const S& gain_slope, std::span<S> out) {
  const auto& war = game.war;
  const auto& t = reply.chance;
  const S& r = reply.resist;
  const S attack = game.challenger.cdf(x), attack_mean = game.challenger.partial_mean(x);

  S hold(0.0), catastrophe(0.0), escalate(0.0), defender_loss(0.0), protege(0.0), protege_bare(0.0),
      protege_cost(0.0);
  S war_payoff(0.0);
  for (std::size_t j = 0; j < war_count; ++j) {
    const auto& w = war[j];
    const bool escalated = j < escalable_count && piece.escalates[j];
    const S q = j < escalable_count ? reply.escalator_belief[j] : S(0.0);
    hold += t[j] * blend(w.hold_fight, w.hold_escalate, q);
    catastrophe += t[j] * blend(w.catastrophe_fight, w.catastrophe_escalate, q);
    escalate += t[j] * q * w.escalation_chance;
    defender_loss += t[j] * blend(w.defender_loss_fight, w.defender_loss_escalate, q);
    protege += t[j] * blend(w.protege_fight, w.protege_escalate, q);
    protege_bare += t[j] * blend(w.protege_bare_fight, w.protege_bare_escalate, q);
    protege_cost += t[j] * w.protege_cost;
    if (escalated) {
      const S accepting = game.accepting_mass[j],
              accepting_mean = game.challenger.partial_mean(w.escalate_cutoff);
      war_payoff +=
          t[j] * (w.fight_value * accepting - w.fight_cost * accepting_mean +
                  w.escalate_value * (attack - accepting) - w.escalate_cost * (attack_mean - accepting_mean));
    } else {
      war_payoff += t[j] * (w.fight_value * attack - w.fight_cost * attack_mean);
    }
  }
  const S intervene_mean = game.defender.partial_mean(reply.intervene_cutoff);
  const S support_mean = piece.aids ? game.defender.partial_mean(reply.aid_cutoff) : intervene_mean;
  const S defender_cost =
      game.tripwire * game.defender.mean +
      (1.0 - game.tripwire) * (intervene_mean + game.aid_slope * (support_mean - intervene_mean));
  const S resist_cost = protege_cost * game.protege.partial_mean(reply.resist_cutoff);

  const S payoff_C = -game.alignment_loss +
                     (1.0 - r) * (game.prize * attack - game.takeover_cost * attack_mean) + r * war_payoff;
  const S loss_D =
      game.upkeep + attack * ((1.0 - r) * game.concession_loss + r * (defender_loss + defender_cost));
  const S payoff_P =
      (1.0 - attack) * game.alignment_benefit + attack * (r * protege - (1.0 - r) - resist_cost);
  const S loss_P = attack * ((1.0 - r) - r * protege_bare + resist_cost);
  const S total = loss_P + game.exchange_rate * loss_D;
  const S resist = attack * r;

  const auto set = [&](std::size_t k, const S& value) { out[k] = value; };
  set(out_at("attack"), attack);
  set(out_at("concede"), attack * (1.0 - r));
  set(out_at("resist"), resist);
  set(out_at("abandon"), resist * t[abandonment]);
  set(out_at("aid"), resist * t[aid]);
  set(out_at("intervene"), resist * t[intervention]);
  set(out_at("escalate"), resist * escalate);
  set(out_at("catastrophe"), resist * catastrophe);
  set(out_at("war"), resist);
  set(out_at("hold"), resist * hold);
  set(out_at("resist_given_attack"), r);
  set(out_at("hold_given_attack"), r * hold);
  set(out_at("catastrophe_given_attack"), r * catastrophe);
  set(out_at("escalate_given_attack"), r * escalate);
  set(out_at("fight_given_resist"), t[intervention]);
  set(out_at("aid_given_resist"), t[aid]);
  set(out_at("abandon_given_resist"), t[abandonment]);
  set(out_at("support_given_resist"), t[intervention] + t[aid]);
  set(out_at("holds_until_reinforced"), game.holds_until_reinforced);
  set(out_at("payoff_challenger"), payoff_C);
  set(out_at("payoff_defender"), -loss_D);
  set(out_at("payoff_protege"), payoff_P);
  set(out_at("loss_defender"), loss_D);
  set(out_at("loss_protege"), loss_P);
  set(out_at("total_loss"), total);
  // Undefined where nothing is lost: 0/0 is NaN, which is what the schema says.
  set(out_at("burden_share_protege"), loss_P / total);
  set(out_at("attack_cutoff"), x);
  set(out_at("intervene_cutoff"), reply.intervene_cutoff);
  set(out_at("aid_cutoff"), reply.aid_cutoff);
  set(out_at("resist_cutoff"), reply.resist_cutoff);
  set(out_at("escalate_cutoff_intervention"), war[intervention].escalate_cutoff);
  set(out_at("escalate_cutoff_aid"), war[aid].escalate_cutoff);
  set(out_at("escalator_belief_intervention"), reply.escalator_belief[intervention]);
  set(out_at("escalator_belief_aid"), reply.escalator_belief[aid]);
  set(out_at("attack_gain_slope"), gain_slope);
}

}  // namespace schelling::extended_deterrence
