#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/games/extensive_game.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

TEST(ConvertSignalingGame, BecomesATree) {
  const auto game = SignalingGame<Rational>::from_function(
      2, 3, 2, {Rational(1, 3), Rational(2, 3)},
      [](int t, int m, int a) {
        return SignalingGame<Rational>::Payoffs{100 * t + 10 * m + a, -(100 * t + 10 * m + a)};
      },
      {{"low", "high"}, {"x", "y", "z"}, {"no", "yes"}});
  const auto tree_game = to_extensive(game);
  const auto& tree = tree_game.tree();
  EXPECT_EQ(tree.information_sets(), 2 + 3);
  EXPECT_EQ(tree.terminals(), 12);
  EXPECT_EQ(tree_game.chance(0, 1), Rational(2, 3));
  for (Index terminal = 0; terminal < tree.terminals(); ++terminal) {
    const Index node = tree.terminal_node(terminal), reply = tree.parent(node), sent = tree.parent(reply);
    const int t = tree.move_from_parent(sent), m = tree.move_from_parent(reply),
              a = tree.move_from_parent(node);
    EXPECT_EQ(tree_game.payoff(terminal, 0), game.sender(t, m, a));
    EXPECT_EQ(tree_game.payoff(terminal, 1), game.receiver(t, m, a));
    EXPECT_EQ(tree.set_label(tree.information_set(reply)),
              "message: " + game.labels().messages[static_cast<std::size_t>(m)]);
  }
}

TEST(ConvertSignalingGame, RoundsAndReadsDecimals) {
  const SignalingGame<double> game({0.1, 0.9}, {{{0.3}}, {{-2}}}, {{{1e-3}}, {{7}}});
  const auto exactly = exact(game);
  EXPECT_EQ(exactly.prior(0), Rational(1, 10));
  EXPECT_EQ(exactly.receiver(0, 0, 0), Rational(1, 1000));
  EXPECT_EQ(to_double(exactly), game);
}

}  // namespace
}  // namespace schelling
