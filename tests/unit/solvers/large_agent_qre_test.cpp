#include "support/extensive_games.hpp"

#include <schelling/solvers/solve_agent_qre.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace schelling {
namespace {

using extensive_games::signaling_tree;

// Systems of 2 * 13 * 12 + 1 = 313 rows: several panels of the factors, and several strips to the right of them.
TEST(LargeAgentQre, SolvesTheLogitEquations) {
  const auto branch = solve_agent_qre(signaling_tree(13, 13, 13, 3), {.lambda_max = 4});
  ASSERT_EQ(branch.info.status, Status::solved) << branch.info.message;
  EXPECT_DOUBLE_EQ(branch.lambda.back(), 4);
  EXPECT_TRUE(branch.crossings.empty());  // the sign of the determinant stays
  for (const auto& certificate : branch.certificate) EXPECT_LE(certificate.residual, 1e-11);
}

// One system of 1741 rows takes longer than the limit.
TEST(LargeAgentQre, StopsInTheMiddleOfALargeSystem) {
  const auto game = signaling_tree(30, 30, 30, 1);
  const auto begin = std::chrono::steady_clock::now();
  Monitor monitor(std::chrono::duration<double>(0.05));
  EXPECT_EQ(solve_agent_qre(game, {}, monitor).info.status, Status::time_limit);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 5);
}

}  // namespace
}  // namespace schelling
