#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/io/gambit_files.hpp>
#include <schelling/solvers/eliminate_dominated.hpp>
#include <schelling/solvers/solve_correlated.hpp>
#include <schelling/solvers/solve_nash.hpp>
#include <schelling/solvers/solve_quasi_perfect.hpp>
#include <schelling/solvers/solve_zero_sum.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

using Payoffs = std::set<std::vector<Rational>>;

/// What the paths from the first starts pay at their ends.
Payoffs nash_payoffs(const ExtensiveGame<Rational>& game, std::uint64_t starts) {
  Payoffs found;
  for (std::uint64_t start = 0; start < starts; ++start) {
    const auto result = solve_nash(game, {.start = start});
    EXPECT_EQ(result.equilibria.size(), 1u);
    for (const auto& equilibrium : result.equilibria) {
      EXPECT_EQ(certify(game, equilibrium.assessment)[Concept::nash].holds, true);
      found.insert(equilibrium.payoff);
    }
  }
  return found;
}

Payoffs quasi_perfect_payoffs(const ExtensiveGame<Rational>& game, std::uint64_t starts) {
  Payoffs found;
  for (std::uint64_t start = 0; start < starts; ++start) {
    const auto result = solve_quasi_perfect(game, {.start = start});
    EXPECT_EQ(result.equilibria.size(), 1u);
    for (const auto& equilibrium : result.equilibria) {
      EXPECT_EQ(certify(game, equilibrium.assessment)[Concept::sequential].holds, true);
      found.insert(equilibrium.payoff);
    }
  }
  return found;
}

/// Kuhn (1950), "A simplified two-person poker": three cards, one bet.
ExtensiveGame<Rational> kuhn_poker() {
  GameTreeBuilder b({"first", "second"});
  const std::vector<std::string> deals{"JQ", "JK", "QJ", "QK", "KJ", "KQ"};
  std::vector<Rational> payoffs;
  const auto end = [&](Index place, int payoff) {
    b.terminal(place);
    payoffs.push_back(payoff);
    payoffs.push_back(-payoff);
  };
  const auto places = b.chance(b.root(), deals, "deal");
  for (std::size_t d = 0; d < deals.size(); ++d) {
    const std::string own(1, deals[d][0]), other(1, deals[d][1]);
    const int wins = d == 2 || d >= 4 ? 1 : -1;
    const auto opening = b.decision(places[d], "first", {"check", "bet"}, own);
    const auto checked = b.decision(opening[0], "second", {"check", "bet"}, other + " after check");
    end(checked[0], wins);
    const auto raised = b.decision(checked[1], "first", {"fold", "call"}, own + " raised");
    end(raised[0], -1);
    end(raised[1], 2 * wins);
    const auto faced = b.decision(opening[1], "second", {"fold", "call"}, other + " after bet");
    end(faced[0], 1);
    end(faced[1], 2 * wins);
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves()), Rational(0));
  for (std::size_t d = 0; d < deals.size(); ++d) chance[d] = Rational(1, 6);
  return {tree, std::move(chance), std::move(payoffs)};
}

/// Value -1/18 (Kuhn 1950). The second player's optimal behaviour is unique on the path; off it, quasi-perfection adds what
/// the value leaves open.
TEST(KuhnPoker, IsWorthMinusOneEighteenth) {
  const auto game = kuhn_poker();
  const std::vector<Rational> value{Rational(-1, 18), Rational(1, 18)};
  const auto optimal = solve_zero_sum(game);
  ASSERT_EQ(optimal.equilibria.size(), 1u);
  EXPECT_EQ(optimal.equilibria[0].payoff, value);
  EXPECT_EQ(optimal.equilibria[0].certificate.max_regret, 0);
  EXPECT_EQ(nash_payoffs(game, 5), Payoffs{value});
  EXPECT_EQ(quasi_perfect_payoffs(game, 3), Payoffs{value});
  const auto& tree = game.tree();
  const auto& strategy = optimal.equilibria[0].assessment.strategy;
  const auto second = [&](const char* set) {
    return strategy[static_cast<std::size_t>(tree.first_action(tree.find_set(set)) + 1)];
  };
  EXPECT_EQ(second("J after check"), Rational(1, 3)) << "bluffs";
  EXPECT_EQ(second("Q after bet"), Rational(1, 3)) << "calls";
  EXPECT_EQ(second("K after bet"), 1);
  EXPECT_EQ(second("J after bet"), 0);
}

/// Myerson (1991), figure 4.2: three Nash equilibria, the pure one of them (A1, Z1; X2). (B1, Z1; W2), which pays (2, 3), is
/// an equilibrium of the multiagent representation only.
TEST(MultiagentExample, EndsAtEquilibriaOfTheGame) {
  const auto game = read_efg(R"(EFG 2 R "Myerson 1991, figure 4.2" { "1" "2" }
p "" 1 1 "first" { "A1" "B1" } 0
p "" 2 1 "second" { "W2" "X2" } 0
p "" 1 2 "third" { "Y1" "Z1" } 0
t "" 1 "" { 3, 0 }
t "" 2 "" { 0, 0 }
p "" 1 2 "third" { "Y1" "Z1" } 0
t "" 3 "" { 2, 3 }
t "" 4 "" { 4, 1 }
p "" 2 1 "second" { "W2" "X2" } 0
t "" 5 "" { 2, 3 }
t "" 6 "" { 3, 2 }
)");
  const auto found = nash_payoffs(game, 8);
  EXPECT_LE(found.size(), 3u);
  EXPECT_TRUE(found.contains({4, 1}));
  EXPECT_FALSE(found.contains({2, 3}));
}

/// Kohlberg and Mertens (1986), section 2: battle of the sexes with an outside option. Nash equilibria take the option or
/// play (M, L); weak dominance, taken twice, leaves (M, L) alone.
TEST(OutsideOption, IsDeclinedByIteratedDominance) {
  const auto game = read_efg(R"(EFG 2 R "outside option" { "1" "2" }
p "" 1 1 "first" { "T" "M" "B" } 0
t "" 1 "" { 2, 2 }
p "" 2 1 "second" { "L" "R" } 0
t "" 2 "" { 3, 3 }
t "" 3 "" { 1, 0 }
p "" 2 1 "second" { "L" "R" } 0
t "" 4 "" { 0, 0 }
t "" 5 "" { 1, 1 }
)");
  const std::vector<Rational> option{2, 2}, play{3, 3};
  const auto found = nash_payoffs(game, 6);
  EXPECT_EQ(found, (Payoffs{option, play}));
  const ReducedNormalForm<Rational> reduced(game);
  const auto weak = eliminate_dominated(reduced.game(), {.dominance = Dominance::weak});
  EXPECT_EQ(weak.remaining, (std::vector<std::vector<int>>{{1}, {0}}));
  ASSERT_EQ(weak.eliminations.size(), 3u);
  EXPECT_EQ(weak.eliminations[0].strategy, 2);
  EXPECT_EQ(weak.eliminations[0].dominated_by, (std::vector<Rational>{1, 0, 0})) << "B by the option";
  const auto strict = eliminate_dominated(reduced.game());
  EXPECT_EQ(strict.remaining, (std::vector<std::vector<int>>{{0, 1}, {0, 1}}));
}

/// Cho and Kreps (1987), section II: beer and quiche. Two pooling outcomes; sequences of one action tremble alike, so that
/// both types send the other message equally often by mistake, which leaves the surly type likelier and quiche unsafe.
TEST(BeerQuiche, PoolsOnBeerOrOnQuiche) {
  // Types weak, surly; messages beer, quiche; actions duel, not.
  const auto game = to_extensive(SignalingGame<Rational>::from_function(
      2, 2, 2, {Rational(1, 10), Rational(9, 10)}, [](int t, int m, int a) {
        return SignalingGame<Rational>::Payoffs{Rational((t == 0) == (m == 1)) + 2 * a,
                                                Rational((t == 0) == (a == 0))};
      }));
  const Payoffs pooling{{Rational(29, 10), Rational(9, 10)}, {Rational(21, 10), Rational(9, 10)}};
  for (const auto& payoff : nash_payoffs(game, 16)) EXPECT_TRUE(pooling.contains(payoff));
  EXPECT_EQ(quasi_perfect_payoffs(game, 16), (Payoffs{{Rational(29, 10), Rational(9, 10)}}));
}

/// Aumann (1974, 1987): in chicken with payoffs 6, 2, 7, 0 the best correlated equilibrium for both pays 21/4 each, outside of
/// the hull of the Nash equilibria; the even mixture over the three profiles without disaster pays 5.
TEST(Chicken, PaysMoreByCorrelation) {
  const auto game = NormalFormGame<Rational>::bimatrix(2, 2, {6, 2, 7, 0}, {6, 7, 2, 0});
  const auto found = solve_correlated(game);
  ASSERT_EQ(found.welfare_best.size(), 1u);
  EXPECT_EQ(found.welfare_best[0].payoff, (std::vector<Rational>{Rational(21, 4), Rational(21, 4)}));
  EXPECT_EQ(found.welfare_best[0].distribution,
            (std::vector<Rational>{Rational(1, 2), Rational(1, 4), Rational(1, 4), 0}));
  EXPECT_EQ(found.best[0].payoff[0], 7);
  EXPECT_EQ(found.worst[0].payoff[0], 2);
}

/// The only correlated equilibrium of matching pennies is its Nash equilibrium (von Neumann 1928).
TEST(MatchingPennies, HasOneEquilibriumByEverySolver) {
  const auto game = NormalFormGame<Rational>::bimatrix(2, 2, {1, -1, -1, 1}, {-1, 1, 1, -1});
  const Rational half(1, 2);
  const std::vector<std::vector<Rational>> even{{half, half}, {half, half}};
  EXPECT_EQ(solve_zero_sum(game).profiles[0].strategies, even);
  for (std::uint64_t start = 0; start < 4; ++start)
    EXPECT_EQ(solve_nash(game, {.start = start}).profiles[0].strategies, even);
  const std::vector<Rational> quarters(4, Rational(1, 4));
  const auto correlated = solve_correlated(game);
  EXPECT_EQ(correlated.best[0].distribution, quarters);
  EXPECT_EQ(correlated.worst[0].distribution, quarters);
  EXPECT_TRUE(eliminate_dominated(game, {.dominance = Dominance::weak}).eliminations.empty());
}

/// von Stengel (1999), the 6 x 6 game with 75 equilibria: every one of the twelve paths of Lemke and Howson ends at one, in
/// either arithmetic, although payoffs differ by six orders of magnitude.
TEST(VonStengelGame, IsSolvedFromEveryLabel) {
  const std::vector<Rational> row{9504,    -660,     19976,   -20526,   1776,   -8976,   -111771, 31680,
                                  -130944, 168124,   -8514,   52764,    397584, -113850, 451176,  -586476,
                                  29216,   -178761,  171204,  -45936,   208626, -263076, 14124,   -84436,
                                  1303104, -453420,  1227336, -1718376, 72336,  -461736, 737154,  -227040,
                                  774576,  -1039236, 48081,   -300036};
  const std::vector<Rational> column{
      72336,   48081,  29216,  14124,  1776,  -8514,   -461736,  -300036,  -178761, -84436,  -8976,  52764,
      1227336, 774576, 451176, 208626, 19976, -130944, -1718376, -1039236, -586476, -263076, -20526, 168124,
      1303104, 737154, 397584, 171204, 9504,  -111771, -453420,  -227040,  -113850, -45936,  -660,   31680};
  std::vector<double> rounded[2];
  for (std::size_t k = 0; k < row.size(); ++k) {
    rounded[0].push_back(to_double(row[k]));
    rounded[1].push_back(to_double(column[k]));
  }
  const auto exact = NormalFormGame<Rational>::bimatrix(6, 6, row, column);
  const auto in_double = NormalFormGame<double>::bimatrix(6, 6, rounded[0], rounded[1]);
  for (std::uint64_t start = 0; start < 12; ++start) {
    const auto found = solve_nash(exact, {.start = start});
    ASSERT_EQ(found.profiles.size(), 1u);
    EXPECT_EQ(found.profiles[0].certificate.max_regret, 0);
    const auto same = solve_nash(in_double, {.start = start});
    ASSERT_EQ(same.profiles.size(), 1u);
    EXPECT_LE(same.profiles[0].certificate.max_regret, 1e-9);
  }
}

}  // namespace
}  // namespace schelling
