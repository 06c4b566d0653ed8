#include "support/random_trees.hpp"

#include <schelling/numerics/linear_program.hpp>
#include <schelling/solvers/eliminate_dominated.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace schelling {
namespace {

/// Whether some belief over the others' joint play, with all of it possible for weak dominance, makes the strategy a best
/// reply: the other side of the duality (Pearce 1984, Lemmas 3 and 4).
bool is_best_reply_to_some_belief(const NormalFormGame<Rational>& game, int player, int strategy, bool full) {
  std::vector<std::size_t> bases;
  std::size_t stride = 1;
  for (int i = game.players(); i-- > player + 1;) stride *= static_cast<std::size_t>(game.strategies(i));
  const auto own = static_cast<std::size_t>(game.strategies(player));
  for (std::size_t p = 0; p < game.profiles(); ++p)
    if (p / stride % own == 0) bases.push_back(p);
  // Unknowns: beliefs above the least one, and the least one.
  LinearProgram<Rational> program(bases.size() + 1);
  std::vector<Rational> row(bases.size() + 1, Rational(1));
  row.back() = static_cast<int>(bases.size());
  program.add(row, Relation::equal, 1);
  for (std::size_t s = 0; s < own; ++s) {
    Rational sum(0);
    for (std::size_t k = 0; k < bases.size(); ++k) {
      row[k] = game.payoff(bases[k] + static_cast<std::size_t>(strategy) * stride, player) -
               game.payoff(bases[k] + s * stride, player);
      sum += row[k];
    }
    row.back() = sum;
    program.add(row, Relation::greater_equal, 0);
  }
  std::fill(row.begin(), row.end(), Rational(0));
  row.back() = 1;
  program.maximize(row);
  const auto solution = solve_linear_program(program);
  return solution.status == LinearProgramStatus::optimal && (!full || solution.value > 0);
}

TEST(EliminateDominated, EliminatesWhatIsNeverABestReply) {
  std::mt19937_64 random(41);
  int mixed = 0;
  for (int k = 0; k < 120; ++k) {
    const std::vector<int> sizes = k % 3 ? std::vector<int>{4, 3} : std::vector<int>{3, 2, 3};
    const auto game = testing::random_table(random, sizes, k % 2 ? 2 : 9);
    for (const Dominance dominance : {Dominance::strict, Dominance::weak}) {
      const auto result = eliminate_dominated(game, {.dominance = dominance});
      EXPECT_TRUE(result.info.complete());
      // The first round by duality.
      for (int i = 0; i < game.players(); ++i)
        for (int s = 0; s < game.strategies(i); ++s) {
          const bool gone = std::any_of(result.eliminations.begin(), result.eliminations.end(), [&](auto& e) {
            return e.round == 1 && e.player == i && e.strategy == s;
          });
          EXPECT_EQ(gone, !is_best_reply_to_some_belief(game, i, s, dominance == Dominance::weak))
              << "game " << k << ", " << i << ", " << s;
        }
      for (const auto& e : result.eliminations)
        mixed += std::count_if(e.dominated_by.begin(), e.dominated_by.end(),
                               [](const Rational& p) { return p > 0; }) > 1;
      // Nothing more is to be done in what is left.
      EXPECT_TRUE(eliminate_dominated(result.reduced, {.dominance = dominance}).eliminations.empty());
      std::size_t left = 0, strategies = 0;
      for (int i = 0; i < game.players(); ++i) {
        left += result.remaining[static_cast<std::size_t>(i)].size();
        strategies += static_cast<std::size_t>(game.strategies(i));
        EXPECT_EQ(result.reduced.strategies(i),
                  static_cast<int>(result.remaining[static_cast<std::size_t>(i)].size()));
      }
      EXPECT_EQ(left + result.eliminations.size(), strategies);
    }
  }
  EXPECT_GT(mixed, 20) << "some dominance should need mixtures";
}

TEST(EliminateDominated, ShowsTheMixtureAndTheRounds) {
  // The middle row is worse than an even mixture of the others; then the right column, then the bottom row go.
  const auto game = NormalFormGame<Rational>::bimatrix(3, 2, {4, 0, 1, 1, 0, 3}, {2, 1, 0, 3, 1, 0});
  const auto result = eliminate_dominated(game);
  ASSERT_EQ(result.eliminations.size(), 3u);
  const auto& first = result.eliminations[0];
  EXPECT_EQ(first.round, 1);
  EXPECT_EQ(first.player, 0);
  EXPECT_EQ(first.strategy, 1);
  EXPECT_EQ(first.dominated_by[1], 0);
  EXPECT_GT(4 * first.dominated_by[0], 1);
  EXPECT_GT(3 * first.dominated_by[2], 1);
  EXPECT_EQ(result.eliminations[1].round, 2);
  EXPECT_EQ(result.eliminations[2].round, 3);
  EXPECT_EQ(result.remaining, (std::vector<std::vector<int>>{{0}, {0}}));
  EXPECT_EQ(result.reduced.strategy_label(0, 0), "r0");
  EXPECT_EQ(result.reduced.payoff(0, 0), 4);
}

TEST(EliminateDominated, ComparesDoublesAsTheyAre) {
  const auto tie = NormalFormGame<double>::bimatrix(2, 1, {0.1 + 0.2, 0.3}, {0, 0});
  const auto result = eliminate_dominated(tie);
  ASSERT_EQ(result.eliminations.size(), 1u) << "0.1 + 0.2 is greater than 0.3 in double";
  EXPECT_EQ(result.eliminations[0].strategy, 1);
  EXPECT_TRUE(eliminate_dominated(NormalFormGame<double>::bimatrix(2, 1, {0.3, 0.3}, {0, 0}),
                                  {.dominance = Dominance::weak})
                  .eliminations.empty());
}

TEST(EliminateDominated, StopsWhenAsked) {
  Monitor monitor;
  monitor.cancel();
  const auto game = NormalFormGame<Rational>::bimatrix(2, 1, {1, 0}, {0, 0});
  const auto stopped = eliminate_dominated(game, {}, monitor);
  EXPECT_EQ(stopped.info.status, Status::cancelled);
  EXPECT_FALSE(stopped.info.complete());
  EXPECT_EQ(stopped.reduced, game);
}

}  // namespace
}  // namespace schelling
