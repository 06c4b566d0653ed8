#include <schelling/core/error.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/rational.hpp>

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <vector>

namespace schelling {
namespace {

template <class Scalar>
class LinearProgramOf : public testing::Test {
 protected:
  using Program = LinearProgram<Scalar>;
  static void add(Program& program, std::vector<Scalar> row, Relation relation, Scalar right_side) {
    program.add(row, relation, right_side);
  }
  static void maximize(Program& program, std::vector<Scalar> objective) { program.maximize(objective); }
};
using Scalars = testing::Types<double, Rational>;
TYPED_TEST_SUITE(LinearProgramOf, Scalars);

TYPED_TEST(LinearProgramOf, FindsTheVertexAndItsDual) {
  // max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18: (2, 6), value 36, duals (0, 3/2, 1).
  LinearProgram<TypeParam> program(2);
  this->add(program, {1, 0}, Relation::less_equal, 4);
  this->add(program, {0, 2}, Relation::less_equal, 12);
  this->add(program, {3, 2}, Relation::less_equal, 18);
  this->maximize(program, {3, 5});
  const auto solution = solve_linear_program(program);
  ASSERT_EQ(solution.status, LinearProgramStatus::optimal);
  EXPECT_EQ(solution.point, (std::vector<TypeParam>{2, 6}));
  EXPECT_EQ(solution.value, TypeParam(36));
  EXPECT_EQ(solution.multipliers, (std::vector<TypeParam>{0, TypeParam(3) / 2, 1}));
  EXPECT_TRUE(verifies(program, solution));
}

TYPED_TEST(LinearProgramOf, RedundantAndContradictoryEquations) {
  LinearProgram<TypeParam> program(3);
  this->add(program, {1, 1, 1}, Relation::equal, 1);
  this->add(program, {2, 2, 2}, Relation::equal, 2);
  this->add(program, {0, 0, 0}, Relation::equal, 0);
  this->add(program, {1, 0, -1}, Relation::greater_equal, 1);
  this->maximize(program, {0, 1, 1});
  const auto solution = solve_linear_program(program);
  ASSERT_EQ(solution.status, LinearProgramStatus::optimal);
  EXPECT_EQ(solution.value, TypeParam(0));
  this->add(program, {3, 3, 3}, Relation::equal, 4);
  const auto contradiction = solve_linear_program(program);
  EXPECT_EQ(contradiction.status, LinearProgramStatus::infeasible);
  EXPECT_TRUE(verifies(program, contradiction));
}

TYPED_TEST(LinearProgramOf, UnboundedHasARay) {
  LinearProgram<TypeParam> program(2);
  this->add(program, {1, -1}, Relation::less_equal, 1);
  this->add(program, {1, 1}, Relation::greater_equal, 3);
  this->maximize(program, {1, 0});
  const auto solution = solve_linear_program(program);
  ASSERT_EQ(solution.status, LinearProgramStatus::unbounded);
  EXPECT_TRUE(verifies(program, solution));
}

TYPED_TEST(LinearProgramOf, EmptyProgramsAndFalseCertificates) {
  LinearProgram<TypeParam> none(0);
  EXPECT_EQ(solve_linear_program(none).status, LinearProgramStatus::optimal);
  this->add(none, {}, Relation::greater_equal, 1);
  EXPECT_EQ(solve_linear_program(none).status, LinearProgramStatus::infeasible);

  LinearProgram<TypeParam> program(1);
  this->add(program, {1}, Relation::less_equal, 1);
  this->maximize(program, {1});
  auto solution = solve_linear_program(program);
  EXPECT_TRUE(verifies(program, solution));
  auto changed = solution;
  changed.point[0] = TypeParam(1) / 2;
  EXPECT_FALSE(verifies(program, changed));
  changed = solution;
  changed.multipliers[0] = 2;
  EXPECT_FALSE(verifies(program, changed));
  changed = solution;
  changed.status = LinearProgramStatus::infeasible;
  EXPECT_FALSE(verifies(program, changed));
}

TYPED_TEST(LinearProgramOf, DoesNotCycle) {
  // Beale (1955): the usual rule cycles at the origin.
  LinearProgram<TypeParam> program(4);
  const auto q = [](int numerator, int denominator) { return TypeParam(numerator) / denominator; };
  this->add(program, {q(1, 4), -8, -1, 9}, Relation::less_equal, 0);
  this->add(program, {q(1, 2), -12, q(-1, 2), 3}, Relation::less_equal, 0);
  this->add(program, {0, 0, 1, 0}, Relation::less_equal, 1);
  this->maximize(program, {q(3, 4), -20, q(1, 2), -6});
  const auto solution = solve_linear_program(program);
  ASSERT_EQ(solution.status, LinearProgramStatus::optimal);
  EXPECT_NEAR(static_cast<double>(solution.value), 1.25, 1e-14);  // rounding of the pivots alone
}

TYPED_TEST(LinearProgramOf, RefusesWrongLengths) {
  LinearProgram<TypeParam> program(2);
  EXPECT_THROW(this->add(program, {1}, Relation::equal, 0), InvalidArgument);
  EXPECT_THROW(this->maximize(program, {1, 2, 3}), InvalidArgument);
  const std::vector<std::size_t> basis{2};
  EXPECT_THROW(solve_linear_program(program, basis), InvalidArgument);
}

LinearProgram<Rational> random_program(std::mt19937_64& random, int variables, int rows, int range) {
  std::uniform_int_distribution<int> number(-range, range), relation(0, 4);
  LinearProgram<Rational> program(static_cast<std::size_t>(variables));
  const auto draw = [&] {
    std::vector<Rational> row;
    for (int j = 0; j < variables; ++j) row.emplace_back(number(random));
    return row;
  };
  for (int i = 0; i < rows; ++i) {
    const int kind = relation(random);
    program.add(draw(),
                kind == 0   ? Relation::equal
                : kind == 1 ? Relation::greater_equal
                            : Relation::less_equal,
                Rational(number(random)));
  }
  program.maximize(draw());
  return program;
}

/// The same program in double.
LinearProgram<double> rounded(const LinearProgram<Rational>& program) {
  LinearProgram<double> result(program.variables());
  const auto convert = [](std::span<const Rational> row) {
    std::vector<double> values;
    for (const auto& x : row) values.push_back(static_cast<double>(x));
    return values;
  };
  for (std::size_t i = 0; i < program.constraints(); ++i)
    result.add(convert(program.coefficients(i)), program.relation(i),
               static_cast<double>(program.right_side(i)));
  result.maximize(convert(program.objective()));
  return result;
}

TEST(LinearProgram, EveryExactAnswerIsProvedAndDoubleAgrees) {
  std::mt19937_64 random(20250301);
  int seen[3] = {0, 0, 0};
  for (int trial = 0; trial < 3000; ++trial) {
    // Small ranges make ties, redundant rows and degenerate vertices common.
    const int range = trial % 3 == 0 ? 1 : trial % 3 == 1 ? 3 : 99;
    const auto program = random_program(random, 1 + trial % 7, trial % 9, range);
    const auto exact = solve_linear_program(program);
    ASSERT_TRUE(verifies(program, exact)) << trial;
    ++seen[static_cast<int>(exact.status)];
    const auto approximate = solve_linear_program(rounded(program));
    ASSERT_EQ(approximate.status, exact.status) << trial;
    if (exact.status == LinearProgramStatus::optimal) {
      const double value = static_cast<double>(exact.value);
      ASSERT_NEAR(approximate.value, value, 1e-9 * (1 + std::abs(value))) << trial;
    }
    // The basis found in double needs no further pivot in exact arithmetic beyond those that reach it.
    if (exact.status == LinearProgramStatus::optimal) {
      const auto warm = solve_linear_program(program, approximate.basis);
      ASSERT_EQ(warm.value, exact.value) << trial;
      ASSERT_LE(warm.pivots, program.constraints()) << trial;
    }
  }
  for (const int count : seen) EXPECT_GT(count, 300);
}

TEST(LinearProgram, OverflowFallsBackToBigIntegers) {
  // Fractions with denominators near 10^9: products of three leave 64 bits. The Hilbert-like rows are nearly
  // singular.
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> number(1, 1'000'000'007);
  for (int trial = 0; trial < 50; ++trial) {
    LinearProgram<Rational> program(6);
    for (int i = 0; i < 6; ++i) {
      std::vector<Rational> row;
      for (int j = 0; j < 6; ++j) row.push_back(Rational(number(random)) / number(random));
      program.add(row, Relation::less_equal, Rational(number(random)) / number(random));
    }
    program.maximize(std::vector<Rational>(6, Rational(1)));
    const auto solution = solve_linear_program(program);
    ASSERT_EQ(solution.status, LinearProgramStatus::optimal);
    ASSERT_TRUE(verifies(program, solution));
  }
}

TEST(LinearProgram, VeryDifferentScalesInDouble) {
  for (const double scale : {1e-12, 1.0, 1e12}) {
    LinearProgram<double> program(2);
    program.add(std::vector{1 * scale, 1 * scale}, Relation::less_equal, 1e-6 * scale);
    program.add(std::vector{1.0, -1.0}, Relation::equal, 0);
    program.maximize(std::vector{scale, 0.0});
    const auto solution = solve_linear_program(program);
    ASSERT_EQ(solution.status, LinearProgramStatus::optimal);
    EXPECT_NEAR(solution.point[0], 5e-7, 1e-18);
  }
}

}  // namespace
}  // namespace schelling
