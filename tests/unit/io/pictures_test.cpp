#include <schelling/io/payoff_table.hpp>
#include <schelling/io/svg_extensive.hpp>
#include <schelling/io/tikz.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace schelling {
namespace {

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

ExtensiveGame<Rational> game_with_a_hidden_move() {
  GameTreeBuilder b({"A_1", "B & C"});
  const auto first = b.decision(b.root(), "A_1", {"up", "down"});
  for (const auto place : first)
    for (const auto end : b.decision(place, "B & C", {"left", "right"}, "hidden")) b.terminal(end);
  const GameTree tree = b.build();
  return {tree,
          std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
          {1, 0, 0, Rational(1, 3), 0, 1, 2, Rational(-2, 7)},
          "a $ and #1"};
}

TEST(Pictures, ShowPlayAndBeliefs) {
  const auto game = game_with_a_hidden_move();
  const auto assessment = with_bayes_beliefs<Rational>(game, {Rational(1, 3), Rational(2, 3), 1, 0});
  const auto shown = drawing(game, assessment);
  EXPECT_EQ(count(to_svg(game.tree(), shown), "belief 2/3"), 1u);
  EXPECT_EQ(count(to_svg(game.tree(), shown), "2, -2/7"), 1u);
  EXPECT_EQ(count(to_svg(game.tree(), shown), "; probability"), 2u);
}

TEST(Pictures, TikzHasEveryNodeAndBalancedBraces) {
  const auto game = game_with_a_hidden_move();
  const auto text = to_tikz(game.tree(), drawing(game));
  EXPECT_EQ(count(text, "circle[radius"), 3u);
  EXPECT_EQ(count(text, "rectangle"), 4u);
  EXPECT_EQ(count(text, ",dotted,"), 1u);
  EXPECT_EQ(count(text, "B \\& C"), 2u);
  EXPECT_EQ(count(text, "A\\_1"), 1u);
  EXPECT_EQ(count(text, "\\begin{"), count(text, "\\end{"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '{'), std::count(text.begin(), text.end(), '}'));
}

TEST(Pictures, TablesMarkBestRepliesAndPureEquilibria) {
  const auto game = NormalFormGame<Rational>::bimatrix(2, 2, {-1, -3, 0, -2}, {-1, 0, -3, -2});
  const auto table = payoff_table_html(game);
  EXPECT_EQ(count(table, "pure Nash equilibrium"), 1u);
  EXPECT_EQ(count(table, "<u>"), 4u);
  EXPECT_NE(table.find("<u>-2</u>, <u>-2</u>"), std::string::npos);
  const auto profile = certify(game, {{0, 1}, {Rational(1, 3), Rational(2, 3)}});
  EXPECT_EQ(count(payoff_table_html(game, &profile), "c1  2/3"), 1u);
  EXPECT_EQ(count(payoff_table_latex(game), "\\cellcolor"), 1u);
  EXPECT_EQ(count(payoff_table_latex(game), "\\underline"), 4u);
}

TEST(Pictures, TablesOfMorePlayersAreSlices) {
  std::vector<Rational> payoffs(2 * 3 * 4 * 2 * 4, Rational(1));
  std::vector<std::vector<std::string>> strategies{
      {"a", "b"}, {"c", "d", "e"}, {"f", "g", "h", "i"}, {"j", "k"}};
  const NormalFormGame<Rational> game({"1", "2", "3", "4"}, strategies, payoffs);
  const auto table = payoff_table_html(game);
  EXPECT_EQ(count(table, "<table"), 8u);
  EXPECT_EQ(count(table, "<td"), 48u);
  EXPECT_EQ(count(table, "3: g, 4: k"), 1u);
  const NormalFormGame<double> alone({"1"}, {{"a", "b", "c"}}, {1.0, 2.0, 2.0});
  EXPECT_EQ(count(payoff_table_html(alone), "pure Nash equilibrium"), 2u);
}

}  // namespace
}  // namespace schelling
