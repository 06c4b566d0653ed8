#include <schelling/core/error.hpp>
#include <schelling/games/game_tree.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

template <class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// Nature deals high or low to Sender, who says a or b; Receiver hears it and answers.
GameTree message_game() {
  GameTreeBuilder b({"Sender", "Receiver"});
  const auto deal = b.chance(b.root(), {"high", "low"}, "deal");
  for (int type = 0; type < 2; ++type) {
    const auto message = b.decision(deal[type], "Sender", {"a", "b"});
    for (int m = 0; m < 2; ++m)
      for (const auto end :
           b.decision(message[m], "Receiver", {"accept", "refuse"}, m == 0 ? "after a" : "after b"))
        b.terminal(end);
  }
  return b.build();
}

TEST(GameTree, NumbersNodesDepthFirstAndSetsByFirstNode) {
  const GameTree tree = message_game();
  EXPECT_EQ(tree.nodes(), 15);
  EXPECT_EQ(tree.terminals(), 8);
  EXPECT_EQ(tree.chance_nodes(), 1);
  EXPECT_EQ(tree.information_sets(), 4);
  for (Index n = 1; n < tree.nodes(); ++n) {
    EXPECT_LT(tree.parent(n), n);
    EXPECT_EQ(tree.child(tree.parent(n), tree.move_from_parent(n)), n);
  }
  const Index after_a = tree.find_set("after a");
  ASSERT_EQ(tree.set_nodes(after_a).size(), 2u);
  EXPECT_EQ(tree.player(tree.set_nodes(after_a)[1]), tree.find_player("Receiver"));
  EXPECT_EQ(tree.path(tree.set_nodes(after_a)[1]), "low, a");
  EXPECT_EQ(tree.action_label(after_a, tree.find_action(after_a, "refuse")), "refuse");
  EXPECT_EQ(tree.set_label(tree.information_set(1)), "high");
  EXPECT_EQ(tree.previous_action(after_a), none);
  EXPECT_FALSE(tree.has_perfect_information());
  EXPECT_EQ(tree, message_game());
}

TEST(GameTree, KnowsTheOwnMoveBeforeEachSet) {
  GameTreeBuilder b({"A", "B"});
  const auto first = b.decision(b.root(), "A", {"l", "r"}, "first");
  for (int k = 0; k < 2; ++k) {
    const auto reply = b.decision(first[k], "B", {"x", "y"}, "reply");
    for (int m = 0; m < 2; ++m) {
      const auto second = b.decision(reply[m], "A", {"s", "t"}, k == 0 ? "second l" : "second r");
      for (const auto end : second) b.terminal(end);
    }
  }
  const GameTree tree = b.build();
  EXPECT_EQ(tree.previous_action(tree.find_set("second l")), tree.first_action(tree.find_set("first")));
  EXPECT_EQ(tree.previous_action(tree.find_set("second r")), tree.first_action(tree.find_set("first")) + 1);
  EXPECT_EQ(tree.previous_action(tree.find_set("reply")), none);
}

TEST(GameTree, RefusesForgottenMovesNamingBothHistories) {
  GameTreeBuilder b({"A"});
  for (const auto place : b.decision(b.root(), "A", {"l", "r"}, "first"))
    for (const auto end : b.decision(place, "A", {"s", "t"}, "second")) b.terminal(end);
  const auto message = message_of([&] { b.build(); });
  EXPECT_NE(message.find("'second'"), std::string::npos) << message;
  EXPECT_NE(message.find("after 'l' and after 'r'"), std::string::npos) << message;
}

TEST(GameTree, RefusesAbsentMindedness) {
  GameTreeBuilder b({"A"});
  const auto first = b.decision(b.root(), "A", {"l", "r"}, "again");
  b.terminal(first[0]);
  for (const auto end : b.decision(first[1], "A", {"l", "r"}, "again")) b.terminal(end);
  EXPECT_NE(message_of([&] { b.build(); }).find("perfect recall"), std::string::npos);
}

TEST(GameTreeBuilder, NamesWhatIsWrong) {
  EXPECT_THROW(GameTreeBuilder({}), InvalidGame);
  EXPECT_THROW(GameTreeBuilder({"A", "A"}), InvalidGame);
  GameTreeBuilder b({"A", "B"});
  EXPECT_EQ(message_of([&] { b.build(); }),
            "after the start: expected a decision, a chance move or a terminal, found nothing");
  EXPECT_EQ(message_of([&] { b.decision(b.root(), "C", {"l"}); }),
            "player after the start: expected one of 'A', 'B', found 'C'");
  EXPECT_THROW(b.decision(b.root(), "A", {}), InvalidGame);
  EXPECT_THROW(b.decision(b.root(), "A", {"l", "l"}), InvalidGame);
  const auto moves = b.decision(b.root(), "A", {"l", "r"}, "top");
  EXPECT_THROW(b.terminal(b.root()), InvalidGame);
  EXPECT_THROW(b.terminal(99), InvalidGame);
  EXPECT_THROW(b.decision(moves[0], "B", {"l", "r"}, "top"), InvalidGame);
  EXPECT_THROW(b.decision(moves[0], "A", {"l", "s"}, "top"), InvalidGame);
  b.terminal(moves[0]);
  EXPECT_EQ(message_of([&] { b.build(); }),
            "after 'r': expected a decision, a chance move or a terminal, found nothing");
}

TEST(GameTree, IsBuiltWithoutRecursion) {
  GameTreeBuilder b({"A", "B"});
  auto place = b.root();
  constexpr int depth = 200000;
  for (int d = 0; d < depth; ++d) {
    const auto moves = b.decision(place, d % 2 ? "B" : "A", {"stop", "go"});
    b.terminal(moves[0]);
    place = moves[1];
  }
  b.terminal(place);
  EXPECT_EQ(b.build().terminals(), depth + 1);
}

}  // namespace
}  // namespace schelling
