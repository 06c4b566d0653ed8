#include <schelling/core/error.hpp>
#include <schelling/equilibria/explain_signaling.hpp>
#include <schelling/numerics/rational.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

using Row = std::vector<Rational>;
using Profile = SignalingProfile<Rational>;

SignalingGame<Rational> beer_quiche(const Rational& strong) {
  return {{strong, 1 - strong},
          {{{1, 3}, {0, 2}}, {{0, 2}, {1, 3}}},
          {{{0, 1}, {0, 1}}, {{1, 0}, {1, 0}}},
          {{"strong", "weak"}, {"beer", "quiche"}, {"duel", "not"}}};
}

RowTable<Rational> strategy(const std::vector<Row>& rows) {
  RowTable<Rational> result(0, static_cast<int>(rows.front().size()));
  for (const auto& row : rows) result.append(row);
  return result;
}

TEST(ExplainSignaling, TellsTheMixedEquilibrium) {
  const auto game = beer_quiche(Rational(3, 10));
  EXPECT_EQ(
      explain(game, solve_pbe(game).components.at(0)),
      "A component of semi-separating equilibria, a single point, with one outcome.\n"
      "strong sends beer.\n"
      "weak sends beer with probability 3/7 and quiche with probability 4/7.\n"
      "After beer the receiver believes in strong with probability 1/2 and weak with probability 1/2 and "
      "plays duel "
      "with probability 1/2 and not with probability 1/2.\n"
      "After quiche the receiver believes in weak and plays duel.\n"
      "Payoffs: strong 2, weak 1 and the receiver 7/10.\n"
      "The sender's deviation closest to paying, strong to quiche, falls short by 2 at best deterrence.\n"
      "The receiver's, not after quiche, falls short by 1.\n");
}

TEST(ExplainSignaling, TellsWhatDetersAndHowWell) {
  const auto game = beer_quiche(Rational(9, 10));
  std::string text;
  for (const auto& component : solve_pbe(game).components)
    if (text.find("strong and weak send beer.") == std::string::npos) text = explain(game, component);
  EXPECT_NE(text.find("strong and weak send beer."), std::string::npos) << text;
  EXPECT_NE(
      text.find(
          "Nobody sends quiche. The receiver would answer with duel, believing in strong with probability "
          "between 0 and 1/2"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("weak to quiche, falls short by 1"), std::string::npos) << text;
}

TEST(WhyNot, NamesTheInequality) {
  const auto game = beer_quiche(Rational(3, 10));
  const auto pooling = strategy({{1, 0}, {1, 0}});
  EXPECT_EQ(why_not(game, Profile{strategy({{1, 0}, {0, 1}}), {}}),
            "weak gets at most 1 by quiche but at least 2 by beer.");
  EXPECT_EQ(why_not(game, Profile{pooling, {Row{0, 1}}}),
            "After beer Bayes' rule gives the belief strong 3/10, weak 7/10, at which not is worth 3/10 to "
            "the receiver and "
            "duel 7/10.");
  EXPECT_EQ(why_not(beer_quiche(Rational(9, 10)), Profile{pooling, {Row{0, 1}, Row{0, 1}}}),
            "weak gets 2 by beer but 3 by quiche.");
  EXPECT_THROW(why_not(game, Profile{strategy({{1, 1}, {1, 0}}), {}}), InvalidArgument);
  EXPECT_THROW(why_not(game, Profile{strategy({{1, 0}}), {}}), InvalidArgument);
  EXPECT_THROW(why_not(game, Profile{pooling, {Row{1}}}), InvalidArgument);
}

TEST(WhyNot, NamesRepliesThatNoBeliefSupports) {
  // After the second message the third action is best in the middle, and never together with both others.
  const auto game = SignalingGame<Rational>({Rational(1, 2), Rational(1, 2)},
                                            {{{9, 9, 9, 9}, {0, 0, 0, 0}}, {{9, 9, 9, 9}, {0, 0, 0, 0}}},
                                            {{{0, 0, 0, 0}, {4, 0, 3, -9}}, {{0, 0, 0, 0}, {0, 4, 3, -9}}});
  const auto first = strategy({{1, 0}, {1, 0}});
  EXPECT_EQ(why_not(game, Profile{first, {std::nullopt, Row{0, 0, 0, 1}}}),
            "After m1 there is no belief at which a3 is a best reply.");
  EXPECT_EQ(why_not(game, Profile{first, {std::nullopt, Row{Rational(1, 2), Rational(1, 2), 0, 0}}}),
            "After m1 there is no belief at which a0 and a1 are best replies together.");
  EXPECT_EQ(why_not(game, Profile{first, {std::nullopt, Row{Rational(1, 2), 0, Rational(1, 2), 0}}}), "");
}

TEST(WhyNot, NamesTheMessageThatNoReplyDeters) {
  // Each reply to the second message tempts one of the types.
  const auto game =
      SignalingGame<Rational>({Rational(1, 2), Rational(1, 2)}, {{{0, 0}, {2, -1}}, {{0, 0}, {-1, 2}}},
                              {{{1, 0}, {1, 0}}, {{1, 0}, {0, 1}}});
  EXPECT_EQ(why_not(game, Profile{strategy({{1, 0}, {1, 0}}), {}}),
            "After m1 no best reply to any belief keeps all types from it: without it they get t0 at most 0, "
            "t1 at most 0.");
}

TEST(WhyNot, HasNothingAgainstEquilibria) {
  for (const auto& strong : {Rational(3, 10), Rational(1, 2), Rational(9, 10)}) {
    const auto game = beer_quiche(strong);
    for (const auto& component : solve_pbe(game).components)
      for (const auto& vertex : vertices(game, component)) {
        Profile profile{vertex.sender, {}};
        EXPECT_EQ(why_not(game, profile), "");
        for (int m = 0; m < 2; ++m)
          profile.replies.emplace_back(Row(vertex.receiver.row(m).begin(), vertex.receiver.row(m).end()));
        EXPECT_EQ(why_not(game, profile), "");
      }
  }
}

}  // namespace
}  // namespace schelling
