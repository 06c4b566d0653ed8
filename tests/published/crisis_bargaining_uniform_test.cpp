#include "support/phase_games.hpp"

#include <schelling/core/error.hpp>
#include <schelling/models/crisis_bargaining_uniform.hpp>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

namespace schelling {
namespace {

using Known = CrisisBargainingUniform::KnownEquilibrium;

/// The closed form is exact up to rounding, the engine polishes its unknowns to a few units in the last place.
constexpr double tolerance = 1e-10;

double outcome(const CrisisBargainingUniform& model, std::span<const double> row, std::string_view name) {
  return row[outcome_index(model.outcomes(), name)];
}

/// Every equilibrium of the closed form is among those of the engine, and every one of these is certified.
void expect_engine_finds(const CrisisBargainingUniform& model, const std::vector<double>& point,
                         const std::vector<Known>& known) {
  Records records(model.outcomes().size());
  model.solve(point, records);
  ASSERT_EQ(records.status, Status::solved);
  ASSERT_EQ(records.size(), known.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_LE(records.max_regret()[i], certificate_tolerance);
    EXPECT_LE(records.bayes_gap()[i], certificate_tolerance);
  }
  for (const auto& e : known) {
    bool found = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
      double distance = 0;
      for (std::size_t k = 0; k < records.width(); ++k)
        if (!std::isnan(e.outcomes[k]) || !std::isnan(records.row(i)[k]))
          distance = std::max(
              distance, std::isnan(records.row(i)[k]) ? 1 : std::abs(records.row(i)[k] - e.outcomes[k]));
      found = found || distance <= tolerance;
    }
    EXPECT_TRUE(found) << e.regime;
  }
}

TEST(CrisisBargainingUniform, ReproducesTheReferencePoints) {
  std::ifstream file(SCHELLING_TEST_DATA "/crisis_bargaining_uniform_values.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto document = boost::json::parse(text.str());
  const CrisisBargainingUniform model;
  for (const auto& reference : document.at("points").as_array()) {
    SCOPED_TRACE(std::string(reference.at("name").as_string()));
    const auto& expected = reference.at("expected").as_object();
    auto point = default_point(model.parameters());
    for (std::size_t i = 0; i < point.size(); ++i)
      point[i] = reference.at("params").at(std::string(model.parameters()[i].symbol)).to_number<double>();
    const auto known = model.known_equilibria(point);
    std::string regime(expected.at("case").as_string());
    std::replace(regime.begin(), regime.end(), '-', ' ');
    EXPECT_EQ(known[0].regime, regime);
    // Twelve digits are printed.
    for (const auto& [name, ours] : {std::pair{"p_challenge", "challenge"},
                                     {"p_bluff", "bluff"},
                                     {"p_war", "war"},
                                     {"p_resist", "resist_given_challenge"},
                                     {"p_fight", "fight_given_resist"},
                                     {"cutoff_war", "fight_cutoff"}})
      EXPECT_NEAR(outcome(model, known[0].outcomes, ours), expected.at(name).to_number<double>(), 1e-11)
          << name;
    expect_engine_finds(model, point, known);
  }
}

TEST(CrisisBargainingUniform, EngineAndClosedFormAgreeAtRandomPoints) {
  const CrisisBargainingUniform model;
  phase_games::Uniform uniform(1999);
  std::map<std::string_view, int> regimes;
  for (int draw = 0; draw < 120; ++draw) {
    const std::vector<double> point = {0.5 + uniform(),        0.05 + uniform(), -0.5 - 2 * uniform(),
                                       -0.4 + 1.5 * uniform(), 0.5 + uniform(),  -0.5 - 2 * uniform(),
                                       0.1 + 2.5 * uniform()};
    SCOPED_TRACE(testing::Message() << "draw " << draw);
    const auto known = model.known_equilibria(point);
    for (const auto& e : known) ++regimes[e.regime];
    expect_engine_finds(model, point, known);
  }
  EXPECT_EQ(regimes.size(), 4u);
  for (const auto& [regime, count] : regimes) EXPECT_GE(count, 5) << regime;
}

TEST(CrisisBargainingUniform, NobodyChallengesWhereNoTypeGainsByWar) {
  const CrisisBargainingUniform model;
  auto point = default_point(model.parameters());
  const auto highest = parameter_index(model.parameters(), "war_value_highest_challenger");
  point[highest] = -0.1;
  EXPECT_EQ(model.known_equilibria(point).back().regime, "nobody challenges");
  point[highest] = 0.1;
  EXPECT_EQ(model.known_equilibria(point).size(), 1u);
  // A challenger that would always rather back down is never believed.
  point[highest] = -0.6;
  ASSERT_EQ(model.known_equilibria(point).size(), 1u);
  EXPECT_EQ(model.known_equilibria(point)[0].regime, "nobody challenges");
  // If every type would rather fight than back down, no belief makes a challenge look empty.
  point[highest] = -0.1;
  point[parameter_index(model.parameters(), "war_value_lowest_challenger")] = -0.4;
  ASSERT_EQ(model.known_equilibria(point).size(), 1u);
  EXPECT_EQ(model.known_equilibria(point)[0].regime, "all challenge");
}

TEST(CrisisBargainingUniform, RefusesBoundsOutOfOrder) {
  const CrisisBargainingUniform model;
  auto point = default_point(model.parameters());
  point[3] = -3;
  try {
    model.known_equilibria(point);
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(),
                 "parameter war_value_highest_challenger: expected a number above "
                 "war_value_lowest_challenger = -2, found -3");
  }
}

}  // namespace
}  // namespace schelling
