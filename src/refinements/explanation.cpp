#include "criteria.hpp"

namespace schelling::refinements {

namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

/// The one label with all the weight, or every label with its weight.
std::string describe_mixture(const std::vector<std::string>& labels, const std::vector<Rational>& weights) {
  std::string text;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 1) return labels[i];
    if (weights[i] != 0) text += (text.empty() ? "" : ", ") + labels[i] + " " + to_text(weights[i]);
  }
  return text;
}

}  // namespace

std::string describe_types(const SignalingGame<Rational>& game, const std::vector<int>& types) {
  std::vector<std::string> names;
  for (const int t : types) names.push_back(game.labels().types[static_cast<std::size_t>(t)]);
  return join(names);
}

std::string describe_belief(const SignalingGame<Rational>& game, const std::vector<Rational>& belief) {
  return describe_mixture(game.labels().types, belief);
}

std::string describe_reply(const SignalingGame<Rational>& game, const std::vector<Rational>& reply) {
  return describe_mixture(game.labels().actions, reply);
}

std::string describe_exclusions(const SignalingGame<Rational>& game,
                                const std::vector<RefinementWitness<Rational>::Exclusion>& excluded) {
  if (excluded.empty()) return "";
  std::vector<std::string> parts;
  for (const auto& exclusion : excluded) {
    auto name = game.labels().types[static_cast<std::size_t>(exclusion.type)];
    if (exclusion.by)
      name += " (" + game.labels().types[static_cast<std::size_t>(*exclusion.by)] + " is tempted more often)";
    parts.push_back(std::move(name));
  }
  return ", where " + join(parts) + (parts.size() == 1 ? " is" : " are") + " excluded";
}

MessageVerdict test_deterrence(const UnsentMessage& message, const BeliefHull& hull,
                               std::vector<RefinementWitness<Rational>::Exclusion> excluded) {
  const auto& game = message.game();
  MessageVerdict verdict;
  auto& witness = verdict.witness;
  witness.message = message.message();
  auto reply = message.deterrent(hull);
  witness.passes = reply.has_value();
  if (!reply) reply = message.least_tempting(hull);
  witness.reply = std::move(reply->reply);
  witness.belief = std::move(reply->belief);
  const auto place = "after " + game.labels().messages[static_cast<std::size_t>(message.message())] +
                     describe_exclusions(game, excluded);
  const auto response = describe_reply(game, witness.reply) + ", best against the belief " +
                        describe_belief(game, witness.belief);
  if (witness.passes) {
    witness.explanation = place + ", the reply " + response + ", tempts no type";
  } else {
    witness.types = elements(message.gainers(witness.reply));
    witness.explanation = place + ", every best reply tempts a type: the least tempting one, " + response +
                          ", tempts " + describe_types(game, witness.types);
  }
  witness.excluded = std::move(excluded);
  return verdict;
}

}  // namespace schelling::refinements
