#include "support/random_trees.hpp"

#include <schelling/core/error.hpp>
#include <schelling/numerics/tolerance.hpp>
#include <schelling/solvers/solve_correlated.hpp>
#include <schelling/solvers/solve_nash.hpp>

#include <gtest/gtest.h>

#include <numeric>

namespace schelling {
namespace {

TEST(SolveCorrelated, BoundsEveryNashEquilibrium) {
  std::mt19937_64 random(51);
  for (int k = 0; k < 60; ++k) {
    const auto game = testing::random_table(random, {2 + k % 3, 2 + k % 2}, k % 2 ? 2 : 9);
    const auto found = solve_correlated(game);
    ASSERT_EQ(found.info.status, Status::solved);
    ASSERT_EQ(found.welfare_best.size() + found.best.size() + found.worst.size(), 5u);
    for (std::uint64_t start = 0; start < 4; ++start) {
      const auto nash = solve_nash(game, {.start = start}).profiles[0].payoff;
      EXPECT_LE(nash[0] + nash[1], found.welfare_best[0].payoff[0] + found.welfare_best[0].payoff[1]);
      for (const std::size_t i : {0, 1}) {
        EXPECT_LE(nash[i], found.best[i].payoff[i]);
        EXPECT_GE(nash[i], found.worst[i].payoff[i]);
      }
    }
  }
}

TEST(SolveCorrelated, CertifiesForAnyNumberOfPlayersInBothArithmetics) {
  std::mt19937_64 random(52);
  for (int k = 0; k < 20; ++k) {
    const auto game = testing::random_table(random, {2, 3, 2}, 9);
    const auto exact = solve_correlated(game);
    const auto found = solve_correlated(testing::rounded(game));
    ASSERT_EQ(found.best.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(exact.best[i].certificate.max_regret, 0);
      EXPECT_LE(found.best[i].certificate.max_regret, tolerance::certificate);
      EXPECT_NEAR(found.best[i].payoff[i], to_double(exact.best[i].payoff[i]), 1e-8);
      EXPECT_NEAR(found.worst[i].payoff[i], to_double(exact.worst[i].payoff[i]), 1e-8);
    }
  }
}

TEST(CertifyCorrelated, MeasuresGainsFromDisobedience) {
  // Chicken, rows and columns dare or yield: obeying is not best where both are told to dare.
  const auto game = NormalFormGame<Rational>::bimatrix(2, 2, {0, 7, 2, 6}, {0, 2, 7, 6});
  const auto third = Rational(1, 3);
  EXPECT_EQ(certify_correlated(game, std::vector<Rational>{0, third, third, third}).certificate.max_regret,
            0);
  // Told to dare, a player yields: gain 2 with probability 1, of the range 7.
  EXPECT_EQ(certify_correlated(game, std::vector<Rational>{1, 0, 0, 0}).certificate.max_regret, 2.0 / 7);
  EXPECT_THROW(certify_correlated(game, std::vector<Rational>{1, 0, 0}), InvalidArgument);
  EXPECT_THROW(certify_correlated(game, std::vector<Rational>{1, 1, 0, 0}), InvalidArgument);
}

TEST(SolveCorrelated, StopsWhenAsked) {
  Monitor monitor;
  monitor.cancel();
  const auto stopped =
      solve_correlated(NormalFormGame<Rational>::bimatrix(2, 2, {0, 7, 2, 6}, {0, 2, 7, 6}), monitor);
  EXPECT_EQ(stopped.info.status, Status::cancelled);
  EXPECT_TRUE(stopped.welfare_best.empty());
}

}  // namespace
}  // namespace schelling
