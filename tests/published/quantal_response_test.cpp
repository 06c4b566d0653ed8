#include <schelling/solvers/estimate_agent_qre.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace schelling {
namespace {

/// McKelvey and Palfrey (1995) on the data of Ochs (1995), game 2, first sixteen periods: payoffs in their units, the
/// frequencies of 128 choices by each player, and their maximum likelihood estimate.
TEST(QuantalResponse, FitsOchsAsMcKelveyAndPalfreyReport) {
  const auto game = NormalFormGame<double>::bimatrix(2, 2, {1.1141, 0, 0, 0.2785}, {0, 1.1141, 1.1141, 0});
  const std::vector<double> counts{128 * 0.527, 128 * 0.473, 128 * 0.366, 128 * 0.634};
  const auto estimate = estimate_agent_qre(game, counts);
  ASSERT_EQ(estimate.info.status, Status::solved) << estimate.info.message;
  EXPECT_LE(estimate.fit.certificate.residual, 1e-12);
  EXPECT_NEAR(estimate.fit.lambda, 1.845, 0.001);
  EXPECT_NEAR(estimate.fit.log_likelihood, -174.76, 0.005);
  EXPECT_NEAR(std::exp(estimate.fit.log_strategy[0]), 0.616, 0.0005);
  EXPECT_NEAR(std::exp(estimate.fit.log_strategy[2]), 0.383, 0.0005);
}

}  // namespace
}  // namespace schelling
