#include "criteria.hpp"

namespace schelling::refinements {

namespace {

using Exclusions = std::vector<RefinementWitness<Rational>::Exclusion>;

/// Takes out the types whom every best reply to the beliefs on `left` pays less than v. All types: nothing is
/// taken out.
IndexSet without_dominated(const UnsentMessage& message, IndexSet left, int round, Exclusions& excluded) {
  const auto hull = beliefs_on(left);
  IndexSet dominated = 0;
  for (const int t : elements(left))
    if (!message.find(hull, singleton(t), 0)) dominated |= singleton(t);
  if (dominated == left) return left;
  for (const int t : elements(dominated)) excluded.push_back({t, std::nullopt, round});
  return left & ~dominated;
}

/// The replies that are best against some belief on the types, one action at a time, each with such a belief.
std::vector<std::pair<int, std::vector<Rational>>> pure_best_replies(const UnsentMessage& message,
                                                                     IndexSet types) {
  std::vector<std::pair<int, std::vector<Rational>>> replies;
  IndexSet seen = 0;
  for (const auto& facet : message.facets(beliefs_on(types))) {
    for (const int a : elements(facet.actions & ~seen)) replies.emplace_back(a, facet.belief);
    seen |= facet.actions;
  }
  return replies;
}

}  // namespace

MessageVerdict test_equilibrium_dominance(const UnsentMessage& message) {
  Exclusions excluded;
  const auto left = without_dominated(message, message.all_types(), 1, excluded);
  const int rounds = excluded.empty() ? 0 : 1;
  auto verdict = test_deterrence(message, beliefs_on(left), std::move(excluded));
  verdict.rounds = rounds;
  return verdict;
}

MessageVerdict test_intuitive(const UnsentMessage& message, bool iterated) {
  const auto& game = message.game();
  MessageVerdict verdict;
  Exclusions excluded;
  IndexSet left = message.all_types();
  while (true) {
    const auto next = without_dominated(message, left, verdict.rounds + 1, excluded);
    if (next == left) break;
    left = next;
    ++verdict.rounds;
    if (!iterated) break;
  }

  auto& witness = verdict.witness;
  witness.message = message.message();
  const auto place = "after " + game.labels().messages[static_cast<std::size_t>(message.message())] +
                     describe_exclusions(game, excluded);
  const auto replies = pure_best_replies(message, left);
  for (const int t : elements(left)) {
    std::size_t worst = 0;
    bool always = true;
    for (std::size_t i = 0; i < replies.size(); ++i) {
      always = always && message.gains(t, replies[i].first);
      if (game.sender(t, message.message(), replies[i].first) <
          game.sender(t, message.message(), replies[worst].first))
        worst = i;
    }
    if (!always) continue;
    witness.types = {t};
    witness.reply.assign(static_cast<std::size_t>(game.actions()), Rational(0));
    witness.reply[static_cast<std::size_t>(replies[worst].first)] = 1;
    witness.belief = replies[worst].second;
    witness.explanation = place + ", " + describe_types(game, witness.types) +
                          " gains whatever the reply: even from " + describe_reply(game, witness.reply) +
                          ", best against the belief " + describe_belief(game, witness.belief);
    witness.excluded = std::move(excluded);
    return verdict;
  }
  witness.passes = true;
  auto reply = message.deterrent(beliefs_on(left));
  // Different replies may tempt different types; the equilibrium's own belief then rests on an excluded type.
  if (!reply) reply = message.deterrent(beliefs_on(message.all_types()));
  if (reply) {
    witness.reply = std::move(reply->reply);
    witness.belief = std::move(reply->belief);
  }
  witness.explanation = place + ", no type gains whatever the reply";
  witness.excluded = std::move(excluded);
  return verdict;
}

}  // namespace schelling::refinements
