#include <schelling/numerics/lu.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace schelling {
namespace {

TEST(LuFactors, SolvesWhatIsMultipliedOut) {
  std::mt19937_64 random(7);
  for (int n = 1; n <= 40; n += 3) {
    RowTable<double> matrix(n, n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) matrix(i, j) = static_cast<double>(random() % 2001) / 1000 - 1;
    std::vector<double> x(static_cast<std::size_t>(n)), b(x.size(), 0.0);
    for (double& entry : x) entry = static_cast<double>(random() % 100);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        b[static_cast<std::size_t>(i)] += matrix(i, j) * x[static_cast<std::size_t>(j)];
    Monitor monitor;
    LuFactors factors;
    ASSERT_TRUE(factors.factor(matrix, monitor));
    factors.solve(b);
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(b[i], x[i], 1e-9) << "n = " << n;
  }
}

TEST(LuFactors, KnowsTheSignOfTheDeterminant) {
  Monitor monitor;
  LuFactors factors;
  RowTable<double> matrix(3, 3);  // a cyclic permutation is even, and so is its matrix's sign
  matrix(0, 1) = matrix(1, 2) = matrix(2, 0) = 1;
  ASSERT_TRUE(factors.factor(matrix, monitor));
  EXPECT_EQ(factors.determinant_sign(), 1);
  matrix(2, 0) = -1;
  ASSERT_TRUE(factors.factor(matrix, monitor));
  EXPECT_EQ(factors.determinant_sign(), -1);
}

TEST(LuFactors, RefusesSingularMatrices) {
  Monitor monitor;
  LuFactors factors;
  RowTable<double> matrix(2, 2, 1.0);
  EXPECT_FALSE(factors.factor(matrix, monitor));
  matrix(0, 0) = std::nan("");
  EXPECT_FALSE(factors.factor(matrix, monitor));
}

}  // namespace
}  // namespace schelling
