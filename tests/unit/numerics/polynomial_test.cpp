#include <schelling/numerics/algebraic_number.hpp>
#include <schelling/numerics/polynomial.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace schelling {
namespace {

Polynomial x_minus(const Rational& value) {
  return Polynomial::in_x({Integer(-numerator(value)), Integer(denominator(value))});
}
const Polynomial x = Polynomial::in_x({0, 1});
const Polynomial y(std::vector<Integer>{0, 1}, 2);

Polynomial random_polynomial(std::mt19937& random, int degree, int columns) {
  std::vector<Integer> c(static_cast<std::size_t>((degree + 1) * columns));
  for (auto& value : c) value = std::uniform_int_distribution(-5, 5)(random);
  return {std::move(c), columns};
}

TEST(Polynomial, OperationsAgreeWithTheirValues) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const auto a = random_polynomial(random, 3, 3), b = random_polynomial(random, 2, 2);
    const Rational u(round - 100, 7), v(3 * round + 1, 11);
    EXPECT_EQ((a + b)(u, v), a(u, v) + b(u, v));
    EXPECT_EQ((a - b)(u, v), a(u, v) - b(u, v));
    EXPECT_EQ((a * b)(u, v), a(u, v) * b(u, v));
    Polynomial quotient;
    if (b.is_zero()) continue;
    ASSERT_TRUE(divides(b, a * b, quotient));
    EXPECT_EQ(quotient, a);
    if (!b.is_constant()) {
      EXPECT_FALSE(divides(b, a * b + Polynomial(1), quotient));
    }
  }
}

TEST(Polynomial, GreatestCommonDivisorHoldsTheCommonFactorInBothVariables) {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    const int columns = 1 + round % 3;
    const auto a = random_polynomial(random, 2, columns), b = random_polynomial(random, 2, columns),
               c = random_polynomial(random, 1, columns);
    if (a.is_zero() || b.is_zero() || c.is_zero()) continue;
    const auto common = greatest_common_divisor(a * c, b * c);
    Polynomial quotient;
    EXPECT_TRUE(divides(common, a * c, quotient));
    EXPECT_TRUE(divides(common, b * c, quotient));
    EXPECT_TRUE(divides(c.primitive_part(), common, quotient)) << to_text(common, {});
  }
  const auto common = greatest_common_divisor((x + y) * (x - y), (x + y) * (x + Polynomial(2) * y));
  EXPECT_EQ(common, x + y);
  EXPECT_EQ(greatest_common_divisor(x * y + x, x * x), x);
}

TEST(Polynomial, TextInOneAndTwoVariables) {
  const std::array<std::string, 2> names{"p", "q"};
  EXPECT_EQ(to_text(Polynomial(2) * x * x * y - x + Polynomial(3), names), "2*p^2*q - p + 3");
  EXPECT_EQ(to_text(-(x * y), names, true), "-p q");
}

TEST(Polynomial, SignInsideABoxIsStrictOrUnknown) {
  const std::array<Rational, 2> unit{Rational(0), Rational(1)}, away{Rational(2), Rational(3)};
  EXPECT_EQ(sign_inside(x * y - Polynomial(1), away, away), 1);
  EXPECT_EQ(sign_inside(x - y, unit, away), -1);
  EXPECT_EQ(sign_inside(x * y, unit, unit), 1);  // zero on the border only
  EXPECT_EQ(sign_inside(x - y, unit, unit), 0);
}

TEST(RealRoots, FindsAllWithMultipleRationalAndIrrationalOnes) {
  // (x^2 - 2)(x - 1/3)^2 (x^2 - 3)(x + 5)(x^2 + 1)
  const auto square = [](int n) { return x * x - Polynomial(n); };
  const auto third = x_minus(Rational(1, 3));
  const auto p = square(2) * third * third * square(3) * x_minus(Rational(-5)) * (x * x + Polynomial(1));
  const auto roots = real_roots(p, Rational(-10), Rational(10));
  ASSERT_EQ(roots.size(), 6U);
  const double expected[] = {-5, -std::sqrt(3.0), -std::sqrt(2.0), 1.0 / 3, std::sqrt(2.0), std::sqrt(3.0)};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(roots[i].approximate(), expected[i], 1e-15);
  EXPECT_TRUE(roots[3].is_rational());
  EXPECT_EQ(roots[3].lower(), Rational(1, 3));
  // Learns its own factor, and that it is the same number as another polynomial's root.
  EXPECT_EQ(roots[4].sign_of(square(2)), 0);
  EXPECT_EQ(roots[4].polynomial(), square(2));
  EXPECT_EQ(roots[4], real_roots(square(2) * square(7), Rational(0), Rational(2)).front());
  EXPECT_LT(roots[4], roots[5]);
  EXPECT_LT(roots[3], AlgebraicNumber(Rational(1, 2)));
  EXPECT_GT(roots[4], AlgebraicNumber(Rational(141421356, 100000000)));
  // The interval is open.
  EXPECT_EQ(real_roots(x * third, Rational(0), Rational(1, 3)).size(), 0U);
}

TEST(RealRoots, CountsAgreeWithProductsOfKnownFactors) {
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    std::vector<Rational> chosen;
    Polynomial p(1);
    for (int k = 0; k < 5; ++k) {
      chosen.emplace_back(std::uniform_int_distribution(-30, 30)(random),
                          std::uniform_int_distribution(1, 9)(random));
      p = p * x_minus(chosen.back());
    }
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    const auto roots = real_roots(p * (x * x + x + Polynomial(1)), Rational(-31), Rational(31));
    ASSERT_EQ(roots.size(), chosen.size());
    for (std::size_t i = 0; i < roots.size(); ++i) EXPECT_EQ(roots[i].lower(), chosen[i]);
  }
}

TEST(AlgebraicElement, IsAFieldWithAnOrder) {
  const auto root = std::make_shared<const AlgebraicNumber>(
      real_roots((x * x - Polynomial(2)) * (x * x * x - Polynomial(5)), Rational(1), Rational(3, 2)).front());
  const AlgebraicElement r(x, root);
  EXPECT_EQ(r * r, AlgebraicElement(2));
  EXPECT_EQ(AlgebraicElement(1) / (r + 1), r - 1);
  EXPECT_GT(r, AlgebraicElement(Rational(7, 5)));
  EXPECT_LT(r, AlgebraicElement(Rational(3, 2)));
  // An element that shares a factor with the defining polynomial without being zero.
  const AlgebraicElement cubic = r * r * r - 5;
  EXPECT_LT(cubic, AlgebraicElement(0));
  EXPECT_EQ(cubic / cubic, AlgebraicElement(1));
  EXPECT_EQ((r * r - 2).sign(), 0);
}

TEST(SimplestBetween, HasTheLeastDenominator) {
  EXPECT_EQ(simplest_between(Rational(1, 3), Rational(1, 2)), Rational(2, 5));
  EXPECT_EQ(simplest_between(Rational(0), Rational(1)), Rational(1, 2));
  EXPECT_EQ(simplest_between(Rational(-7, 2), Rational(-1, 3)), Rational(-1));
  EXPECT_EQ(simplest_between(Rational(-1), Rational(1)), Rational(0));
}

}  // namespace
}  // namespace schelling
