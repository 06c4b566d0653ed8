#include "support/phase_games.hpp"

#include <schelling/models/extended_deterrence.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <fstream>
#include <sstream>

namespace schelling {
namespace {

/// The generic engine knows the tree only, the model one equation only.
void expect_agreement(const ExtendedDeterrence& model, const std::vector<double>& point) {
  Records records(model.outcomes().size());
  model.solve(point, records);
  ASSERT_EQ(records.status, Status::solved);
  const auto game = model.game(point);
  const auto generic = solve_cutoff(game, {.belief = BeliefRule::d1});
  ASSERT_EQ(generic.equilibria.size(), records.size()) << generic.to_text();

  // Both polish to a few units in the last place; payoffs add a few dozen terminals.
  constexpr double tolerance = 1e-10;
  const auto& tree = game.tree();
  const auto probability = [&](const CutoffEquilibrium& e, const char* set, const char* action) {
    const Index s = tree.find_set(set);
    return e.probability(s, tree.find_action(s, action));
  };
  // The engine sorts by outcome, the model by cutoff.
  std::vector<const CutoffEquilibrium*> sorted;
  for (const auto& e : generic.equilibria) sorted.push_back(&e);
  std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
    return probability(*a, "attack", "attack") < probability(*b, "attack", "attack");
  });
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& e = *sorted[i];
    const auto o = [&](std::string_view name) {
      return records.row(i)[outcome_index(model.outcomes(), name)];
    };
    EXPECT_NEAR(probability(e, "attack", "attack"), o("attack"), tolerance);
    EXPECT_NEAR(probability(e, "resistance", "resist"), o("resist_given_attack"), tolerance);
    const double w = point[parameter_index(model.parameters(), "tripwire")];
    EXPECT_NEAR(w + (1 - w) * probability(e, "defender's choice", "intervene"), o("fight_given_resist"),
                tolerance);
    EXPECT_NEAR((1 - w) * probability(e, "defender's choice", "aid"), o("aid_given_resist"), tolerance);
    EXPECT_NEAR(probability(e, "escalation after intervention", "escalate"),
                o("escalator_belief_intervention"), tolerance);
    EXPECT_NEAR(probability(e, "escalation after aid", "escalate"), o("escalator_belief_aid"), tolerance);
    for (const auto& [player, name] :
         {std::pair{0, "payoff_challenger"}, {1, "payoff_defender"}, {2, "payoff_protege"}})
      EXPECT_NEAR(e.payoff[static_cast<std::size_t>(player)], o(name),
                  tolerance * std::max(1.0, std::abs(o(name))));
    double catastrophe = 0, escalation = 0;
    for (Index z = 0; z < tree.terminals(); ++z) {
      const auto label = tree.node_label(tree.terminal_node(z));
      if (label == "catastrophe" || label == "accident")
        catastrophe += e.outcome[static_cast<std::size_t>(z)];
      if (label == "catastrophe" || label == "partial gain")
        escalation += e.outcome[static_cast<std::size_t>(z)];
    }
    EXPECT_NEAR(catastrophe, o("catastrophe"), tolerance);
    EXPECT_NEAR(escalation, o("escalate"), tolerance);

    // The model's row, as an assessment of the tree, passes the certificate that knows nothing of the model.
    const auto assessment = model.assessment(point, records.row(i));
    EXPECT_TRUE(assessment.certificate.passes(certificate_tolerance))
        << assessment.certificate.max_regret << ", " << assessment.certificate.bayes_gap;
  }
}

TEST(ExtendedDeterrenceAndTheGenericEngine, AgreeAtTheTestPoints) {
  std::ifstream file(SCHELLING_TEST_DATA "/extended_deterrence_values.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto document = boost::json::parse(text.str());
  for (const auto& known : document.at("points").as_array()) {
    SCOPED_TRACE(std::string(known.at("name").as_string()));
    const ExtendedDeterrence model(escalation_timing(std::string(known.at("timing").as_string())));
    auto point = default_point(model.parameters());
    for (std::size_t i = 0; i < point.size(); ++i)
      for (const auto part : {"parameters", "attributes"})
        if (const auto* value =
                known.at(part).as_object().if_contains(std::string(model.parameters()[i].symbol)))
          point[i] = value->to_number<double>();
    expect_agreement(model, point);
  }
}

TEST(ExtendedDeterrenceAndTheGenericEngine, AgreeAtRandomPoints) {
  phase_games::Uniform uniform(1974);
  for (const auto timing : {EscalationTiming::failing, EscalationTiming::onset}) {
    const ExtendedDeterrence model(timing);
    for (int draw = 0; draw < 4; ++draw) {
      const auto games = phase_games::draw(model.parameters(), uniform);
      for (std::size_t k = 0; k < games.size(); ++k) {
        SCOPED_TRACE(testing::Message() << to_string(timing) << ", draw " << draw << ", game " << k);
        expect_agreement(model, games[k]);
      }
    }
  }
}

/// Draws with several equilibria, which are rare among the others.
TEST(ExtendedDeterrenceAndTheGenericEngine, AgreeWhereThereAreSeveral) {
  const ExtendedDeterrence model;
  phase_games::Uniform uniform(1975);
  Records records(model.outcomes().size());
  for (int met = 0; met < 12;) {
    const auto games = phase_games::draw(model.parameters(), uniform);
    for (const auto& game : games) {
      model.solve(game, records);
      if (records.size() < 3) continue;
      expect_agreement(model, game);
      ++met;
    }
  }
}

}  // namespace
}  // namespace schelling
