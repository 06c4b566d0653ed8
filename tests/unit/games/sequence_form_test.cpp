#include "support/random_trees.hpp"

#include <schelling/equilibria/assessment.hpp>
#include <schelling/games/sequence_form.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

template <class Scalar>
std::array<Scalar, 2> payoffs(const SequenceForm<Scalar>& form, const std::vector<Scalar>& row,
                              const std::vector<Scalar>& column) {
  std::array<Scalar, 2> result{Scalar(0), Scalar(0)};
  for (const auto& entry : form.entries())
    for (const std::size_t i : {0, 1})
      result[i] += row[static_cast<std::size_t>(entry.row)] * column[static_cast<std::size_t>(entry.column)] *
                   entry.payoff[i];
  return result;
}

TEST(SequenceForm, PaysWhatTheTreePays) {
  std::mt19937_64 random(1);
  for (int k = 0; k < 200; ++k) {
    const auto game = testing::random_tree(random, {5, 3, 6});
    const auto& tree = game.tree();
    const SequenceForm<Rational> form(game);
    EXPECT_EQ(form.sequences(0) + form.sequences(1), tree.actions() + 2);
    const auto strategy = testing::random_behaviour(random, tree);
    const auto expected = continuation_payoffs<Rational>(game, strategy);
    const auto row = form.plan(0, strategy), column = form.plan(1, strategy);
    const auto found = payoffs(form, row, column);
    EXPECT_EQ(found[0], expected[0]);
    EXPECT_EQ(found[1], expected[1]);

    std::vector<Rational> back(strategy.size(), Rational(0));
    form.write_behaviour(0, row, back);
    form.write_behaviour(1, column, back);
    EXPECT_EQ(back, strategy);
    Rational total(0);
    for (const auto& entry : form.entries())
      total += row[static_cast<std::size_t>(entry.row)] * column[static_cast<std::size_t>(entry.column)] *
               entry.probability;
    EXPECT_EQ(total, 1);
  }
}

TEST(SequenceForm, OrdersSetsDownThePlayersOwnTree) {
  std::mt19937_64 random(2);
  for (int k = 0; k < 50; ++k) {
    const SequenceForm<Rational> form(testing::random_tree(random, {6, 3, 6}));
    for (const int i : {0, 1}) {
      Index next = 1;
      for (const auto& set : form.sets(i)) {
        EXPECT_EQ(set.first, next);
        EXPECT_LT(set.parent, set.first);
        for (Index s = set.first; s < set.first + set.count; ++s)
          EXPECT_EQ(form.length(i, s), form.length(i, set.parent) + 1);
        next += set.count;
      }
      EXPECT_EQ(next, form.sequences(i));
    }
  }
}

TEST(SequenceForm, LeavesBehaviourThatThePlanExcludesAlone) {
  GameTreeBuilder b({"A", "B"});
  const auto first = b.decision(b.root(), "A", {"stop", "go"});
  b.terminal(first[0]);
  for (const auto end : b.decision(first[1], "A", {"x", "y"})) b.terminal(end);
  const GameTree tree = b.build();
  const SequenceForm<Rational> form(
      ExtensiveGame<Rational>(tree, std::vector<Rational>(4), std::vector<Rational>(6)));
  std::vector<Rational> strategy{0, 0, Rational(1, 3), Rational(2, 3)};
  form.write_behaviour(0, std::vector<Rational>{1, 1, 0, 0, 0}, strategy);
  EXPECT_EQ(strategy, (std::vector<Rational>{1, 0, Rational(1, 3), Rational(2, 3)}));
}

TEST(SequenceForm, ReadsATableAsOneSetForEachPlayer) {
  std::mt19937_64 random(3);
  const auto game = testing::random_table(random, {3, 4}, 9);
  const SequenceForm<Rational> form(game);
  ASSERT_EQ(form.entries().size(), 12u);
  std::vector<Rational> row(4, Rational(0)), column(5, Rational(0));
  row[0] = column[0] = row[2] = column[3] = 1;
  const std::vector<int> pure{1, 2};
  const auto found = payoffs(form, row, column);
  EXPECT_EQ(found[0], game.payoff(game.profile(pure), 0));
  EXPECT_EQ(found[1], game.payoff(game.profile(pure), 1));
  EXPECT_EQ(form.action(1, 3), 3 + 2);
}

TEST(SequenceForm, NeedsTwoPlayers) {
  std::mt19937_64 random(4);
  EXPECT_THROW(SequenceForm<Rational>(testing::random_table(random, {2, 2, 2}, 3)), InvalidGame);
}

}  // namespace
}  // namespace schelling
