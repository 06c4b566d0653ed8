#include "support/extensive_games.hpp"

#include <schelling/io/gambit_files.hpp>
#include <schelling/solvers/solve_agent_qre.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace schelling {
namespace {

// Newton's method ends within some rounding errors of probabilities of size one.
constexpr double solved = 1e-12;

using extensive_games::signaling_tree;
using extensive_games::staggered_tree;

NormalFormGame<double> bimatrix(const std::vector<double>& row, const std::vector<double>& column) {
  return NormalFormGame<double>::bimatrix(2, 2, row, column);
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

double bisect(double low, double high, const std::function<double(double)>& falling) {
  while (high - low > 1e-15) {
    const double middle = low + (high - low) / 2;
    (falling(middle) > 0 ? low : high) = middle;
    if (low + (high - low) / 2 == low || low + (high - low) / 2 == high) break;
  }
  return low;
}

/// Logit responses to a strategy, from the definition: payoffs of actions by playing them for sure, reach by products.
std::vector<double> logit_response(const ExtensiveGame<double>& game, const std::vector<double>& strategy,
                                   double lambda) {
  const GameTree& tree = game.tree();
  const auto reach = reach_probabilities<double>(game, strategy);
  const auto value = continuation_payoffs<double>(game, strategy);
  std::vector<double> response(strategy.size());
  for (Index set = 0; set < tree.information_sets(); ++set) {
    double reached = 0, sum = 0;
    for (const Index node : tree.set_nodes(set)) reached += reach[static_cast<std::size_t>(node)];
    for (Index a = 0; a < tree.actions(set); ++a) {
      double worth = 0;
      for (const Index node : tree.set_nodes(set))
        worth += reach[static_cast<std::size_t>(node)] / reached *
                 value[static_cast<std::size_t>(tree.child(node, a) * tree.players() + tree.set_player(set))];
      sum += response[static_cast<std::size_t>(tree.first_action(set) + a)] = std::exp(lambda * worth);
    }
    for (Index a = 0; a < tree.actions(set); ++a)
      response[static_cast<std::size_t>(tree.first_action(set) + a)] /= sum;
  }
  return response;
}

/// By damped iteration from uniform choice, lambda rising in small steps.
std::vector<double> by_iteration(const ExtensiveGame<double>& game, double lambda) {
  const GameTree& tree = game.tree();
  std::vector<double> strategy;
  for (Index set = 0; set < tree.information_sets(); ++set)
    strategy.insert(strategy.end(), static_cast<std::size_t>(tree.actions(set)), 1.0 / tree.actions(set));
  constexpr int stages = 5;
  for (int stage = 1; stage <= stages; ++stage)
    for (int k = 0; k < 150; ++k) {
      const auto response = logit_response(game, strategy, lambda * stage / stages);
      for (std::size_t a = 0; a < strategy.size(); ++a) strategy[a] += 0.3 * (response[a] - strategy[a]);
    }
  return strategy;
}

TEST(AgentQre, AgreesWithIterationOnTrees) {
  for (unsigned seed = 1; seed <= 10; ++seed)
    for (const double lambda : {0.3, 2.0}) {
      for (const auto& game : {signaling_tree(3, 2, 3, seed), staggered_tree(5, seed)}) {
        const auto result = agent_qre(game, lambda);
        ASSERT_TRUE(result.equilibrium) << result.info.message;
        EXPECT_LE(result.equilibrium->certificate.residual, solved);
        const auto expected = by_iteration(game, lambda);
        for (std::size_t a = 0; a < expected.size(); ++a)
          EXPECT_NEAR(result.equilibrium->assessment.strategy[a], expected[a], solved) << "seed " << seed;
      }
    }
}

/// Games of pure conflict have one quantal response equilibrium at each lambda: p solves one equation in one unknown.
TEST(AgentQre, SolvesGeneralisedMatchingPennies) {
  for (const double x : {1.0, 4.0, 9.0}) {
    // The row player likes to match, on heads x times as much (Ochs 1995; McKelvey and Palfrey 1995).
    const auto game = bimatrix({x, 0, 0, 1}, {0, 1, 1, 0});
    for (const double lambda : {0.0, 0.1, 1.0, 10.0, 300.0}) {
      const auto column = [&](double p) { return logistic(lambda * (1 - 2 * p)); };
      const double p = bisect(0, 1, [&](double r) {
        const double q = column(r);
        return logistic(lambda * (x * q - (1 - q))) - r;
      });
      const auto result = agent_qre(game, lambda);
      ASSERT_TRUE(result.equilibrium) << result.info.message;
      EXPECT_LE(result.equilibrium->certificate.residual, 1e-11);
      EXPECT_NEAR(result.equilibrium->assessment.strategy[0], p, 1e-11) << lambda;
      EXPECT_NEAR(result.equilibrium->assessment.strategy[2], column(p), 1e-11) << lambda;
    }
    const auto branch = solve_agent_qre(game);
    ASSERT_TRUE(branch.limit) << branch.info.message;
    EXPECT_NEAR(branch.limit->assessment.strategy[0], 0.5, 1e-12);
    EXPECT_NEAR(branch.limit->assessment.strategy[2], 1 / (1 + x), 1e-12);
  }
}

/// In a symmetric game of two strict equilibria the branch leads to the one that is risk dominant (Turocy 2005).
TEST(AgentQre, SelectsTheRiskDominantEquilibrium) {
  const auto branch = solve_agent_qre(bimatrix({4, 0, 3, 3}, {4, 3, 0, 3}));
  ASSERT_TRUE(branch.limit) << branch.info.message;
  EXPECT_EQ(branch.limit->assessment.strategy, (std::vector<double>{0, 1, 0, 1}));
  EXPECT_TRUE(branch.crossings.empty());
}

TEST(AgentQre, GoesStraightWhereBranchesCross) {
  // Coordination on either of two equal equilibria: at lambda = 2 the symmetric branch is crossed by the other one.
  const auto branch = solve_agent_qre(bimatrix({1, 0, 0, 1}, {1, 0, 0, 1}));
  ASSERT_TRUE(branch.limit) << branch.info.message;
  for (const double p : branch.limit->assessment.strategy) EXPECT_NEAR(p, 0.5, 1e-12);
  ASSERT_EQ(branch.crossings.size(), 1u);
  EXPECT_LT(branch.lambda[branch.crossings[0] - 1], 2);
  EXPECT_GT(branch.lambda[branch.crossings[0]], 2);
}

constexpr const char* selten_horse = R"(EFG 2 R "Selten's horse" { "1" "2" "3" }
p "" 1 1 "" { "C" "D" } 0
p "" 2 1 "" { "c" "d" } 0
t "" 1 "" { 1 1 1 }
p "" 3 1 "" { "L" "R" } 0
t "" 2 "" { 4 4 0 }
t "" 3 "" { 0 0 1 }
p "" 3 1 "" { "L" "R" } 0
t "" 4 "" { 3 2 2 }
t "" 5 "" { 0 0 0 }
)";

ExtensiveGame<double> in_double(const ExtensiveGame<Rational>& game) {
  std::vector<double> chance, payoffs;
  for (const auto& p : game.chance()) chance.push_back(to_double(p));
  for (const auto& u : game.payoffs()) payoffs.push_back(to_double(u));
  return {game.tree(), chance, payoffs, game.title()};
}

/// Selten (1975), figure 1: of the two components of Nash equilibria one has sequential equilibria, in which player 2 does
/// not move down and player 3 moves left with probability at most 1/4.
TEST(AgentQre, LeadsToTheSequentialEquilibriumOfSeltensHorse) {
  const auto game = in_double(read_efg(selten_horse));
  const auto branch = solve_agent_qre(game);
  ASSERT_EQ(branch.info.status, Status::solved) << branch.info.message;
  ASSERT_TRUE(branch.limit);
  const auto& assessment = branch.limit->assessment;
  EXPECT_EQ(certify(game, assessment)[Concept::sequential].holds, true);
  EXPECT_EQ(branch.limit->concept_, Concept::sequential);
  EXPECT_EQ(assessment.strategy[0], 1);
  EXPECT_EQ(assessment.strategy[2], 1);
  EXPECT_LE(assessment.strategy[4], 0.25);
  // Player 3 becomes indifferent: the odds of the two mistakes are 2 to 1.
  const auto nodes = game.tree().set_nodes(2);
  EXPECT_NEAR(assessment.beliefs[static_cast<std::size_t>(nodes[0])], 2.0 / 3, 1e-12);
}

TEST(AgentQre, LimitsAreCertifiedSequentialEquilibria) {
  std::size_t turns = 0;
  const auto check = [&](const ExtensiveGame<double>& game, const std::string& name) {
    const auto branch = solve_agent_qre(game);
    ASSERT_TRUE(branch.limit) << name << ": " << branch.info.message;
    const auto certificate = certify(game, branch.limit->assessment);
    EXPECT_TRUE(certificate.summary.passes(tolerance::certificate)) << name;
    EXPECT_EQ(certificate[Concept::sequential].holds, true) << name;
    turns += branch.turning_points.size();
    for (std::size_t k = 0; k < branch.points(); ++k) {
      EXPECT_LE(branch.certificate[k].residual, 1e-7) << name;
      if (branch.lambda[k] <= 200) {
        EXPECT_LE(branch.certificate[k].residual, 1e-10) << name;
      }
      // exp(-x) x <= 1 / e: what the errors of one agent cost at most, for each other action.
      EXPECT_LE(branch.certificate[k].max_regret * branch.lambda[k], 4 * 3 * std::exp(-1)) << name;
    }
    for (const std::size_t k : branch.turning_points) {
      ASSERT_GT(k, 0u);
      ASSERT_LT(k + 1, branch.points());
      const double here = branch.lambda[k], before = branch.lambda[k - 1], after = branch.lambda[k + 1];
      EXPECT_TRUE((here >= before && here >= after) || (here <= before && here <= after)) << name;
    }
    EXPECT_LE(branch.certificate.back().max_regret, 0.1) << name;
  };
  for (unsigned seed = 1; seed <= 60; ++seed)
    check(signaling_tree(4, 4, 4, seed), "signaling " + std::to_string(seed));
  for (unsigned seed = 1; seed <= 20; ++seed)
    check(staggered_tree(6, seed), "staggered " + std::to_string(seed));
  EXPECT_GT(turns, 0u);
}

/// Short steps cannot miss a turn: the same branch in many short pieces, each solved for from the one before.
TEST(AgentQre, StaysOnTheBranch) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    const auto game = signaling_tree(3, 3, 3, seed);
    auto strategy = by_iteration(game, 1);
    const auto branch = solve_agent_qre(game, {.lambda_max = 1});
    EXPECT_FALSE(branch.limit);
    EXPECT_EQ(branch.lambda.back(), 1);
    const auto last = branch.log_strategy_at(branch.points() - 1);
    for (std::size_t a = 0; a < strategy.size(); ++a) EXPECT_NEAR(std::exp(last[a]), strategy[a], solved);
  }
}

/// Adding constants to payoffs changes nothing, multiplying all payoffs divides lambda.
TEST(AgentQre, RespectsUnitsOfPayoffs) {
  const auto game = signaling_tree(3, 3, 2, 5);
  std::vector<double> payoffs(game.payoffs().begin(), game.payoffs().end());
  for (std::size_t k = 0; k < payoffs.size(); ++k) payoffs[k] = 1000 * payoffs[k] + (k % 2 == 0 ? 77 : -5e3);
  const ExtensiveGame<double> other(game.tree(), {game.chance().begin(), game.chance().end()}, payoffs);
  for (const double lambda : {0.5, 8.0}) {
    const auto a = agent_qre(game, lambda), b = agent_qre(other, lambda / 1000);
    ASSERT_TRUE(a.equilibrium && b.equilibrium);
    for (std::size_t k = 0; k < a.equilibrium->log_strategy.size(); ++k)
      EXPECT_NEAR(a.equilibrium->log_strategy[k], b.equilibrium->log_strategy[k], 1e-10);
  }
}

TEST(AgentQre, StatesBeliefsAndPayoffsOfAPoint) {
  const auto game = signaling_tree(3, 2, 2, 11);
  const auto result = agent_qre(game, 3);
  ASSERT_TRUE(result.equilibrium);
  const auto& found = *result.equilibrium;
  const auto expected = with_bayes_beliefs(game, found.assessment.strategy);
  EXPECT_EQ(found.assessment.has_beliefs, expected.has_beliefs);
  for (std::size_t k = 0; k < expected.beliefs.size(); ++k)
    EXPECT_NEAR(found.assessment.beliefs[k], expected.beliefs[k], 1e-12);
  const auto value = continuation_payoffs<double>(game, found.assessment.strategy);
  EXPECT_EQ(found.payoff, (std::vector<double>{value[0], value[1]}));
}

TEST(AgentQre, TakesImpossibleEvents) {
  // The third type does not exist; its choices are still quantal responses.
  const auto game = signaling_tree(3, 2, 2, 4);
  std::vector<double> chance(game.chance().begin(), game.chance().end());
  chance[0] = 0.25, chance[1] = 0.75, chance[2] = 0;
  const ExtensiveGame<double> other(game.tree(), chance, {game.payoffs().begin(), game.payoffs().end()});
  const auto branch = solve_agent_qre(other);
  ASSERT_TRUE(branch.limit) << branch.info.message;
  EXPECT_EQ(certify(other, branch.limit->assessment)[Concept::sequential].holds, true);
}

TEST(AgentQre, HandlesTiesOfSmallIntegers) {
  std::size_t found = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<double> payoffs;
    for (int k = 0; k < 18; ++k) payoffs.push_back(static_cast<double>(random() % 4));
    const auto branch =
        solve_agent_qre(NormalFormGame<double>({"A", "B"}, {{"a", "b", "c"}, {"x", "y", "z"}}, payoffs));
    found += branch.limit.has_value();
    if (!branch.limit) {
      EXPECT_EQ(branch.info.status, Status::incomplete);
    }
  }
  EXPECT_GE(found, 58u);
}

TEST(AgentQre, SaysWhyItStopped) {
  const auto game = signaling_tree(4, 4, 4, 1);
  const auto few = solve_agent_qre(game, {.limit = 5});
  EXPECT_EQ(few.info.status, Status::iteration_limit);
  EXPECT_EQ(few.points(), 5u);
  Monitor expired(std::chrono::duration<double>(0));
  EXPECT_EQ(solve_agent_qre(game, {}, expired).info.status, Status::time_limit);
  Monitor cancelled;
  cancelled.cancel();
  const auto none_found = agent_qre(game, 1, cancelled);
  EXPECT_EQ(none_found.info.status, Status::cancelled);
  EXPECT_FALSE(none_found.equilibrium);
}

TEST(AgentQre, RefusesMalformedQuestions) {
  const auto game = signaling_tree(2, 2, 2, 1);
  EXPECT_THROW(solve_agent_qre(game, {.lambda_max = 0}), InvalidOptions);
  EXPECT_THROW(solve_agent_qre(game, {.lambda_max = std::nan("")}), InvalidOptions);
  EXPECT_THROW(solve_agent_qre(game, {.limit = 0}), InvalidOptions);
  EXPECT_THROW(agent_qre(game, -1), InvalidArgument);
  EXPECT_THROW(agent_qre(game, std::numeric_limits<double>::infinity()), InvalidArgument);
}

TEST(CertifyAgentQre, MeasuresTheDistanceFromTheLogitResponse) {
  const auto game = signaling_tree(3, 3, 3, 2);
  std::vector<double> log_strategy, strategy;
  std::mt19937_64 random(3);
  for (Index set = 0; set < game.tree().information_sets(); ++set) {
    double sum = 0;
    std::vector<double> weight;
    for (Index a = 0; a < game.tree().actions(set); ++a)
      sum += weight.emplace_back(0.1 + extensive_games::uniform(random));
    for (const double w : weight) {
      strategy.push_back(w / sum);
      log_strategy.push_back(std::log(w / sum));
    }
  }
  for (const double lambda : {0.0, 1.0, 20.0}) {
    const auto response = logit_response(game, strategy, lambda);
    double expected = 0;
    for (std::size_t a = 0; a < strategy.size(); ++a)
      expected = std::max(expected, std::abs(response[a] - strategy[a]));
    EXPECT_NEAR(certify_agent_qre(game, log_strategy, lambda).residual, expected, 1e-13);
  }
  EXPECT_NEAR(certify_agent_qre(game, log_strategy, 1).max_regret,
              certify_one_shot(game, with_bayes_beliefs(game, strategy)).max_regret, 1e-13);
  EXPECT_THROW(certify_agent_qre(game, log_strategy, -1), InvalidArgument);
  log_strategy[0] += 0.01;
  EXPECT_THROW(certify_agent_qre(game, log_strategy, 1), InvalidArgument);
  log_strategy.pop_back();
  EXPECT_THROW(certify_agent_qre(game, log_strategy, 1), InvalidArgument);
}

}  // namespace
}  // namespace schelling
