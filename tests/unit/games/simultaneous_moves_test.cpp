#include <schelling/games/simultaneous_moves.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

TEST(SimultaneousMoves, KeepsLabelsAndTheOrderOfProfiles) {
  std::vector<Rational> payoffs;
  for (int k = 0; k < 2 * 3 * 2 * 3; ++k) payoffs.push_back(k);
  const NormalFormGame<Rational> table({"A", "B", "C"}, {{"u", "d"}, {"l", "m", "r"}, {"x", "y"}}, payoffs,
                                       "three");
  const auto game = simultaneous_moves(table);
  const GameTree& tree = game.tree();
  EXPECT_EQ(game.title(), "three");
  EXPECT_EQ(tree.information_sets(), 3);
  for (int i = 0; i < 3; ++i) {
    const auto set = static_cast<Index>(i);
    EXPECT_EQ(tree.set_player(set), i);
    EXPECT_EQ(tree.set_label(set), table.player_label(i));
    ASSERT_EQ(tree.actions(set), table.strategies(i));
    for (int s = 0; s < table.strategies(i); ++s)
      EXPECT_EQ(tree.action_label(set, s), table.strategy_label(i, s));
  }
  EXPECT_EQ(tree.path(tree.terminal_node(7)), "d, l, y");
  const std::vector<int> profile{1, 0, 1};
  EXPECT_EQ(table.profile(profile), 7u);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(game.payoff(7, i), table.payoff(7, i));
}

}  // namespace
}  // namespace schelling
