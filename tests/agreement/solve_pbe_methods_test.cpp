#include "support/signaling_games.hpp"

#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

struct Case {
  testing::Shape shape;
  int games;
};

/// The two methods share the double description of polyhedra, and nothing of how they find the supports.
class SolvePbeMethods : public ::testing::TestWithParam<Case> {};

TEST_P(SolvePbeMethods, FindTheSameProductsInTheSameComponents) {
  const auto [shape, games] = GetParam();
  for (const int largest : {1, 2, 9}) {
    std::mt19937 random(static_cast<unsigned>(largest));
    for (int i = 0; i < games; ++i) {
      const auto game = testing::random_game(random, shape, largest);
      const auto search = solve_pbe(game, {.method = PbeMethod::search});
      const auto vertices = solve_pbe(game, {.method = PbeMethod::vertices, .certify = false});
      EXPECT_TRUE(search.certificate.passes(0));
      EXPECT_TRUE(search.complete() && vertices.complete());
      const auto same = testing::Relabelling::identity(shape);
      ASSERT_EQ(testing::canonical(search.components, same) == testing::canonical(vertices.components, same),
                true)
          << "game " << i << " with payoffs up to " << largest;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, SolvePbeMethods,
                         ::testing::Values(Case{{2, 2, 2}, 300}, Case{{3, 2, 2}, 150}, Case{{2, 3, 2}, 150},
                                           Case{{2, 2, 3}, 150}, Case{{3, 3, 2}, 30}, Case{{3, 2, 3}, 30},
                                           Case{{2, 3, 3}, 20}, Case{{3, 3, 3}, 5}, Case{{1, 3, 2}, 50},
                                           Case{{3, 1, 3}, 50}, Case{{2, 4, 2}, 20}, Case{{4, 2, 3}, 10}));

}  // namespace
}  // namespace schelling
