#include "support/random_trees.hpp"

#include <schelling/solvers/solve_nash.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

using testing::rounded;

TEST(SolveNash, FindsAnEquilibriumOfEveryTree) {
  std::mt19937_64 random(11);
  for (int k = 0; k < 400; ++k) {
    // Payoffs up to 1 tie nearly everywhere.
    const auto game = testing::random_tree(random, {2 + k % 4, 2 + k % 3, k % 2 ? 1 : 20});
    for (const std::uint64_t start : {0, 7}) {
      const auto exact = solve_nash(game, {.start = start});
      ASSERT_EQ(exact.info.status, Status::solved) << "game " << k;
      ASSERT_EQ(exact.equilibria.size(), 1u);
      const auto certificate = certify(game, exact.equilibria[0].assessment);
      EXPECT_EQ(certificate[Concept::nash].holds, true) << "game " << k;
      EXPECT_EQ(exact.equilibria[0].certificate.max_regret, 0);
      const auto found = solve_nash(rounded(game), {.start = start});
      ASSERT_EQ(found.info.status, Status::solved) << "game " << k;
      EXPECT_TRUE(found.info.message.empty()) << "game " << k << ": " << found.info.message;
      EXPECT_LE(found.equilibria[0].certificate.max_regret, tolerance::certificate);
    }
  }
}

TEST(SolveNash, FindsAnEquilibriumOfEveryTable) {
  std::mt19937_64 random(12);
  for (int k = 0; k < 400; ++k) {
    const auto game = testing::random_table(random, {1 + k % 7, 1 + k % 5}, k % 2 ? 1 : 50);
    for (std::uint64_t start = 0; start < 3; ++start) {
      const auto exact = solve_nash(game, {.start = start});
      ASSERT_EQ(exact.profiles.size(), 1u) << "game " << k;
      EXPECT_EQ(exact.profiles[0].certificate.max_regret, 0);
      const auto found = solve_nash(rounded(game), {.start = start});
      ASSERT_EQ(found.profiles.size(), 1u) << "game " << k;
      EXPECT_TRUE(found.info.message.empty()) << "game " << k << ": " << found.info.message;
    }
  }
}

TEST(SolveNash, ReachesOtherEquilibriaFromOtherStarts) {
  // Battle of the sexes (Luce and Raiffa 1957): two pure equilibria.
  const auto game = NormalFormGame<Rational>::bimatrix(2, 2, {2, 0, 0, 1}, {1, 0, 0, 2});
  std::set<std::vector<Rational>> payoffs;
  for (std::uint64_t start = 0; start < 4; ++start)
    payoffs.insert(solve_nash(game, {.start = start}).profiles[0].payoff);
  EXPECT_EQ(payoffs, (std::set<std::vector<Rational>>{{2, 1}, {1, 2}}));
}

TEST(SolveNash, FollowsThePathExactlyWhereRoundingSpoilsIt) {
  // The payoff of one player is decided below the rounding of the path.
  const double tiny = 1e-12;
  const auto game = NormalFormGame<double>::bimatrix(
      3, 3, {1, 0, 1 - tiny, 0, 1, 1 - tiny, 1 - tiny, 1 - tiny, 1}, {0, 1, tiny, 1, 0, tiny, tiny, tiny, 0});
  const auto found = solve_nash(game);
  ASSERT_EQ(found.profiles.size(), 1u);
  EXPECT_TRUE(found.profiles[0].certificate.passes(tolerance::certificate));
}

TEST(SolveNash, StopsWhenAsked) {
  std::mt19937_64 random(13);
  const auto game = testing::random_tree(random, {8, 3, 9});
  Monitor monitor;
  monitor.cancel();
  const auto stopped = solve_nash(game, {}, monitor);
  if (stopped.info.status != Status::solved) {
    EXPECT_EQ(stopped.info.status, Status::cancelled);
    EXPECT_TRUE(stopped.equilibria.empty());
  }
  const auto table = testing::random_table(random, {4, 4}, 50);
  const auto none = solve_nash(table, {}, monitor);
  EXPECT_EQ(none.info.status, Status::cancelled);
  EXPECT_TRUE(none.profiles.empty());
  EXPECT_FALSE(none.info.message.empty());
}

TEST(SolveNash, RefusesThreePlayers) {
  std::mt19937_64 random(14);
  EXPECT_THROW(solve_nash(testing::random_table(random, {2, 2, 2}, 3)), InvalidGame);
}

TEST(SolveNash, SolvesAGameInWhichOnlyChanceMoves) {
  GameTreeBuilder b({"A", "B"});
  for (const auto end : b.chance(b.root(), {"x", "y"})) b.terminal(end);
  const GameTree tree = b.build();
  const ExtensiveGame<Rational> game(tree, {Rational(1, 3), Rational(2, 3)}, {3, 0, 0, 6});
  const auto found = solve_nash(game);
  ASSERT_EQ(found.equilibria.size(), 1u);
  EXPECT_EQ(found.equilibria[0].payoff, (std::vector<Rational>{1, 4}));
}

}  // namespace
}  // namespace schelling
