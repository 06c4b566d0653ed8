#include "criteria.hpp"

#include <algorithm>

namespace schelling::refinements {

namespace {

/// Banks and Sobel's posteriors: the hull of the prior restricted to S, over the sets S of types for which
/// some best reply to the hull pays S at least v and the others at most v. These are the extreme points of
/// the sets of beliefs that give strict gainers their prior weight and indifferent types any weight up to it,
/// taken over all replies.
BeliefHull posteriors(const UnsentMessage& message, const BeliefHull& hull) {
  BeliefHull result;
  const auto all = message.all_types();
  for (IndexSet types = 1; types != 0 && types <= all; ++types)
    if (message.find(hull, types, all & ~types)) result.push_back(types);
  return result;
}

bool same_replies(const std::vector<BestReplyFacet>& a, const std::vector<BestReplyFacet>& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& facet) {
           return std::any_of(b.begin(), b.end(),
                              [&](const auto& other) { return other.actions == facet.actions; });
         });
}

}  // namespace

MessageVerdict test_divinity(const UnsentMessage& message) {
  auto hull = beliefs_on(message.all_types());
  int rounds = 0;
  while (true) {
    auto next = posteriors(message, hull);
    if (next.empty()) break;  // nobody would ever send the message: no restriction
    const bool settled = same_replies(message.facets(hull), message.facets(next));
    hull = std::move(next);
    if (settled) break;
    ++rounds;
  }
  IndexSet possible = 0;
  for (const auto types : hull) possible |= types;
  std::vector<RefinementWitness<Rational>::Exclusion> excluded;
  for (const int t : elements(message.all_types() & ~possible))
    excluded.push_back({t, std::nullopt, std::max(rounds, 1)});
  auto verdict = test_deterrence(message, hull, std::move(excluded));
  verdict.rounds = rounds;
  return verdict;
}

}  // namespace schelling::refinements
