#include "support/phase_games.hpp"

#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace schelling {
namespace {

using phase_games::Game;

class ExtendedDeterrenceTimings : public testing::TestWithParam<EscalationTiming> {};
INSTANTIATE_TEST_SUITE_P(Timings, ExtendedDeterrenceTimings,
                         testing::Values(EscalationTiming::failing, EscalationTiming::onset),
                         [](const auto& timing) { return std::string(to_string(timing.param)); });

/// Number of sign changes of the gain on a fine geometric grid, cut at the escalation cutoffs: the naive
/// count.
std::size_t scanned(const ExtendedDeterrence& model, const std::vector<double>& point, const Records& records,
                    int nodes) {
  const auto value = [&](std::string_view name) { return point[parameter_index(model.parameters(), name)]; };
  const double low = value("median_cost_challenger") * std::exp(-6.5 * value("log_sd_cost_challenger"));
  // Above both, no plan of attack pays: winning is worth at most 1 + alignment loss, and the cheapest plan
  // costs this.
  const double cheapest = std::min(value("takeover_cost_multiplier"),
                                   value("abandoned_war_cost_multiplier") * value("escalation_cost_share"));
  const double high = (1 + value("alignment_loss_challenger")) / cheapest;
  std::vector<double> nodes_at;
  for (int i = 0; i <= nodes; ++i)
    nodes_at.push_back(low * std::pow(high / low, static_cast<double>(i) / nodes));
  for (const auto name : {"escalate_cutoff_intervention", "escalate_cutoff_aid"}) {
    const double kink = records.row(0)[outcome_index(model.outcomes(), name)];
    if (kink <= 0) continue;
    for (const double above : {0.0, 1e-9, 1e-6, 1e-4, 1e-3, 1e-2}) nodes_at.push_back(kink * (1 + above));
  }
  std::sort(nodes_at.begin(), nodes_at.end());
  bool positive = model.attack_gain(point, 1e-300) > 0;
  std::size_t changes = positive ? 0 : 1;
  for (const double x : nodes_at) {
    const bool now = model.attack_gain(point, x) > 0;
    changes += now != positive;
    positive = now;
  }
  return changes;
}

TEST_P(ExtendedDeterrenceTimings, FindsWhatAFineScanFinds) {
  const ExtendedDeterrence model(GetParam());
  phase_games::Uniform uniform(20230706);
  Records records(model.outcomes().size());
  for (int draw = 0; draw < 60; ++draw) {
    const auto games = phase_games::draw(model.parameters(), uniform);
    for (std::size_t k = 0; k < games.size(); ++k) {
      model.solve(games[k], records);
      ASSERT_EQ(records.status, Status::solved) << "draw " << draw << ", game " << k;
      EXPECT_EQ(records.size(), scanned(model, games[k], records, 2000)) << "draw " << draw << ", game " << k;
    }
  }
}

TEST_P(ExtendedDeterrenceTimings, CertifiesEveryEquilibrium) {
  const ExtendedDeterrence model(GetParam());
  phase_games::Uniform uniform(4);
  Records records(model.outcomes().size());
  std::map<std::size_t, int> games_with;
  for (int draw = 0; draw < 4096; ++draw)
    for (const auto& game : phase_games::draw(model.parameters(), uniform)) {
      model.solve(game, records);
      ASSERT_EQ(records.status, Status::solved) << "draw " << draw;
      ++games_with[records.size()];
      for (std::size_t i = 0; i < records.size(); ++i) {
        ASSERT_LE(records.max_regret()[i], certificate_tolerance) << "draw " << draw;
        ASSERT_LE(records.bayes_gap()[i], certificate_tolerance) << "draw " << draw;
      }
    }
  // Generically the number is odd, and games with several equilibria are among these.
  for (const auto& [count, games] : games_with) EXPECT_EQ(count % 2, 1u) << games << " games";
  EXPECT_GT(games_with[3], 100);
}

/// Shares of draws with 1 and with 3 equilibria, from an independent program (another scan, another sample,
/// 4,096 points).
TEST(ExtendedDeterrence, HasTheKnownMultiplicity) {
  struct Shares {
    Game game;
    double one, three;
  };
  constexpr Shares known[] = {{phase_games::grey, .959, .039},
                              {phase_games::framework, .961, .038},
                              {phase_games::member, .952, .047},
                              {phase_games::read_down, .963, .036},
                              {phase_games::forward, .971, .029}};
  // Two samples of a few thousand points; three standard errors of their difference are about .013.
  constexpr double tolerance = 0.015;
  constexpr int draws = 4096;
  const ExtendedDeterrence model;
  phase_games::Uniform uniform(2023);
  Records records(model.outcomes().size());
  std::array<std::map<std::size_t, int>, phase_games::game_count> count;
  for (int draw = 0; draw < draws; ++draw) {
    const auto games = phase_games::draw(model.parameters(), uniform);
    for (const auto& shares : known) {
      model.solve(games[shares.game], records);
      ++count[shares.game][records.size()];
    }
  }
  for (const auto& [game, one, three] : known) {
    EXPECT_NEAR(count[game][1] / double{draws}, one, tolerance) << "game " << game;
    EXPECT_NEAR(count[game][3] / double{draws}, three, tolerance) << "game " << game;
  }
}

TEST_P(ExtendedDeterrenceTimings, CertificateRejectsACorruptedEquilibrium) {
  const ExtendedDeterrence model(GetParam());
  const auto at = [&](std::string_view name) { return outcome_index(model.outcomes(), name); };
  const auto point = default_point(model.parameters());
  Records records(model.outcomes().size());
  model.solve(point, records);
  ASSERT_EQ(records.size(), 1u);
  const std::vector<double> honest(records.row(0).begin(), records.row(0).end());
  ASSERT_TRUE(model.certify(point, honest).passes(certificate_tolerance));
  // A cutoff that is off makes some type regret its plan, and the stated probabilities wrong.
  for (const auto name : {"attack_cutoff", "intervene_cutoff", "aid_cutoff", "resist_cutoff",
                          "escalate_cutoff_intervention", "escalate_cutoff_aid"}) {
    auto row = honest;
    row[at(name)] = row[at(name)] * 1.01 + (row[at(name)] == 0 ? 0.01 : 0);
    EXPECT_GT(model.certify(point, row).max_regret, 1e-6) << name;
  }
  for (const auto name : {"attack", "resist_given_attack", "fight_given_resist", "aid_given_resist",
                          "abandon_given_resist", "escalator_belief_intervention", "escalator_belief_aid"}) {
    auto row = honest;
    row[at(name)] += 1e-4;
    EXPECT_GT(model.certify(point, row).bayes_gap, 0.99e-4) << name;
    row[at(name)] = std::nan("");
    EXPECT_FALSE(model.certify(point, row).passes(certificate_tolerance)) << name;
  }
}

/// The protege's payoff against a sum over its types, each of whom does what the cutoff says.
TEST(ExtendedDeterrence, ProtegePayoffIsASumOverTypes) {
  const ExtendedDeterrence model;
  phase_games::Uniform uniform(5);
  const auto games = phase_games::draw(model.parameters(), uniform);
  Records records(model.outcomes().size());
  for (const auto& game : games) {
    model.solve(game, records);
    const auto p = [&](std::string_view name) { return game[parameter_index(model.parameters(), name)]; };
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto o = [&](std::string_view name) {
        return records.row(i)[outcome_index(model.outcomes(), name)];
      };
      // The protege: value of resisting apart from its cost, recovered from the cutoff at which it is
      // indifferent.
      const double cost = o("fight_given_resist") * p("intervention_war_cost_protege") +
                          o("aid_given_resist") + o("abandon_given_resist") * p("abandoned_war_cost_protege");
      const double value = o("resist_cutoff") * cost - 1;
      double after_attack = 0;
      constexpr int types = 200000;
      // Midpoints of a fine grid in the normal score, weighted by its density.
      double mass = 0;
      for (int n = 0; n < types; ++n) {
        const double score = -9 + 18 * (n + 0.5) / types;
        const double weight = std::exp(-0.5 * score * score);
        const double c = p("median_cost_protege") * std::exp(p("log_sd_cost_protege") * score);
        after_attack += weight * (c <= o("resist_cutoff") ? value - cost * c : -1);
        mass += weight;
      }
      after_attack /= mass;
      const double benefit = p("alignment_benefit_protege") * p("alignment");
      EXPECT_NEAR(o("payoff_protege"), (1 - o("attack")) * benefit + o("attack") * after_attack, 2e-5);
    }
  }
}

TEST(ExtendedDeterrence, ProbabilitiesAddUp) {
  const ExtendedDeterrence model(EscalationTiming::onset);
  phase_games::Uniform uniform(6);
  Records records(model.outcomes().size());
  for (int draw = 0; draw < 50; ++draw)
    for (const auto& game : phase_games::draw(model.parameters(), uniform)) {
      model.solve(game, records);
      for (std::size_t i = 0; i < records.size(); ++i) {
        const auto o = [&](std::string_view name) {
          return records.row(i)[outcome_index(model.outcomes(), name)];
        };
        EXPECT_NEAR(o("attack"), o("concede") + o("war"), 1e-15);
        EXPECT_NEAR(o("war"), o("abandon") + o("aid") + o("intervene"), 1e-15);
        EXPECT_NEAR(1, o("fight_given_resist") + o("aid_given_resist") + o("abandon_given_resist"), 1e-15);
        EXPECT_LE(o("escalate"), o("aid") + o("intervene") + 1e-15);
        EXPECT_GE(o("catastrophe"), 0);
      }
    }
}

TEST(ExtendedDeterrence, IsStableAtTheEndsOfItsEquilibriaAndNotBetween) {
  const ExtendedDeterrence model;
  const auto slope = outcome_index(model.outcomes(), "attack_gain_slope");
  phase_games::Uniform uniform(8);
  Records records(model.outcomes().size());
  int several = 0;
  for (int draw = 0; draw < 500; ++draw)
    for (const auto& game : phase_games::draw(model.parameters(), uniform)) {
      model.solve(game, records);
      several += records.size() > 1;
      for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_EQ(records.row(i)[slope] < 0, i % 2 == 0) << "draw " << draw;
    }
  EXPECT_GT(several, 0);
}

/// A gain so flat near one of its zeros that Newton's method without a bracket leaves it: one game in millions.
TEST(ExtendedDeterrence, SolvesAGameWithAFlatGain) {
  const ExtendedDeterrence model;
  phase_games::Uniform uniform(77);
  phase_games::Games games;
  for (int draw = 0; draw <= 9848; ++draw) games = phase_games::draw(model.parameters(), uniform);
  const auto& game = games[phase_games::read_down];
  Records records(model.outcomes().size());
  model.solve(game, records);
  ASSERT_EQ(records.status, Status::solved);
  EXPECT_EQ(records.size(), scanned(model, game, records, 20000));
}

TEST(ExtendedDeterrence, RefusesAnUnknownTiming) {
  EXPECT_THROW(escalation_timing("late"), InvalidOptions);
  EXPECT_EQ(escalation_timing("onset"), EscalationTiming::onset);
}

TEST(ExtendedDeterrencePolicy, PairsTheEquilibriaOfItsPhases) {
  const ExtendedDeterrencePolicy policy;
  const ExtendedDeterrence phase;
  phase_games::Uniform uniform(9);
  Records pairs(policy.outcomes().size()), window(pairs.width()), end(pairs.width());
  const auto attack = outcome_index(policy.outcomes(), "attack");
  std::size_t most = 0;
  for (int draw = 0; draw < 300; ++draw) {
    const auto games = phase_games::draw(phase.parameters(), uniform);
    auto point = default_point(policy.parameters());
    std::copy(games[phase_games::member].begin(), games[phase_games::member].end(), point.begin());
    const auto first = parameter_index(policy.parameters(), "arms"),
               other = parameter_index(policy.parameters(), "window_arms");
    for (std::size_t i = 0; i < 6; ++i) point[other + i] = games[phase_games::staged_window][first + i];
    const auto split = policy.phases(point);
    policy.solve(point, pairs);
    phase.solve(split.window, window);
    phase.solve(split.end, end);
    ASSERT_EQ(pairs.size(), window.size() * end.size());
    most = std::max(most, pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i)
      EXPECT_DOUBLE_EQ(pairs.row(i)[attack], split.window_weight * window.row(i / end.size())[attack] +
                                                 (1 - split.window_weight) * end.row(i % end.size())[attack]);
  }
  EXPECT_GT(most, 1u);
}

}  // namespace
}  // namespace schelling
