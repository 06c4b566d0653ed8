#include <schelling/equilibria/signaling_welfare.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

TEST(SignalingWelfare, ComparesThePoolingEquilibriaOfBeerQuiche) {
  const SignalingGame<Rational> game({Rational(9, 10), Rational(1, 10)}, {{{1, 3}, {0, 2}}, {{0, 2}, {1, 3}}},
                                     {{{0, 1}, {0, 1}}, {{1, 0}, {1, 0}}});
  const auto components = solve_pbe(game).components;
  ASSERT_EQ(components.size(), 2u);
  const std::size_t beer = components[0].outcomes[0].sender_payoff[0] == 3 ? 0 : 1;
  const auto &a = components[beer].outcomes[0], &b = components[1 - beer].outcomes[0];
  // The types disagree, the receiver does not care, and most are strong.
  EXPECT_FALSE(sender_dominates(a, b) || sender_dominates(b, a) || receiver_dominates(a, b) ||
               dominates(a, b));
  EXPECT_EQ(sender_optimal(game, components), (std::vector<OutcomeIndex>{{beer, 0}}));
  EXPECT_EQ(receiver_optimal(components).size(), 2u);
}

TEST(SignalingWelfare, NeedsSomebodyWhoGains) {
  const SignalingOutcome<Rational> low{{}, {1, 2}, 3}, high{{}, {1, 3}, 3}, same{{}, {1, 2}, 3},
      receiver{{}, {1, 2}, 4};
  EXPECT_TRUE(sender_dominates(high, low) && dominates(high, low));
  EXPECT_FALSE(sender_dominates(low, high) || dominates(low, same));
  EXPECT_TRUE(dominates(receiver, low) && receiver_dominates(receiver, low));
  EXPECT_FALSE(dominates(high, receiver));
}

}  // namespace
}  // namespace schelling
