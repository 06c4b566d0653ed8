#include "support/phase_games.hpp"

#include <schelling/analysis/sweep.hpp>
#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace schelling {
namespace {

std::vector<double> sample(const Model& model, int draws) {
  phase_games::Uniform uniform(12);
  std::vector<double> points;
  for (int i = 0; i < draws; ++i)
    for (const auto& game : phase_games::draw(model.parameters(), uniform))
      points.insert(points.end(), game.begin(), game.end());
  return points;
}

TEST(Sweep, GivesTheSameBitsForAnyNumberOfThreads) {
  const ExtendedDeterrence model;
  const auto points = sample(model, 200);
  Monitor first;
  const auto alone = sweep(model, points, {.threads = 1}, first);
  for (const unsigned threads : {2u, 7u}) {
    Monitor monitor;
    const auto together = sweep(model, points, {.threads = threads}, monitor);
    EXPECT_EQ(together.offsets, alone.offsets);
    EXPECT_EQ(together.values, alone.values);
    EXPECT_EQ(together.max_regret, alone.max_regret);
    EXPECT_EQ(together.bayes_gap, alone.bayes_gap);
    EXPECT_EQ(together.status, alone.status);
  }
}

TEST(Sweep, HoldsTheRowsOfEachPointInOrder) {
  const ExtendedDeterrence model;
  const auto points = sample(model, 30);
  const std::size_t width = model.parameters().size();
  Monitor monitor;
  const auto result = sweep(model, points, {}, monitor);
  ASSERT_EQ(result.points(), points.size() / width);
  EXPECT_EQ(monitor.done(), result.points());
  Records records(model.outcomes().size());
  for (std::size_t i = 0; i < result.points(); ++i) {
    model.solve({points.data() + i * width, width}, records);
    ASSERT_EQ(result.offsets[i + 1] - result.offsets[i], records.size());
    EXPECT_TRUE(
        std::equal(records.values().begin(), records.values().end(),
                   result.values.begin() + static_cast<std::ptrdiff_t>(result.offsets[i] * result.width)));
  }
}

TEST(Sweep, NamesThePointOutsideTheDomain) {
  const ExtendedDeterrence model;
  auto points = sample(model, 1);
  points[3 * model.parameters().size() + parameter_index(model.parameters(), "arms")] = 1.5;
  Monitor monitor;
  try {
    sweep(model, points, {}, monitor);
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(), "point 3, parameter arms: expected a number in [0, 1], found 1.5");
  }
  points.pop_back();
  EXPECT_THROW(sweep(model, points, {}, monitor), InvalidArgument);
}

TEST(Sweep, KeepsWhatItHasWhenItIsStopped) {
  const ExtendedDeterrence model;
  const auto points = sample(model, 2000);
  Monitor monitor(std::nullopt, [](std::size_t done, std::size_t) { return done == 0; });
  const auto result = sweep(model, points, {.threads = 2}, monitor);
  const auto solved = std::count(result.status.begin(), result.status.end(), Status::solved);
  EXPECT_GT(solved, 0);
  EXPECT_GT(std::count(result.status.begin(), result.status.end(), Status::cancelled), 0);
  for (std::size_t i = 0; i < result.points(); ++i)
    EXPECT_EQ(result.offsets[i + 1] > result.offsets[i], result.status[i] == Status::solved);
}

/// A model that cannot certify its answer for positive parameters.
class Doubtful final : public Model {
 public:
  const ModelInfo& info() const override { return info_; }
  std::span<const ParameterInfo> parameters() const override { return parameters_; }
  std::span<const OutcomeInfo> outcomes() const override { return outcomes_; }
  void solve(std::span<const double> point, Records& out) const override {
    out.clear();
    out.append(point[0] > 0 ? 1 : 0, 0)[0] = point[0];
    if (point[0] > 0) out.status = Status::incomplete;
  }

 private:
  static constexpr ParameterInfo parameters_[] = {{"x", "x", "1", -1, 1, false, false, 0, "", ""}};
  static constexpr OutcomeInfo outcomes_[] = {{"y", "1", "", Mixing::average}};
  ModelInfo info_{};
};

TEST(Sweep, LetsNoUncertifiedRowPass) {
  Monitor monitor;
  const auto result = sweep(Doubtful(), std::vector{-1.0, 0.5, 0.0}, {}, monitor);
  EXPECT_EQ(result.offsets, (std::vector<std::size_t>{0, 1, 1, 2}));
  EXPECT_EQ(result.values, (std::vector{-1.0, 0.0}));
  EXPECT_EQ(result.status[1], Status::incomplete);
}

}  // namespace
}  // namespace schelling
