#include <schelling/core/error.hpp>
#include <schelling/games/private_type_game.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace schelling {
namespace {

template <class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const InvalidGame& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(PrivateTypeGame, IsBuiltAsTheStoryIsTold) {
  PrivateTypeGameBuilder b({{"A", uniform(-2, 0)}, {"B", uniform(-2, 0.2)}});
  const auto start = b.decision(b.root(), "A", {"stay out", "challenge"});
  b.terminal(start[0], {{"A", 0}, {"B", 1}}, "status quo");
  const auto luck = b.chance(start[1], {{"calm", 0.9}, {"accident", 0.1}});
  b.terminal(luck[1], {{"B", -3}, {"A", -2}}, "accident");
  const auto reply = b.decision(luck[0], "B", {"concede", "resist"});
  b.terminal(reply[0], {{"A", 1}, {"B", 0}}, "concession");
  b.terminal(reply[1], {{"A", {0, 1}}, {"B", {0.5, 1}}}, "war");
  const auto game = b.build();

  const auto& tree = game.tree();
  EXPECT_EQ(game.players(), 2);
  EXPECT_EQ(tree.terminals(), 4);
  const Index war = tree.terminal(tree.child(tree.child(tree.child(0, 1), 0), 1));
  EXPECT_EQ(game.payoff(war, 1), AffinePayoff(0.5, 1));
  EXPECT_EQ(game.payoff(war, 1).at(-1), -0.5);
  EXPECT_EQ(game.probability(tree.child(0, 1), 1), 0.1);
  EXPECT_EQ(game.movers(0).size(), 1u);
  EXPECT_EQ(game.movers(tree.child(0, 1)).size(), 0u);
  // A at the median -1: payoffs 0, -2, 1, -1; slopes 0 and 1; quartiles -1.5 and -0.5.
  EXPECT_DOUBLE_EQ(game.payoff_scale(0), 3 + 1);
  EXPECT_EQ(game, b.build());
}

TEST(PrivateTypeGame, FindsWhoMovesAtTheSameTime) {
  PrivateTypeGameBuilder b({{"A", uniform(0, 1)}, {"B", uniform(0, 1)}, {"C", atom(0)}});
  for (const auto a : b.decision(b.root(), "A", {"hawk", "dove"}, "A"))
    for (const auto bb : b.decision(a, "B", {"hawk", "dove"}, "B"))
      for (const auto c : b.decision(bb, "C", {"x", "y"}, "C")) {
        // A second stage, which everybody enters knowing what happened.
        const auto again = b.decision(c, "B", {"on", "off"});
        for (const auto end : again) b.terminal(end, {{"A", 0}, {"B", 0}, {"C", 0}});
      }
  const auto game = b.build();
  ASSERT_EQ(game.movers(0).size(), 3u);
  for (Index i = 0; i < 3; ++i) {
    EXPECT_EQ(game.tree().set_player(game.movers(0)[static_cast<std::size_t>(i)]), i);
    EXPECT_EQ(game.public_node(game.movers(0)[static_cast<std::size_t>(i)]), 0);
  }
  const Index later = game.tree().set_nodes(game.tree().find_set("hawk, hawk, x"))[0];
  EXPECT_EQ(game.movers(later).size(), 1u);
  EXPECT_EQ(game.payoff_scale(0), 0);
}

TEST(PrivateTypeGame, RefusesOtherHiddenInformationByName) {
  // B does not see whether A went left or right, but does see that A did not stay out.
  PrivateTypeGameBuilder b({{"A", uniform(0, 1)}, {"B", uniform(0, 1)}});
  const auto start = b.decision(b.root(), "A", {"out", "left", "right"});
  b.terminal(start[0], {{"A", 0}, {"B", 0}});
  for (int k = 1; k <= 2; ++k)
    for (const auto end : b.decision(start[static_cast<std::size_t>(k)], "B", {"l", "r"}, "B after a move"))
      b.terminal(end, {{"A", 0}, {"B", 0}});
  EXPECT_EQ(message_of([&] { b.build(); }),
            "information set 'B after a move' of 'B': expected one node, or all the nodes that the "
            "simultaneous moves of others lead to "
            "from one place (only types and simultaneous moves may be hidden), found 2 nodes, among them the "
            "one after 'left'");
}

TEST(PrivateTypeGame, SaysWhatIsWrong) {
  using Players = std::vector<std::pair<std::string, Distribution>>;
  const auto build = [](double p, std::vector<std::pair<std::string, AffinePayoff>> payoffs) {
    PrivateTypeGameBuilder b(Players{{"A", uniform(0, 1)}, {"B", uniform(0, 1)}});
    const auto luck = b.chance(b.root(), {{"good", 0.5}, {"bad", p}});
    b.terminal(luck[0], {{"A", 0}, {"B", 0}});
    b.terminal(luck[1], payoffs, "end");
    b.build();
  };
  EXPECT_EQ(message_of([&] {
              build(0.4, {{"A", 0}, {"B", 0}});
            }),
            "probabilities after 'the start': expected a sum of 1, found 0.9");
  EXPECT_EQ(message_of([&] {
              build(-0.5, {{"A", 0}, {"B", 0}});
            }),
            "probability of 'bad' after 'the start': expected a number in [0, 1], found -0.5");
  EXPECT_EQ(message_of([&] {
              build(0.5, {{"A", 0}});
            }),
            "payoffs of terminal 'end': expected one for each player, found none for 'B'");
  EXPECT_EQ(message_of([&] {
              build(0.5, {{"A", 0}, {"C", 0}});
            }),
            "payoffs of terminal 'end': expected one for each player, found 'C', who is no player");
  EXPECT_EQ(message_of([&] {
              build(0.5, {{"A", 0}, {"B", {0, std::numeric_limits<double>::quiet_NaN()}}});
            }),
            "payoff of 'B' after 'bad': expected finite numbers, found nan");
}

}  // namespace
}  // namespace schelling
