#include "../unit/refinements/exact_game.hpp"

#include <schelling/refinements/survives.hpp>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace schelling {
namespace {

namespace json = boost::json;

/// Seventeen games with the verdicts of nearly all refinements on their vertex outcomes: beer-quiche and
/// other textbook games, and small games that tell neighbouring refinements apart.
json::array examples() {
  std::ifstream file(SCHELLING_TEST_DATA "/refinement_examples.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return json::parse(text).as_array();
}

std::vector<int> integers(const json::value& array) { return json::value_to<std::vector<int>>(array); }
std::vector<std::string> strings(const json::value& array) {
  return json::value_to<std::vector<std::string>>(array);
}

ExactGame read_game(const json::object& example) {
  const auto shape = integers(example.at("shape"));
  return exact_game(
      shape[0], shape[1], shape[2], integers(example.at("prior")), integers(example.at("sender")),
      integers(example.at("receiver")),
      {strings(example.at("types")), strings(example.at("messages")), strings(example.at("actions"))});
}

SignalingOutcome<Rational> read_outcome(const json::object& entry) {
  SignalingOutcome<Rational> outcome;
  for (const auto& text : strings(entry.at("outcome"))) outcome.probabilities.push_back(parse_rational(text));
  for (const auto& text : strings(entry.at("sender_payoffs")))
    outcome.sender_payoff.push_back(parse_rational(text));
  return outcome;
}

bool is_pure(const ExactGame& game, const SignalingOutcome<Rational>& outcome) {
  int entries = 0;
  for (const auto& p : outcome.probabilities) entries += p != 0;
  return entries == game.types();
}

const std::map<std::string, Refinement> file_names{
    {"intuitive", Refinement::intuitive},
    {"ed", Refinement::equilibrium_dominance},
    {"d1", Refinement::d1},
    {"d2", Refinement::d2},
    {"divinity", Refinement::divinity},
    {"universal_divinity", Refinement::universal_divinity},
    {"nwbr", Refinement::nwbr},
    {"undefeated", Refinement::undefeated},
    {"perfect_sequential", Refinement::perfect_sequential},
    {"d1_iter", Refinement::d1_iterated},
    {"nwbr_iter", Refinement::nwbr_iterated},
};

TEST(RefinementExamples, EveryVerdict) {
  int verdicts = 0;
  for (const auto& value : examples()) {
    const auto& example = value.as_object();
    const auto game = read_game(example);
    std::vector<SignalingOutcome<Rational>> pure;
    for (const auto& entry : example.at("outcomes").as_array()) {
      auto outcome = read_outcome(entry.as_object());
      if (is_pure(game, outcome)) pure.push_back(std::move(outcome));
    }
    const auto equilibria = pure_equilibria(game, pure);
    for (const auto& entry : example.at("outcomes").as_array()) {
      const auto outcome = read_outcome(entry.as_object());
      auto expected = entry.as_object().at("verdicts").as_object();
      for (const auto& [name, verdict] : entry.as_object().at("extra").as_object()) expected[name] = verdict;
      for (const auto& [name, verdict] : expected) {
        const auto answer = survives(game, outcome, file_names.at(std::string(name)), {}, &equilibria);
        const auto status = verdict.is_null()   ? Survival::not_applicable
                            : verdict.as_bool() ? Survival::all
                                                : Survival::none;
        EXPECT_EQ(to_string(answer.status), to_string(status))
            << example.at("name").as_string() << ": " << entry.as_object().at("description").as_string()
            << ": " << name << ": " << answer.reason;
        ++verdicts;
      }
    }
  }
  EXPECT_EQ(verdicts, 67 * 11);
}

TEST(RefinementExamples, NeologismProof) {
  int verdicts = 0;
  for (const auto& value : examples()) {
    const auto& example = value.as_object();
    if (!example.contains("neologism_proof")) continue;
    const auto game = read_game(example);
    const auto& expected = example.at("neologism_proof").as_object();
    for (const auto& entry : example.at("outcomes").as_array()) {
      std::string key;
      for (const auto& payoff : strings(entry.as_object().at("sender_payoffs")))
        key += (key.empty() ? "('" : ", '") + payoff + "'";
      const auto answer = survives(game, read_outcome(entry.as_object()), Refinement::neologism_proof);
      EXPECT_EQ(answer.survives(), expected.at(key + ")").as_bool())
          << example.at("name").as_string() << answer.reason;
      EXPECT_EQ(answer.fails(), !answer.survives());
      ++verdicts;
    }
  }
  EXPECT_EQ(verdicts, 10);
}

}  // namespace
}  // namespace schelling
