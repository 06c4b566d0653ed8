#include <schelling/core/error.hpp>
#include <schelling/core/result.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace schelling {
namespace {

TEST(Certificate, WithoutNumbersDoesNotPass) {
  Certificate certificate;
  EXPECT_FALSE(certificate.passes(1e9));
  certificate.max_regret = certificate.bayes_gap = 1e-10;
  EXPECT_TRUE(certificate.passes(1e-9));
  certificate.max_regret = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(certificate.passes(1e9));
}

TEST(ToText, RoundTripsAndNamesInfinities) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(expectation("types[0].probability", "a number in [0, 1]", to_text(1.5)),
            "types[0].probability: expected a number in [0, 1], found 1.5");
}

}  // namespace
}  // namespace schelling
