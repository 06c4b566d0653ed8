#include "support/random_trees.hpp"

#include <schelling/core/error.hpp>
#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/solvers/eliminate_dominated.hpp>
#include <schelling/solvers/solve_quasi_perfect.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

TEST(SolveQuasiPerfect, IsSequentialAndNeverWeaklyDominated) {
  std::mt19937_64 random(31);
  int weak = 0;
  for (int k = 0; k < 150; ++k) {
    // Small payoffs, so that equilibria in dominated strategies abound.
    const auto game = testing::random_tree(random, {2 + k % 3, 2 + k % 2, 1 + k % 2});
    for (const std::uint64_t start : {0, 5}) {
      const auto found = solve_quasi_perfect(game, {.start = start});
      ASSERT_EQ(found.info.status, Status::solved) << "game " << k << ": " << found.info.message;
      ASSERT_EQ(found.equilibria.size(), 1u);
      const auto& assessment = found.equilibria[0].assessment;
      const auto certificate = certify(game, assessment);
      EXPECT_EQ(certificate[Concept::sequential].holds, true) << certificate[Concept::sequential].reason;
      EXPECT_EQ(certificate[Concept::subgame_perfect].holds, true);

      // The normal form of a quasi-perfect equilibrium is perfect (van Damme 1984), hence undominated.
      const ReducedNormalForm<Rational> reduced(game);
      for (const auto& gone :
           eliminate_dominated(reduced.game(), {.dominance = Dominance::weak}).eliminations) {
        if (gone.round > 1) break;
        Rational weight(1);
        for (const Index action : reduced.actions(gone.player, gone.strategy))
          weight *= assessment.strategy[static_cast<std::size_t>(action)];
        EXPECT_EQ(weight, 0) << "game " << k << ": "
                             << reduced.game().strategy_label(gone.player, gone.strategy);
        ++weak;
      }
    }
  }
  EXPECT_GT(weak, 500) << "the games should have dominated strategies";
}

TEST(SolveQuasiPerfect, AvoidsDominatedStrategiesWhereSequentialEquilibriaDoNot) {
  // Both move at once; (B, R) is sequential, but weakly dominated.
  GameTreeBuilder b({"A", "B"});
  for (const auto place : b.decision(b.root(), "A", {"T", "B"}))
    for (const auto end : b.decision(place, "B", {"L", "R"}, "B's")) b.terminal(end);
  const GameTree tree = b.build();
  const ExtensiveGame<Rational> game(tree, std::vector<Rational>(6), {1, 1, 0, 0, 0, 0, 0, 0});
  for (std::uint64_t start = 0; start < 4; ++start) {
    const auto found = solve_quasi_perfect(game, {.start = start});
    ASSERT_EQ(found.equilibria.size(), 1u);
    EXPECT_EQ(found.equilibria[0].payoff, (std::vector<Rational>{1, 1}));
  }
}

TEST(SolveQuasiPerfect, NamesSetsThatChanceNeverReaches) {
  GameTreeBuilder b({"A", "B"});
  const auto place = b.chance(b.root(), {"often", "never"});
  b.terminal(place[0]);
  for (const auto end : b.decision(place[1], "A", {"x", "y"}, "impossible")) b.terminal(end);
  const GameTree tree = b.build();
  try {
    solve_quasi_perfect(ExtensiveGame<Rational>(tree, {1, 0, 0, 0}, std::vector<Rational>(6)));
    FAIL();
  } catch (const InvalidGame& error) {
    EXPECT_NE(std::string(error.what()).find("'impossible'"), std::string::npos) << error.what();
  }
}

TEST(SolveQuasiPerfect, StopsWhenAsked) {
  GameTreeBuilder b({"A", "B"});
  for (const auto place : b.decision(b.root(), "A", {"T", "B"}))
    for (const auto end : b.decision(place, "B", {"L", "R"}, "B's")) b.terminal(end);
  const GameTree tree = b.build();
  const ExtensiveGame<Rational> pennies(tree, std::vector<Rational>(6), {1, 0, 0, 1, 0, 1, 1, 0});
  Monitor monitor;
  monitor.cancel();
  const auto stopped = solve_quasi_perfect(pennies, {}, monitor);
  EXPECT_EQ(stopped.info.status, Status::cancelled);
  EXPECT_TRUE(stopped.equilibria.empty());
}

}  // namespace
}  // namespace schelling
