#include "criteria.hpp"

namespace schelling::refinements {

MessageVerdict test_neologism_proof(const UnsentMessage& message) {
  const auto& game = message.game();
  const auto m = message.message();
  MessageVerdict verdict;
  auto& witness = verdict.witness;
  witness.message = m;
  for (IndexSet claim = 1; claim != 0 && claim <= message.all_types(); ++claim) {
    for (const auto& facet : message.facets({claim})) {
      for (const int a : elements(facet.actions)) {
        bool credible = true;
        for (int t = 0; t < game.types() && credible; ++t)
          credible = message.gains(t, a) == contains(claim, t);
        if (!credible) continue;
        witness.types = elements(claim);
        witness.belief = facet.belief;
        witness.reply.assign(static_cast<std::size_t>(game.actions()), Rational(0));
        witness.reply[static_cast<std::size_t>(a)] = 1;
        witness.explanation = "the claim to be " + describe_types(game, witness.types) +
                              " is credible: those who gain from its best reply " +
                              describe_reply(game, witness.reply) + " are exactly these types";
        return verdict;
      }
    }
  }
  witness.passes = true;
  witness.explanation = "no group of types is exactly the group that gains if it is believed";
  return verdict;
}

}  // namespace schelling::refinements
