#include "criteria.hpp"

namespace schelling::refinements {

namespace {

using Exclusion = RefinementWitness<Rational>::Exclusion;

/// Why the receiver need not think of t, among the best replies to the hull.
std::optional<Exclusion> exclude(const UnsentMessage& message, const BeliefHull& hull, int t,
                                 Temptation temptation, int round) {
  const auto all = message.all_types(), others = all & ~singleton(t);
  switch (temptation) {
    case Temptation::d1:
      for (const int q : elements(others))
        if (!message.find(hull, singleton(t), singleton(q))) return Exclusion{t, q, round};
      return std::nullopt;
    case Temptation::d2:
      if (!message.find(hull, singleton(t), others)) return Exclusion{t, std::nullopt, round};
      return std::nullopt;
    case Temptation::nwbr:
      if (!message.find(hull, singleton(t), all)) return Exclusion{t, std::nullopt, round};
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

MessageVerdict test_temptation(const UnsentMessage& message, Temptation temptation, bool iterated) {
  std::vector<Exclusion> excluded;
  IndexSet left = message.all_types();
  int rounds = 0;
  do {
    const auto hull = beliefs_on(left);
    std::vector<Exclusion> now;
    for (const int t : elements(left))
      if (auto exclusion = exclude(message, hull, t, temptation, rounds + 1)) now.push_back(*exclusion);
    // If nobody is left there is nothing to believe: the criterion is silent.
    if (now.empty() || now.size() == elements(left).size()) break;
    for (const auto& exclusion : now) left &= ~singleton(exclusion.type);
    excluded.insert(excluded.end(), now.begin(), now.end());
    ++rounds;
    // Once nothing deters, fewer beliefs deter even less.
  } while (iterated && message.deterrent(beliefs_on(left)));
  auto verdict = test_deterrence(message, beliefs_on(left), std::move(excluded));
  verdict.rounds = rounds;
  return verdict;
}

}  // namespace schelling::refinements
