#pragma once

#include <schelling/models/model.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

namespace schelling::extended_deterrence {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double anything = -infinity;
inline constexpr std::string_view judgement = "analyst's judgement";

// Rows: name, symbol, unit, lower, upper, lower_open, upper_open, default, meaning, source.
inline constexpr auto parameter_table = std::to_array<ParameterInfo>({
    {"median_cost_challenger", "med_C", "stake of the challenger", 0, infinity, true, true, 1.5,
     "median of the challenger's private cost of a war against the defender", judgement},
    {"log_sd_cost_challenger", "sig_C", "1", 0, infinity, true, true, 0.8,
     "standard deviation of the logarithm of the challenger's cost", judgement},
    {"median_cost_defender", "med_D", "stake of the defender", 0, infinity, true, true, 1.2,
     "median of the defender's private cost of fighting", judgement},
    {"log_sd_cost_defender", "sig_D", "1", 0, infinity, true, true, 0.9,
     "standard deviation of the logarithm of the defender's cost", judgement},
    {"median_cost_protege", "med_P", "stake of the protege", 0, infinity, true, true, 0.35,
     "median of the protege's private cost of resisting in a war that the defender aids", judgement},
    {"log_sd_cost_protege", "sig_P", "1", 0, infinity, true, true, 0.6,
     "standard deviation of the logarithm of the protege's cost", judgement},
    {"hold_probability_unarmed", "p0", "probability", 0, 1, true, true, 0.15,
     "probability that an abandoned protege without arms holds", judgement},
    {"arms_effect_on_holding", "l_a", "log-odds", anything, infinity, true, true, 2,
     "rise of the log-odds of holding from no arms to full arms", judgement},
    {"aid_effect_on_holding", "l_s", "log-odds", anything, infinity, true, true, 1.2,
     "rise of the log-odds of holding by aid in war", judgement},
    {"hold_probability_reinforced", "pi1", "probability", 0, 1, false, false, 0.95,
     "probability of holding when the defender's forces arrive in time", judgement},
    {"recovery_probability", "piR", "probability", 0, 1, false, false, 0.6,
     "probability that the defender retakes what was lost before its forces arrived", judgement},
    {"reinforcement_delay", "T", "months", 0, infinity, false, true, 3,
     "mean time until the defender's forces arrive", judgement},
    {"fait_accompli_rate", "lam0", "1/month", 0, infinity, false, true, 1,
     "rate at which the challenger overruns a protege without arms", judgement},
    {"arms_effect_on_fait_accompli", "k_lam", "1", anything, infinity, true, true, 3.5,
     "fall of the logarithm of that rate from no arms to full arms", judgement},
    {"tripwire_delay_saving", "zeta", "share", 0, 1, false, false, 0.2,
     "share of the reinforcement delay that forward presence removes when it engages the defender for "
     "certain",
     judgement},
    {"takeover_cost_multiplier", "m_c", "1", 0, infinity, true, true, 0.05,
     "challenger's cost of taking over without a war, as a multiple of its cost of war", judgement},
    {"abandoned_war_cost_multiplier", "m00", "1", 0, infinity, true, true, 0.15,
     "challenger's cost of a war against an abandoned protege without arms, as a multiple of its cost of war",
     judgement},
    {"arms_effect_on_war_cost", "m0a", "1", 0, infinity, false, true, 0.25,
     "rise of that multiple from no arms to full arms", judgement},
    {"aid_effect_on_war_cost", "mA", "1", 0, infinity, false, true, 0.15,
     "rise of that multiple by aid in war", judgement},
    {"escalation_cost_share", "eps", "1", 0, 1, true, true, 0.5,
     "challenger's cost of a war that it escalates, as a share of the cost of the same war fought out",
     judgement},
    {"escalation_prize_share", "beta", "share", 0, 1, false, false, 0.25,
     "share of the prize that escalation keeps when no catastrophe follows", judgement},
    {"alignment_loss_challenger", "gam_C", "stake of the challenger", 0, infinity, false, true, 0.3,
     "challenger's loss from a fully aligned protege", judgement},
    {"catastrophe_cost_challenger", "N_C", "stake of the challenger", 0, infinity, false, true, 6,
     "challenger's loss in a catastrophe", judgement},
    {"escalation_catastrophe_probability", "rho", "probability", 0, 1, false, false, 0.1,
     "probability that escalation against the fighting defender ends in catastrophe; at least the accident "
     "probability",
     judgement},
    {"aid_catastrophe_ratio", "th_A", "1", 0, 1, false, false, 0.25,
     "the same probability when the defender only aids, as a ratio", judgement},
    {"accident_probability", "iI", "probability", 0, 1, false, false, 0.01,
     "probability of a catastrophe that nobody chose when the defender fights", judgement},
    {"aid_accident_ratio", "th_i", "1", 0, 1, false, false, 0.1,
     "the same probability when the defender only aids, as a ratio", judgement},
    {"third_party_cost", "kap_T", "stake of the challenger", 0, infinity, false, true, 0.6,
     "cost that third parties impose on the challenger for escalating", judgement},
    {"catastrophe_cost_defender", "N_D", "stake of the defender", 0, infinity, false, true, 12,
     "defender's loss in a catastrophe", judgement},
    {"aid_cost", "kap_A", "stake of the defender", 0, infinity, false, true, 0.1,
     "defender's fixed cost of aid", judgement},
    {"aid_cost_slope", "eta", "1", 0, 1, true, true, 0.08,
     "defender's cost of aid as a share of its cost of fighting", judgement},
    {"release_by_concession", "phi", "share", 0, 1, false, false, 0.7,
     "share of the defender's tied hands from which the protege's own concession releases it", judgement},
    {"abandoned_war_cost_protege", "d0", "1", 0, infinity, true, true, 1,
     "protege's cost of an abandoned war, as a multiple of that of an aided one", judgement},
    {"intervention_war_cost_protege", "dI", "1", 0, infinity, true, true, 0.8,
     "protege's cost of a war that the defender fights, as a multiple of that of an aided one", judgement},
    {"catastrophe_cost_protege", "N_P", "stake of the protege", 0, infinity, false, true, 3,
     "protege's loss in a catastrophe", judgement},
    {"alignment_benefit_protege", "gam_P", "stake of the protege", 0, infinity, false, true, 0.2,
     "protege's benefit from full alignment", judgement},
    {"exchange_rate", "chi", "stakes of the protege per stake of the defender", 0, infinity, true, true, 0.8,
     "worth of the defender's stake in stakes of the protege, for sums over both", judgement},
    {"arms", "a", "share", 0, 1, false, false, 0.35, "denial: how well the protege is armed", "a grey zone"},
    {"tied_hands", "h", "stake of the defender", 0, infinity, false, true, 0.03,
     "defender's cost of not honouring its commitment", "a grey zone"},
    {"aid_discharges", "delta", "share", 0, 1, false, false, 1,
     "share of the commitment that aid without fighting honours", "a grey zone"},
    {"tripwire", "w", "probability", 0, 1, false, false, 0,
     "probability that forward presence engages the defender before it can choose", "a grey zone"},
    {"upkeep", "s", "stake of the defender", 0, infinity, false, true, 0.01,
     "defender's standing cost of the arrangement", "a grey zone"},
    {"alignment", "g", "share", 0, 1, false, false, 0.3, "how far the protege is aligned with the defender",
     "a grey zone"},
});

/// Attributes of a policy: the last rows of the table, the ones that its window may set differently.
inline constexpr std::size_t attribute_count = 6;
inline constexpr std::size_t parameter_count = parameter_table.size();

/// Position of a parameter, looked up by the compiler: a name that the table does not have does not compile.
consteval std::size_t at(std::string_view name) {
  for (std::size_t i = 0; i < parameter_count; ++i)
    if (parameter_table[i].name == name) return i;
  throw "no such parameter";
}

inline constexpr std::string_view chance = "probability", own_C = "stake of the challenger",
                                  own_D = "stake of the defender", own_P = "stake of the protege";

// Rows: name, unit, meaning, mixing, probability of the event or numerator, denominator.
inline constexpr auto outcome_table = std::to_array<OutcomeInfo>({
    {"attack", chance, "the challenger attacks", Mixing::average},
    {"concede", chance, "the challenger attacks and the protege concedes", Mixing::average},
    {"resist", chance, "the challenger attacks and the protege resists", Mixing::average},
    {"abandon", chance, "war in which the defender abandons the protege", Mixing::average},
    {"aid", chance, "war in which the defender aids the protege", Mixing::average},
    {"intervene", chance, "war in which the defender fights, by choice or engaged by forward presence",
     Mixing::average},
    {"escalate", chance, "the challenger escalates", Mixing::average},
    {"catastrophe", chance, "catastrophe, by escalation or by accident", Mixing::average},
    {"war", chance, "war of any kind", Mixing::average},
    {"hold", chance, "the protege is attacked and holds, counting the share that it keeps after escalation",
     Mixing::average},
    {"resist_given_attack", chance, "the protege resists, given an attack", Mixing::conditional, "attack"},
    {"hold_given_attack", chance, "the protege holds, given an attack", Mixing::conditional, "attack"},
    {"catastrophe_given_attack", chance, "catastrophe, given an attack", Mixing::conditional, "attack"},
    {"escalate_given_attack", chance, "the challenger escalates, given an attack", Mixing::conditional,
     "attack"},
    {"fight_given_resist", chance, "the defender fights, given a protege that resists", Mixing::conditional,
     "resist"},
    {"aid_given_resist", chance, "the defender aids, given a protege that resists", Mixing::conditional,
     "resist"},
    {"abandon_given_resist", chance, "the defender abandons, given a protege that resists",
     Mixing::conditional, "resist"},
    {"support_given_resist", chance, "the defender fights or aids, given a protege that resists",
     Mixing::conditional, "resist"},
    {"holds_until_reinforced", chance, "the protege is not overrun before the defender's forces could arrive",
     Mixing::average},
    {"payoff_challenger", own_C, "challenger's expected payoff before it learns its cost", Mixing::average},
    {"payoff_defender", own_D, "defender's expected payoff before it learns its cost", Mixing::average},
    {"payoff_protege", own_P, "protege's expected payoff before it learns its cost", Mixing::average},
    {"loss_defender", own_D, "defender's expected loss, upkeep included", Mixing::average},
    {"loss_protege", own_P, "protege's expected loss, the benefit of alignment left out", Mixing::average},
    {"total_loss", own_P, "loss of protege and defender together, at the exchange rate", Mixing::average},
    {"burden_share_protege", "share", "protege's share of that total", Mixing::ratio, "loss_protege",
     "total_loss"},
    {"attack_cutoff", own_C, "the challenger attacks if its cost is at most this; 0 if it never does",
     Mixing::unmixed},
    {"intervene_cutoff", own_D, "the defender fights if its cost is at most this", Mixing::unmixed},
    {"aid_cutoff", own_D,
     "above the former, the defender aids if its cost is at most this (nobody does if it is lower)",
     Mixing::unmixed},
    {"resist_cutoff", own_P, "the protege resists if its cost is at most this", Mixing::unmixed},
    {"escalate_cutoff_intervention", own_C,
     "against the fighting defender, the challenger escalates above this cost", Mixing::unmixed},
    {"escalate_cutoff_aid", own_C, "against an aided protege, the challenger escalates above this cost",
     Mixing::unmixed},
    {"escalator_belief_intervention", chance,
     "belief that the attacker would escalate against the fighting defender", Mixing::unmixed},
    {"escalator_belief_aid", chance, "belief that the attacker would escalate against an aided protege",
     Mixing::unmixed},
    {"attack_gain_slope", "1",
     "slope of the marginal attacker's gain in the attack cutoff: negative if best-reply dynamics return to "
     "this equilibrium",
     Mixing::unmixed},
});

inline constexpr std::size_t outcome_count = outcome_table.size();

consteval std::size_t out_at(std::string_view name) {
  for (std::size_t k = 0; k < outcome_count; ++k)
    if (outcome_table[k].name == name) return k;
  throw "no such outcome";
}

}  // namespace schelling::extended_deterrence
