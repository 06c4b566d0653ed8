#include "support/random_trees.hpp"

#include <schelling/core/error.hpp>
#include <schelling/numerics/tolerance.hpp>
#include <schelling/solvers/solve_nash.hpp>
#include <schelling/solvers/solve_zero_sum.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

TEST(SolveZeroSum, FindsTheValueThatEveryEquilibriumPays) {
  std::mt19937_64 random(21);
  for (int k = 0; k < 150; ++k) {
    const auto game = testing::random_tree(random, {2 + k % 4, 3, k % 2 ? 1 : 20, true});
    const auto found = solve_zero_sum(game);
    ASSERT_EQ(found.info.status, Status::solved) << "game " << k;
    ASSERT_EQ(found.equilibria.size(), 1u);
    EXPECT_EQ(found.equilibria[0].certificate.max_regret, 0);
    EXPECT_EQ(found.equilibria[0].payoff, solve_nash(game).equilibria[0].payoff) << "game " << k;
    EXPECT_EQ(found.equilibria[0].payoff[0] + found.equilibria[0].payoff[1], 1);

    const auto rounded = solve_zero_sum(testing::rounded(game));
    ASSERT_EQ(rounded.equilibria.size(), 1u) << "game " << k;
    EXPECT_TRUE(rounded.info.message.empty()) << "game " << k << ": " << rounded.info.message;
    EXPECT_LE(rounded.equilibria[0].certificate.max_regret, tolerance::certificate);
    EXPECT_NEAR(rounded.equilibria[0].payoff[0], to_double(found.equilibria[0].payoff[0]), 1e-9);
  }
}

TEST(SolveZeroSum, SolvesTables) {
  // A saddle point, and von Neumann's (1928) mixture.
  const auto pennies = NormalFormGame<Rational>::bimatrix(2, 2, {3, -1, -2, 4}, {-3, 1, 2, -4});
  const auto found = solve_zero_sum(pennies);
  ASSERT_EQ(found.profiles.size(), 1u);
  EXPECT_EQ(found.profiles[0].payoff, (std::vector<Rational>{1, -1}));
  EXPECT_EQ(found.profiles[0].strategies,
            (std::vector<std::vector<Rational>>{{Rational(3, 5), Rational(2, 5)},
                                                {Rational(1, 2), Rational(1, 2)}}));
  std::mt19937_64 random(22);
  for (int k = 0; k < 60; ++k) {
    const auto table = testing::random_table(random, {1 + k % 5, 1 + k % 4}, 9);
    std::vector<Rational> own, other;
    for (std::size_t p = 0; p < table.profiles(); ++p) {
      own.push_back(table.payoff(p, 0));
      other.push_back(10 - own.back());
    }
    const auto game =
        NormalFormGame<Rational>::bimatrix(table.strategies(0), table.strategies(1), own, other);
    const auto solution = solve_zero_sum(game);
    ASSERT_EQ(solution.profiles.size(), 1u);
    EXPECT_EQ(solution.profiles[0].certificate.max_regret, 0);
    EXPECT_EQ(solution.profiles[0].payoff, solve_nash(game).profiles[0].payoff);
  }
}

TEST(SolveZeroSum, NamesATerminalWhosePayoffsSumToSomethingElse) {
  GameTreeBuilder b({"A", "B"});
  const auto ends = b.decision(b.root(), "A", {"left", "right"});
  for (const auto end : ends) b.terminal(end);
  const GameTree tree = b.build();
  try {
    solve_zero_sum(ExtensiveGame<Rational>(tree, std::vector<Rational>(2), {1, -1, 2, Rational(-5, 2)}));
    FAIL();
  } catch (const InvalidGame& error) {
    EXPECT_NE(std::string(error.what()).find("'right'"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("-1/2"), std::string::npos) << error.what();
  }
  EXPECT_THROW(solve_zero_sum(NormalFormGame<double>::bimatrix(1, 2, {0, 1}, {0, -1.001})), InvalidGame);
  // Decimals whose sums differ by their rounding.
  EXPECT_EQ(solve_zero_sum(NormalFormGame<double>::bimatrix(1, 2, {0.1, 0.7}, {0.2, -0.4})).profiles.size(),
            1u);
}

TEST(SolveZeroSum, StopsWhenAsked) {
  Monitor monitor;
  monitor.cancel();
  const auto stopped =
      solve_zero_sum(NormalFormGame<Rational>::bimatrix(2, 2, {1, 0, 0, 1}, {0, 1, 1, 0}), monitor);
  EXPECT_EQ(stopped.info.status, Status::cancelled);
  EXPECT_TRUE(stopped.profiles.empty());
}

}  // namespace
}  // namespace schelling
