#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <random>

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
  const auto cdf = [](double x, double low, double high) { return std::min(1.0, std::max(0.0, (x - low) / (high - low))); };
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
    const double distance = std::max({std::abs(e.probability(0, 1) - expected.challenge), std::abs(e.probability(1, 1) - expected.resist),
                                      std::abs(e.probability(2, 1) - expected.fight)});
    if (distance < record) record = distance, best = &e;
  }
  return record <= 1e-10 ? best : nullptr;
}

TEST(SolveCutoff, FindsTheThreeRegimesOfTheCrisisGame) {
  struct { double wa, ua, cb, ub, a; Closed expected; double war; } const points[] = {
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
    const double wa = 0.5 + 2 * draw(random), ua = 1.5 * draw(random) - 0.3, cb = 0.5 + 2 * draw(random), ub = 0.1 + 2 * draw(random);
    const double a = std::min(0.05 + draw(random), 0.9 * wa);
    if (ua <= -a + 0.01) continue;  // nobody would ever fight: outside the closed form
    SCOPED_TRACE(testing::Message() << "wa " << wa << ", ua " << ua << ", cb " << cb << ", ub " << ub << ", a " << a);
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

}  // namespace
}  // namespace schelling
