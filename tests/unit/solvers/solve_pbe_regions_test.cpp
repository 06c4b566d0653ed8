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
  return {std::vector<Rational>(static_cast<std::size_t>(types)), std::vector<Rational>(n),
          std::vector<Rational>(n)};
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
  for (const auto& [types, messages, actions] :
       {std::array{3, 2, 2}, std::array{2, 2, 3}, std::array{2, 3, 2}})
    for (int round = 0; round < 3; ++round)
      compare(random_family(random, types, messages, actions, 5, round == 0), -1, 1, 12,
              std::to_string(types) + std::to_string(messages) + std::to_string(actions));
}

using Corner = SignalingPolygons::Point;

bool contains(const SignalingPolygons::Piece& piece, const Corner& at) {
  for (std::size_t i = 0; i < piece.vertices.size(); ++i) {
    const auto &a = piece.vertices[i], &b = piece.vertices[(i + 1) % piece.vertices.size()];
    if ((b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x) <= 0) return false;
  }
  return true;
}

/// The pieces fill the rectangle, and say at points of a grid what solving these says.
void compare_plane(const SignalingFamily& family, const Corner& lower, const Corner& upper, int samples,
                   const std::string& which) {
  const auto result = solve_pbe_polygons(family, lower, upper, {.depth = 6});
  Rational area = 0;
  for (const auto& piece : result.pieces)
    for (std::size_t i = 0; i < piece.vertices.size(); ++i) {
      const auto &a = piece.vertices[i], &b = piece.vertices[(i + 1) % piece.vertices.size()];
      area += (a.x * b.y - b.x * a.y) / 2;
    }
  EXPECT_EQ(area, (upper.x - lower.x) * (upper.y - lower.y)) << which;
  int compared = 0;
  for (int i = 0; i < samples; ++i)
    for (int j = 0; j < samples; ++j) {
      // Off the lines on which small numbers tie.
      const Corner at{lower.x + (upper.x - lower.x) * Rational(13 * i + 5, 13 * samples),
                      lower.y + (upper.y - lower.y) * Rational(17 * j + 6, 17 * samples)};
      for (const auto& piece : result.pieces) {
        if (!contains(piece, at) || !piece.decided) continue;
        int side = 1;
        if (piece.curve >= 0)
          side = sign_at(result.curves[static_cast<std::size_t>(piece.curve)], at.x, at.y);
        if (side == 0) continue;
        Supports expected;
        for (const int k : side > 0 ? piece.supports : piece.below)
          expected.push_back(result.supports[static_cast<std::size_t>(k)]);
        const std::array<Rational, 2> point{at.x, at.y};
        EXPECT_EQ(expected, supports(solve_pbe(family.at(point))))
            << which << " at " << to_text(at.x) << ", " << to_text(at.y);
        ++compared;
      }
    }
  EXPECT_GT(compared, samples * samples / 2) << which;
}

/// Beer and quiche over the prior p and the taste for breakfast b, with d = 2.
SignalingFamily beer_quiche_plane() {
  const auto line = beer_quiche();
  Numbers base = line.base(), taste = zero(2, 2, 2);
  base.sender = {0, 2, 0, 2, 0, 2, 0, 2};
  taste.sender = {1, 1, 0, 0, 0, 0, 1, 1};
  return {2, 2, 2, {"p", "b"}, base, {line.slopes()[0], taste}, line.labels()};
}

TEST(PbePolygons, BeerQuicheHasThreeRegionsWithStraightBoundaries) {
  const auto result = solve_pbe_polygons(beer_quiche_plane(), {0, Rational(1, 4)}, {1, 4});
  ASSERT_TRUE(result.info.complete());
  const Polynomial x = Polynomial::in_x({0, 1}), y(std::vector<Integer>{0, 1}, 2);
  std::vector<Polynomial> expected{Polynomial(2) * x - Polynomial(1), y - Polynomial(2)};
  auto curves = result.curves;
  std::sort(curves.begin(), curves.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(curves, expected);
  // p = 1/2 matters for b < 2 only; b = 2 everywhere.
  for (const auto& segment : result.segments)
    if (result.curves[static_cast<std::size_t>(segment.curve)].degree_y() == 0) {
      EXPECT_LE(segment.to.y, Rational(2));
    }
  compare_plane(beer_quiche_plane(), {0, Rational(1, 4)}, {1, 4}, 9, "beer and quiche");
}

TEST(PbePolygons, AgreesWithSolvingAGrid) {
  std::mt19937 random(11);
  int curved = 0;
  for (int round = 0; round < 12; ++round) {
    const auto first = random_family(random, 2, 2, 2, 4, false),
               second = random_family(random, 2, 2, 2, 4, false);
    Numbers slope = second.slopes()[0];
    if (round % 2 == 0) slope = zero(2, 2, 2), slope.sender = second.slopes()[0].sender;
    const SignalingFamily family(2, 2, 2, {"x", "y"}, first.base(), {first.slopes()[0], slope});
    compare_plane(family, {-1, -1}, {1, 1}, 8, "game " + std::to_string(round));
    for (const auto& curve :
         solve_pbe_polygons(family, {-1, -1}, {1, 1}, {.certify = false, .depth = 2}).curves)
      curved += curve.total_degree() > 1;
  }
  EXPECT_GT(curved, 5);
}

TEST(PbePolygons, MistakesAreNamed) {
  EXPECT_THROW(solve_pbe_polygons(beer_quiche(), {0, 0}, {1, 1}), InvalidArgument);
  EXPECT_THROW(solve_pbe_polygons(beer_quiche_plane(), {0, 1}, {1, 1}), InvalidArgument);
  EXPECT_THROW(solve_pbe_polygons(beer_quiche_plane(), {0, 0}, {2, 1}), InvalidArgument);
  EXPECT_THROW(solve_pbe_intervals(beer_quiche_plane(), 0, 1), InvalidArgument);
  EXPECT_THROW(solve_pbe_intervals(beer_quiche(), 0, 1, {.work_limit = 10}), InvalidOptions);
}

}  // namespace
}  // namespace schelling
