#include "models/signaling_models.hpp"

#include <array>

namespace schelling::signaling_models_detail {

namespace {

constexpr std::array parameters_table{
    ParameterInfo{"p_strong", "p", "", 0, 1, true, true, 0.9, "probability that the sender is strong",
                  "Cho and Kreps (1987), section II"},
    ParameterInfo{"breakfast", "b", "payoff", 0, 1e9, true, false, 1, "worth of the preferred breakfast",
                  "Cho and Kreps (1987), figure I"},
    ParameterInfo{"peace", "d", "payoff", 0, 1e9, true, false, 2, "worth of not being challenged to a duel",
                  "Cho and Kreps (1987), figure I"},
};
constexpr std::array<std::string_view, 2> assumptions{
    "The strong type prefers beer, the weak one quiche; both prefer not to duel.",
    "The receiver gets 1 for a duel with the weak or peace with the strong, and 0 otherwise."};
constexpr std::array<std::string_view, 1> not_for{
    "Signals whose cost is graded: there are two messages only."};

/// Cho and Kreps (1987). Strong and weak; beer and quiche; duel and not.
///
/// Equilibria for peace > breakfast, x = p / (1 - p), r = b / d. p < 1/2: strong drinks beer, weak does with
/// probability x; duel after beer with 1 - r, after quiche surely. p > 1/2: both drink beer, no duel; after quiche a
/// duel with at least r; and the same with beer and quiche exchanged. p = 1/2: the receiver may mix on the path too.
class BeerQuiche final : public SignalingModel {
 public:
  const ModelInfo& info() const override {
    static const ModelInfo info{
        "BeerQuiche",
        "Beer and quiche",
        "I.-K. Cho and D. M. Kreps (1987), Signaling Games and Stable Equilibria, Quarterly Journal of "
        "Economics 102, "
        "179-221",
        "@article{cho_kreps_1987,\n  author = {Cho, In-Koo and Kreps, David M.},\n"
        "  title = {Signaling Games and Stable Equilibria},\n"
        "  journal = {The Quarterly Journal of Economics},\n  volume = {102},\n  number = {2},\n"
        "  pages = {179--221},\n  year = {1987}\n}",
        assumptions,
        not_for,
        "all perfect Bayesian equilibria by solve_pbe; closed form for peace > breakfast"};
    return info;
  }
  std::span<const ParameterInfo> parameters() const override { return parameters_table; }

 protected:
  SignalingGame<Rational> make_game(std::span<const Rational> point) const override {
    const Rational &strong = point[0], &breakfast = point[1], &peace = point[2];
    return SignalingGame<Rational>::from_function(
        2, 2, 2, {strong, 1 - strong},
        [&](int t, int m, int a) {
          return SignalingGame<Rational>::Payoffs{
              (t == m ? breakfast : Rational(0)) + (a == 1 ? peace : Rational(0)),
              Rational(t == 1 - a ? 1 : 0)};
        },
        {{"strong", "weak"}, {"beer", "quiche"}, {"duel", "not"}});
  }

  std::vector<KnownEquilibrium> state_equilibria(std::span<const Rational> point) const override {
    const Rational &strong = point[0], ratio = point[1] / point[2], half(1, 2);
    if (ratio >= 1) return {};
    if (strong < half) {
      const Rational bluff = strong / (1 - strong);
      return {known("semi-separating", {{1, 0}, {bluff, 1 - bluff}}, {{1 - ratio, ratio}, {1, 0}},
                    {{0, 1}, {0, 1}})};
    }
    std::vector<KnownEquilibrium> list;
    for (const int sent : {0, 1}) {
      const std::string name = sent == 0 ? "pooling on beer" : "pooling on quiche";
      const auto add = [&](const Rational& duel_on_path, const Rational& duel_off_path,
                           const Rational& weak_off_path) {
        std::vector<std::vector<Rational>> sender(2, {Rational(1 - sent), Rational(sent)}), receiver(2),
            beliefs(2);
        const auto on = static_cast<std::size_t>(sent), off = 1 - on;
        receiver[on] = {duel_on_path, 1 - duel_on_path};
        receiver[off] = {duel_off_path, 1 - duel_off_path};
        beliefs[on] = {strong, 1 - strong};
        beliefs[off] = {1 - weak_off_path, weak_off_path};
        list.push_back(known(name, sender, receiver, beliefs));
      };
      add(0, ratio, half);
      add(0, 1, half);
      add(0, 1, 1);
      if (strong == half) add(1 - ratio, 1, half);
    }
    return list;
  }
};

}  // namespace

const SignalingModel& beer_quiche() {
  static const BeerQuiche model;
  return model;
}

}  // namespace schelling::signaling_models_detail
