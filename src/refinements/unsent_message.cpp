#include "unsent_message.hpp"

#include <schelling/numerics/linear_program.hpp>

#include <algorithm>

namespace schelling::refinements {

Rational UnsentMessage::gain(int type, int action) const {
  return game().sender(type, message_, action) - payoffs_.value[static_cast<std::size_t>(type)];
}

bool UnsentMessage::is_exact() const {
  return std::all_of(payoffs_.margin.begin(), payoffs_.margin.end(),
                     [](const Rational& m) { return m == 0; });
}

std::optional<std::vector<Rational>> UnsentMessage::find(IndexSet actions, IndexSet at_least,
                                                         IndexSet at_most, Reading reading,
                                                         bool maximize_gain) const {
  const auto played = elements(actions);
  LinearProgram<Rational> program(played.size());
  program.add(std::vector<Rational>(played.size(), Rational(1)), Relation::equal, Rational(1));
  std::vector<Rational> row(played.size()), objective(played.size(), Rational(0));
  for (const int t : elements(at_least | at_most)) {
    const bool low = contains(at_least, t), high = contains(at_most, t);
    // The relaxed reading widens every comparison by the margin; the strict one narrows all but equations.
    Rational margin = payoffs_.margin[static_cast<std::size_t>(t)];
    if (reading == Reading::strict) margin = low && high ? Rational(0) : Rational(-margin);
    for (std::size_t k = 0; k < played.size(); ++k) row[k] = gain(t, played[k]);
    if (low && high && margin == 0) {
      program.add(row, Relation::equal, Rational(0));
      continue;
    }
    if (low) program.add(row, Relation::greater_equal, Rational(-margin));
    if (high) program.add(row, Relation::less_equal, margin);
    if (maximize_gain && low && !high)
      for (std::size_t k = 0; k < played.size(); ++k) objective[k] += row[k];
  }
  program.maximize(objective);
  auto solution = solve_linear_program(program);
  if (!solution.feasible() || (maximize_gain && solution.value <= 0)) return std::nullopt;
  std::vector<Rational> reply(static_cast<std::size_t>(game().actions()), Rational(0));
  for (std::size_t k = 0; k < played.size(); ++k)
    reply[static_cast<std::size_t>(played[k])] = solution.point[k];
  return reply;
}

std::optional<SupportedBestReply> UnsentMessage::find(const BeliefHull& hull, IndexSet at_least,
                                                      IndexSet at_most) const {
  const bool exact = is_exact();
  bool unclear = false;
  for (const auto& facet : facets(hull)) {
    if (auto reply = find(facet.actions, at_least, at_most, Reading::strict, false))
      return SupportedBestReply{std::move(*reply), facet.belief};
    unclear = unclear || (!exact && find(facet.actions, at_least, at_most, Reading::relaxed, false));
  }
  if (unclear)
    throw UnclearComparison("after " + game().labels().messages[static_cast<std::size_t>(message_)] +
                            " a reply pays as much as the equilibrium up to rounding");
  return std::nullopt;
}

std::optional<SupportedBestReply> UnsentMessage::find_gain(const BeliefHull& hull, IndexSet at_least,
                                                           IndexSet at_most) const {
  const bool exact = is_exact();
  bool unclear = false;
  for (const auto& facet : facets(hull)) {
    if (auto reply = find(facet.actions, at_least, at_most, Reading::strict, true))
      return SupportedBestReply{std::move(*reply), facet.belief};
    unclear = unclear || (!exact && find(facet.actions, at_least, at_most, Reading::relaxed, true));
  }
  if (unclear)
    throw UnclearComparison("after " + game().labels().messages[static_cast<std::size_t>(message_)] +
                            " a reply pays as much as the equilibrium up to rounding");
  return std::nullopt;
}

SupportedBestReply UnsentMessage::least_tempting(const BeliefHull& hull) const {
  std::vector<Rational> range;
  for (int t = 0; t < game().types(); ++t) {
    Rational low = game().sender(t, 0, 0), high = low;
    for (int m = 0; m < game().messages(); ++m)
      for (int a = 0; a < game().actions(); ++a) {
        low = std::min(low, game().sender(t, m, a));
        high = std::max(high, game().sender(t, m, a));
      }
    range.push_back(high > low ? Rational(high - low) : Rational(1));
  }
  std::optional<Rational> smallest;
  SupportedBestReply best;
  for (const auto& facet : facets(hull)) {
    const auto played = elements(facet.actions);
    // The last variable is the largest gain; it is not negative, because no reply of the hull keeps all
    // types.
    LinearProgram<Rational> program(played.size() + 1);
    std::vector<Rational> row(played.size() + 1, Rational(1));
    row.back() = 0;
    program.add(row, Relation::equal, Rational(1));
    for (int t = 0; t < game().types(); ++t) {
      for (std::size_t k = 0; k < played.size(); ++k) row[k] = gain(t, played[k]);
      row.back() = -range[static_cast<std::size_t>(t)];
      program.add(row, Relation::less_equal, Rational(0));
    }
    std::vector<Rational> objective(row.size(), Rational(0));
    objective.back() = -1;
    program.maximize(objective);
    const auto solution = solve_linear_program(program);
    const Rational& largest_gain = solution.point.back();
    if (smallest && *smallest <= largest_gain) continue;
    smallest = largest_gain;
    best = {std::vector<Rational>(static_cast<std::size_t>(game().actions()), Rational(0)), facet.belief};
    for (std::size_t k = 0; k < played.size(); ++k)
      best.reply[static_cast<std::size_t>(played[k])] = solution.point[k];
  }
  return best;
}

bool UnsentMessage::gains(int type, int action) const {
  const auto& margin = payoffs_.margin[static_cast<std::size_t>(type)];
  const Rational difference = gain(type, action);
  if (margin != 0 && abs(difference) <= margin)
    throw UnclearComparison("the payoff of " + game().labels().types[static_cast<std::size_t>(type)] +
                            " after " + game().labels().messages[static_cast<std::size_t>(message_)] +
                            " equals that of the equilibrium up to rounding");
  return difference > 0;
}

IndexSet UnsentMessage::gainers(const std::vector<Rational>& reply) const {
  IndexSet result = 0;
  for (int t = 0; t < game().types(); ++t) {
    Rational sum(0);
    for (int a = 0; a < game().actions(); ++a)
      if (reply[static_cast<std::size_t>(a)] != 0) sum += reply[static_cast<std::size_t>(a)] * gain(t, a);
    if (sum > payoffs_.margin[static_cast<std::size_t>(t)]) result |= singleton(t);
  }
  return result;
}

}  // namespace schelling::refinements
