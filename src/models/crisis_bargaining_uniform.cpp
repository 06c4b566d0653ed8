#include <schelling/core/error.hpp>
#include <schelling/models/crisis_bargaining_uniform.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace schelling {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view example = "an example in which bluffing occurs";
constexpr std::string_view own_A = "payoff unit of the challenger", own_B = "payoff unit of the defender";

constexpr auto parameter_table = std::to_array<ParameterInfo>({
    {"prize_challenger", "v_A", own_A, 0, infinity, true, true, 1,
     "what the challenger gains if the defender concedes", example},
    {"audience_cost", "a", own_A, 0, infinity, true, true, 0.5,
     "challenger's cost of backing down after a challenge", example},
    {"war_value_lowest_challenger", "wA_lo", own_A, -infinity, infinity, true, true, -2,
     "lowest value of war to the challenger, against 0 for staying out", example},
    {"war_value_highest_challenger", "wA_hi", own_A, -infinity, infinity, true, true, 0.5,
     "highest value of war to the challenger", example},
    {"prize_defender", "v_B", own_B, 0, infinity, true, true, 1,
     "what keeping the prize is worth to the defender", example},
    {"war_value_lowest_defender", "wB_lo", own_B, -infinity, infinity, true, true, -2,
     "lowest value of war to the defender, against 0 for conceding", example},
    {"war_value_highest_defender", "wB_hi", own_B, -infinity, infinity, true, true, 0.2,
     "highest value of war to the defender", example},
});

enum Outcome : std::size_t {
  challenge,
  concede,
  back_down,
  war,
  bluff,
  resist_given_challenge,
  fight_given_resist,
  fight_cutoff,
  payoff_challenger,
  payoff_defender,
  outcome_count
};
constexpr std::string_view chance = "probability";
constexpr std::array<OutcomeInfo, outcome_count> outcome_table = {{
    {"challenge", chance, "the challenger challenges", Mixing::average},
    {"concede", chance, "the challenger challenges and the defender concedes", Mixing::average},
    {"back_down", chance, "the challenger challenges, meets resistance and backs down", Mixing::average},
    {"war", chance, "war", Mixing::average},
    {"bluff", chance, "the challenger challenges and would back down if resisted", Mixing::average},
    {"resist_given_challenge", chance, "the defender resists, given a challenge", Mixing::conditional,
     "challenge"},
    {"fight_given_resist", chance, "the challenger fights, given resistance to its challenge",
     Mixing::conditional, "challenge"},
    {"fight_cutoff", own_A, "lowest value of war of a challenger that fights", Mixing::unmixed},
    {"payoff_challenger", own_A, "challenger's expected payoff before it learns its value of war",
     Mixing::average},
    {"payoff_defender", own_B, "defender's expected payoff before it learns its value of war",
     Mixing::average},
}};

/// A uniform law, closed forms only.
struct Interval {
  double low, high;
  double above(double x) const { return std::clamp((high - x) / (high - low), 0.0, 1.0); }
  double quantile(double share) const { return low + share * (high - low); }
  /// E[w; w > x].
  double mean_above(double x) const {
    const double from = std::clamp(x, low, high);
    return 0.5 * (high * high - from * from) / (high - low);
  }
};

struct Values {
  double v_A, a;
  Interval A;
  double v_B;
  Interval B;

  explicit Values(std::span<const double> point) {
    check_point(parameter_table, point);
    v_A = point[0], a = point[1], A = {point[2], point[3]}, v_B = point[4], B = {point[5], point[6]};
    require_order(2, 3, point);
    require_order(5, 6, point);
  }
  static void require_order(std::size_t low, std::size_t high, std::span<const double> point) {
    if (!(point[low] < point[high]))
      throw InvalidArgument(expectation(
          "parameter " + std::string(parameter_table[high].name),
          "a number above " + std::string(parameter_table[low].name) + " = " + to_text(point[low]),
          to_text(point[high])));
  }
};

/// Outcomes when challengers are the fighters, whose value of war exceeds `cutoff`, and a mass of bluffers, and the
/// defender resists with probability r.
std::vector<double> outcomes_of(const Values& v, double cutoff, double bluffers, double r) {
  const double fighters = v.A.above(cutoff), all = fighters + bluffers, f = fighters / all;
  std::vector<double> out(outcome_count);
  out[challenge] = all;
  out[concede] = all * (1 - r);
  out[back_down] = bluffers * r;
  out[war] = fighters * r;
  out[bluff] = bluffers;
  out[resist_given_challenge] = r;
  out[fight_given_resist] = f;
  out[fight_cutoff] = cutoff;
  out[payoff_challenger] = all * (1 - r) * v.v_A + r * (v.A.mean_above(cutoff) - bluffers * v.a);
  out[payoff_defender] =
      (1 - all) * v.v_B + all * (f * v.B.mean_above(v.B.quantile(1 - r)) + (1 - f) * r * v.v_B);
  return out;
}

/// Nobody challenges: what would follow a challenge is not determined.
std::vector<double> no_challenge(const Values& v) {
  std::vector<double> out(outcome_count, 0.0);
  out[resist_given_challenge] = out[fight_given_resist] = out[fight_cutoff] = undefined;
  out[payoff_defender] = v.v_B;
  return out;
}

}  // namespace

const ModelInfo& CrisisBargainingUniform::info() const {
  static constexpr std::string_view assumptions[] = {
      "values of war are private, uniform and independent; everything else is common knowledge",
      "the audience cost is the same for all types of the challenger and paid only after a public challenge"};
  static constexpr std::string_view not_for[] = {
      "comparisons with a published closed form: the uniform case is derived here",
      "crises in which the defender or third parties choose what to demand"};
  static constexpr ModelInfo info{
      .name = "CrisisBargainingUniform",
      .title = "Crisis bargaining with an audience cost and uniform values of war",
      .citation =
          "Tree of K. A. Schultz (1999), Do democratic institutions constrain or inform?, International "
          "Organization 53(2): 233-266; uniform types and closed form derived in this library",
      .bibtex =
          "@article{schultz1999,\n  author = {Schultz, Kenneth A.},\n  title = {Do Democratic Institutions "
          "Constrain "
          "or Inform? Contrasting Two Institutional Perspectives on Democracy and War},\n  journal = "
          "{International "
          "Organization},\n  volume = {53},\n  number = {2},\n  pages = {233--266},\n  year = {1999}\n}",
      .assumptions = assumptions,
      .not_for = not_for,
      .engine =
          "generic engine for private types; coverage some; every equilibrium certified; closed form as "
          "oracle"};
  return info;
}

std::span<const ParameterInfo> CrisisBargainingUniform::parameters() const { return parameter_table; }
std::span<const OutcomeInfo> CrisisBargainingUniform::outcomes() const { return outcome_table; }

PrivateTypeGame CrisisBargainingUniform::game(std::span<const double> point) const {
  const Values v(point);
  PrivateTypeGameBuilder b(
      {{"challenger", uniform(v.A.low, v.A.high)}, {"defender", uniform(v.B.low, v.B.high)}});
  const auto start = b.decision(b.root(), "challenger", {"stay out", "challenge"}, "challenge");
  b.terminal(start[0], {{"challenger", 0}, {"defender", v.v_B}}, "status quo");
  const auto reply = b.decision(start[1], "defender", {"concede", "resist"}, "resistance");
  b.terminal(reply[0], {{"challenger", v.v_A}, {"defender", 0}}, "concession");
  const auto last = b.decision(reply[1], "challenger", {"back down", "fight"}, "fight");
  b.terminal(last[0], {{"challenger", -v.a}, {"defender", v.v_B}}, "retreat");
  b.terminal(last[1], {{"challenger", {0, 1}}, {"defender", {0, 1}}}, "war");
  return b.build();
}

std::vector<CrisisBargainingUniform::KnownEquilibrium> CrisisBargainingUniform::known_equilibria(
    std::span<const double> point) const {
  const Values v(point);
  std::vector<KnownEquilibrium> known;
  // Resistance at which a bluff is worth nothing, and the share of types that would fight rather than back down.
  const double indifferent = v.v_A / (v.v_A + v.a), resolute = v.A.above(-v.a);
  const double brave = v.B.above(0);
  if (brave >= indifferent) {
    // A challenge is believed: only the brave resist, too many for a bluff.
    const double cutoff = -(1 - brave) * v.v_A / brave;
    if (v.A.above(cutoff) > 0)
      known.push_back({"no bluff", outcomes_of(v, std::max(cutoff, v.A.low), 0, brave)});
  } else {
    // The defender's cutoff t makes a bluff worth nothing; credibility f makes the defender indifferent at t.
    const double t = v.B.quantile(1 - indifferent), f = v.v_B / (v.v_B - t);
    const double cutoff = std::max(-v.a, v.A.low);
    if (resolute > f)
      known.push_back({"all challenge",
                       outcomes_of(v, cutoff, 1 - resolute, v.B.above(-(1 - resolute) * v.v_B / resolute))});
    else if (resolute > 0)
      known.push_back({"bluff", outcomes_of(v, cutoff, resolute / f - resolute, indifferent)});
  }
  // A challenge that nobody makes can be thought empty if some type would back down, and then all resist it; if all
  // types would fight, only the brave do.
  const double most_resistance = v.A.low < -v.a ? 1 : brave;
  if ((1 - most_resistance) * v.v_A + most_resistance * v.A.high <= 0)
    known.push_back({"nobody challenges", no_challenge(v)});
  return known;
}

void CrisisBargainingUniform::solve(std::span<const double> point, Records& out) const {
  const Values v(point);
  out.clear();
  const auto game = this->game(point);
  const auto result = solve_cutoff(game, {.belief = belief_});
  out.status = result.info.status;
  const auto& tree = game.tree();
  const auto probability = [&](const CutoffEquilibrium& e, const char* set) {
    return e.probability(tree.find_set(set), 1);
  };
  bool peaceful = false;
  for (const auto& e : result.equilibria) {
    // What the defender would do to a challenge that nobody makes does not show in the outcomes.
    if (probability(e, "challenge") == 0 && std::exchange(peaceful, true)) continue;
    const double all = probability(e, "challenge"), f = probability(e, "fight");
    auto row = all > 0
                   ? outcomes_of(v, v.A.quantile(1 - all * f), all * (1 - f), probability(e, "resistance"))
                   : no_challenge(v);
    row[payoff_challenger] = e.payoff[0];
    row[payoff_defender] = e.payoff[1];
    std::copy(row.begin(), row.end(), out.append(e.certificate.max_regret, e.certificate.bayes_gap).begin());
  }
}

}  // namespace schelling
