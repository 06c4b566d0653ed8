#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace schelling {
namespace {

/// Challenge, resist, fight (in the manner of Schultz 1998): types are the values of war, backing down costs a.
PrivateTypeGame crisis(Distribution types_a, Distribution types_b, double a) {
  PrivateTypeGameBuilder b({{"A", std::move(types_a)}, {"B", std::move(types_b)}});
  const auto start = b.decision(b.root(), "A", {"stay out", "challenge"}, "start");
  b.terminal(start[0], {{"A", 0}, {"B", 1}});
  const auto reply = b.decision(start[1], "B", {"concede", "resist"}, "reply");
  b.terminal(reply[0], {{"A", 1}, {"B", 0}});
  const auto last = b.decision(reply[1], "A", {"back down", "fight"}, "last");
  b.terminal(last[0], {{"A", -a}, {"B", 1}});
  b.terminal(last[1], {{"A", {0, 1}}, {"B", {0, 1}}});
  return b.build();
}

struct Closed {
  double challenge, fight, resist;
};

/// The closed form with types uniform on [-wa, ua] and [-cb, ub], all stakes 1. With r* = 1/(1+a) the share of resisters
/// that makes bluffing pay nothing and G the probability that A prefers war to backing down: without bluff if B resists
/// at least so often when sure of war; with bluff while that leaves a challenge credible enough; else all challenge.
Closed closed_form(double wa, double ua, double cb, double ub, double a) {
  const auto cdf = [](double x, double low, double high) {
    return std::min(1.0, std::max(0.0, (x - low) / (high - low)));
  };
  const double r_star = 1 / (1 + a), g = 1 - cdf(-a, -wa, ua), sure = 1 - cdf(0, -cb, ub);
  if (sure >= r_star) return {1 - cdf(-(1 - sure) / sure, -wa, ua), 1, sure};
  const double marginal = ub - r_star * (ub + cb), f = 1 / (1 - marginal);
  if (g <= f) return {g / f, f, r_star};
  return {1, g, 1 - cdf(-(1 - g) / g, -cb, ub)};
}

const CutoffEquilibrium* nearest(const CutoffResult& result, const Closed& expected) {
  const CutoffEquilibrium* best = nullptr;
  double record = 1;
  for (const auto& e : result.equilibria) {
    const double distance = std::max({std::abs(e.probability(0, 1) - expected.challenge),
                                      std::abs(e.probability(1, 1) - expected.resist),
                                      std::abs(e.probability(2, 1) - expected.fight)});
    if (distance < record) record = distance, best = &e;
  }
  return record <= 1e-10 ? best : nullptr;
}

TEST(SolveCutoff, FindsTheThreeRegimesOfTheCrisisGame) {
  struct {
    double wa, ua, cb, ub, a;
    Closed expected;
    double war;
  } const points[] = {
      {2, 0, 2, 0.2, 0.5, {0.566666666667, 0.441176470588, 0.666666666667}, 0.166666666667},  // bluff
      {2, 0.5, 1, 3, 0.5, {0.333333333333, 1, 0.75}, 0.25},                                   // no bluff
      {2, 1, 3, 0.1, 0.05, {1, 0.35, 0.63133640553}, 0.220967741935},                         // all challenge
  };
  for (const auto& p : points) {
    const auto closed = closed_form(p.wa, p.ua, p.cb, p.ub, p.a);
    EXPECT_NEAR(closed.challenge, p.expected.challenge, 1e-11);
    EXPECT_NEAR(closed.fight, p.expected.fight, 1e-11);
    EXPECT_NEAR(closed.resist, p.expected.resist, 1e-11);
    const auto result = solve_cutoff(crisis(uniform(-p.wa, p.ua), uniform(-p.cb, p.ub), p.a));
    const auto* e = nearest(result, closed);
    ASSERT_TRUE(e) << result.to_text(true);
    EXPECT_TRUE(e->certificate.passes(1e-12));
    EXPECT_NEAR(e->outcome[3], p.war, 1e-10);
  }
}

TEST(SolveCutoff, MeetsTheClosedFormAtRandomPoints) {
  std::mt19937_64 random(20240607);
  std::uniform_real_distribution<double> draw(0, 1);
  int regimes[3] = {0, 0, 0};
  for (int k = 0; k < 90; ++k) {
    const double wa = 0.5 + 2 * draw(random), ua = 1.5 * draw(random) - 0.3, cb = 0.5 + 2 * draw(random),
                 ub = 0.1 + 2 * draw(random);
    const double a = std::min(0.05 + draw(random), 0.9 * wa);
    if (ua <= -a + 0.01) continue;  // nobody would ever fight: outside the closed form
    SCOPED_TRACE(testing::Message() << "wa " << wa << ", ua " << ua << ", cb " << cb << ", ub " << ub
                                    << ", a " << a);
    const auto closed = closed_form(wa, ua, cb, ub, a);
    ++regimes[closed.fight == 1 ? 0 : closed.challenge < 1 ? 1 : 2];
    const auto result = solve_cutoff(crisis(uniform(-wa, ua), uniform(-cb, ub), a));
    EXPECT_TRUE(nearest(result, closed)) << result.to_text(true);
    for (const auto& e : result.equilibria) EXPECT_TRUE(e.certificate.passes(1e-9));
  }
  for (const int count : regimes) EXPECT_GE(count, 5);
}

TEST(SolveCutoff, AppliesTheBeliefRuleOffThePath) {
  // Where no type of A has anything to win from war, "nobody challenges" is an equilibrium if a challenger is believed to
  // back down. The types most willing to challenge would fight, so that D1 leaves the bluffing equilibrium alone.
  const auto game = crisis(uniform(-2, 0), uniform(-2, 0.2), 0.5);
  EXPECT_EQ(solve_cutoff(game).equilibria.size(), 2u);
  const auto d1 = solve_cutoff(game, {.belief = BeliefRule::d1});
  ASSERT_EQ(d1.equilibria.size(), 1u) << d1.to_text(true);
  EXPECT_NEAR(d1.equilibria[0].probability(0, 1), 17.0 / 30, 1e-10);
  EXPECT_EQ(d1.info.coverage, Coverage::some);
  EXPECT_FALSE(d1.info.complete());
}

/// Volunteer's dilemma (Diekmann 1985) with three players: all get v if anybody pays the own cost.
PrivateTypeGame volunteers(double v, const Distribution& cost) {
  const std::vector<std::string> names{"A", "B", "C"};
  PrivateTypeGameBuilder b({{"A", cost}, {"B", cost}, {"C", cost}});
  const std::vector<std::string> actions{"volunteer", "wait"};
  const auto first = b.decision(b.root(), "A", actions, "A");
  for (int i = 0; i < 2; ++i) {
    const auto second = b.decision(first[static_cast<std::size_t>(i)], "B", actions, "B");
    for (int j = 0; j < 2; ++j) {
      const auto third = b.decision(second[static_cast<std::size_t>(j)], "C", actions, "C");
      for (int k = 0; k < 2; ++k) {
        const double good = i * j * k == 1 ? 0 : v;
        b.terminal(third[static_cast<std::size_t>(k)],
                   {{"A", {good, i - 1.0}}, {"B", {good, j - 1.0}}, {"C", {good, k - 1.0}}});
      }
    }
  }
  return b.build();
}

/// The probabilities with which the players take their first action, in ascending order, one row per equilibrium.
std::vector<std::vector<double>> first_actions(const CutoffResult& result) {
  std::vector<std::vector<double>> rows;
  for (const auto& e : result.equilibria) {
    rows.emplace_back();
    for (Index set = 0; set < e.game.tree().information_sets(); ++set)
      rows.back().push_back(e.probability(set, 0));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The same rows in any order, found to 1e-9.
void expect_rows(const std::vector<std::vector<double>>& found,
                 const std::vector<std::vector<double>>& expected) {
  EXPECT_EQ(found.size(), expected.size()) << testing::PrintToString(found);
  for (const auto& row : expected) {
    const bool there = std::any_of(found.begin(), found.end(), [&](const auto& other) {
      return std::equal(row.begin(), row.end(), other.begin(),
                        [](double a, double b) { return std::abs(a - b) <= 1e-9; });
    });
    EXPECT_TRUE(there) << testing::PrintToString(row) << " is not among " << testing::PrintToString(found);
  }
}

TEST(SolveCutoff, SolvesForSeveralUnknowns) {
  // Costs uniform on [0, 1], v = 3/2: c_i = min(1, v (1-c_j)(1-c_k)). Subtracting two of the equations, c_i = c_j or
  // c_k = 1/3: all equal with c = v (1-c)^2, or one at 2/3 and two at 1/3, or one who always volunteers.
  const double c = (4 - std::sqrt(7.0)) / 3, h = 2.0 / 3, l = 1.0 / 3;
  const auto result = solve_cutoff(volunteers(1.5, uniform(0, 1)));
  expect_rows(first_actions(result),
              {{c, c, c}, {h, l, l}, {l, h, l}, {l, l, h}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  for (const auto& e : result.equilibria) EXPECT_TRUE(e.certificate.passes(1e-11));
  EXPECT_EQ(result.info.coverage, Coverage::some);
}

TEST(SolveCutoff, MixesAtSeveralTiesAtOnce) {
  // Known cost 1/4: those who mix are indifferent, (probability that the others wait) = 1/4.
  const auto result = solve_cutoff(volunteers(1, atom(0.25)));
  expect_rows(
      first_actions(result),
      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.75, 0.75, 0}, {0.75, 0, 0.75}, {0, 0.75, 0.75}, {0.5, 0.5, 0.5}});
}

TEST(SolveCutoff, GivesTheSameAnswerForAnyNumberOfThreads) {
  const auto game = volunteers(1.3, uniform(0, 1.5));
  const auto one = solve_cutoff(game, {.starts = 24, .seed = 5, .threads = 1}),
             three = solve_cutoff(game, {.starts = 24, .seed = 5, .threads = 3});
  ASSERT_EQ(one.equilibria.size(), three.equilibria.size());
  for (std::size_t k = 0; k < one.equilibria.size(); ++k)
    EXPECT_EQ(one.equilibria[k].outcome, three.equilibria[k].outcome);
  EXPECT_EQ(one.info.message, three.info.message);
}

/// Two players choose hawk or dove at the same time; the type is the cost of two hawks meeting.
PrivateTypeGame hawk_dove(const Distribution& cost) {
  PrivateTypeGameBuilder b({{"A", cost}, {"B", cost}});
  const auto first = b.decision(b.root(), "A", {"hawk", "dove"}, "A");
  for (std::size_t i = 0; i < 2; ++i) {
    const auto second = b.decision(first[i], "B", {"hawk", "dove"}, "B");
    const auto payoff = [](bool mine, bool other) {
      return mine && other ? AffinePayoff(1, -1) : AffinePayoff(mine ? 2 : other ? 0 : 1);
    };
    for (std::size_t j = 0; j < 2; ++j)
      b.terminal(second[j], {{"A", payoff(i == 0, j == 0)}, {"B", payoff(j == 0, i == 0)}});
  }
  return b.build();
}

TEST(SolveCutoff, FindsAllThreeEquilibriaOfHawkDove) {
  // Against a hawk with probability q, hawk is worth (1-c) q + 2 (1-q) and dove 1-q: the cutoff is 1/q.
  const auto law = lognormal(2, 0.3);
  const auto result = solve_cutoff(hawk_dove(law));
  const auto rows = first_actions(result);
  ASSERT_EQ(rows.size(), 3u) << result.to_text();
  for (const auto& row : rows) {
    EXPECT_NEAR(row[0], law.cdf(1 / row[1]), 1e-9);
    EXPECT_NEAR(row[1], law.cdf(1 / row[0]), 1e-9);
  }
  EXPECT_NEAR(rows[1][0], rows[1][1], 1e-9);
  EXPECT_NEAR(rows[0][0], rows[2][1], 1e-9);
}

TEST(SolveCutoff, SaysThatAContinuumShowed) {
  // Costs uniform on [0, 3]: every pair with a b = 1/3 is an equilibrium.
  const auto result = solve_cutoff(hawk_dove(uniform(0, 3)), {.resolution = 32});
  EXPECT_NE(result.info.message.find("a continuum of equilibria showed"), std::string::npos)
      << result.info.message;
  ASSERT_FALSE(result.equilibria.empty());
  for (const auto& e : result.equilibria)
    EXPECT_NEAR(e.probability(0, 0) * e.probability(1, 0), 1.0 / 3, 1e-9);
}

TEST(SolveCutoff, FindsIntervalsOfTypes) {
  // Low types challenge to profit from a concession, high types to fight, the middle stays out: no single cutoff. B, who
  // has no private information, concedes or resists; A resists retreat at a cost that grows with its type.
  PrivateTypeGameBuilder b({{"A", uniform(-1, 1)}, {"B", atom(0)}});
  const auto start = b.decision(b.root(), "A", {"out", "in"}, "start");
  b.terminal(start[0], {{"A", 0.25}, {"B", 1}});
  const auto after = b.decision(start[1], "A", {"left", "right"}, "after");
  const auto reply = b.decision(after[0], "B", {"yes", "no"}, "reply");
  b.terminal(reply[0], {{"A", {0, -1}}, {"B", 1}});
  b.terminal(reply[1], {{"A", {0, -0.5}}, {"B", 0}});
  b.terminal(after[1], {{"A", {0, 1}}, {"B", 0}});
  const auto result = solve_cutoff(b.build());
  ASSERT_EQ(result.equilibria.size(), 1u) << result.to_text();
  const auto& e = result.equilibria[0];
  EXPECT_EQ(e.kind, CutoffKind::intervals);
  ASSERT_EQ(e.strategy[0].cutoffs.size(), 2u);
  EXPECT_NEAR(e.strategy[0].cutoffs[0], -0.25, 1e-12);
  EXPECT_NEAR(e.strategy[0].cutoffs[1], 0.25, 1e-12);
  EXPECT_NEAR(e.probability(0, 1), 0.75, 1e-12);
}

TEST(SolveCutoff, NamesOptionsOutOfRange) {
  const auto message = [](CutoffOptions options) -> std::string {
    try {
      solve_cutoff(crisis(uniform(-2, 0), uniform(-2, 0.2), 0.5), options);
    } catch (const InvalidOptions& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({.tolerance = 0}), "tolerance: expected a number between 0 and 1, found 0");
  EXPECT_EQ(message({.resolution = 3}), "resolution: expected 16 to 1000000, found 3");
  EXPECT_EQ(message({.limit = 0}), "limit: expected at least 1, found 0");
  EXPECT_THROW(belief_rule("intuitive"), InvalidOptions);
  EXPECT_EQ(belief_rule("passive"), BeliefRule::passive);
}

}  // namespace
}  // namespace schelling
