#include "support/extensive_games.hpp"

#include <schelling/solvers/estimate_agent_qre.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace schelling {
namespace {

using extensive_games::signaling_tree;

/// How often each action is chosen when the game is played many times.
std::vector<double> simulate(const ExtensiveGame<double>& game, const std::vector<double>& strategy,
                             int plays, std::uint64_t seed) {
  const GameTree& tree = game.tree();
  std::mt19937_64 random(seed);
  std::vector<double> counts(strategy.size(), 0.0);
  for (int k = 0; k < plays; ++k)
    for (Index node = 0; tree.kind(node) != NodeKind::terminal;) {
      const Index set = tree.information_set(node);
      double rest = extensive_games::uniform(random);
      Index move = 0;
      const auto probability = [&](Index m) {
        return set == none ? game.chance(node, m)
                           : strategy[static_cast<std::size_t>(tree.first_action(set) + m)];
      };
      while (move + 1 < tree.moves(node) && (rest -= probability(move)) >= 0) ++move;
      if (set != none) ++counts[static_cast<std::size_t>(tree.first_action(set) + move)];
      node = tree.child(node, move);
    }
  return counts;
}

double log_likelihood(std::span<const double> counts, std::span<const double> log_strategy) {
  double sum = 0;
  for (std::size_t a = 0; a < counts.size(); ++a) sum += counts[a] * log_strategy[a];
  return sum;
}

TEST(EstimateAgentQre, RecoversLambdaFromSimulatedPlay) {
  int inside = 0, tried = 0;
  for (const double lambda : {1.0, 4.0, 12.0})
    for (unsigned seed = 1; seed <= 8; ++seed) {
      const auto game = signaling_tree(3, 3, 3, seed);
      const auto truth = agent_qre(game, lambda);
      ASSERT_TRUE(truth.equilibrium);
      const auto counts = simulate(game, truth.equilibrium->assessment.strategy, 4000, seed);
      const auto estimate = estimate_agent_qre(game, counts);
      ASSERT_EQ(estimate.info.status, Status::solved) << estimate.info.message;
      EXPECT_EQ(estimate.observations, 8000);
      EXPECT_GE(estimate.fit.log_likelihood, log_likelihood(counts, truth.equilibrium->log_strategy) - 1e-9);
      EXPECT_LE(estimate.fit.log_likelihood, estimate.log_likelihood_frequencies);
      EXPECT_GE(estimate.fit.log_likelihood, estimate.log_likelihood_uniform);
      EXPECT_LT(std::abs(estimate.fit.lambda - lambda), 4 * estimate.standard_error) << seed;
      EXPECT_LE(estimate.lower, estimate.fit.lambda);
      EXPECT_GE(estimate.upper, estimate.fit.lambda);
      inside += estimate.lower <= lambda && lambda <= estimate.upper;
      ++tried;
    }
  EXPECT_GE(inside, tried - 4);  // 95 of 100, up to chance
}

/// With the expected counts as data the maximum is the true lambda, and Fisher's information is the second derivative.
TEST(EstimateAgentQre, IsExactForExpectedCounts) {
  const auto game = signaling_tree(3, 3, 3, 4);
  constexpr double lambda = 5, plays = 1000, step = 1e-3;
  const auto truth = agent_qre(game, lambda);
  ASSERT_TRUE(truth.equilibrium);
  const auto& strategy = truth.equilibrium->assessment.strategy;
  const auto reach = reach_probabilities<double>(game, strategy);
  std::vector<double> counts(strategy.size(), 0.0);
  const GameTree& tree = game.tree();
  for (Index node = 0; node < tree.nodes(); ++node)
    if (const Index set = tree.information_set(node); set != none)
      for (Index a = 0; a < tree.actions(set); ++a)
        counts[static_cast<std::size_t>(tree.first_action(set) + a)] +=
            plays * reach[static_cast<std::size_t>(tree.child(node, a))];
  const auto estimate = estimate_agent_qre(game, counts);
  EXPECT_NEAR(estimate.fit.lambda, lambda, 1e-7);
  const auto at = [&](double x) {
    return log_likelihood(counts, agent_qre(game, x).equilibrium->log_strategy);
  };
  const double curvature = -(at(lambda + step) - 2 * at(lambda) + at(lambda - step)) / (step * step);
  EXPECT_NEAR(estimate.standard_error * std::sqrt(curvature), 1, 1e-4);
  // The ends of the interval lose half of the 95 % quantile of the chi-square distribution of one degree of freedom.
  EXPECT_NEAR(at(lambda) - at(estimate.lower), 3.841458820694124 / 2, 1e-7);
  EXPECT_NEAR(at(lambda) - at(estimate.upper), 3.841458820694124 / 2, 1e-7);
}

TEST(EstimateAgentQre, FindsTheHighestOfSeveralMaxima) {
  std::size_t several = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const auto game = signaling_tree(4, 4, 4, seed);
    std::mt19937_64 random(seed);
    std::vector<double> counts;
    for (Index a = 0; a < game.tree().actions(); ++a) counts.push_back(static_cast<double>(random() % 10));
    const auto estimate = estimate_agent_qre(game, counts);
    ASSERT_FALSE(estimate.local_maxima.empty());
    several += estimate.local_maxima.size() > 1;
    for (const auto& maximum : estimate.local_maxima)
      EXPECT_LE(maximum.log_likelihood, estimate.fit.log_likelihood);
    ASSERT_EQ(estimate.log_likelihood.size(), estimate.branch.points());
    for (std::size_t k = 0; k < estimate.branch.points(); ++k) {
      EXPECT_NEAR(estimate.log_likelihood[k], log_likelihood(counts, estimate.branch.log_strategy_at(k)),
                  1e-9);
      EXPECT_LE(estimate.log_likelihood[k], estimate.fit.log_likelihood + 1e-9) << seed;
    }
  }
  EXPECT_GT(several, 0u);
}

TEST(EstimateAgentQre, GivesTheEndsOfTheBranch) {
  // The first strategy is dominant for both.
  const auto game = NormalFormGame<double>::bimatrix(2, 2, {3, 2, 1, 0}, {3, 1, 2, 0});
  const auto perfect = estimate_agent_qre(game, std::vector<double>{10, 0, 10, 0});
  EXPECT_EQ(perfect.info.status, Status::solved) << perfect.info.message;
  EXPECT_TRUE(std::isinf(perfect.fit.lambda));
  EXPECT_EQ(perfect.fit.log_likelihood, 0);
  EXPECT_TRUE(std::isinf(perfect.upper));
  EXPECT_GT(perfect.lower, 0);
  EXPECT_TRUE(std::isnan(perfect.standard_error));
  const auto perverse = estimate_agent_qre(game, std::vector<double>{0, 10, 0, 10});
  EXPECT_EQ(perverse.fit.lambda, 0);
  EXPECT_EQ(perverse.lower, 0);
  EXPECT_NEAR(perverse.fit.log_likelihood, 20 * std::log(0.5), 1e-12);
  EstimateAgentQreOptions options;
  options.branch.lambda_max = 1;
  const auto cut = estimate_agent_qre(game, std::vector<double>{10, 0, 10, 0}, options);
  EXPECT_EQ(cut.info.status, Status::incomplete);
  EXPECT_EQ(cut.fit.lambda, 1);
}

/// A rare mistake that costs little says that lambda is large, behind the point where the limit is known.
TEST(EstimateAgentQre, LooksBehindThePointWhereTheLimitIsKnown) {
  const auto game = NormalFormGame<double>::bimatrix(2, 2, {1, 1, 0.99, 0}, {1, 0, 1, 0});
  const auto estimate = estimate_agent_qre(game, std::vector<double>{1e6 - 1, 1, 1, 0});
  EXPECT_EQ(estimate.info.status, Status::solved) << estimate.info.message;
  EXPECT_NEAR(estimate.fit.lambda, std::log(1e6 - 1) / 0.01, 1e-3);
}

TEST(EstimateAgentQre, RefusesMalformedData) {
  const auto game = signaling_tree(2, 2, 2, 1);
  const std::size_t actions = static_cast<std::size_t>(game.tree().actions());
  EXPECT_THROW(estimate_agent_qre(game, std::vector<double>(actions - 1, 1.0)), InvalidArgument);
  EXPECT_THROW(estimate_agent_qre(game, std::vector<double>(actions, 0.0)), InvalidArgument);
  EXPECT_THROW(estimate_agent_qre(game, std::vector<double>(actions, -1.0)), InvalidArgument);
  EXPECT_THROW(estimate_agent_qre(game, std::vector<double>(actions, std::nan(""))), InvalidArgument);
  EstimateAgentQreOptions options;
  options.confidence = 1;
  EXPECT_THROW(estimate_agent_qre(game, std::vector<double>(actions, 1.0), options), InvalidOptions);
}

}  // namespace
}  // namespace schelling
