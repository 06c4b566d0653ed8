#include "support/random_trees.hpp"

#include <schelling/core/error.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace schelling {
namespace {

using Strategies = std::vector<std::vector<Rational>>;

/// Expected payoff of player i by summing over all pure profiles.
Rational expected(const NormalFormGame<Rational>& game, const Strategies& x, int i) {
  Rational sum(0);
  std::vector<int> pure(x.size(), 0);
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    std::size_t rest = profile;
    Rational p(1);
    for (std::size_t j = x.size(); j-- > 0;) {
      p *= x[j][rest % x[j].size()];
      rest /= x[j].size();
    }
    sum += p * game.payoff(profile, i);
  }
  return sum;
}

TEST(CertifyProfile, MeasuresTheLargestGainOfAnyPlayer) {
  std::mt19937_64 random(1);
  for (int k = 0; k < 100; ++k) {
    const std::vector<int> sizes{2 + k % 2, 2, 3};
    const auto game = testing::random_table(random, sizes, 8);
    Strategies x;
    for (const int n : sizes) {
      std::vector<int> weights;
      int total = 0;
      for (int s = 0; s < n; ++s) total += weights.emplace_back(static_cast<int>(random() % 3));
      if (total == 0) total = weights[0] = 1;
      auto& own = x.emplace_back();
      for (const int w : weights) own.emplace_back(w, total);
    }
    Rational regret(0);
    for (int i = 0; i < 3; ++i) {
      Rational low = game.payoff(0, i), high = low;
      for (std::size_t p = 0; p < game.profiles(); ++p) {
        low = std::min(low, game.payoff(p, i));
        high = std::max(high, game.payoff(p, i));
      }
      for (int s = 0; s < game.strategies(i); ++s) {
        Strategies other = x;
        std::fill(other[static_cast<std::size_t>(i)].begin(), other[static_cast<std::size_t>(i)].end(),
                  Rational(0));
        other[static_cast<std::size_t>(i)][static_cast<std::size_t>(s)] = 1;
        EXPECT_EQ(strategy_payoffs(game, x)[static_cast<std::size_t>(i)][static_cast<std::size_t>(s)],
                  expected(game, other, i));
        regret = std::max(regret, Rational((expected(game, other, i) - expected(game, x, i)) / (high - low)));
      }
    }
    const auto profile = certify(game, x);
    EXPECT_EQ(profile.certificate.max_regret, to_double(regret));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(profile.payoff[static_cast<std::size_t>(i)], expected(game, x, i));
  }
}

TEST(CertifyProfile, AcceptsMatchingPenniesAndRefusesNonsense) {
  const auto pennies = NormalFormGame<double>::bimatrix(2, 2, {1, -1, -1, 1}, {-1, 1, 1, -1});
  const auto profile = certify(pennies, {{0.5, 0.5}, {0.5, 0.5}});
  EXPECT_TRUE(profile.certificate.passes(tolerance::certificate));
  EXPECT_EQ(profile.payoff, (std::vector<double>{0, 0}));
  EXPECT_EQ(certify(pennies, {{1, 0}, {0.5, 0.5}}).certificate.max_regret, 0.5);
  EXPECT_THROW(certify(pennies, {{0.5, 0.5}}), InvalidArgument);
  EXPECT_THROW(certify(pennies, {{0.5, 0.5}, {0.5, 0.5, 0}}), InvalidArgument);
  EXPECT_THROW(certify(pennies, {{0.5, 0.4}, {0.5, 0.5}}), InvalidArgument);
}

}  // namespace
}  // namespace schelling
