#include <schelling/solvers/solve_nash_all.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

/// von Stengel (1999), "New maximal numbers of equilibria in bimatrix games", the 6 x 6 game with 75 equilibria:
/// more than the 63 of the identity game of that size, which had been thought to be the most.
TEST(NashAll, FindsThe75EquilibriaOfVonStengelsGame) {
  const std::vector<Rational> a{9504,    -660,     19976,   -20526,   1776,   -8976,   -111771, 31680,
                                -130944, 168124,   -8514,   52764,    397584, -113850, 451176,  -586476,
                                29216,   -178761,  171204,  -45936,   208626, -263076, 14124,   -84436,
                                1303104, -453420,  1227336, -1718376, 72336,  -461736, 737154,  -227040,
                                774576,  -1039236, 48081,   -300036};
  const std::vector<Rational> b{
      72336,   48081,  29216,  14124,  1776,  -8514,   -461736,  -300036,  -178761, -84436,  -8976,  52764,
      1227336, 774576, 451176, 208626, 19976, -130944, -1718376, -1039236, -586476, -263076, -20526, 168124,
      1303104, 737154, 397584, 171204, 9504,  -111771, -453420,  -227040,  -113850, -45936,  -660,   31680};
  const auto result = solve_nash_all(NormalFormGame<Rational>::bimatrix(6, 6, a, b));
  EXPECT_TRUE(result.info.complete());
  EXPECT_TRUE(result.certificate.passes(0));
  EXPECT_EQ(result.components.size(), 75u);
  for (const auto& component : result.components) EXPECT_EQ(component.extreme.size(), 1u);
}

/// Quint and Shubik (1997): the n x n coordination game has 2^n - 1 equilibria.
TEST(NashAll, FindsAllEquilibriaOfCoordinationGames) {
  for (const int n : {2, 3, 5, 7}) {
    std::vector<Rational> identity(static_cast<std::size_t>(n * n), 0);
    for (int i = 0; i < n; ++i) identity[static_cast<std::size_t>(i * n + i)] = 1;
    const auto result = solve_nash_all(NormalFormGame<Rational>::bimatrix(n, n, identity, identity));
    EXPECT_EQ(result.components.size(), (std::size_t{1} << n) - 1);
  }
}

/// Kuhn (1950), "A simplified two-person poker": value -1/18; the first player's optimal strategies are a
/// one-parameter family, the second's are unique.
TEST(NashAll, FindsTheFamilyOfKuhnPoker) {
  GameTreeBuilder b({"first", "second"});
  const std::vector<std::string> cards{"J", "Q", "K"};
  std::vector<std::string> deals;
  for (const auto& own : cards)
    for (const auto& other : cards)
      if (own != other) deals.push_back(own + other);
  const auto dealt = b.chance(b.root(), deals);
  std::vector<int> wins;  // to the first player, in the order of the terminals
  for (std::size_t d = 0; d < deals.size(); ++d) {
    const std::string own(1, deals[d][0]), other(1, deals[d][1]);
    const int sign = cards[0] == own || cards[2] == other ? -1 : 1;
    const auto start = b.decision(dealt[d], "first", {"pass", "bet"}, own);
    const auto passed = b.decision(start[0], "second", {"pass", "bet"}, other + " passed");
    const auto last = b.decision(passed[1], "first", {"fold", "call"}, own + " last");
    const auto faced = b.decision(start[1], "second", {"fold", "call"}, other + " bet");
    for (const auto place : {passed[0], last[0], last[1], faced[0], faced[1]}) b.terminal(place);
    for (const int win : {sign, -1, 2 * sign, 1, 2 * sign}) wins.push_back(win);
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves())), payoffs;
  for (std::size_t d = 0; d < 6; ++d) chance[d] = Rational(1, 6);
  for (const int win : wins) {
    payoffs.push_back(win);
    payoffs.push_back(-win);
  }
  const auto result = solve_nash_all(ExtensiveGame<Rational>(tree, chance, payoffs));
  EXPECT_TRUE(result.info.complete());
  ASSERT_EQ(result.components.size(), 1u);
  EXPECT_EQ(result.components[0].payoff[0][0], Rational(-1, 18));
  EXPECT_TRUE(result.components[0].has_unique_payoff());
  EXPECT_EQ(result.components[0].dimension, 1);
  // Bet the jack with probability up to 1/3, the king three times as often.
  std::set<Rational> jack;
  for (const auto& vertex : vertices(result, result.components[0])) {
    const auto& strategy = vertex.assessment.strategy;
    const auto of = [&](const std::string& set, int action) {
      return strategy[static_cast<std::size_t>(tree.first_action(tree.find_set(set)) + action)];
    };
    jack.insert(of("J", 1));
    EXPECT_EQ(of("K", 1), 3 * of("J", 1));
    EXPECT_EQ(of("J bet", 1), 0);
    EXPECT_EQ(of("Q bet", 1), Rational(1, 3));
    EXPECT_EQ(of("J passed", 1), Rational(1, 3));
  }
  EXPECT_EQ(jack, (std::set<Rational>{0, Rational(1, 3)}));
}

}  // namespace
}  // namespace schelling
