#include "models/extended_deterrence/terminals.hpp"

#include "models/extended_deterrence/tables.hpp"

#include <algorithm>
#include <cmath>

namespace schelling::extended_deterrence {

Terminals::Terminals(std::span<const double> p) : tripwire(p[at("tripwire")]) {
  median = {p[at("median_cost_challenger")], p[at("median_cost_defender")], p[at("median_cost_protege")]};
  log_sd = {p[at("log_sd_cost_challenger")], p[at("log_sd_cost_defender")], p[at("log_sd_cost_protege")]};
  const double a = p[at("arms")], h = p[at("tied_hands")], s = p[at("upkeep")];
  const double eps = p[at("escalation_cost_share")], beta = p[at("escalation_prize_share")];
  const double lost = p[at("alignment_loss_challenger")] * p[at("alignment")];
  const double gained = p[at("alignment_benefit_protege")] * p[at("alignment")];
  const double third = p[at("third_party_cost")];
  const double n_C = p[at("catastrophe_cost_challenger")], n_D = p[at("catastrophe_cost_defender")],
               n_P = p[at("catastrophe_cost_protege")];

  const double logit = std::log(p[at("hold_probability_unarmed")]) -
                       std::log1p(-p[at("hold_probability_unarmed")]) + p[at("arms_effect_on_holding")] * a;
  const double alone = 1 / (1 + std::exp(-logit));
  const double aided = 1 / (1 + std::exp(-logit - p[at("aid_effect_on_holding")]));
  const double overrun = p[at("fait_accompli_rate")] * std::exp(-p[at("arms_effect_on_fait_accompli")] * a);
  const double months = p[at("reinforcement_delay")] * (1 - p[at("tripwire_delay_saving")] * tripwire);
  const double in_time = 1 / (1 + months * overrun);
  const double fought =
      in_time * p[at("hold_probability_reinforced")] + (1 - in_time) * p[at("recovery_probability")];
  const double burn = p[at("abandoned_war_cost_multiplier")] + p[at("arms_effect_on_war_cost")] * a;
  const double accident = p[at("accident_probability")], accident_A = p[at("aid_accident_ratio")] * accident;
  const double risk = p[at("escalation_catastrophe_probability")],
               risk_A = p[at("aid_catastrophe_ratio")] * risk;

  struct Numbers {
    double holds, accident, risk, cost_C, paid_D, slope_D, cost_P;
  };
  const Numbers wars[] = {
      {fought, accident, std::max(risk, accident), 1, -s, 1, p[at("intervention_war_cost_protege")]},
      {aided, accident_A, std::max(risk_A, accident_A), burn + p[at("aid_effect_on_war_cost")],
       -s - p[at("aid_cost")] - (1 - p[at("aid_discharges")]) * h, p[at("aid_cost_slope")], 1},
      {alone, 0, 0, burn, -s - h, 0, p[at("abandoned_war_cost_protege")]}};

  refrain = {-lost, -s, gained};
  concede = {AffinePayoff(1, -p[at("takeover_cost_multiplier")]),
             -s - 1 - (1 - p[at("release_by_concession")]) * h, -1};
  for (std::size_t j = 0; j < war.size(); ++j) {
    const auto& w = wars[j];
    const auto end = [&](double C, double share_of_cost, double D, double P) {
      return Payoffs{AffinePayoff(C, -share_of_cost * w.cost_C), AffinePayoff(w.paid_D + D, -w.slope_D),
                     AffinePayoff(P, -w.cost_P)};
    };
    war[j] = {.holds = w.holds,
              .accident = w.accident,
              .risk = w.risk,
              .wins = end(1, 1, -1, -1),
              .fails = end(-lost, 1, 0, gained),
              .mishap = end(-n_C, 1, -n_D, -n_P),
              .catastrophe = end(-n_C - third, eps, -n_D, -n_P),
              .keeps = end(beta - (1 - beta) * lost - third, eps, -beta, -beta + (1 - beta) * gained)};
  }
}

}  // namespace schelling::extended_deterrence
