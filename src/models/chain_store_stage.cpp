#include "models/signaling_models.hpp"

#include <array>

namespace schelling::signaling_models_detail {

namespace {

constexpr std::array parameters_table{
    ParameterInfo{"p_tough", "delta", "", 0, 1, true, true, 0.25, "probability that the monopolist is tough",
                  ""},
    ParameterInfo{"entry_profit", "b", "payoff", 0, 1, true, true, 0.5,
                  "the entrant's profit if he is not fought", "Kreps and Wilson (1982), section 2"},
    ParameterInfo{"monopoly_profit", "a", "payoff", 1, 1e9, true, false, 2,
                  "the weak monopolist's profit where nobody enters", "Kreps and Wilson (1982), section 2"},
};
constexpr std::array<std::string_view, 2> assumptions{
    "An entry has happened; one more entrant watches the monopolist's answer. After a second entry the weak "
    "monopolist "
    "yields and the tough one fights.",
    "The tough monopolist loses more by yielding than deterrence can be worth, so that he always fights."};
constexpr std::array<std::string_view, 1> not_for{"Longer horizons, where the reputation is worth more."};

/// The last but one stage of Kreps and Wilson (1982). Tough and weak; fight and yield; stay out and enter.
///
/// With p = P(tough): p < b: the weak one fights with (1 - b) p / ((1 - p) b), so that a fight suggests tough with b
/// and the entrant stays out with 1 / a; p > b: both fight and the entrant stays out. Yielding shows the weak one.
class ChainStoreStage final : public SignalingModel {
 public:
  const ModelInfo& info() const override {
    static const ModelInfo info{
        "ChainStoreStage",
        "Chain-store reputation, last but one stage",
        "D. M. Kreps and R. Wilson (1982), Reputation and Imperfect Information, Journal of Economic Theory "
        "27, 253-279",
        "@article{kreps_wilson_1982_reputation,\n  author = {Kreps, David M. and Wilson, Robert},\n"
        "  title = {Reputation and Imperfect Information},\n"
        "  journal = {Journal of Economic Theory},\n  volume = {27},\n  number = {2},\n"
        "  pages = {253--279},\n  year = {1982}\n}",
        assumptions,
        not_for,
        "all perfect Bayesian equilibria by solve_pbe; closed form except where p = b"};
    return info;
  }
  std::span<const ParameterInfo> parameters() const override { return parameters_table; }

 protected:
  SignalingGame<Rational> make_game(std::span<const Rational> point) const override {
    const Rational &tough = point[0], &entry = point[1], &monopoly = point[2];
    return SignalingGame<Rational>::from_function(
        2, 2, 2, {tough, 1 - tough},
        [&](int t, int m, int a) {
          const bool is_tough = t == 0, fights = m == 0, out = a == 0;
          const Rational now = is_tough ? (fights ? Rational(0) : -monopoly - 1) : Rational(fights ? -1 : 0);
          return SignalingGame<Rational>::Payoffs{now + (out ? monopoly : Rational(0)),
                                                  out ? Rational(0) : entry - (is_tough ? 1 : 0)};
        },
        {{"tough", "weak"}, {"fight", "yield"}, {"stay out", "enter"}});
  }

  std::vector<KnownEquilibrium> state_equilibria(std::span<const Rational> point) const override {
    const Rational &tough = point[0], &entry = point[1], &monopoly = point[2];
    if (tough < entry) {
      const Rational bluff = (1 - entry) * tough / ((1 - tough) * entry);
      return {known("reputation by mixing", {{1, 0}, {bluff, 1 - bluff}},
                    {{1 / monopoly, 1 - 1 / monopoly}, {0, 1}}, {{0, 1}, {0, 1}})};
    }
    if (tough > entry)
      return {known("reputation by fighting", {{1, 0}, {1, 0}}, {{1, 0}, {0, 1}}, {{0, 1}, {0, 1}})};
    return {};
  }
};

}  // namespace

const SignalingModel& chain_store_stage() {
  static const ChainStoreStage model;
  return model;
}

}  // namespace schelling::signaling_models_detail
