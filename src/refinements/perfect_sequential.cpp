#include "criteria.hpp"

namespace schelling::refinements {

namespace {

/// The prior restricted to S, for all S between two sets.
BeliefHull restrictions_between(IndexSet smallest, IndexSet added) {
  BeliefHull hull;
  for (IndexSet part = added;; part = (part - 1) & added) {
    hull.push_back(smallest | part);
    if (part == 0) break;
  }
  return hull;
}

/// Whether a belief on types who are indifferent is confirmed by a reply that tempts nobody.
bool has_credible_deterrent(const UnsentMessage& message) {
  const auto all = message.all_types();
  for (IndexSet indifferent = 1; indifferent != 0 && indifferent <= all; ++indifferent)
    if (message.find(beliefs_on(indifferent), indifferent, all)) return true;
  return false;
}

}  // namespace

MessageVerdict test_perfect_sequential(const UnsentMessage& message) {
  const auto& game = message.game();
  const auto all = message.all_types();
  const auto everyone = beliefs_on(all);
  MessageVerdict verdict;
  auto& witness = verdict.witness;
  witness.message = message.message();
  const auto& name = game.labels().messages[static_cast<std::size_t>(message.message())];
  // The largest groups first: they make the simplest examples.
  for (IndexSet gain = all; gain != 0; --gain) {
    const auto rest = all & ~gain;
    for (IndexSet indifferent = 0;; indifferent = (indifferent - rest) & rest) {
      const auto at_least = gain | indifferent, at_most = rest;
      // The cell is looked for among all best replies first: most cells do not exist at all.
      if (message.find_gain(everyone, at_least, at_most)) {
        if (auto reply = message.find_gain(restrictions_between(gain, indifferent), at_least, at_most)) {
          witness.reply = std::move(reply->reply);
          witness.belief = std::move(reply->belief);
          witness.types = elements(message.gainers(witness.reply));
          witness.explanation = "after " + name + ", the belief " + describe_belief(game, witness.belief) +
                                " confirms itself: its best reply " + describe_reply(game, witness.reply) +
                                " tempts " + describe_types(game, witness.types);
          verdict.ambiguous = has_credible_deterrent(message);
          return verdict;
        }
      }
      if (indifferent == rest) break;
    }
  }
  witness.passes = true;
  if (auto reply = message.deterrent(everyone)) {
    witness.reply = std::move(reply->reply);
    witness.belief = std::move(reply->belief);
  }
  witness.explanation = "after " + name + ", no belief confirms itself";
  return verdict;
}

}  // namespace schelling::refinements
