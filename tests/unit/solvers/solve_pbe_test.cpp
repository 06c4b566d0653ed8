#include "support/signaling_games.hpp"

#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace schelling {
namespace {

using Game = SignalingGame<Rational>;

/// Cho and Kreps (1987): strong and weak, beer and quiche, duel or not.
template <class Scalar>
SignalingGame<Scalar> beer_quiche(const Scalar& strong) {
  return SignalingGame<Scalar>({strong, Scalar(1 - strong)}, {{{1, 3}, {0, 2}}, {{0, 2}, {1, 3}}},
                               {{{0, 1}, {0, 1}}, {{1, 0}, {1, 0}}},
                               {{"strong", "weak"}, {"beer", "quiche"}, {"duel", "not"}});
}

TEST(SolvePbe, MixesInBeerQuicheWhenMostAreWeak) {
  const auto result = solve_pbe(beer_quiche(Rational(3, 10)));
  EXPECT_TRUE(result.complete());
  EXPECT_TRUE(result.certificate.passes(0));
  ASSERT_EQ(result.components.size(), 1u);
  const auto& component = result.components[0];
  EXPECT_EQ(component.dimension, 0);
  EXPECT_EQ(component.kinds, std::vector{SignalingKind::semi_separating});
  const auto& a = component.representative;
  EXPECT_EQ(a.sender(0, 0), 1);
  EXPECT_EQ(a.sender(1, 0), Rational(3, 7));
  EXPECT_EQ(a.receiver(0, 0), Rational(1, 2));
  EXPECT_EQ(a.receiver(1, 0), 1);
  EXPECT_EQ(a.beliefs(0, 1), Rational(1, 2));
  EXPECT_EQ(a.beliefs(1, 1), 1);
  EXPECT_EQ(a.sender_payoff, (std::vector<Rational>{2, 1}));
  EXPECT_EQ(a.receiver_payoff, Rational(7, 10));
}

TEST(SolvePbe, PoolsInBeerQuicheWhenMostAreStrong) {
  for (const bool in_double : {false, true}) {
    const auto check = [](const auto& result) {
      EXPECT_TRUE(result.complete());
      ASSERT_EQ(result.components.size(), 2u);
      for (const auto& component : result.components) {
        EXPECT_TRUE(component.has_unique_outcome());
        EXPECT_EQ(component.dimension, 1);
        EXPECT_EQ(component.kinds, std::vector{SignalingKind::pooling});
        ASSERT_EQ(component.products.size(), 1u);
        const auto& product = component.products[0];
        ASSERT_EQ(product.off_path.size(), 1u);
        // A sure duel for any belief at which duelling is best, and a duel with at least 1/2 if the belief is
        // 1/2.
        const auto& facets = product.off_path[0].facets;
        ASSERT_EQ(facets.size(), 2u);
        const bool duel_first = facets[0].actions.size() == 1;
        const auto &sure = facets[duel_first ? 0 : 1], &mixed = facets[duel_first ? 1 : 0];
        EXPECT_EQ(sure.actions, (std::vector<int>{0}));
        EXPECT_EQ(sure.beliefs.rows(), 2);
        EXPECT_EQ(mixed.actions, (std::vector<int>{0, 1}));
        EXPECT_EQ(mixed.beliefs.rows(), 1);
        EXPECT_EQ(mixed.beliefs(0, 0), mixed.beliefs(0, 1));
        EXPECT_EQ(mixed.replies.rows(), 2);
        EXPECT_EQ(2 * std::min(mixed.replies(0, 0), mixed.replies(1, 0)), 1);
      }
    };
    in_double ? check(solve_pbe(beer_quiche(0.9))) : check(solve_pbe(beer_quiche(Rational(9, 10))));
  }
}

TEST(SolvePbe, FindsTheWholeContinuumWhereTheReceiverIsIndifferent) {
  const auto result = solve_pbe(beer_quiche(Rational(1, 2)));
  ASSERT_EQ(result.components.size(), 2u);
  for (const auto& component : result.components) {
    EXPECT_EQ(component.dimension, 2);
    EXPECT_FALSE(component.has_unique_outcome());
    ASSERT_EQ(component.products.size(), 1u);
    EXPECT_FALSE(component.products[0].factored);
    EXPECT_EQ(component.products[0].receiver_vertices.size(), 3u);
    for (const auto& vertex : vertices(result.game, component))
      EXPECT_TRUE(certify(result.game, vertex).passes(0));
  }
  const auto in_double = solve_pbe(beer_quiche(0.5));
  EXPECT_EQ(in_double.info.status, Status::degenerate);
  EXPECT_FALSE(in_double.complete());
}

TEST(SolvePbe, TakesIndifferenceEverywhere) {
  const auto game = Game::from_function(2, 2, 2, {Rational(1, 3), Rational(2, 3)}, [](int, int, int) {
    return Game::Payoffs{Rational(1), Rational(-2)};
  });
  const auto result = solve_pbe(game);
  ASSERT_EQ(result.components.size(), 1u);
  ASSERT_EQ(result.components[0].products.size(), 1u)
      << "everything is an equilibrium: one product of two squares";
  EXPECT_EQ(result.components[0].dimension, 4);
  EXPECT_EQ(result.components[0].products[0].sender_vertices.size(), 4u);
  EXPECT_EQ(result.components[0].products[0].receiver_vertices.size(), 4u);
}

TEST(SolvePbe, RepeatsWithWiderNumbersWhenTheyOverflow) {
  // Payoffs of beer-quiche times numbers beyond 64 bits, the types' by different ones: the same equilibria.
  const auto plain = beer_quiche(Rational(3, 10));
  const Rational huge = parse_rational("123456789012345678901234567890123456789/7");
  const auto large = Game::from_function(
      2, 2, 2, {Rational(3, 10), Rational(7, 10)},
      [&](int t, int m, int a) {
        return Game::Payoffs{plain.sender(t, m, a) * huge + t, plain.receiver(t, m, a) * huge - 5};
      },
      plain.labels());
  const auto result = solve_pbe(large);
  ASSERT_EQ(result.components.size(), 1u);
  EXPECT_EQ(result.components[0].representative.sender, solve_pbe(plain).components[0].representative.sender);
  EXPECT_TRUE(result.certificate.passes(0));
}

TEST(SolvePbe, EstimatesBeforeItStarts) {
  std::mt19937 random(1);
  const auto large = testing::random_game(random, {6, 6, 6}, 50);
  try {
    solve_pbe(large, {.work_limit = 1e4});
    FAIL() << "expected to be refused";
  } catch (const InvalidOptions& error) {
    EXPECT_NE(
        std::string(error.what()).find("work_limit: expected at least the estimate of the nodes to visit, "),
        std::string::npos)
        << error.what();
  }
}

TEST(SolvePbe, KeepsWhatItFoundInTime) {
  std::mt19937 random(1);
  const auto large = testing::random_game(random, {5, 5, 5}, 50);
  Monitor monitor(std::chrono::duration<double>(0.02));
  const auto result = solve_pbe(large, {.work_limit = 1e300}, monitor);
  EXPECT_EQ(result.info.status, Status::time_limit);
  EXPECT_FALSE(result.complete());
  EXPECT_EQ(result.info.coverage, Coverage::some);
  for (const auto& component : result.components)
    EXPECT_TRUE(certify(large, component.representative).passes(0));
}

TEST(SolvePbe, StopsAtTheLimitOfProducts) {
  const auto result = solve_pbe(beer_quiche(Rational(9, 10)), {.limit = 1});
  EXPECT_EQ(result.info.status, Status::truncated);
  EXPECT_FALSE(result.complete());
  EXPECT_EQ(result.components.size(), 1u);
}

TEST(SolvePbe, RefusesOptionsThatMeanNothing) {
  EXPECT_THROW(solve_pbe(beer_quiche(0.5), {.limit = 0}), InvalidOptions);
  EXPECT_THROW(solve_pbe(beer_quiche(0.5), {.work_limit = 0}), InvalidOptions);
}

}  // namespace
}  // namespace schelling
