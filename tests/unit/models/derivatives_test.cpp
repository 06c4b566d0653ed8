#include "support/phase_games.hpp"

#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace schelling {
namespace {

std::vector<double> row_of(const Records& records, std::size_t i) {
  return {records.row(i).begin(), records.row(i).end()};
}

/// Row of the equilibrium that `row` becomes when a parameter moves a little: the one with the nearest
/// cutoff.
std::vector<double> continued(const Model& model, const std::vector<double>& point, double cutoff) {
  const auto at = outcome_index(model.outcomes(), "attack_cutoff");
  Records records(model.outcomes().size());
  model.solve(point, records);
  EXPECT_EQ(records.status, Status::solved);
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < records.size(); ++i)
    if (std::abs(records.row(i)[at] - cutoff) < std::abs(records.row(nearest)[at] - cutoff)) nearest = i;
  return row_of(records, nearest);
}

class DerivativesTimings : public testing::TestWithParam<EscalationTiming> {};
INSTANTIATE_TEST_SUITE_P(Timings, DerivativesTimings,
                         testing::Values(EscalationTiming::failing, EscalationTiming::onset));

/// Every outcome in every parameter at every equilibrium of a few draws, against central differences of the
/// solver.
TEST_P(DerivativesTimings, AgreeWithDifferencesOfTheSolver) {
  const ExtendedDeterrence model(GetParam());
  const auto cutoff = outcome_index(model.outcomes(), "attack_cutoff");
  const auto slope = outcome_index(model.outcomes(), "attack_gain_slope");
  // The error of a central difference: its step squared times a third derivative, and rounding over the step.
  constexpr double step = 1e-5, tolerance = 2e-6;
  phase_games::Uniform uniform(31);
  Records records(model.outcomes().size());
  int compared = 0;
  for (int draw = 0; draw < 6; ++draw)
    for (const auto& game : phase_games::draw(model.parameters(), uniform)) {
      model.solve(game, records);
      for (std::size_t i = 0; i < records.size(); ++i) {
        const auto row = row_of(records, i);
        const auto exact = model.derivatives(game, row);
        ASSERT_FALSE(exact.singular);
        for (std::size_t p = 0; p < exact.parameters; ++p) {
          const double h = step * std::max(std::abs(game[p]), 0.1);
          auto below = game, above = game;
          below[p] -= h;
          above[p] += h;
          const auto& info = model.parameters()[p];
          // At the edge of the domain, and where the two branches of the larger risk meet, one side is all
          // there is.
          if (!info.contains(below[p]) || !info.contains(above[p])) continue;
          const auto down = continued(model, below, row[cutoff]), up = continued(model, above, row[cutoff]);
          for (std::size_t k = 0; k < exact.outcomes; ++k) {
            if (k == slope) continue;
            const double difference = (up[k] - down[k]) / (2 * h);
            const double found = exact.right[k * exact.parameters + p];
            ASSERT_EQ(found, exact.left[k * exact.parameters + p]);
            ASSERT_NEAR(found, difference, tolerance * std::max(1.0, std::abs(difference)))
                << model.outcomes()[k].name << " in " << info.name << ", draw " << draw;
            ++compared;
          }
        }
      }
    }
  EXPECT_GT(compared, 50000);
}

TEST(Derivatives, AreOneSidedAtAKink) {
  const ExtendedDeterrence model;
  const auto at = [&](std::string_view name) { return parameter_index(model.parameters(), name); };
  auto point = default_point(model.parameters());
  // Escalation is at least as risky as an accident: here just as risky, and lowering its own risk changes
  // nothing.
  point[at("escalation_catastrophe_probability")] = point[at("accident_probability")] = 0.02;
  Records records(model.outcomes().size());
  model.solve(point, records);
  const auto row = row_of(records, 0);
  const auto exact = model.derivatives(point, row);
  const auto k = outcome_index(model.outcomes(), "escalate_cutoff_intervention");
  const auto p = at("escalation_catastrophe_probability");
  EXPECT_EQ(exact.left[k * exact.parameters + p], 0);
  const double h = 1e-7;
  auto above = point;
  above[p] += h;
  const auto cutoff = row[outcome_index(model.outcomes(), "attack_cutoff")];
  EXPECT_NEAR(exact.right[k * exact.parameters + p], (continued(model, above, cutoff)[k] - row[k]) / h, 1e-5);
}

TEST(Derivatives, FollowTheCutoffThroughAKinkOfTheGain) {
  // The alignment at which the marginal attacker is the first to escalate: the gain has a kink there.
  const ExtendedDeterrence model;
  const auto at = [&](std::string_view name) { return outcome_index(model.outcomes(), name); };
  const auto g = parameter_index(model.parameters(), "median_cost_challenger");
  auto point = default_point(model.parameters());
  Records records(model.outcomes().size());
  const auto distance = [&](double value) {
    point[parameter_index(model.parameters(), "third_party_cost")] = value;
    model.solve(point, records);
    return records.row(0)[at("attack_cutoff")] - records.row(0)[at("escalate_cutoff_aid")];
  };
  double low = 0.6, high = 1.0;  // escalation cutoffs rise with the cost
  ASSERT_GT(distance(low), 0);
  ASSERT_LT(distance(high), 0);
  for (int i = 0; i < 60; ++i) (distance(0.5 * (low + high)) > 0 ? low : high) = 0.5 * (low + high);
  distance(high);
  const auto row = row_of(records, 0);
  const auto exact = model.derivatives(point, row);
  const double h = 1e-6;
  for (const auto name : {"escalator_belief_aid", "attack_cutoff", "catastrophe"}) {
    for (const double side : {-1.0, 1.0}) {
      auto moved = point;
      moved[g] += side * h;
      const double difference =
          side * (continued(model, moved, row[at("attack_cutoff")])[at(name)] - row[at(name)]) / h;
      const auto& table = side < 0 ? exact.left : exact.right;
      EXPECT_NEAR(table[at(name) * exact.parameters + g], difference, 1e-5) << name << " on side " << side;
    }
  }
  EXPECT_NE(exact.left[at("catastrophe") * exact.parameters + g],
            exact.right[at("catastrophe") * exact.parameters + g]);
}

TEST(Derivatives, AreRefusedAtAFold) {
  // Draws with one and with three equilibria: between them, two appear.
  const ExtendedDeterrence model;
  phase_games::Uniform uniform(32);
  Records records(model.outcomes().size());
  std::vector<double> one, three;
  while (three.empty()) {
    const auto games = phase_games::draw(model.parameters(), uniform);
    for (const auto& game : games) {
      model.solve(game, records);
      (records.size() == 1 ? one : three) = game;
    }
  }
  for (int i = 0; i < 52; ++i) {
    auto middle = one;
    for (std::size_t p = 0; p < middle.size(); ++p) middle[p] = 0.5 * (one[p] + three[p]);
    model.solve(middle, records);
    if (records.status != Status::solved) break;
    (records.size() == 1 ? one : three) = middle;
  }
  model.solve(three, records);
  ASSERT_GE(records.size(), 3u);
  int singular = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto exact = model.derivatives(three, records.row(i));
    singular += exact.singular;
    EXPECT_EQ(std::isnan(exact.right[0]), exact.singular);
  }
  EXPECT_GE(singular, 2);
}

TEST(Derivatives, RefuseARowThatIsNoEquilibrium) {
  const ExtendedDeterrence model;
  const auto point = default_point(model.parameters());
  Records records(model.outcomes().size());
  model.solve(point, records);
  auto row = row_of(records, 0);
  row[outcome_index(model.outcomes(), "attack_cutoff")] += 0.1;
  EXPECT_THROW(model.derivatives(point, row), InvalidArgument);
}

TEST(Derivatives, OfAPolicyFollowBothPhases) {
  const ExtendedDeterrencePolicy model;
  const ExtendedDeterrence phase;
  auto point = default_point(model.parameters());
  const auto at = [&](std::string_view name) { return parameter_index(model.parameters(), name); };
  for (const auto& [name, value] : {std::pair{"arms", 0.7},
                                    {"tied_hands", 1.2},
                                    {"aid_discharges", 0.2},
                                    {"tripwire", 0.1},
                                    {"alignment", 0.9},
                                    {"window_arms", 0.5},
                                    {"window_tied_hands", 0.3},
                                    {"window_aid_discharges", 0.9},
                                    {"window_tripwire", 0.05},
                                    {"lag", 2.0}})
    point[at(name)] = value;
  const auto split = model.phases(point);
  Records window(model.outcomes().size()), end(model.outcomes().size()), pair(model.outcomes().size());
  phase.solve(split.window, window);
  phase.solve(split.end, end);
  ASSERT_EQ(window.size() * end.size(), 1u);
  const auto exact = model.derivatives(point, window.row(0), end.row(0));
  const auto at_point = [&](const std::vector<double>& where) {
    model.solve(where, pair);
    return row_of(pair, 0);
  };
  for (std::size_t p = 0; p < point.size(); ++p) {
    const double h = 1e-5 * std::max(std::abs(point[p]), 0.1);
    auto below = point, above = point;
    below[p] -= h;
    above[p] += h;
    const auto down = at_point(below), up = at_point(above);
    for (std::size_t k = 0; k < exact.outcomes; ++k) {
      const double found = exact.right[k * exact.parameters + p];
      if (model.outcomes()[k].mixing == Mixing::unmixed) {
        EXPECT_TRUE(std::isnan(found));
      } else {
        EXPECT_NEAR(found, (up[k] - down[k]) / (2 * h), 1e-6)
            << model.outcomes()[k].name << " in " << model.parameters()[p].name;
      }
    }
  }
}

}  // namespace
}  // namespace schelling
