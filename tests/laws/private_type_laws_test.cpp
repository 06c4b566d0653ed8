#include <schelling/solvers/solve_cutoff.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace schelling {
namespace {

/// Numbers of a crisis game that vary from draw to draw.
struct Draw {
  double win, lose, retreat, keep, slope_a, slope_b;
  Distribution types_a, types_b;
};

Draw draw(std::mt19937_64& random) {
  std::uniform_real_distribution<double> u(0, 1);
  return {0.5 + u(random),
          -u(random),
          0.2 + u(random),
          0.5 + u(random),
          0.5 + u(random),
          0.5 + u(random),
          normal(-0.5 + u(random), 0.3 + u(random)),
          uniform(-2 + u(random), 0.2 + u(random))};
}

/// A positive affine change of each player's payoffs, and whether the actions are listed the other way round.
struct Change {
  std::array<double, 2> factor{1, 1}, shift{0, 0};
  bool reversed = false;
};

PrivateTypeGame build(const Draw& d, const Change& change = {}) {
  PrivateTypeGameBuilder b({{"A", d.types_a}, {"B", d.types_b}});
  const auto choose = [&](GameTreeBuilder::Place place, const char* player, std::string first,
                          std::string second) {
    auto open = change.reversed ? b.decision(place, player, {second, first})
                                : b.decision(place, player, {first, second});
    if (change.reversed) std::swap(open[0], open[1]);
    return open;
  };
  const auto end = [&](GameTreeBuilder::Place place, AffinePayoff x, AffinePayoff y, const char* label) {
    const auto changed = [&](AffinePayoff p, std::size_t i) {
      return AffinePayoff(change.factor[i] * p.intercept + change.shift[i], change.factor[i] * p.slope);
    };
    b.terminal(place, {{"A", changed(x, 0)}, {"B", changed(y, 1)}}, label);
  };
  const auto start = choose(b.root(), "A", "stay out", "challenge");
  end(start[0], 0, d.keep, "status quo");
  const auto reply = choose(start[1], "B", "concede", "resist");
  end(reply[0], d.win, d.lose, "concession");
  const auto last = choose(reply[1], "A", "back down", "fight");
  end(last[0], -d.retreat, d.keep, "retreat");
  end(last[1], {0, d.slope_a}, {d.lose, d.slope_b}, "war");
  return b.build();
}

/// Terminal probabilities by label, one row per outcome class, in ascending order.
std::vector<std::vector<double>> outcomes(const PrivateTypeGame& game) {
  std::vector<std::vector<double>> rows;
  for (const auto& e : solve_cutoff(game, {.belief = BeliefRule::d1, .resolution = 64}).equilibria) {
    EXPECT_TRUE(e.certificate.passes(1e-9));
    double sum = 0;
    for (const double p : e.outcome) sum += p;
    EXPECT_NEAR(sum, 1, 1e-14);
    rows.emplace_back();
    for (const char* label : {"status quo", "concession", "retreat", "war"})
      for (Index z = 0; z < game.tree().terminals(); ++z)
        if (game.tree().node_label(game.tree().terminal_node(z)) == label)
          rows.back().push_back(e.outcome[static_cast<std::size_t>(z)]);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

void expect_same(const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k)
    for (std::size_t z = 0; z < a[k].size(); ++z) EXPECT_NEAR(a[k][z], b[k][z], 1e-9);
}

TEST(PrivateTypeLaws, UnitsOfPayoffsAndOrderOfActionsChangeNothing) {
  std::mt19937_64 random(31);
  std::size_t found = 0;
  for (int k = 0; k < 30; ++k) {
    SCOPED_TRACE(k);
    const auto d = draw(random);
    const auto plain = outcomes(build(d));
    expect_same(plain, outcomes(build(d, {{3, 0.02}, {-7, 0.4}, false})));
    expect_same(plain, outcomes(build(d, {{1, 1}, {0, 0}, true})));
    found += plain.size();
  }
  EXPECT_GE(found, 30u);
}

TEST(PrivateTypeLaws, EveryD1EquilibriumIsAnEquilibrium) {
  std::mt19937_64 random(32);
  for (int k = 0; k < 10; ++k) {
    const auto game = build(draw(random));
    const auto any = solve_cutoff(game, {.resolution = 64}),
               d1 = solve_cutoff(game, {.belief = BeliefRule::d1, .resolution = 64});
    for (const auto& e : d1.equilibria)
      EXPECT_TRUE(std::any_of(any.equilibria.begin(), any.equilibria.end(), [&](const auto& other) {
        for (std::size_t z = 0; z < e.outcome.size(); ++z)
          if (std::abs(e.outcome[z] - other.outcome[z]) > 1e-8) return false;
        return true;
      })) << e.to_text();
  }
}

}  // namespace
}  // namespace schelling
