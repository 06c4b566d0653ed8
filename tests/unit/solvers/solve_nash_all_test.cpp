#include <schelling/games/sequence_form.hpp>
#include <schelling/solvers/solve_nash_all.hpp>

#include "support/nash_sets.hpp"
#include "support/random_trees.hpp"

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

NormalFormGame<Rational> table(int rows, int columns, const std::vector<int>& a, const std::vector<int>& b) {
  return NormalFormGame<Rational>::bimatrix(rows, columns, {a.begin(), a.end()}, {b.begin(), b.end()});
}

TEST(SolveNashAll, FindsTheThreeEquilibriaOfBattleOfTheSexes) {
  const auto result = solve_nash_all(table(2, 2, {2, 0, 0, 1}, {1, 0, 0, 2}));
  EXPECT_TRUE(result.info.complete());
  EXPECT_TRUE(result.certificate.passes(0));
  ASSERT_EQ(result.components.size(), 3u);
  bool mixed = false;
  for (const auto& component : result.components) {
    EXPECT_EQ(component.dimension, 0);
    EXPECT_TRUE(component.has_unique_payoff());
    const auto vertex = vertices(result, component).at(0);
    if (vertex.strategies[0][0] == Rational(2, 3)) {
      mixed = true;
      EXPECT_EQ(vertex.strategies[1][0], Rational(1, 3));
      EXPECT_EQ(vertex.payoff[0], Rational(2, 3));
    }
  }
  EXPECT_TRUE(mixed);
}

TEST(SolveNashAll, StatesContinuaAsComponentsWithVertices) {
  // Everything is a tie: one product of two simplices.
  const auto all = solve_nash_all(table(3, 4, std::vector<int>(12, 1), std::vector<int>(12, 5)));
  ASSERT_EQ(all.components.size(), 1u);
  EXPECT_EQ(all.components[0].dimension, 2 + 3);
  EXPECT_EQ(all.components[0].products.size(), 1u);
  EXPECT_EQ(all.components[0].extreme.size(), 12u);
  EXPECT_THROW(vertices(all, all.components[0], 11), InvalidArgument);
  // The row player may not mind: two segments that meet in the corner (Nash 1951 calls such games unsolvable).
  const auto corner = solve_nash_all(table(2, 2, {1, 1, 1, 0}, {1, 1, 1, 0}));
  ASSERT_EQ(corner.components.size(), 1u);
  EXPECT_EQ(corner.components[0].products.size(), 2u);
  EXPECT_EQ(corner.components[0].dimension, 1);
}

TEST(SolveNashAll, AgreesWithTheEnumerationOfSupports) {
  std::mt19937_64 random(1);
  const std::vector<std::vector<int>> shapes{{2, 2}, {2, 3}, {3, 3}, {4, 3}, {4, 4}, {1, 3}};
  for (const int largest : {1, 2, 20})
    for (const auto& shape : shapes)
      for (int k = 0; k < 12; ++k) {
        const auto game = testing::random_table(random, shape, largest);
        const auto result = solve_nash_all(game);
        EXPECT_TRUE(result.info.complete());
        EXPECT_TRUE(result.certificate.passes(0));
        const SequenceForm<Rational> form(game);
        const auto products = testing::products_of(result, form);
        testing::expect_same_equilibria(form, products);
        testing::expect_components(products);
      }
}

TEST(SolveNashAll, SolvesTreesAsTheEnumerationOfSupportsDoes) {
  std::mt19937_64 random(7);
  int solved = 0;
  for (const int largest : {1, 3})
    for (int k = 0; k < 90; ++k) {
      const auto game = testing::random_tree(random, {4, 2, largest});
      const SequenceForm<Rational> form(game);
      if (form.sequences(0) + form.sequences(1) > 13) continue;
      ++solved;
      const auto result = solve_nash_all(game);
      EXPECT_TRUE(result.info.complete());
      EXPECT_TRUE(result.certificate.passes(0));
      const auto products = testing::products_of(result, form);
      testing::expect_same_equilibria(form, products);
      testing::expect_components(products);
    }
  EXPECT_GT(solved, 40);
}

/// When what a strategy of the opponent pays is multiplied by a positive number, equilibria divide its weight by that
/// number. Numbers of 45 and of 300 bits leave machine integers on the way, or from the start.
TEST(SolveNashAll, DoesNotDependOnTheSizeOfNumbers) {
  std::mt19937_64 random(4);
  for (const unsigned bits : {20u, 45u, 300u})
    for (const int largest : {1, 30})
      for (int k = 0; k < 4; ++k) {
        const int size = 5;
        const auto game = testing::random_table(random, {size, size}, largest);
        std::vector<Rational> factor[2];
        for (auto& own : factor)
          for (int s = 0; s < size; ++s)
            own.push_back(
                Rational((Integer(1) << bits) + Integer(static_cast<std::uint64_t>(random() >> 1))));
        std::vector<Rational> payoffs;
        for (int row = 0; row < size; ++row)
          for (int column = 0; column < size; ++column)
            for (const int player : {0, 1})
              payoffs.push_back(game.payoff(game.profile(std::vector{row, column}), player) *
                                factor[1 - player][static_cast<std::size_t>(player == 0 ? column : row)]);
        const NormalFormGame<Rational> scaled(
            {"a", "b"}, {{"1", "2", "3", "4", "5"}, {"1", "2", "3", "4", "5"}}, payoffs);
        const auto equilibria = [](const NormalFormEquilibria<Rational>& result) {
          std::set<std::vector<std::vector<Rational>>> found;
          for (const auto& component : result.components)
            for (const auto& [i, j] : component.extreme)
              found.insert({result.strategies[0][i], result.strategies[1][j]});
          return found;
        };
        std::set<std::vector<std::vector<Rational>>> expected;
        for (auto profile : equilibria(solve_nash_all(game))) {
          for (std::size_t i = 0; i < 2; ++i) {
            Rational total = 0;
            for (std::size_t s = 0; s < profile[i].size(); ++s) total += profile[i][s] /= factor[i][s];
            for (auto& p : profile[i]) p /= total;
          }
          expected.insert(profile);
        }
        const auto result = solve_nash_all(scaled);
        EXPECT_TRUE(result.info.complete());
        EXPECT_TRUE(result.certificate.passes(0));
        EXPECT_EQ(equilibria(result) == expected, true) << bits << " bits, game " << k;
      }
}

TEST(SolveNashAll, SolvesDoublesAsTheirDecimals) {
  const auto result =
      solve_nash_all(NormalFormGame<double>::bimatrix(2, 2, {0.2, 0, 0, 0.1}, {0.1, 0, 0, 0.2}));
  EXPECT_EQ(result.components.size(), 3u);
  EXPECT_EQ(result.info.arithmetic, Arithmetic::double_precision);
  EXPECT_TRUE(result.info.complete());
  EXPECT_TRUE(result.certificate.passes(1e-15));
}

TEST(SolveNashAll, KeepsWhatItFoundWhenItIsStopped) {
  std::mt19937_64 random(3);
  const auto game = testing::random_table(random, {15, 15}, 50);
  Monitor monitor(std::chrono::duration<double>(0.05));
  const auto result = solve_nash_all(game, {}, monitor);
  EXPECT_EQ(result.info.status, Status::time_limit);
  EXPECT_FALSE(result.info.complete());
  EXPECT_TRUE(result.certificate.passes(0));
  const auto few =
      solve_nash_all(table(3, 4, std::vector<int>(12, 1), std::vector<int>(12, 5)), {.limit = 5});
  EXPECT_EQ(few.info.status, Status::truncated);
  EXPECT_FALSE(few.info.complete());
  EXPECT_THROW(solve_nash_all(game, {.limit = 0}), InvalidOptions);
}

TEST(SolveNashAll, RefusesWhatItCannotSolve) {
  EXPECT_THROW(solve_nash_all(NormalFormGame<double>({"a", "b", "c"}, {{"x"}, {"x"}, {"x"}}, {0, 0, 0})),
               InvalidGame);
  std::vector<double> zeros(200 * 100);
  EXPECT_THROW(solve_nash_all(NormalFormGame<double>::bimatrix(200, 100, zeros, zeros)), InvalidGame);
}

/// Nothing to decide is an equilibrium, too.
TEST(SolveNashAll, SolvesGamesInWhichSomebodyHasNoChoice) {
  GameTreeBuilder b({"A", "B"});
  for (const auto place : b.decision(b.root(), "A", {"l", "m", "r"})) b.terminal(place);
  const ExtensiveGame<Rational> game(b.build(), {0, 0, 0}, {1, 0, 1, 2, 0, 5});
  const auto result = solve_nash_all(game);
  ASSERT_EQ(result.components.size(), 1u);
  EXPECT_EQ(result.components[0].extreme.size(), 2u);
  EXPECT_EQ(result.components[0].dimension, 1);
  GameTreeBuilder nothing({"A", "B"});
  nothing.terminal(nothing.root());
  EXPECT_EQ(solve_nash_all(ExtensiveGame<Rational>(nothing.build(), {}, {1, 2})).components.size(), 1u);
}

}  // namespace
}  // namespace schelling
