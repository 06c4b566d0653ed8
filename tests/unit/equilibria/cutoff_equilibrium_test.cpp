#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>
#include <schelling/equilibria/cutoff_equilibrium.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace schelling {
namespace {

constexpr double tolerance_of_rounding = 1e-12;
/// Reputational cost of backing down.
constexpr double a = 0.5;

/// A crisis in the manner of Schultz (1998): challenge, resist, fight; types are the values of war.
PrivateTypeGame crisis(Distribution types_a, Distribution types_b) {
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

StepStrategy pure(std::vector<double> cutoffs, std::vector<std::vector<double>> cells) {
  return {std::move(cutoffs), std::move(cells), {}};
}

/// A ~ U[-2, 0], B ~ U[-2, 0.2]: some types challenge although they will back down. B resists with v/(v+a) = 2/3, so that
/// staying out and bluffing tie, which makes its marginal type w* = 0.2 - 2.2 * 2/3; with f the probability that a
/// challenger fights, f w* + (1-f) = 0; the types above -a fight, and bluffers are as many as make that f.
struct Bluff {
  PrivateTypeGame game = crisis(uniform(-2, 0), uniform(-2, 0.2));
  double resist = 1 / (1 + a), marginal = 0.2 - 2.2 * resist, fight = 1 / (1 - marginal),
         challenge = 0.25 / fight;
  std::vector<StepStrategy> strategy{pure({-2 * challenge}, {{1, 0}, {0, 1}}),
                                     pure({marginal}, {{1, 0}, {0, 1}}), pure({-a}, {{1, 0}, {0, 1}})};
  CutoffEquilibrium equilibrium() const {
    auto e = assess(game, strategy);
    e.certificate = certify(game, e);
    return e;
  }
};

TEST(Assess, FollowsFromTheStrategies) {
  const Bluff bluff;
  const auto e = bluff.equilibrium();
  EXPECT_NEAR(e.probability(0, 1), 0.566666666667, 1e-12);
  EXPECT_NEAR(e.probability(1, 1), 0.666666666667, 1e-12);
  EXPECT_NEAR(e.probability(2, 1), 0.441176470588, 1e-12);
  EXPECT_EQ(e.kind, CutoffKind::cutoff);
  double sum = 0;
  for (const double p : e.outcome) sum += p;
  EXPECT_NEAR(sum, 1, tolerance_of_rounding);
  EXPECT_NEAR(e.outcome[3], 1.0 / 6, 1e-12);  // war
  // Belief after the challenge: uniform above the challenger's cutoff.
  const auto belief = e.belief(2);
  ASSERT_TRUE(belief);
  EXPECT_NEAR(belief->mean(), -bluff.challenge, tolerance_of_rounding);
  // Ex-ante payoff: the average of the types' payoffs.
  for (Index player : {0, 1}) {
    const auto& law = bluff.game.types(player);
    double mean = 0;
    constexpr int steps = 40000;
    for (int k = 0; k < steps; ++k) mean += e.interim_payoff(player, law.quantile((k + 0.5) / steps)) / steps;
    EXPECT_NEAR(e.payoff[static_cast<std::size_t>(player)], mean, 1e-4);
  }
}

TEST(CertifyCutoff, AcceptsTheBluffAndNothingNearIt) {
  const Bluff bluff;
  const auto e = bluff.equilibrium();
  EXPECT_TRUE(e.certificate.passes(tolerance_of_rounding)) << e.to_text(true);

  // A cutoff moved by one percent, everything else recomputed: somebody gains.
  for (std::size_t set = 0; set < 3; ++set) {
    auto strategy = bluff.strategy;
    strategy[set].cutoffs[0] *= 1.01;
    EXPECT_GT(certify(bluff.game, assess(bluff.game, strategy)).max_regret, 1e-4) << set;
    // The same with the probabilities left as they were: Bayes' rule is violated.
    auto stale = e;
    stale.strategy = strategy;
    EXPECT_GT(certify(bluff.game, stale).bayes_gap, 1e-3) << set;
  }
  auto wrong = e;
  wrong.probabilities[3] += 0.01, wrong.probabilities[2] -= 0.01;
  EXPECT_GT(certify(bluff.game, wrong).bayes_gap, 5e-3);
  EXPECT_GT(certify(bluff.game, wrong).max_regret, 1e-3);
  wrong = e;
  wrong.beliefs[1] = uniform(-2, 0);
  EXPECT_GT(certify(bluff.game, wrong).bayes_gap, 0.1);
  wrong = e;
  wrong.outcome[3] += 1e-6;
  EXPECT_GT(certify(bluff.game, wrong).bayes_gap, 9e-7);
}

TEST(CertifyCutoff, LooksAtBeliefsOffThePath) {
  // Nobody challenges; what a challenger is thought to be decides whether that is an equilibrium.
  const auto game = crisis(uniform(-2, 0), uniform(-2, 0.2));
  const auto with_belief = [&](double type, double marginal) {
    std::vector<std::optional<Distribution>> beliefs(6);
    beliefs[1] = atom(type);
    return assess(game,
                  {pure({}, {{1, 0}}), pure({marginal}, {{1, 0}, {0, 1}}), pure({-a}, {{1, 0}, {0, 1}})},
                  beliefs);
  };
  // A challenger will back down, so every type of B resists and no type of A challenges.
  auto quiet = with_belief(-1, -2);
  EXPECT_TRUE(certify(game, quiet).passes(tolerance_of_rounding));
  EXPECT_EQ(quiet.kind, CutoffKind::pooling);
  EXPECT_EQ(quiet.outcome[0], 1);
  EXPECT_EQ(
      certify(game, quiet).consistency,
      "1 belief after unreached actions chosen within the prior's support; below them Bayes' rule holds");
  // The belief says that a challenger fights, the probabilities still that he does not.
  auto wrong = quiet;
  wrong.beliefs[1] = atom(-0.1);
  EXPECT_NEAR(certify(game, wrong).bayes_gap, 1, tolerance_of_rounding);
  // Believed to fight, with B's best reply to that (only types above 0 resist): challenging pays.
  EXPECT_GT(certify(game, with_belief(-0.1, 0)).max_regret, 0.1);
  // Types of B that should concede resist: unreached, and regretted all the same.
  EXPECT_GT(certify(game, with_belief(-0.1, -2)).max_regret, 0.1);
  wrong.beliefs[1] = std::nullopt;
  EXPECT_EQ(certify(game, wrong).bayes_gap, std::numeric_limits<double>::infinity());
  wrong.beliefs[1] = atom(-3);
  EXPECT_EQ(certify(game, wrong).bayes_gap, std::numeric_limits<double>::infinity());
}

TEST(CertifyCutoff, SeesDeviationsOfTypesAtInfinity) {
  // One decision: t against 0, t normal. The right cutoff is 0; "never" is wrong for arbitrarily high types.
  PrivateTypeGameBuilder b({{"A", normal(-20, 1)}});
  const auto start = b.decision(b.root(), "A", {"safe", "risky"});
  b.terminal(start[0], {{"A", 0}});
  b.terminal(start[1], {{"A", {0, 1}}});
  const auto game = b.build();
  EXPECT_TRUE(certify(game, assess(game, {pure({0}, {{1, 0}, {0, 1}})})).passes(tolerance_of_rounding));
  const auto never = certify(game, assess(game, {pure({}, {{1, 0}})}));
  EXPECT_EQ(never.max_regret, std::numeric_limits<double>::infinity());
  // Regret is relative to 1 + |t| / IQR there: at t = 2 the loss is 2, the scale 20 + IQR.
  const double iqr = normal(-20, 1).interquartile_range();
  EXPECT_NEAR(certify(game, assess(game, {pure({2}, {{1, 0}, {0, 1}})})).max_regret,
              2 / ((20 + iqr) * (1 + 2 / iqr)), 1e-12);
}

TEST(CertifyCutoff, TreatsAtomsAsTypesOfTheirOwn) {
  // Matching pennies with known payoffs: both mix evenly.
  PrivateTypeGameBuilder b({{"A", atom(0)}, {"B", atom(0)}});
  const auto start = b.decision(b.root(), "A", {"heads", "tails"});
  for (int k = 0; k < 2; ++k) {
    const auto reply = b.decision(start[static_cast<std::size_t>(k)], "B", {"heads", "tails"}, "B");
    for (int m = 0; m < 2; ++m)
      b.terminal(reply[static_cast<std::size_t>(m)], {{"A", k == m ? 1 : -1}, {"B", k == m ? -1 : 1}});
  }
  const auto game = b.build();
  const StepStrategy even{{}, {{0.5, 0.5}}, {{0.5, 0.5}}}, biased{{}, {{0.5, 0.5}}, {{0.51, 0.49}}};
  EXPECT_TRUE(certify(game, assess(game, {even, even})).passes(0));
  EXPECT_EQ(assess(game, {even, even}).kind, CutoffKind::mixed);
  EXPECT_NEAR(certify(game, assess(game, {even, biased})).max_regret, 0.02 / 2, tolerance_of_rounding);
}

TEST(Assess, SaysWhatIsWrong) {
  const Bluff bluff;
  const auto message = [&](std::vector<StepStrategy> strategy) -> std::string {
    try {
      assess(bluff.game, std::move(strategy));
    } catch (const InvalidArgument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({}), "strategy: number of information sets: expected 3, found 0");
  auto strategy = bluff.strategy;
  strategy[1].cells[0] = {0.5, 0.4};
  EXPECT_EQ(message(strategy), "strategy at 'reply': choice probabilities: expected a sum of 1, found 0.9");
  strategy = bluff.strategy;
  strategy[0] = pure({}, {{1, 0}});
  EXPECT_EQ(
      message(strategy),
      "belief after the unreached action 'challenge' at 'start': expected a law of the type, found none");
}

}  // namespace
}  // namespace schelling
