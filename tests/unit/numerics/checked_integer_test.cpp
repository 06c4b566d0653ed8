#include <schelling/numerics/checked_integer.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace schelling {
namespace {

template <class Number>
class CheckedInteger : public testing::Test {};
using Widths = testing::Types<Checked64, Checked128>;
TYPED_TEST_SUITE(CheckedInteger, Widths);

TYPED_TEST(CheckedInteger, NoticesWhatDoesNotFit) {
  integer_overflow = false;
  TypeParam power(1);
  const int bits = 8 * static_cast<int>(sizeof(TypeParam));
  for (int i = 0; i < bits - 2; ++i) power *= TypeParam(2);
  EXPECT_FALSE(integer_overflow);
  power += power - TypeParam(1);  // the largest value
  EXPECT_FALSE(integer_overflow);
  power += TypeParam(1);
  EXPECT_TRUE(integer_overflow);
  integer_overflow = false;
  EXPECT_TRUE(power < TypeParam(0)) << "wraps to the smallest value";
  (void)-power;
  EXPECT_TRUE(integer_overflow);
  integer_overflow = false;
  // Whatever came out, common divisors and divisions end.
  (void)(power / greatest_common_divisor(power, power));
  EXPECT_TRUE(integer_overflow);
  integer_overflow = false;
}

TYPED_TEST(CheckedInteger, FindsCommonDivisors) {
  EXPECT_EQ(greatest_common_divisor(TypeParam(-12), TypeParam(18)), TypeParam(6));
  EXPECT_EQ(greatest_common_divisor(TypeParam(0), TypeParam(-5)), TypeParam(5));
  EXPECT_EQ(greatest_common_divisor(TypeParam(0), TypeParam(0)), TypeParam(0));
  EXPECT_EQ(TypeParam(-12) / TypeParam(6), TypeParam(-2));
}

}  // namespace
}  // namespace schelling
