#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_pbe.hpp>
#include <schelling/solvers/solve_pbe_regions.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace schelling {
namespace {

using Numbers = SignalingFamily::Numbers;
using Supports = std::vector<SignalingSupport>;

Numbers zero(int types, int messages, int actions) {
  const auto n = static_cast<std::size_t>(types * messages * actions);
  return {std::vector<Rational>(static_cast<std::size_t>(types)), std::vector<Rational>(n), std::vector<Rational>(n)};
}

/// Beer and quiche (Cho and Kreps 1987) with a prior p of strong types: types strong, weak; messages beer,
/// quiche; actions duel, not.
SignalingFamily beer_quiche() {
  Numbers base = zero(2, 2, 2), slope = zero(2, 2, 2);
  base.prior = {0, 1};
  slope.prior = {1, -1};
  base.sender = {1, 3, 0, 2, 0, 2, 1, 3};
  base.receiver = {0, 1, 0, 1, 1, 0, 1, 0};
  return {2, 2, 2, {"p"}, base, {slope}, {{"strong", "weak"}, {"beer", "quiche"}, {"duel", "not"}}};
}

Supports pick(const SignalingIntervals& result, const std::vector<int>& numbers) {
  Supports list;
  for (const int k : numbers) list.push_back(result.supports[static_cast<std::size_t>(k)]);
  return list;
}

Supports solved(const SignalingFamily& family, const Rational& at) {
  const std::array<Rational, 1> point{at};
  return supports(solve_pbe(family.at(point)));
}

/// Every claim of the result at a rational number inside the range.
Supports claimed(const SignalingIntervals& result, const Rational& at) {
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const auto order = result.points[i] <=> AlgebraicNumber(at);
    if (order == 0) return pick(result, result.at[i]);
    if (order > 0) return pick(result, result.between[i - 1]);
  }
  return {};
}

TEST(PbeIntervals, BeerQuicheChangesAtOneHalf) {
  const auto result = solve_pbe_intervals(beer_quiche(), 0, 1);
  ASSERT_TRUE(result.info.complete());
  ASSERT_EQ(result.points.size(), 3U);
  EXPECT_EQ(result.points[1].lower(), Rational(1, 2));
  EXPECT_TRUE(result.points[1].is_rational());
  EXPECT_FALSE(result.inside.front());
  EXPECT_FALSE(result.inside.back());
  const SignalingSupport mixed{{{0, 1}, {1}}, {{0, 1}, {0}}};
  const SignalingSupport beer{{{0, 1}, {}}, {{1}, {}}}, quiche{{{}, {0, 1}}, {{}, {1}}};
  const SignalingSupport beer_mixed{{{0, 1}, {}}, {{0, 1}, {}}}, quiche_mixed{{{}, {0, 1}}, {{}, {0, 1}}};
  EXPECT_EQ(pick(result, result.between[0]), (Supports{mixed}));
  EXPECT_EQ(pick(result, result.between[1]), (Supports{quiche, beer}));
  auto at = pick(result, result.at[1]);
  std::sort(at.begin(), at.end());
  Supports expected{quiche, quiche_mixed, beer, beer_mixed};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(at, expected);
}

/// Breakpoints against solving many points: nothing changes between neighbours, something does across each.
void compare(const SignalingFamily& family, const Rational& lower, const Rational& upper, int samples,
             const std::string& which) {
  const auto result = solve_pbe_intervals(family, lower, upper);
  for (std::size_t i = 1; i + 1 < result.points.size(); ++i)
    EXPECT_TRUE(result.at[i] != result.between[i - 1] || result.at[i] != result.between[i])
        << which << ": nothing happens at " << result.points[i].approximate();
  for (int k = 1; k < samples; ++k) {
    const Rational at = lower + (upper - lower) * Rational(k, samples);
    EXPECT_EQ(claimed(result, at), solved(family, at)) << which << " at " << to_text(at);
  }
}

SignalingFamily random_family(std::mt19937& random, int types, int messages, int actions, int size,
                              bool parametric_prior) {
  const auto draw = [&](int n) { return Rational(std::uniform_int_distribution(-n, n)(random)); };
  Numbers base = zero(types, messages, actions), slope = base;
  for (auto* table : {&base.sender, &base.receiver})
    for (auto& value : *table) value = draw(size);
  for (auto* table : {&slope.sender, &slope.receiver})
    for (auto& value : *table)
      if (std::uniform_int_distribution(0, 2)(random) == 0) value = draw(size);
  for (auto& p : base.prior) p = Rational(1, types);
  if (parametric_prior) {
    slope.prior[0] = Rational(1, types + 1);
    slope.prior[1] = -slope.prior[0];
  }
  return {types, messages, actions, {"x"}, base, {slope}};
}

TEST(PbeIntervals, AgreesWithSolvingManyPoints) {
  std::mt19937 random(20260101);
  std::size_t breakpoints = 0, irrational = 0;
  for (int round = 0; round < 200; ++round) {
    const auto family = random_family(random, 2, 2, 2, round % 2 ? 2 : 9, round % 3 == 0);
    compare(family, -1, 1, 24, "game " + std::to_string(round));
    for (const auto& point : solve_pbe_intervals(family, -1, 1, {.certify = false}).points) {
      ++breakpoints;
      irrational += !point.is_rational();
    }
  }
  EXPECT_GT(breakpoints, 600U);
  EXPECT_GT(irrational, 20U);
}

TEST(PbeIntervals, AgreesWithSolvingManyPointsInLargerGames) {
  std::mt19937 random(7);
  for (const auto& [types, messages, actions] : {std::array{3, 2, 2}, std::array{2, 2, 3}, std::array{2, 3, 2}})
    for (int round = 0; round < 3; ++round)
      compare(random_family(random, types, messages, actions, 5, round == 0), -1, 1, 12,
              std::to_string(types) + std::to_string(messages) + std::to_string(actions));
}

}  // namespace
}  // namespace schelling
