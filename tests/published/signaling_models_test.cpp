#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/models/signaling_model.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace schelling {
namespace {

using Point = std::vector<Rational>;

const SignalingModel& model(std::string_view name) {
  for (const auto* candidate : signaling_models())
    if (candidate->info().name == name) return *candidate;
  throw InvalidArgument("no such model");
}

Rational q(const char* text) { return parse_rational(text); }

/// Every stated equilibrium is certified and its outcome found; returns what was found.
SignalingEquilibria<Rational> check(std::string_view name, const Point& point, std::size_t known) {
  const auto game = model(name).game(point);
  auto found = solve_pbe(game);
  EXPECT_TRUE(found.complete());
  EXPECT_TRUE(found.certificate.passes(0));
  const auto stated = model(name).known_equilibria(point);
  EXPECT_EQ(stated.size(), known);
  for (const auto& equilibrium : stated) {
    EXPECT_TRUE(certify(game, equilibrium.assessment).passes(0)) << equilibrium.name;
    const auto expected = outcome(game, equilibrium.assessment);
    bool is_there = false;
    for (const auto& component : found.components)
      for (const auto& other : component.outcomes) is_there |= other.probabilities == expected.probabilities;
    EXPECT_TRUE(is_there) << equilibrium.name;
  }
  return found;
}

// Cho and Kreps (1987): with p = 0.9 both types pool, on either breakfast; with few strong types the weak bluff.
TEST(PublishedSignaling, BeerQuiche) {
  const auto pooling = check("BeerQuiche", {q("9/10"), 1, 2}, 6);
  ASSERT_EQ(pooling.components.size(), 2u);
  for (const auto& component : pooling.components) {
    EXPECT_EQ(component.kinds, std::vector{SignalingKind::pooling});
    EXPECT_EQ(component.representative.receiver_payoff, q("9/10"));
  }
  const auto mixing = check("BeerQuiche", {q("3/10"), 1, 2}, 1);
  ASSERT_EQ(mixing.components.size(), 1u);
  const auto& a = mixing.components[0].representative;
  EXPECT_NEAR(to_double(a.sender(1, 0)), 0.428571428571, 1e-9);
  EXPECT_EQ(a.receiver(0, 0), q("1/2"));
  EXPECT_EQ(a.receiver_payoff, q("7/10"));
  EXPECT_EQ(check("BeerQuiche", {q("1/2"), 1, 2}, 8).components.size(), 2u);
  // General payoffs: duel after beer with 1 - b/d.
  EXPECT_EQ(check("BeerQuiche", {q("1/5"), 3, 4}, 1).components[0].representative.receiver(0, 0), q("1/4"));
  EXPECT_THROW(model("BeerQuiche").game(Point{0, 1, 2}), InvalidArgument);
}

// Spence (1973), productivities 1 and 2, half of each: separating from 1 to 2, pooling up to 1/2.
TEST(PublishedSignaling, JobMarket) {
  const Point point{q("1/2"), 1, 2, q("1/2"), 4, 2};
  const auto found = check("JobMarketSignaling", point, 3 + 2);
  const auto stated = model("JobMarketSignaling").known_equilibria(point);
  EXPECT_EQ(stated[0].name, "separating at least cost");
  EXPECT_EQ(stated[0].assessment.sender(1, 2), 1) << "education 1";
  EXPECT_EQ(stated[0].assessment.sender_payoff, (std::vector<Rational>{1, q("3/2")}));
  EXPECT_EQ(stated[3].assessment.sender_payoff, (std::vector<Rational>{q("3/2"), q("3/2")}))
      << "pooling at none";
  // Productivities 3/2 and 4, a quarter high: least-cost separation at 15/4 gives 49/16, pooling at none 17/8.
  const Point other{q("1/4"), q("3/2"), 4, q("15/4"), 3, 4};
  const auto second = model("JobMarketSignaling").known_equilibria(other);
  check("JobMarketSignaling", other, 2 + 1);
  EXPECT_EQ(second[0].assessment.sender_payoff, (std::vector<Rational>{q("3/2"), q("49/16")}));
  EXPECT_EQ(second[2].assessment.sender_payoff[1], q("17/8"));
  EXPECT_THROW(model("JobMarketSignaling").game(Point{q("1/2"), 2, 1, 1, 2, 2}), InvalidArgument);
  EXPECT_THROW(model("JobMarketSignaling").game(Point{q("1/2"), 1, 2, 1, q("5/2"), 2}), InvalidArgument);
}

// Kreps and Wilson (1982), a = 2, b = 1/2, p = 1/4 at stage 2: the weak one fights with 1/3, the entrant believes 1/2
// and stays out with 1/2.
TEST(PublishedSignaling, ChainStore) {
  const auto mixing = check("ChainStoreStage", {q("1/4"), q("1/2"), 2}, 1);
  ASSERT_EQ(mixing.components.size(), 1u);
  const auto& a = mixing.components[0].representative;
  EXPECT_EQ(a.sender(1, 0), q("1/3"));
  EXPECT_EQ(a.beliefs(0, 0), q("1/2"));
  EXPECT_EQ(a.receiver(0, 0), q("1/2"));
  check("ChainStoreStage", {q("3/5"), q("1/2"), 2}, 1);
}

// Stylised after Morrow (1994).
TEST(PublishedSignaling, Alliance) {
  const Point point{q("2/5"), q("1/2"), 1, q("2/5"), q("1/5"), q("3/10"), 1, 1};
  const auto found = check("AllianceSignalingStylised", point, 1);
  EXPECT_EQ(model("AllianceSignalingStylised").known_equilibria(point)[0].name, "separating");
  auto cheap = point;
  cheap[1] = q("1/5");
  check("AllianceSignalingStylised", cheap, 1);
  EXPECT_EQ(model("AllianceSignalingStylised").known_equilibria(cheap)[0].name, "semi-separating");
}

TEST(PublishedSignaling, EveryModelSolvesAtItsDefaults) {
  for (const auto* candidate : signaling_models()) {
    Point point;
    for (const auto& row : candidate->parameters()) point.push_back(exact(row.default_value));
    check(candidate->info().name, point, candidate->known_equilibria(point).size());
  }
}

}  // namespace
}  // namespace schelling
