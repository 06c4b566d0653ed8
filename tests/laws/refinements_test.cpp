#include "random_signaling_games.hpp"

#include <schelling/refinements/survives.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

namespace schelling {
namespace {

/// Games in the regular tests; SCHELLING_LONG multiplies them by fifty.
int games(int regular) { return std::getenv("SCHELLING_LONG") ? 50 * regular : regular; }

// The first survives only where the second does. Divinity and the iterated exclusion of dominated types are
// compared through the Intuitive Criterion, which asks less than equilibrium dominance in every round.
constexpr std::array implications{
    std::pair{Refinement::universal_divinity, Refinement::d2},
    std::pair{Refinement::universal_divinity, Refinement::divinity},
    std::pair{Refinement::universal_divinity, Refinement::d1_iterated},
    std::pair{Refinement::d2, Refinement::d1},
    std::pair{Refinement::d1, Refinement::equilibrium_dominance},
    std::pair{Refinement::equilibrium_dominance, Refinement::intuitive},
    std::pair{Refinement::nwbr, Refinement::d2},
    std::pair{Refinement::nwbr_iterated, Refinement::nwbr},
    std::pair{Refinement::nwbr_iterated, Refinement::universal_divinity},
    std::pair{Refinement::d1_iterated, Refinement::d1},
    std::pair{Refinement::d1_iterated, Refinement::intuitive_iterated},
    std::pair{Refinement::divinity, Refinement::equilibrium_dominance},
    std::pair{Refinement::divinity, Refinement::intuitive_iterated},
    std::pair{Refinement::intuitive_iterated, Refinement::intuitive},
};

bool implies(Survival strong, Survival weak) {
  if (strong == Survival::all) return weak == Survival::all;
  return weak != Survival::none || strong == Survival::none;
}

TEST(RefinementLaws, StrongerCriteriaLeaveLess) {
  RandomSignalingGames random(20240611);
  std::map<std::pair<Refinement, Survival>, int> seen;
  for (int trial = 0; trial < games(2000); ++trial) {
    const auto game = random.next();
    const auto equilibria = solve_pbe(game, {.certify = false});
    ASSERT_TRUE(equilibria.complete());
    Monitor monitor;
    std::map<Refinement, std::vector<Verdict<Rational>>> verdicts;
    for (const auto refinement :
         {Refinement::intuitive, Refinement::equilibrium_dominance, Refinement::d1, Refinement::d2,
          Refinement::divinity, Refinement::universal_divinity, Refinement::nwbr, Refinement::d1_iterated,
          Refinement::nwbr_iterated, Refinement::intuitive_iterated})
      verdicts[refinement] = survives(equilibria, refinement, {}, monitor);
    for (std::size_t i = 0; i < equilibria.components.size(); ++i) {
      for (const auto& [strong, weak] : implications)
        ASSERT_TRUE(implies(verdicts[strong][i].status, verdicts[weak][i].status))
            << "game " << trial << ", component " << i << ": " << to_string(strong) << " "
            << to_string(verdicts[strong][i].status) << ", " << to_string(weak) << " "
            << to_string(verdicts[weak][i].status);
      for (const auto& [refinement, list] : verdicts) {
        ASSERT_NE(list[i].status, Survival::undecided);
        ++seen[{refinement, list[i].status}];
      }
      if (game.types() == 2) {
        ASSERT_EQ(verdicts[Refinement::d1][i].status, verdicts[Refinement::d2][i].status) << trial;
        ASSERT_EQ(verdicts[Refinement::d1][i].status, verdicts[Refinement::universal_divinity][i].status)
            << trial;
      }
    }
  }
  for (const auto& [strong, weak] : implications) {
    EXPECT_GT((seen[{strong, Survival::all}]), 500) << to_string(strong);
    EXPECT_GT((seen[{weak, Survival::none}]), 100) << to_string(weak);
    EXPECT_GT((seen[{strong, Survival::part}]), 20) << to_string(strong);
  }
}

/// A mixture of some of the vertices.
RowTable<Rational> mixture(const std::vector<RowTable<Rational>>& vertices, RandomSignalingGames& random) {
  std::vector<int> weights;
  int total = 0;
  while (total == 0) {
    weights.clear();
    for (std::size_t k = 0; k < vertices.size(); ++k) weights.push_back(std::max(0, random.draw(-2, 3)));
    total = 0;
    for (const int w : weights) total += w;
  }
  RowTable<Rational> result(vertices.front().rows(), vertices.front().columns(), Rational(0));
  for (std::size_t k = 0; k < vertices.size(); ++k)
    for (int i = 0; i < result.rows(); ++i)
      for (int j = 0; j < result.columns(); ++j) result(i, j) += vertices[k](i, j) * weights[k] / total;
  return result;
}

bool holds(const PayoffCondition<Rational>& condition, const std::vector<Rational>& payoff) {
  Rational value = condition.constant;
  for (std::size_t t = 0; t < payoff.size(); ++t) value += condition.coefficients[t] * payoff[t];
  if (condition.sign == 0) return value == 0;
  value *= condition.sign;
  return condition.strict ? value > 0 : value >= 0;
}

bool lies_in(const SurvivingPart<Rational>& part, const std::vector<Rational>& payoff) {
  return part.cells.empty() || std::any_of(part.cells.begin(), part.cells.end(), [&](const auto& cell) {
           return std::all_of(cell.conditions.begin(), cell.conditions.end(),
                              [&](const auto& c) { return holds(c, payoff); });
         });
}

TEST(RefinementLaws, AComponentIsWhatItsOutcomesAre) {
  RandomSignalingGames random(77);
  std::map<Survival, int> seen;
  int with_cells = 0, outcomes = 0;
  for (int trial = 0; trial < games(280); ++trial) {
    const auto game = random.next();
    const auto equilibria = solve_pbe(game, {.certify = false});
    for (const auto refinement : {Refinement::intuitive, Refinement::equilibrium_dominance, Refinement::d1,
                                  Refinement::nwbr, Refinement::divinity, Refinement::perfect_sequential}) {
      Monitor monitor;
      const auto verdicts = survives(equilibria, refinement, {}, monitor);
      for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const auto& component = equilibria.components[i];
        const auto& verdict = verdicts[i];
        if (component.has_unique_outcome() || verdict.status == Survival::not_applicable) continue;
        ++seen[verdict.status];
        for (std::size_t p = 0; p < component.products.size(); ++p) {
          const auto& product = component.products[p];
          for (int sample = 0; sample < 4; ++sample) {
            SignalingAssessment<Rational> assessment;
            assessment.sender = mixture(product.sender_vertices, random);
            assessment.receiver = mixture(product.receiver_vertices, random);
            const auto observed = outcome(game, assessment);
            const auto answer = survives(game, observed, refinement);
            std::vector<Rational> payoff(static_cast<std::size_t>(game.types()), Rational(0));
            for (int t = 0; t < game.types(); ++t)
              for (int m = 0; m < game.messages(); ++m)
                for (int a = 0; a < game.actions(); ++a)
                  payoff[static_cast<std::size_t>(t)] +=
                      assessment.sender(t, m) * assessment.receiver(m, a) * game.sender(t, m, a);
            bool expected = verdict.status == Survival::all;
            for (const auto& part : verdict.part) {
              expected = expected || (part.product == p && lies_in(part, payoff));
              with_cells += !part.cells.empty();
            }
            ASSERT_EQ(to_string(answer.status), to_string(expected ? Survival::all : Survival::none))
                << "game " << trial << ", component " << i << ", product " << p << ", "
                << to_string(refinement) << " says " << to_string(verdict.status) << "; " << answer.reason;
            ++outcomes;
          }
        }
      }
    }
  }
  EXPECT_GT(outcomes, 2000);
  EXPECT_GT(with_cells, 20);
  for (const auto status : {Survival::all, Survival::part, Survival::none})
    EXPECT_GT(seen[status], 10) << to_string(status);
}

}  // namespace
}  // namespace schelling
