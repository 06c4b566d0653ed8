#include <schelling/solvers/solve_pbe_batch.hpp>

#include "support/signaling_batches.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <vector>

namespace schelling {
namespace {

using testing::random_batch;
using testing::RandomBatch;

/// Mixing probabilities of well-conditioned systems, and of exact ones rounded.
constexpr double mixing_tolerance = 1e-9;

struct Case {
  int types, messages, actions;
  int largest;        // payoffs are integers up to it; 0: continuous
  std::size_t games;  // in the regular tests, ten thousand in all
};

class Agreement : public ::testing::TestWithParam<Case> {};

/// Whether a row of one result is the row of another on the path: strategies, and replies to messages that
/// are sent.
bool same_on_path(const SignalingEquilibriaBatch& a, std::size_t i, const SignalingEquilibriaBatch& b,
                  std::size_t j) {
  if (a.kind[i] != b.kind[j]) return false;
  const auto types = static_cast<std::size_t>(a.types), messages = static_cast<std::size_t>(a.messages),
             actions = static_cast<std::size_t>(a.actions);
  const auto close = [](double x, double y) {
    return std::abs(x - y) <= mixing_tolerance || (std::isnan(x) && std::isnan(y));
  };
  for (std::size_t m = 0; m < messages; ++m) {
    bool sent = false;
    for (std::size_t t = 0; t < types; ++t) {
      const double s = a.sender[(i * types + t) * messages + m];
      sent |= s > 0;
      if (!close(s, b.sender[(j * types + t) * messages + m])) return false;
    }
    for (std::size_t action = 0; sent && action < actions; ++action)
      if (!close(a.receiver[(i * messages + m) * actions + action],
                 b.receiver[(j * messages + m) * actions + action]))
        return false;
    for (std::size_t k = 0; actions == 2 && k < 2; ++k)
      if (!close(a.off_path_bounds[(i * messages + m) * 2 + k],
                 b.off_path_bounds[(j * messages + m) * 2 + k]))
        return false;
  }
  return close(a.receiver_payoff[i], b.receiver_payoff[j]) || actions > 2;
}

/// A game that the kernels decide has exactly the equilibria that the exact solver finds; a game with a
/// continuum of outcomes is never decided by them.
TEST_P(Agreement, WithTheExactSolver) {
  const Case shape = GetParam();
  const std::size_t games = shape.games * (std::getenv("SCHELLING_LONG") ? 100 : 1);
  const RandomBatch batch = random_batch(games, shape.types, shape.messages, shape.actions, shape.largest,
                                         static_cast<std::uint64_t>(2024 + shape.largest));
  const auto fast = solve_pbe_batch(batch.view(), {.arithmetic = BatchArithmetic::double_precision});
  const auto exact = solve_pbe_batch(batch.view(), {.arithmetic = BatchArithmetic::exact});
  std::size_t decided = 0, wrong = 0;
  for (std::size_t n = 0; n < games; ++n) {
    ASSERT_EQ(exact.flags[n] & ~unsigned{batch_flag::continuum}, batch_flag::exact_path);
    if (fast.flags[n] & batch_flag::degenerate) continue;
    ++decided;
    const auto begin = [n](const SignalingEquilibriaBatch& b) {
      return static_cast<std::size_t>(b.offsets[n]);
    };
    const auto end = [n](const SignalingEquilibriaBatch& b) {
      return static_cast<std::size_t>(b.offsets[n + 1]);
    };
    bool agrees =
        !(exact.flags[n] & batch_flag::continuum) && end(fast) - begin(fast) == end(exact) - begin(exact);
    for (std::size_t i = begin(exact); agrees && i < end(exact); ++i) {
      std::size_t matches = 0;
      for (std::size_t j = begin(fast); j < end(fast); ++j) matches += same_on_path(fast, j, exact, i);
      agrees = matches == 1;
    }
    if (!agrees && ++wrong <= 3) ADD_FAILURE() << "game " << n << " of the batch";
  }
  EXPECT_EQ(wrong, 0u);
  if (shape.largest == 0) {
    EXPECT_EQ(decided, games);
  }
  EXPECT_GT(decided, 0u);
  RecordProperty("decided", static_cast<int>(decided));
}

INSTANTIATE_TEST_SUITE_P(
    SolvePbeBatch, Agreement,
    ::testing::Values(Case{2, 2, 2, 0, 1500}, Case{2, 2, 2, 3, 1500}, Case{2, 2, 2, 30, 1500},
                      Case{2, 2, 3, 0, 300}, Case{2, 2, 3, 10, 700}, Case{2, 3, 2, 0, 300},
                      Case{2, 3, 2, 3, 500}, Case{2, 3, 2, 10, 700}, Case{3, 2, 2, 0, 300},
                      Case{3, 2, 2, 10, 700}, Case{2, 3, 3, 0, 200}, Case{2, 3, 3, 20, 400},
                      Case{3, 3, 2, 0, 200}, Case{3, 3, 2, 20, 400}, Case{3, 2, 3, 0, 200},
                      Case{3, 2, 3, 20, 400}, Case{3, 3, 3, 0, 50}, Case{3, 3, 3, 50, 150}),
    [](const ::testing::TestParamInfo<Case>& test) {
      const Case& c = test.param;
      return "Size" + std::to_string(c.types) + std::to_string(c.messages) + std::to_string(c.actions) +
             (c.largest ? "Integers" + std::to_string(c.largest) : std::string("Continuous"));
    });

}  // namespace
}  // namespace schelling
