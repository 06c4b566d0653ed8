#include "best_reply.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::cutoff {

namespace {
std::size_t index(Index i) { return static_cast<std::size_t>(i); }
}  // namespace

BestReplies::BestReplies(const PrivateTypeGame& game) : game_(game) {
  const auto& tree = game.tree();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  slopes_.assign(index(tree.actions()), {infinity, -infinity});
  size_.assign(index(tree.players()), {0, 0});
  for (Index z = 0; z < tree.terminals(); ++z) {
    for (Index i = 0; i < tree.players(); ++i) {
      const auto& payoff = game.payoff(z, i);
      auto& size = size_[index(i)];
      size = {std::max(size.intercept, std::abs(payoff.intercept)),
              std::max(size.slope, std::abs(payoff.slope))};
    }
    for (Index n = tree.terminal_node(z); tree.parent(n) != none; n = tree.parent(n)) {
      const Index set = tree.information_set(tree.parent(n));
      if (set == none) continue;
      auto& [low, high] = slopes_[index(tree.first_action(set) + tree.move_from_parent(n))];
      const double slope = game.payoff(z, tree.set_player(set)).slope;
      low = std::min(low, slope), high = std::max(high, slope);
    }
  }
}

/// Everything that may follow the simultaneous moves at a public decision node, or the event of a chance node.
void BestReplies::successors(Index node, Index movers_left, Index player, double weight, Index action,
                             std::span<const double> probabilities, std::vector<Successor>& out) const {
  const auto& tree = game_.tree();
  if (movers_left == 0) {
    out.push_back({weight, node, action});
    return;
  }
  const Index set = tree.information_set(node);
  for (Index k = 0; k < tree.moves(node); ++k) {
    const bool own = set != none && tree.set_player(set) == player;
    const double p = own           ? 1
                     : set == none ? game_.probability(node, k)
                                   : probabilities[index(tree.first_action(set) + k)];
    if (p > 0)
      successors(tree.child(node, k), movers_left - 1, player, weight * p, own ? k : action, probabilities,
                 out);
  }
}

std::vector<Envelope> BestReplies::action_values(Index node, Index player, Index actions,
                                                 std::span<const double> probabilities) const {
  std::vector<Successor> next;
  const auto movers = static_cast<Index>(game_.movers(node).size());
  successors(node, std::max<Index>(movers, 1), player, 1, none, probabilities, next);
  std::vector<Envelope> after;
  after.reserve(next.size());
  for (const auto& s : next) after.push_back(value(s.node, player, probabilities));
  std::vector<Envelope> values;
  std::vector<WeightedEnvelope> terms;
  for (Index a = 0; a < std::max<Index>(actions, 1); ++a) {
    terms.clear();
    for (std::size_t k = 0; k < next.size(); ++k)
      if (next[k].action == none || next[k].action == a) terms.push_back({next[k].weight, &after[k]});
    values.push_back(terms.size() == 1 && terms[0].weight == 1 ? *terms[0].function : weighted_sum(terms));
  }
  return values;
}

Envelope BestReplies::value(Index node, Index player, std::span<const double> probabilities) const {
  const auto& tree = game_.tree();
  if (tree.kind(node) == NodeKind::terminal) return {{}, {game_.payoff(tree.terminal(node), player)}};
  Index actions = 0;
  for (const Index set : game_.movers(node))
    if (tree.set_player(set) == player) actions = tree.actions(set);
  auto values = action_values(node, player, actions, probabilities);
  if (values.size() == 1) return std::move(values[0]);
  const auto& law = game_.types(player);
  return upper_envelope(values, law.lower(), law.upper(), payoff_size(player)).value;
}

BestReply BestReplies::at(Index set, std::span<const double> probabilities) const {
  const auto& tree = game_.tree();
  const Index player = tree.set_player(set);
  const auto& law = game_.types(player);
  BestReply reply;
  reply.actions = action_values(game_.public_node(set), player, tree.actions(set), probabilities);
  auto best = upper_envelope(reply.actions, law.lower(), law.upper(), payoff_size(player));
  reply.value = std::move(best.value);
  reply.strategy.cutoffs = std::move(best.cuts);
  const auto pure = [&](Index action) {
    std::vector<double> choice(index(tree.actions(set)), 0.0);
    choice[index(action)] = 1;
    return choice;
  };
  for (const Index action : best.choices) reply.strategy.cells.push_back(pure(action));
  for (const auto& atom : law.atoms())
    reply.strategy.atoms.push_back(pure(best_at(reply.actions, atom.value, payoff_size(player))));
  return reply;
}

}  // namespace schelling::cutoff
