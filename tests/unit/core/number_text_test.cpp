#include <schelling/core/error.hpp>
#include <schelling/core/number_text.hpp>
#include <schelling/core/number_text_by_streams.hpp>

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace schelling {
namespace {

/// Numbers of all sizes, short and long, with the ends of the range.
std::vector<double> numbers() {
  using Limits = std::numeric_limits<double>;
  std::vector<double> list{0.0,
                           -0.0,
                           1.0,
                           -2.5,
                           0.1,
                           1.0 / 3,
                           100.0,
                           1e5,
                           123456.0,
                           1e20,
                           1e22,
                           1e23,
                           1e-4,
                           1e-5,
                           1.25e-7,
                           123456789012345680000.0,
                           9.5367431640625e-07,
                           Limits::max(),
                           Limits::min(),
                           Limits::denorm_min(),
                           5e-324 * 12345,
                           -Limits::epsilon()};
  std::mt19937_64 random(1);
  while (list.size() < 2000) {
    const auto any = std::bit_cast<double>(random());
    if (std::isfinite(any)) list.push_back(any);
    list.push_back(static_cast<double>(random() >> 11) * 0x1p-53);
    list.push_back(static_cast<double>(random() % 1'000'000) / 1000);
    list.push_back(std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 80) - 60));
  }
  return list;
}

TEST(NumberText, ReadsBackTheSameBits) {
  for (const double x : numbers()) {
    const auto read = parse_double(to_text(x));
    ASSERT_TRUE(read) << to_text(x);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*read), std::bit_cast<std::uint64_t>(x)) << to_text(x);
  }
}

TEST(NumberText, StreamsGiveTheSameAnswers) {
  for (const double x : numbers()) {
    EXPECT_EQ(shortest_by_streams(x), to_text(x));
    const auto read = parse_by_streams(to_text(x));
    ASSERT_TRUE(read) << to_text(x);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*read), std::bit_cast<std::uint64_t>(x)) << to_text(x);
  }
}

TEST(NumberText, TakesDecimalsOnly) {
  for (const auto* text : {"1", "-0.5", "1e-3", "2.5E+10", "5e-324", ".5", "5."}) {
    EXPECT_TRUE(parse_double(text)) << text;
    EXPECT_EQ(parse_double(text), parse_by_streams(text)) << text;
  }
  for (const auto* text : {"", "-", "1,5", "1 ", " 1", "+1", "0x10", "inf", "nan", "1e", "1e+", "1-2",
                           "1.2.3", "1e999", "-1e309", "1e-400"}) {
    EXPECT_FALSE(parse_double(text)) << text;
    EXPECT_FALSE(parse_by_streams(text)) << text;
  }
}

}  // namespace
}  // namespace schelling
