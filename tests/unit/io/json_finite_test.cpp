#include <schelling/core/error.hpp>
#include <schelling/games/convert_finite_game.hpp>
#include <schelling/io/json_finite.hpp>
#include <schelling/solvers/solve_backward_induction.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

ExtensiveGame<Rational> entry_game() {
  GameTreeBuilder b({"Entrant", "Incumbent"});
  const auto kind = b.chance(b.root(), {"weak", "strong"}, "kind");
  std::vector<Rational> payoffs;
  for (int k = 0; k < 2; ++k) {
    const auto move = b.decision(kind[static_cast<std::size_t>(k)], "Entrant", {"out", "in"}, "entrant");
    b.terminal(move[0], "out");
    const auto reply = b.decision(move[1], "Incumbent", {"yield", "fight"});
    b.terminal(reply[0]);
    b.terminal(reply[1]);
    for (const int payoff : {0, 3, 2, 1, -2, k == 0 ? -1 : 2}) payoffs.push_back(payoff);
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves()));
  chance[0] = Rational(2, 3);
  chance[1] = Rational(1, 3);
  return {tree, std::move(chance), std::move(payoffs), "entry"};
}

TEST(JsonFinite, ReadsBackTheSameGameInItsArithmetic) {
  const auto game = entry_game();
  const auto again = from_json<InEitherArithmetic<ExtensiveGame>>(to_json(game));
  ASSERT_TRUE(std::holds_alternative<ExtensiveGame<Rational>>(again));
  EXPECT_TRUE(std::get<ExtensiveGame<Rational>>(again) == game);
  EXPECT_EQ(std::get<ExtensiveGame<Rational>>(again).title(), "entry");
  const auto rounded = to_double(game);
  const auto again_rounded = from_json<InEitherArithmetic<ExtensiveGame>>(to_json(rounded));
  ASSERT_TRUE(std::holds_alternative<ExtensiveGame<double>>(again_rounded));
  EXPECT_TRUE(std::get<ExtensiveGame<double>>(again_rounded) == rounded);
  EXPECT_THROW(from_json<InEitherArithmetic<NormalFormGame>>(to_json(game)), ParseError);
}

TEST(JsonFinite, ReadsBackTheSameTable) {
  const NormalFormGame<Rational> game({"A", "B"}, {{"x"}, {"y", "z"}}, {1, Rational(1, 3), 0, -2}, "table");
  EXPECT_TRUE(std::get<NormalFormGame<Rational>>(
                  from_json<InEitherArithmetic<NormalFormGame>>(to_json(game))) == game);
  const auto rounded = to_double(game);
  EXPECT_TRUE(std::get<NormalFormGame<double>>(
                  from_json<InEitherArithmetic<NormalFormGame>>(to_json(rounded))) == rounded);
  EXPECT_TRUE(exact(to_double(NormalFormGame<Rational>({"A"}, {{"x", "y"}}, {Rational(1, 10), 2}))) ==
              NormalFormGame<Rational>({"A"}, {{"x", "y"}}, {Rational(1, 10), 2}));
}

TEST(JsonFinite, ReadsBackEquilibriaWithTheirBeliefsAndCertificates) {
  GameTreeBuilder b({"A", "B"});
  const auto first = b.decision(b.root(), "A", {"l", "r"});
  b.terminal(first[0]);
  const auto second = b.decision(first[1], "B", {"u", "d"});
  b.terminal(second[0]);
  b.terminal(second[1]);
  const GameTree tree = b.build();
  const ExtensiveGame<Rational> game(tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
                                     {1, 1, Rational(1, 3), 2, 0, 0});
  const auto found = solve_backward_induction(game);
  const auto again = std::get<ExtensiveEquilibria<Rational>>(
      from_json<InEitherArithmetic<ExtensiveEquilibria>>(to_json(found)));
  ASSERT_EQ(again.equilibria.size(), found.equilibria.size());
  EXPECT_TRUE(again.equilibria[0].assessment == found.equilibria[0].assessment);
  EXPECT_EQ(again.equilibria[0].payoff, found.equilibria[0].payoff);
  EXPECT_EQ(again.equilibria[0].concept_, Concept::subgame_perfect);
  EXPECT_EQ(again.info.method, found.info.method);
  EXPECT_TRUE(again.info.complete());
}

}  // namespace
}  // namespace schelling
