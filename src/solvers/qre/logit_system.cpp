#include "logit_system.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::qre {

LogitSystem::LogitSystem(const ExtensiveGame<double>& game)
    : game_(game), players_(static_cast<std::size_t>(game.players())) {
  const GameTree& t = tree();
  std::vector<double> middle(players_);
  double largest = 0;
  for (Index i = 0; i < t.players(); ++i) {
    double low = game.payoff(0, i), high = low;
    for (Index k = 1; k < t.terminals(); ++k) {
      low = std::min(low, game.payoff(k, i));
      high = std::max(high, game.payoff(k, i));
    }
    middle[at(i)] = low / 2 + high / 2;
    largest = std::max(largest, high - low);
  }
  if (largest > 0) scale_ = largest;
  const std::size_t nodes = at(t.nodes());
  action_to_.assign(nodes, none);
  chance_to_.assign(nodes, 1);
  log_chance_to_.assign(nodes, 0);
  std::vector<int> impossible_events(nodes, 0);
  for (Index node = 1; node < t.nodes(); ++node) {
    const Index parent = t.parent(node), move = t.move_from_parent(node), set = t.information_set(parent);
    impossible_events[at(node)] = impossible_events[at(parent)];
    if (set != none) {
      action_to_[at(node)] = t.first_action(set) + move;
      continue;
    }
    const double p = chance_to_[at(node)] = game.chance(parent, move);
    if (p > 0)
      log_chance_to_[at(node)] = std::log(p);
    else
      ++impossible_events[at(node)];
  }
  possible_.assign(nodes, 0);
  for (Index set = 0; set < t.information_sets(); ++set) {
    int fewest = std::numeric_limits<int>::max();
    for (const Index node : t.set_nodes(set)) fewest = std::min(fewest, impossible_events[at(node)]);
    for (const Index node : t.set_nodes(set)) possible_[at(node)] = impossible_events[at(node)] == fewest;
  }
  live_ = possible_;
  log_reach_.assign(nodes, 0);
  belief_.assign(nodes, 0);
  value_.assign(nodes * players_, 0);
  for (Index node = t.nodes(); node-- > 0;) {
    if (t.kind(node) != NodeKind::terminal) {
      inner_nodes_.push_back(node);
      continue;
    }
    for (Index i = 0; i < t.players(); ++i)
      value_[at(node) * players_ + at(i)] = (game.payoff(t.terminal(node), i) - middle[at(i)]) / scale_;
  }
  payoff_.assign(at(t.actions()), 0);
}

void LogitSystem::evaluate(std::span<const double> log_strategy, std::span<const double> strategy) {
  const GameTree& t = tree();
  strategy_.assign(strategy.begin(), strategy.end());
  for (Index node = 1; node < t.nodes(); ++node) {
    const Index action = action_to_[at(node)];
    log_reach_[at(node)] = log_reach_[at(t.parent(node))] +
                           (action == none ? log_chance_to_[at(node)] : log_strategy[at(action)]);
  }
  for (const Index node : inner_nodes_) {
    double* const own = value_.data() + at(node) * players_;
    std::fill_n(own, players_, 0.0);
    for (const Index child : t.children(node)) {
      const Index action = action_to_[at(child)];
      const double p = action == none ? chance_to_[at(child)] : strategy_[at(action)];
      const double* const below = value_.data() + at(child) * players_;
      if (p != 0)
        for (std::size_t i = 0; i < players_; ++i) own[i] += p * below[i];
    }
  }
  for (Index set = 0; set < t.information_sets(); ++set) {
    const auto nodes = t.set_nodes(set);
    double highest = -std::numeric_limits<double>::infinity(), total = 0;
    for (const Index node : nodes)
      if (live_[at(node)]) highest = std::max(highest, log_reach_[at(node)]);
    for (const Index node : nodes) {
      const double log_odds = log_reach_[at(node)] - highest;
      total += belief_[at(node)] = !live_[at(node)] ? 0 : log_odds == 0 ? 1 : std::exp(log_odds);
    }
    const Index player = t.set_player(set), first = t.first_action(set), count = t.actions(set);
    std::fill_n(payoff_.begin() + first, count, 0.0);
    for (const Index node : nodes) {
      const double belief = belief_[at(node)] /= total;
      if (belief == 0) continue;
      for (Index a = 0; a < count; ++a) payoff_[at(first + a)] += belief * value(t.child(node, a), player);
    }
  }
}

const Matrix<double>& LogitSystem::derivatives() {
  const auto n = static_cast<Eigen::Index>(payoff_.size());
  derivatives_.setZero(n, n);
  add_beliefs();
  add_continuations();
  return derivatives_;
}

/// A belief's logarithm changes with every action on the node's path, against the mean over the set's nodes. Own actions
/// are the same on all paths (perfect recall) and drop out.
void LogitSystem::add_beliefs() {
  const GameTree& t = tree();
  std::vector<double> gain;
  for (Index set = 0; set < t.information_sets(); ++set) {
    if (t.set_nodes(set).size() == 1) continue;
    const Index player = t.set_player(set), first = t.first_action(set), count = t.actions(set);
    bool any = false;
    for (const Index node : t.set_nodes(set)) {
      const double belief = belief_[at(node)];
      if (belief == 0 || belief == 1) continue;
      gain.clear();
      for (Index a = 0; a < count; ++a)
        gain.push_back(belief * (value(t.child(node, a), player) - payoff_[at(first + a)]));
      for (Index n = node; n != 0; n = t.parent(n)) {
        const Index action = action_to_[at(n)];
        if (action == none || t.set_player(t.set_of_action(action)) == player) continue;
        any = true;
        for (Index a = 0; a < count; ++a) derivatives_(first + a, action) += gain[at(a)];
      }
    }
    if (!any) continue;
    // From log-probabilities one by one to log-odds, which keep the sum at one.
    for (Index a = first; a < first + count; ++a) {
      const auto row = row_span(derivatives_, a);
      for (Index other = 0; other < t.information_sets(); ++other) {
        const Index from = t.first_action(other), to = from + t.actions(other);
        double sum = 0;
        for (Index b = from; b < to; ++b) sum += row[at(b)];
        if (sum != 0)
          for (Index b = from; b < to; ++b) row[at(b)] -= strategy_[at(b)] * sum;
      }
    }
  }
}

/// A later choice changes the value of every action before it on its path, in proportion to the probability of getting
/// there from that action.
void LogitSystem::add_continuations() {
  const GameTree& t = tree();
  for (Index later = 1; later < t.nodes(); ++later) {
    const Index set = t.information_set(later);
    if (set == none) continue;
    const Index first = t.first_action(set), count = t.actions(set);
    double probability = 1;
    for (Index n = later; n != 0 && probability > 0; n = t.parent(n)) {
      const Index action = action_to_[at(n)];
      if (action == none) {
        probability *= chance_to_[at(n)];
        continue;
      }
      const double weight = belief_[at(t.parent(n))] * probability;
      if (weight > 0) {
        const Index player = t.set_player(t.set_of_action(action));
        const double here = value(later, player);
        const auto row = row_span(derivatives_, action).subspan(at(first), at(count));
        for (Index b = 0; b < count; ++b)
          row[at(b)] += weight * strategy_[at(first + b)] * (value(t.child(later, b), player) - here);
      }
      probability *= strategy_[at(action)];
    }
  }
}

}  // namespace schelling::qre
