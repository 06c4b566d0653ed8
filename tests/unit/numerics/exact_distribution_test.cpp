#include <schelling/core/error.hpp>
#include <schelling/numerics/exact_distribution.hpp>

#include <gtest/gtest.h>

#include <numeric>

namespace schelling {
namespace {

std::vector<Rational> fractions(std::initializer_list<const char*> texts) {
  std::vector<Rational> result;
  for (const char* text : texts) result.push_back(parse_rational(text));
  return result;
}

void expect(const std::vector<double>& given, const std::vector<Rational>& expected,
            ProbabilityReading reading) {
  const auto found = exact_distribution(given);
  EXPECT_EQ(found.probabilities, expected);
  EXPECT_EQ(found.reading, reading);
}

TEST(ExactDistribution, ReadsShortestDecimalsWhereTheySumToOne) {
  expect({0.1, 0.2, 0.7}, fractions({"1/10", "1/5", "7/10"}), ProbabilityReading::shortest_decimals);
  expect({0.333, 0.333, 0.334}, fractions({"333/1000", "333/1000", "334/1000"}),
         ProbabilityReading::shortest_decimals);
  EXPECT_EQ(exact_distribution(std::vector{1.0}).note("prior"), "");
}

TEST(ExactDistribution, ReadsFractionsOfSmallDenominator) {
  expect({1.0 / 3, 1.0 / 3, 1.0 / 3}, fractions({"1/3", "1/3", "1/3"}), ProbabilityReading::small_fractions);
  expect({0.3333333333, 0.6666666667 - 5e-10}, fractions({"1/3", "2/3"}),
         ProbabilityReading::small_fractions);
  expect({1.0 / 7, 0, 6.0 / 7 + 1e-16}, fractions({"1/7", "0", "6/7"}), ProbabilityReading::small_fractions);
  EXPECT_EQ(
      exact_distribution(std::vector{1.0 / 3, 1.0 / 3, 1.0 / 3}).note("prior"),
      "prior: the decimals do not sum to one and were read as the nearest fractions of small denominator");
}

TEST(ExactDistribution, DividesByTheSumOtherwise) {
  const std::vector<double> many(1003, 1.0 / 1003);
  expect(many, std::vector<Rational>(1003, Rational(1, 1003)), ProbabilityReading::divided_by_sum);
  // No probability vanishes, however small.
  expect({1.0, 1e-12}, fractions({"1000000000000/1000000000001", "1/1000000000001"}),
         ProbabilityReading::divided_by_sum);
}

TEST(ExactDistribution, RefusesWhatIsNoDistribution) {
  for (const double bad :
       {-0.5, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(exact_distribution(std::vector{0.5, bad}), InvalidArgument);
  EXPECT_THROW(exact_distribution(std::vector{0.0, 0.0}), InvalidArgument);
}

}  // namespace
}  // namespace schelling
