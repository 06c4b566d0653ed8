#include "models/signaling_models.hpp"

#include <array>

namespace schelling::signaling_models_detail {

namespace {

constexpr std::array parameters_table{
    ParameterInfo{"p_resolved", "rho", "", 0, 1, true, true, 0.4, "probability that the ally would fight",
                  ""},
    ParameterInfo{"alliance_cost", "k", "payoff", 0, 1e9, true, false, 0.5, "cost of forming the alliance",
                  ""},
    ParameterInfo{"value_resolved", "v_h", "payoff", 0, 1e9, true, false, 1,
                  "worth of peace to the resolved ally", ""},
    ParameterInfo{"value_unresolved", "v_l", "payoff", 0, 1e9, true, false, 0.4,
                  "worth of peace to the unresolved ally", ""},
    ParameterInfo{"war_payoff", "w_h", "payoff", -1e9, 1e9, false, false, 0.2,
                  "payoff of the resolved ally's fighting", ""},
    ParameterInfo{"abandonment_cost", "a", "payoff", 0, 1e9, false, false, 0.3,
                  "cost of abandoning a formal ally", ""},
    ParameterInfo{"attack_gain", "g", "payoff", 0, 1e9, true, false, 1,
                  "the challenger's gain if nobody intervenes", ""},
    ParameterInfo{"attack_loss", "l", "payoff", 0, 1e9, true, false, 1,
                  "the challenger's loss if the ally fights", ""},
};
constexpr std::array<std::string_view, 2> assumptions{
    "The resolved ally fights for the client with or without an alliance, the unresolved one never does.",
    "The challenger sees the alliance and nothing else."};
constexpr std::array<std::string_view, 2> not_for{
    "Statements about the published model: this is a stylised game in its spirit.",
    "Alliances that raise the chance of winning."};

/// Alliances as costly signals, stylised after Morrow (1994). Resolved and unresolved; ally and none; attack and not.
///
/// Separating if v_l <= k <= v_h - w_h. If k < v_l and rho < beta = g / (g + l): the unresolved ally joins with
/// rho (1 - beta) / ((1 - rho) beta) and an allied client is attacked with (v_l - k) / (v_l + a).
class AllianceSignalingStylised final : public SignalingModel {
 public:
  const ModelInfo& info() const override {
    static const ModelInfo info{
        "AllianceSignalingStylised",
        "Alliances as costly signals (stylised)",
        "In the spirit of J. D. Morrow (1994), Alliances, Credibility, and Peacetime "
        "Costs, Journal of Conflict "
        "Resolution 38, 270-297",
        "@article{morrow_1994,\n  author = {Morrow, James D.},\n"
        "  title = {Alliances, Credibility, and Peacetime Costs},\n"
        "  journal = {Journal of Conflict Resolution},\n  volume = {38},\n  number = {2},\n"
        "  pages = {270--297},\n  year = {1994}\n}",
        assumptions,
        not_for,
        "all perfect Bayesian equilibria by solve_pbe; closed form for the "
        "separating and the semi-separating one"};
    return info;
  }
  std::span<const ParameterInfo> parameters() const override { return parameters_table; }

 protected:
  SignalingGame<Rational> make_game(std::span<const Rational> point) const override {
    const Rational &rho = point[0], &cost = point[1], &war = point[4], &abandonment = point[5],
                   &gain = point[6], &loss = point[7];
    return SignalingGame<Rational>::from_function(
        2, 2, 2, {rho, 1 - rho},
        [&](int t, int m, int a) {
          const bool resolved = t == 0, allied = m == 0, attacked = a == 0;
          const Rational kept = resolved ? point[2] : point[3];
          const Rational attacked_payoff = resolved ? war : (allied ? Rational(-abandonment) : Rational(0));
          return SignalingGame<Rational>::Payoffs{
              (attacked ? attacked_payoff : kept) - (allied ? cost : Rational(0)),
              attacked ? (resolved ? Rational(-loss) : gain) : Rational(0)};
        },
        {{"resolved", "unresolved"}, {"ally", "none"}, {"attack", "not"}});
  }

  std::vector<KnownEquilibrium> state_equilibria(std::span<const Rational> point) const override {
    const Rational &rho = point[0], &cost = point[1], &high = point[2], &low = point[3], &war = point[4],
                   &abandonment = point[5], beta = point[6] / (point[6] + point[7]);
    std::vector<KnownEquilibrium> list;
    if (low <= cost && cost <= high - war)
      list.push_back(known("separating", {{1, 0}, {0, 1}}, {{0, 1}, {1, 0}}, {{1, 0}, {0, 1}}));
    if (cost < low && rho < beta) {
      const Rational bluff = rho * (1 - beta) / ((1 - rho) * beta),
                     attack = (low - cost) / (low + abandonment);
      // The resolved ally must gain by the alliance although it is attacked at times.
      if ((1 - attack) * high + attack * war - cost >= war)
        list.push_back(known("semi-separating", {{1, 0}, {bluff, 1 - bluff}}, {{attack, 1 - attack}, {1, 0}},
                             {{beta, 1 - beta}, {0, 1}}));
    }
    return list;
  }
};

}  // namespace

const SignalingModel& alliance_signaling_stylised() {
  static const AllianceSignalingStylised model;
  return model;
}

}  // namespace schelling::signaling_models_detail
