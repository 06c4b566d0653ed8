#include <schelling/models/model.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace schelling {
namespace {

constexpr OutcomeInfo schema[] = {{"attack", "probability", "", Mixing::average},
                                  {"war_given_attack", "probability", "", Mixing::conditional, "attack"},
                                  {"loss", "stake", "", Mixing::average},
                                  {"loss_per_attack", "stake", "", Mixing::ratio, "loss", "attack"},
                                  {"cutoff", "stake", "", Mixing::unmixed}};

std::vector<double> mixed(double weight, const std::vector<double>& first,
                          const std::vector<double>& second) {
  std::vector<double> out(std::size(schema));
  const WeightedRow phases[] = {{weight, first}, {1 - weight, second}};
  mix(schema, phases, out);
  return out;
}

TEST(Mix, FollowsTheRuleOfEachOutcome) {
  const auto out = mixed(0.25, {0.4, 0.5, 2, 5, 1}, {0.8, 0.1, 6, 7.5, 3});
  EXPECT_DOUBLE_EQ(out[0], 0.25 * 0.4 + 0.75 * 0.8);
  EXPECT_DOUBLE_EQ(out[1], (0.25 * 0.4 * 0.5 + 0.75 * 0.8 * 0.1) / (0.25 * 0.4 + 0.75 * 0.8));
  EXPECT_DOUBLE_EQ(out[3], (0.25 * 2 + 0.75 * 6) / (0.25 * 0.4 + 0.75 * 0.8));
  EXPECT_TRUE(std::isnan(out[4]));
}

TEST(Mix, ConditionsOnlyOnPhasesWhereTheEventHappens) {
  EXPECT_DOUBLE_EQ(mixed(0.5, {0, 0.9, 1, NAN, 1}, {0.8, 0.1, 1, 1, 1})[1], 0.1);
  const auto never = mixed(0.5, {0, 0.9, 1, NAN, 1}, {0, 0.1, 1, NAN, 1});
  EXPECT_TRUE(std::isnan(never[1]));
  EXPECT_TRUE(std::isnan(never[3]));
}

TEST(Mix, LeavesOnePhaseAsItIs) {
  const std::vector<double> row = {0, 0.9, 1, 0.3, 1};
  std::vector<double> out(row.size());
  const WeightedRow phase[] = {{1, row}};
  mix(schema, phase, out);
  EXPECT_EQ(out, row);
}

}  // namespace
}  // namespace schelling
