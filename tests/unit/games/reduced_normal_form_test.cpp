#include <schelling/equilibria/assessment.hpp>
#include <schelling/games/convert_private_type_game.hpp>
#include <schelling/games/reduced_normal_form.hpp>

#include <gtest/gtest.h>

#include <random>

namespace schelling {
namespace {

/// A enters or stays out; B, who sees entry, fights or yields; A, who sees the fight, goes on or leaves. Chance decides
/// whether B is strong, which A does not see.
ExtensiveGame<Rational> entry_game() {
  GameTreeBuilder b({"A", "B"});
  const auto drawn = b.chance(b.root(), {"strong", "weak"});
  for (const auto& [place, name] : {std::pair(drawn[0], "strong"), std::pair(drawn[1], "weak")}) {
    const auto start = b.decision(place, "A", {"out", "in"}, "start");
    b.terminal(start[0]);
    const auto reply = b.decision(start[1], "B", {"fight", "yield"}, name);
    const auto last = b.decision(reply[0], "A", {"leave", "stay"}, "fought");
    b.terminal(last[0]);
    b.terminal(last[1]);
    b.terminal(reply[1]);
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves())), payoffs;
  chance[0] = Rational(1, 3);
  chance[1] = Rational(2, 3);
  for (Index k = 0; k < tree.terminals() * 2; ++k) payoffs.push_back(k * k % 7);
  return {tree, chance, payoffs};
}

TEST(ReducedNormalForm, ListsWhatOwnMovesAllowByTheActionsChosen) {
  const ReducedNormalForm<Rational> form(entry_game());
  const auto& game = form.game();
  ASSERT_EQ(game.strategies(0), 3);
  EXPECT_EQ(game.strategy_label(0, 0), "out");
  EXPECT_EQ(game.strategy_label(0, 1), "in, leave");
  EXPECT_EQ(game.strategy_label(0, 2), "in, stay");
  ASSERT_EQ(game.strategies(1), 4);
  EXPECT_EQ(game.strategy_label(1, 1), "fight, yield");
  EXPECT_EQ(count_reduced_strategies(form.tree_game().tree(), 0), 3);
  EXPECT_THROW(ReducedNormalForm<Rational>(entry_game(), 11), InvalidArgument);
}

/// Kuhn 1953: the behaviour that belongs to mixed strategies leads to the same payoffs.
TEST(ReducedNormalForm, MapsMixedStrategiesToBehaviourThatPaysTheSame) {
  const ReducedNormalForm<Rational> form(entry_game());
  const auto& game = form.game();
  std::mt19937 random(1);
  std::uniform_int_distribution<int> weight(0, 3);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::vector<Rational>> mixed;
    for (int i = 0; i < 2; ++i) {
      std::vector<Rational> weights;
      Rational total = 0;
      for (int s = 0; s < game.strategies(i); ++s) total += weights.emplace_back(weight(random));
      if (total == 0) total = weights[0] = 1;
      for (auto& w : weights) w /= total;
      mixed.push_back(weights);
    }
    const auto behavior = form.behavior(mixed);
    const auto values = continuation_payoffs<Rational>(form.tree_game(), behavior);
    for (int i = 0; i < 2; ++i) {
      Rational expected = 0;
      for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 4; ++c)
          expected += mixed[0][static_cast<std::size_t>(r)] * mixed[1][static_cast<std::size_t>(c)] *
                      game.payoff(game.profile(std::vector{r, c}), i);
      EXPECT_EQ(values[static_cast<std::size_t>(i)], expected);
    }
    check_assessment(form.tree_game(), with_bayes_beliefs(form.tree_game(), behavior));
  }
  EXPECT_THROW(form.behavior(std::vector<std::vector<Rational>>{{1, 0, 0}}), InvalidArgument);
  EXPECT_THROW(form.behavior(std::vector<std::vector<Rational>>{{1, 1, 0}, {1, 0, 0, 0}}), InvalidArgument);
}

TEST(ReducedNormalForm, HasOneStrategyForAPlayerWhoNeverMoves) {
  GameTreeBuilder b({"A", "B"});
  for (const auto place : b.decision(b.root(), "A", {"l", "r"})) b.terminal(place);
  const ReducedNormalForm<double> form(ExtensiveGame<double>(b.build(), {0, 0}, {1, 2, 3, 4}));
  EXPECT_EQ(form.game().strategies(1), 1);
  EXPECT_EQ(form.game().strategy_label(1, 0), "no move");
  EXPECT_EQ(form.game().payoff(1, 1), 4);
}

TEST(PrivateTypesToTree, GiveEachTypeItsOwnInformationSet) {
  const std::vector<std::pair<double, Distribution>> weak_or_strong{{0.25, atom(-2)}, {0.75, atom(-0.5)}};
  PrivateTypeGameBuilder b({{"A", mixture(weak_or_strong)}, {"B", atom(-1)}});
  const auto start = b.decision(b.root(), "A", {"refrain", "attack"}, "start");
  b.terminal(start[0], {{"A", 0}, {"B", 1}}, "peace");
  const auto reply = b.decision(start[1], "B", {"yield", "fight"}, "reply");
  b.terminal(reply[0], {{"A", 1}, {"B", 0}});
  b.terminal(reply[1], {{"A", {0.5, 1}}, {"B", {0.5, 1}}});
  const auto game = to_extensive_game(b.build());
  const auto& tree = game.tree();
  EXPECT_EQ(tree.information_sets(), 3);
  EXPECT_EQ(tree.set_nodes(tree.find_set("reply")).size(), 2u);
  EXPECT_EQ(tree.set_nodes(tree.find_set("start | -2")).size(), 1u);
  EXPECT_EQ(game.chance(0, 1), 0.75);
  EXPECT_EQ(game.payoff(2, 0), -1.5);  // the weak type fights
  EXPECT_EQ(game.payoff(5, 0), 0);
  EXPECT_EQ(game.payoff(5, 1), -0.5);
  PrivateTypeGameBuilder c({{"A", uniform(0, 1)}});
  c.terminal(c.root(), {{"A", 0}});
  EXPECT_THROW(to_extensive_game(c.build()), InvalidGame);
}

}  // namespace
}  // namespace schelling
