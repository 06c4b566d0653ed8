#include <schelling/core/error.hpp>
#include <schelling/numerics/rational.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace schelling {
namespace {

TEST(Rational, ReadsIntegersFractionsAndDecimals) {
  EXPECT_EQ(parse_rational("7"), Rational(7));
  EXPECT_EQ(parse_rational("-6/4"), Rational(-3, 2));
  EXPECT_EQ(parse_rational("+0.25"), Rational(1, 4));
  EXPECT_EQ(parse_rational(".5"), Rational(1, 2));
  EXPECT_EQ(parse_rational("-12.5e-2"), Rational(-1, 8));
  EXPECT_EQ(parse_rational("2E3"), Rational(2000));
  EXPECT_EQ(parse_rational("010/08"), Rational(5, 4)) << "leading zeros are not octal";
  EXPECT_EQ(parse_rational("100000000000000000000/3") * 3, parse_rational("1e20"));
}

TEST(Rational, RefusesEverythingElse) {
  for (const char* text :
       {"", "-", "1/0", "1/", "/2", "1/-2", "0x10", "1.5/2", "1e", "1e99999", "nan", "1 ", ".", "1.2.3"})
    EXPECT_THROW(parse_rational(text), InvalidArgument) << text;
}

TEST(Rational, WritesWhatItReads) {
  for (const char* text : {"0", "1", "-3/7", "123456789012345678901234567891/2"})
    EXPECT_EQ(to_text(parse_rational(text)), text);
}

TEST(Rational, ConvertsDoublesByDecimalAndByBits) {
  EXPECT_EQ(exact(0.1), Rational(1, 10));
  EXPECT_EQ(exact(-2.5e-7), parse_rational("-1/4000000"));
  EXPECT_EQ(exact(1e22), parse_rational("1e22"));
  EXPECT_EQ(exact_binary(0.1) * Rational(Integer(1) << 55), parse_rational("3602879701896397"));
  for (const double value : {0.1, -1.0 / 3, 5e-324, 1.7976931348623157e308, 0.0, 1e-300}) {
    EXPECT_EQ(to_double(exact_binary(value)), value);
    EXPECT_EQ(to_double(exact(value)), value);
  }
  EXPECT_THROW(exact(std::numeric_limits<double>::quiet_NaN()), InvalidArgument);
  EXPECT_THROW(exact_binary(std::numeric_limits<double>::infinity()), InvalidArgument);
}

}  // namespace
}  // namespace schelling
