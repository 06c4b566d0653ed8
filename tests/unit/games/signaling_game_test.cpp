#include <schelling/core/error.hpp>
#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace schelling {
namespace {

using Table = SignalingGame<double>::Table;
const Table zeros{{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}};

template <class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const InvalidGame& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(SignalingGame, KeepsItsNumbersInPlace) {
  const auto game = SignalingGame<double>::from_function(2, 3, 2, {0.25, 0.75}, [](int t, int m, int a) {
    return SignalingGame<double>::Payoffs{100. * t + 10 * m + a, -1.};
  });
  EXPECT_EQ(game.sender(1, 2, 0), 120);
  EXPECT_EQ(game.receiver(1, 2, 1), -1);
  EXPECT_EQ(game.sender()[11], 121);
  EXPECT_EQ(game.prior(1), 0.75);
  EXPECT_EQ(game.labels().messages, (std::vector<std::string>{"m0", "m1", "m2"}));
  const SignalingGame<double> nested({0.5, 0.5}, {{{1, 2}}, {{3, 4}}}, {{{5, 6}}, {{7, 8}}},
                                     {{"low", "high"}, {"wait"}, {}});
  EXPECT_EQ(nested, SignalingGame<double>::from_arrays(2, 1, 2, {0.5, 0.5}, {1, 2, 3, 4}, {5, 6, 7, 8},
                                                       {{"low", "high"}, {"wait"}, {"a0", "a1"}}));
}

TEST(SignalingGame, WantsADistributionOverItsTypes) {
  const auto with_prior = [](std::vector<double> prior) {
    return message_of([&] { SignalingGame<double>(prior, zeros, zeros); });
  };
  EXPECT_EQ(with_prior({0.5, 0.4}), "prior: expected probabilities that sum to one, found the sum 0.9");
  EXPECT_EQ(with_prior({1.5, -0.5}),
            "prior[1]: expected a positive probability (leave out a type that cannot occur), found -0.5");
  EXPECT_EQ(with_prior({1, 0}),
            "prior[1]: expected a positive probability (leave out a type that cannot occur), found 0");
  EXPECT_EQ(with_prior({std::numeric_limits<double>::quiet_NaN(), 1}),
            "prior[0]: expected a positive probability (leave out a type that cannot occur), found nan");
  EXPECT_NO_THROW(SignalingGame<double>({0.1, 0.9}, zeros, zeros)) << "rounding is forgiven";
  EXPECT_THROW(SignalingGame<double>({0.1, 0.9 + 1e-8}, zeros, zeros), InvalidGame);
  using Exact = SignalingGame<Rational>;
  const Exact::Table nothing{{{0}}, {{0}}};
  EXPECT_NO_THROW(Exact({Rational(1, 3), Rational(2, 3)}, nothing, nothing));
  EXPECT_THROW(Exact({Rational(1, 3), Rational(2, 3) + parse_rational("1e-40")}, nothing, nothing),
               InvalidGame);
}

TEST(SignalingGame, NamesWhatIsMissing) {
  EXPECT_EQ(message_of([] { SignalingGame<double>({1}, zeros, zeros); }),
            "sender: expected 1 types, as many as the prior has, found 2");
  EXPECT_EQ(message_of([] {
              SignalingGame<double>({0.5, 0.5}, zeros, {{{0, 0}, {0, 0}}, {{0, 0}}});
            }),
            "receiver[1]: expected 2 messages, found 1");
  EXPECT_EQ(message_of([] {
              SignalingGame<double>({0.5, 0.5}, {{{0, 0}, {0, 0}}, {{0, 0}, {0}}}, zeros);
            }),
            "sender[1][1]: expected 2 actions, found 1");
  EXPECT_EQ(message_of([] { SignalingGame<double>({}, Table{}, Table{}); }),
            "types: expected at least one, found 0");
  EXPECT_EQ(message_of([] { SignalingGame<double>({1}, {{}}, {{}}); }),
            "messages: expected at least one, found 0");
  EXPECT_EQ(message_of([] { SignalingGame<double>({1}, {{{}}}, {{{}}}); }),
            "actions: expected at least one, found 0");
  EXPECT_EQ(message_of([] {
              SignalingGame<double>::from_arrays(1, 2, 2, {1}, {0, 0, 0}, {0, 0, 0, 0});
            }),
            "sender: expected 4 payoffs, one for each type, message and action, found 3");
  auto payoffs = zeros;
  payoffs[1][0][1] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(message_of([&] {
              SignalingGame<double>({0.5, 0.5}, zeros, payoffs);
            }),
            "receiver[1][0][1]: expected a finite payoff, found inf");
}

TEST(SignalingGame, WantsOneDistinctLabelForEachThing) {
  const auto with_labels = [](SignalingLabels labels) {
    return message_of([&] { SignalingGame<double>({0.5, 0.5}, zeros, zeros, std::move(labels)); });
  };
  EXPECT_EQ(with_labels({{"weak"}, {}, {}}), "types: expected 2 labels, found 1");
  EXPECT_EQ(with_labels({{}, {"beer", "beer"}, {}}),
            "messages: expected distinct labels, found \"beer\" twice");
  EXPECT_EQ(with_labels({{}, {}, {"", "duel"}}),
            "actions: expected labels that are not empty, found an empty label");
}

TEST(SignalingGame, TakesOtherNumberTypes) {
  const SignalingGame<long double> game({0.5L, 0.5L}, {{{1}}, {{2}}}, {{{3}}, {{4}}});
  EXPECT_EQ(game.sender(1, 0, 0), 2.0L);
}

}  // namespace
}  // namespace schelling
