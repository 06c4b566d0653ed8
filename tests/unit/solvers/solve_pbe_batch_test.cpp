#include <schelling/solvers/solve_pbe_batch.hpp>

#include <schelling/core/error.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>

#include "support/signaling_batches.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace schelling {
namespace {

using testing::random_batch;
using testing::RandomBatch;

/// Of the values in a certified row: mixing probabilities are quotients of well-conditioned systems.
constexpr double row_tolerance = 1e-9;

struct Size {
  int types, messages, actions;
};
constexpr Size fast_sizes[] = {{2, 2, 2}, {2, 2, 3}, {2, 3, 2}, {2, 3, 3},
                               {3, 2, 2}, {3, 2, 3}, {3, 3, 2}, {3, 3, 3}};

/// One game from numbers [t][m][a].
RandomBatch game_222(double p, std::vector<double> sender, std::vector<double> receiver) {
  return {1, 2, 2, 2, {p, 1 - p}, std::move(sender), std::move(receiver)};
}

/// Beer and quiche (Cho and Kreps 1987, figure 1): types strong, weak; messages beer, quiche; actions duel,
/// leave.
RandomBatch beer_quiche() { return game_222(0.9, {1, 3, 0, 2, 0, 2, 1, 3}, {0, 1, 0, 1, 1, 0, 1, 0}); }

template <class T>
bool same_bytes(const ResultArray<T>& a, const ResultArray<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

bool same_result(const SignalingEquilibriaBatch& a, const SignalingEquilibriaBatch& b) {
  return same_bytes(a.flags, b.flags) && same_bytes(a.kind_counts, b.kind_counts) &&
         same_bytes(a.offsets, b.offsets) && same_bytes(a.kind, b.kind) && same_bytes(a.sender, b.sender) &&
         same_bytes(a.receiver, b.receiver) && same_bytes(a.beliefs, b.beliefs) &&
         same_bytes(a.sender_payoff, b.sender_payoff) && same_bytes(a.receiver_payoff, b.receiver_payoff) &&
         same_bytes(a.off_path_facet, b.off_path_facet) && same_bytes(a.off_path_bounds, b.off_path_bounds);
}

TEST(SolvePbeBatch, FindsBothPoolingEquilibriaOfBeerAndQuiche) {
  const RandomBatch game = beer_quiche();
  const auto result = solve_pbe_batch(game.view());
  ASSERT_EQ(result.size(), 2u);
  EXPECT_EQ(result.flags[0], 0);
  EXPECT_EQ(result.offsets[1], 2);
  EXPECT_EQ(result.kind_counts[static_cast<std::size_t>(SignalingKind::pooling)], 2);
  for (std::size_t e = 0; e < 2; ++e) {
    const std::size_t sent = e, other = 1 - e;
    EXPECT_EQ(result.kind[e], static_cast<std::uint8_t>(SignalingKind::pooling));
    for (std::size_t t = 0; t < 2; ++t) EXPECT_EQ(result.sender[4 * e + 2 * t + sent], 1);
    EXPECT_EQ(result.receiver[4 * e + 2 * sent + 1], 1) << "the receiver leaves after the common message";
    EXPECT_NEAR(result.beliefs[4 * e + 2 * sent], 0.9, 1e-15);
    EXPECT_LE(result.beliefs[4 * e + 2 * other], 0.5) << "the other message comes from the weak type";
    // A duel with probability at least one half deters.
    EXPECT_EQ(result.off_path_bounds[4 * e + 2 * other], 0);
    EXPECT_NEAR(result.off_path_bounds[4 * e + 2 * other + 1], 0.5, 1e-15);
    EXPECT_TRUE(std::isnan(result.off_path_bounds[4 * e + 2 * sent]));
    EXPECT_EQ(result.off_path_facet[2 * e + other], 3u);
    EXPECT_NEAR(result.receiver_payoff[e], 0.9, 1e-15);
  }
  EXPECT_EQ(result.sender_payoff[0], 3);  // beer: the strong type's breakfast
  EXPECT_EQ(result.sender_payoff[1], 2);
  EXPECT_EQ(result.sender_payoff[2], 2);
  EXPECT_EQ(result.sender_payoff[3], 3);
  EXPECT_TRUE(result.info.complete());
}

TEST(SolvePbeBatch, MixesBothTypesOverBothMessages) {
  // The receiver is indifferent at beliefs 1/4 and 3/4, the types at replies 1/2 and 1/2; the prior lies
  // between.
  const RandomBatch game = game_222(0.5, {0, 2, 1, 1, 1, 1, 0, 2}, {0, -1, 0, 3, 0, 3, 0, -1});
  const auto result = solve_pbe_batch(game.view());
  bool found = false;
  for (std::size_t e = 0; e < result.size(); ++e) {
    if (!std::all_of(&result.sender[4 * e], &result.sender[4 * e] + 4,
                     [](double s) { return s > 0 && s < 1; }))
      continue;
    found = true;
    EXPECT_EQ(result.kind[e], static_cast<std::uint8_t>(SignalingKind::pooling));
    EXPECT_NEAR(result.receiver[4 * e], 0.5, 1e-15);
    EXPECT_NEAR(result.beliefs[4 * e], 0.75, 1e-15);
    EXPECT_NEAR(result.beliefs[4 * e + 2], 0.25, 1e-15);
  }
  EXPECT_TRUE(found);
}

TEST(SolvePbeBatch, CertifiesEveryRow) {
  std::uint64_t seed = 1;
  for (const Size size : fast_sizes)
    for (const int largest : {0, 12}) {
      const RandomBatch games =
          random_batch(largest ? 150 : 3001, size.types, size.messages, size.actions, largest, seed++);
      const auto result = solve_pbe_batch(games.view());
      const auto certificates = certify_batch(games.view(), result);
      double regret = 0, gap = 0;
      for (std::size_t e = 0; e < result.size(); ++e) {
        ASSERT_FALSE(std::isnan(certificates.max_regret[e]) || std::isnan(certificates.bayes_gap[e]));
        regret = std::max(regret, certificates.max_regret[e]);
        gap = std::max(gap, certificates.bayes_gap[e]);
      }
      EXPECT_LE(regret, row_tolerance);
      EXPECT_LE(gap, row_tolerance);
      for (std::size_t n = 0; n < games.games; ++n)
        EXPECT_LT(result.offsets[n], result.offsets[n + 1]) << "every game has an equilibrium, game " << n;
      EXPECT_EQ(result.count_flag(batch_flag::exact_path) > 0, largest > 0);
    }
}

TEST(SolvePbeBatch, CertificateSeesAWrongRow) {
  const RandomBatch game = beer_quiche();
  auto result = solve_pbe_batch(game.view());
  std::swap(result.receiver[0], result.receiver[1]);
  EXPECT_GT(certify_batch(game.view(), result).max_regret[0], 0.1);
  EXPECT_LE(certify_batch(game.view(), result).max_regret[1], row_tolerance);
  result.beliefs[4] = result.beliefs[5] = 0.5;
  EXPECT_LE(certify_batch(game.view(), result).bayes_gap[1], row_tolerance) << "free off the path";
  result.beliefs[6] = result.beliefs[7] = 0.5;
  EXPECT_GT(certify_batch(game.view(), result).bayes_gap[1], 0.1);
}

/// A kernel that looked at a part of a block only would change the number of equilibria per game.
TEST(SolvePbeBatch, GivesTheSameBitsForEveryBlockThreadCountLayoutAndInstructionSet) {
  std::uint64_t seed = 40;
  for (const Size size : fast_sizes) {
    for (const int largest : {0, 20}) {
      const RandomBatch games =
          random_batch(largest ? 77 : 5003, size.types, size.messages, size.actions, largest, seed++);
      const RandomBatch columns = games.transposed();
      SignalingGameBatch games_last = columns.view();
      games_last.layout = BatchLayout::games_last;
      const auto reference =
          solve_pbe_batch(games.view(), {.threads = 1, .instructions = InstructionSet::portable});
      for (const auto instructions : {InstructionSet::automatic, InstructionSet::portable,
                                      InstructionSet::avx2, InstructionSet::avx512}) {
        if (!is_available(instructions)) continue;
        EXPECT_TRUE(same_result(reference,
                                solve_pbe_batch(games.view(), {.threads = 1, .instructions = instructions})))
            << to_string(instructions);
      }
      for (const std::size_t block : {64u, 192u, 512u})
        EXPECT_TRUE(same_result(reference, solve_pbe_batch(games.view(), {.threads = 3, .block = block})))
            << block;
      EXPECT_TRUE(same_result(reference, solve_pbe_batch(games_last, {.threads = 2, .block = 128})));
    }
  }
}

TEST(SolvePbeBatch, CountsAndSummaryAreThoseOfTheFullResult) {
  const RandomBatch games = random_batch(1500, 3, 2, 2, 0, 7);
  const auto full = solve_pbe_batch(games.view());
  const auto counts = solve_pbe_batch(games.view(), {.outputs = BatchOutputs::counts});
  const auto summary = solve_pbe_batch(games.view(), {.outputs = BatchOutputs::summary});
  EXPECT_TRUE(same_bytes(full.kind_counts, counts.kind_counts));
  EXPECT_TRUE(same_bytes(full.offsets, summary.offsets));
  EXPECT_TRUE(same_bytes(full.kind, summary.kind));
  EXPECT_TRUE(same_bytes(full.sender_payoff, summary.sender_payoff));
  EXPECT_TRUE(same_bytes(full.receiver_payoff, summary.receiver_payoff));
  EXPECT_TRUE(counts.offsets.empty());
  EXPECT_TRUE(summary.sender.empty());
  EXPECT_THROW(certify_batch(games.view(), summary), InvalidArgument);
}

/// A type whose payoff after the other message does not depend on the reply: the bound on replies is 0/0 or
/// x/0.
TEST(SolvePbeBatch, HandlesPayoffsThatDoNotDependOnTheReplyOffThePath) {
  // Type 1 gains by deviating from pooling on message 0 whatever the reply: there is no pooling equilibrium
  // on it.
  RandomBatch game = game_222(0.5, {1, 0, 0, 1, 0, 0, 1, 1}, {1, 0, 0, 1, 1, 0, 1, 0});
  auto result = solve_pbe_batch(game.view());
  for (std::size_t e = 0; e < result.size(); ++e) EXPECT_LT(result.sender[4 * e + 2], 1);
  // The same type loses by it whatever the reply: there is one, with every reply up to type 0's bound.
  game.sender = {1, 0, 0, 2, 2, 2, 1, 1};
  result = solve_pbe_batch(game.view());
  bool pools = false;
  for (std::size_t e = 0; e < result.size(); ++e)
    if (result.sender[4 * e] == 1 && result.sender[4 * e + 2] == 1) {
      pools = true;
      EXPECT_EQ(result.off_path_bounds[4 * e + 2], 0);
      EXPECT_EQ(result.off_path_bounds[4 * e + 3], 0.5);
    }
  EXPECT_TRUE(pools);
}

TEST(SolvePbeBatch, SolvesTiedGamesExactlyAndSaysSo) {
  // Cheap talk: the message does not matter to anyone, so that the sender may babble in a continuum of ways.
  const RandomBatch talk = game_222(0.25, {1, 0, 1, 0, 0, 1, 0, 1}, {1, 0, 1, 0, 0, 1, 0, 1});
  const auto result = solve_pbe_batch(talk.view());
  EXPECT_EQ(result.flags[0], batch_flag::exact_path | batch_flag::degenerate | batch_flag::continuum);
  ASSERT_GE(result.size(), 1u);
  const auto certificates = certify_batch(talk.view(), result);
  for (std::size_t e = 0; e < result.size(); ++e) EXPECT_LE(certificates.max_regret[e], 1e-15);

  const auto undecided = solve_pbe_batch(talk.view(), {.arithmetic = BatchArithmetic::double_precision});
  EXPECT_EQ(undecided.flags[0], batch_flag::degenerate);
  EXPECT_EQ(undecided.size(), 0u);
  EXPECT_EQ(undecided.info.status, Status::degenerate);
  EXPECT_FALSE(undecided.info.complete());
}

TEST(SolvePbeBatch, SeesATieOnTheScaleOfEachGame) {
  // Separating is an equilibrium by a margin of `gap` times the scale.
  for (const double scale : {1e-200, 1e-9, 1.0, 1e9, 1e200})
    for (const double gap : {0.0, 1e-14, 1e-3}) {
      RandomBatch game =
          game_222(0.4, {1 + gap, 0.35, 0.62, 1, 1.7, 0.11, 0.77, 2.3}, {1, 0, 1.1, 0, 0, 1.3, 0, 0.9});
      for (double& payoff : game.sender) payoff *= scale;
      for (double& payoff : game.receiver) payoff *= scale;
      const auto result = solve_pbe_batch(game.view());
      EXPECT_EQ(result.flags[0] & batch_flag::degenerate, gap < 1e-12 ? batch_flag::degenerate : 0)
          << scale << " " << gap;
    }
}

TEST(SolvePbeBatch, ScalingPayoffsByPowersOfTwoChangesNoStrategy) {
  for (const Size size : fast_sizes) {
    const RandomBatch games = random_batch(500, size.types, size.messages, size.actions, 0, 99);
    RandomBatch scaled = games;
    for (double& payoff : scaled.sender) payoff *= 0x1p300;
    for (double& payoff : scaled.receiver) payoff *= 0x1p-300;
    const auto a = solve_pbe_batch(games.view()), b = solve_pbe_batch(scaled.view());
    EXPECT_TRUE(same_bytes(a.offsets, b.offsets));
    EXPECT_TRUE(same_bytes(a.kind, b.kind));
    EXPECT_TRUE(same_bytes(a.sender, b.sender));
    EXPECT_TRUE(same_bytes(a.receiver, b.receiver));
    EXPECT_TRUE(same_bytes(a.beliefs, b.beliefs));
  }
}

TEST(SolvePbeBatch, DecidesPayoffsWhoseDifferencesOverflowExactly) {
  RandomBatch game = beer_quiche();
  game.sender = {1.5e308, 1.7e308, -1.5e308, 1.6e308, -1.7e308, 1.6e308, -1.6e308, 1.7e308};
  const auto result = solve_pbe_batch(game.view());
  EXPECT_TRUE(result.flags[0] & batch_flag::exact_path);
  EXPECT_EQ(result.size(), 2u) << "only the order of payoffs has stayed the same";
}

TEST(SolvePbeBatch, FlagsGamesThatAreNotOnesAndSolvesTheirNeighbours) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  for (const Size size : {Size{2, 2, 2}, Size{3, 3, 2}, Size{4, 2, 2}}) {
    const std::size_t count = size.types == 4 ? 16 : 700;
    const RandomBatch good = random_batch(count, size.types, size.messages, size.actions, 0, 3);
    const auto expected = solve_pbe_batch(good.view());
    RandomBatch bad = good;
    const auto types = static_cast<std::size_t>(size.types);
    bad.prior[0 * types] = nan;
    bad.prior[2 * types] = -bad.prior[2 * types];
    bad.prior[4 * types + 1] += bad.prior[4 * types];
    bad.prior[4 * types] = 0;
    bad.prior[6 * types] += 1e-6;
    bad.sender[8 * bad.payoffs() + 3] = nan;
    bad.sender[10 * bad.payoffs()] = infinity;
    bad.receiver[12 * bad.payoffs() + 1] = -infinity;
    bad.receiver[14 * bad.payoffs()] = nan;
    const auto result = solve_pbe_batch(bad.view());
    for (std::size_t n = 0; n < count; ++n) {
      const bool is_bad = n < 16 && n % 2 == 0;
      EXPECT_EQ(result.flags[n] & batch_flag::invalid_input, is_bad ? batch_flag::invalid_input : 0) << n;
      EXPECT_EQ(result.offsets[n + 1] - result.offsets[n],
                is_bad ? 0 : expected.offsets[n + 1] - expected.offsets[n])
          << n;
    }
    EXPECT_EQ(result.count_flag(batch_flag::invalid_input), 8u);
  }
}

TEST(SolvePbeBatch, SolvesOtherSizesExactly) {
  for (const Size size : {Size{4, 2, 2}, Size{1, 3, 2}, Size{2, 1, 2}, Size{2, 2, 1}, Size{2, 4, 2}}) {
    const RandomBatch games = random_batch(20, size.types, size.messages, size.actions, 0, 5);
    const auto result = solve_pbe_batch(games.view());
    EXPECT_EQ(result.count_flag(batch_flag::exact_path), 20u);
    const auto certificates = certify_batch(games.view(), result);
    for (std::size_t e = 0; e < result.size(); ++e) EXPECT_LE(certificates.max_regret[e], row_tolerance);
    EXPECT_EQ(solve_pbe_batch(games.view(), {.arithmetic = BatchArithmetic::double_precision})
                  .count_flag(batch_flag::unsolved),
              20u);
  }
}

TEST(SolvePbeBatch, CutsAtTheLimit) {
  const RandomBatch games = random_batch(400, 3, 3, 3, 0, 11);
  const auto all = solve_pbe_batch(games.view()), cut = solve_pbe_batch(games.view(), {.limit = 2});
  for (std::size_t n = 0; n < games.games; ++n) {
    const auto count = all.offsets[n + 1] - all.offsets[n];
    ASSERT_EQ(cut.offsets[n + 1] - cut.offsets[n], std::min<std::int64_t>(count, 2));
    EXPECT_EQ(cut.flags[n], count > 2 ? batch_flag::truncated : 0);
    for (std::int64_t e = 0; e < std::min<std::int64_t>(count, 2); ++e)
      EXPECT_EQ(all.receiver_payoff[static_cast<std::size_t>(all.offsets[n] + e)],
                cut.receiver_payoff[static_cast<std::size_t>(cut.offsets[n] + e)]);
  }
  EXPECT_EQ(cut.info.status, Status::truncated);
}

TEST(SolvePbeBatch, MarksWhatIsLeftWhenItIsStopped) {
  const RandomBatch games = random_batch(10000, 2, 2, 2, 0, 12);
  Monitor monitor;
  monitor.cancel();
  const auto result = solve_pbe_batch(games.view(), {.threads = 1}, monitor);
  EXPECT_EQ(result.count_flag(batch_flag::unsolved), games.games);
  EXPECT_EQ(result.size(), 0u);
  EXPECT_EQ(result.info.status, Status::cancelled);
  EXPECT_FALSE(result.info.complete());
}

TEST(SolvePbeBatch, CancelledHalfwayKeepsNoRows) {
  const RandomBatch games = random_batch(1000000, 2, 2, 2, 0, 12);
  Monitor monitor({}, [](std::size_t done, std::size_t) { return done == 0; });
  const auto result = solve_pbe_batch(games.view(), {.threads = 1}, monitor);
  EXPECT_EQ(result.info.status, Status::cancelled);
  EXPECT_EQ(result.count_flag(batch_flag::unsolved), games.games);
  EXPECT_EQ(result.size(), 0u);
  EXPECT_EQ(result.offsets[games.games], 0);
}

TEST(SolvePbeBatch, RefusesWrongOptionsAndArrays) {
  const RandomBatch games = random_batch(3, 2, 2, 2, 0, 13);
  EXPECT_THROW(solve_pbe_batch(games.view(), {.limit = 0}), InvalidOptions);
  EXPECT_THROW(solve_pbe_batch(games.view(), {.block = 100}), InvalidOptions);
  EXPECT_THROW(solve_pbe_batch(games.view(), {.block = 1024}), InvalidOptions);
  SignalingGameBatch view = games.view();
  view.actions = 0;
  EXPECT_THROW(solve_pbe_batch(view), InvalidArgument);
  view = games.view();
  view.receiver = nullptr;
  EXPECT_THROW(solve_pbe_batch(view), InvalidArgument);
  view.games = 0;
  EXPECT_EQ(solve_pbe_batch(view).size(), 0u);
}

}  // namespace
}  // namespace schelling
