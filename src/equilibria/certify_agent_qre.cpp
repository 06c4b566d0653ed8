#include <schelling/equilibria/agent_qre.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace schelling {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

void check(const GameTree& tree, std::span<const double> log_strategy, double lambda) {
  if (!(lambda >= 0) || std::isinf(lambda))
    throw InvalidArgument(expectation("lambda", "a finite number of at least 0", to_text(lambda)));
  if (log_strategy.size() != at(tree.actions()))
    throw InvalidArgument(expectation("log_strategy",
                                      std::to_string(tree.actions()) + " entries, one for each action",
                                      std::to_string(log_strategy.size())));
  for (Index set = 0; set < tree.information_sets(); ++set) {
    double sum = 0;
    for (Index a = 0; a < tree.actions(set); ++a) {
      const double log_p = log_strategy[at(tree.first_action(set) + a)];
      if (!std::isfinite(log_p))
        throw InvalidArgument(expectation("log_strategy at '" + tree.set_label(set) + "'",
                                          "finite logarithms", to_text(log_p)));
      sum += std::exp(log_p);
    }
    if (std::abs(sum - 1) > tolerance::probability_sum)
      throw InvalidArgument(expectation("log_strategy at '" + tree.set_label(set) + "'",
                                        "probabilities of sum 1", to_text(sum)));
  }
}

/// How likely a node is: first by the number of impossible events before it, then by its log-probability.
using Reach = std::pair<int, double>;

std::vector<Reach> reach(const ExtensiveGame<double>& game, std::span<const double> log_strategy) {
  const GameTree& tree = game.tree();
  std::vector<Reach> result(at(tree.nodes()), Reach{0, 0.0});
  for (Index node = 1; node < tree.nodes(); ++node) {
    const Index parent = tree.parent(node), move = tree.move_from_parent(node),
                set = tree.information_set(parent);
    Reach& own = result[at(node)] = result[at(parent)];
    if (set != none)
      own.second += log_strategy[at(tree.first_action(set) + move)];
    else if (const double p = game.chance(parent, move); p > 0)
      own.second += std::log(p);
    else
      ++own.first;
  }
  return result;
}

}  // namespace

AgentQreCertificate certify_agent_qre(const ExtensiveGame<double>& game, std::span<const double> log_strategy,
                                      double lambda) {
  const GameTree& tree = game.tree();
  check(tree, log_strategy, lambda);
  std::vector<double> strategy;
  for (const double x : log_strategy) strategy.push_back(std::exp(x));
  const auto value = continuation_payoffs<double>(game, strategy);
  const auto reached = reach(game, log_strategy);
  const auto players = at(tree.players());
  std::vector<double> range(players);
  for (Index i = 0; i < tree.players(); ++i) {
    double low = game.payoff(0, i), high = low;
    for (Index t = 1; t < tree.terminals(); ++t) {
      low = std::min(low, game.payoff(t, i));
      high = std::max(high, game.payoff(t, i));
    }
    range[at(i)] = high - low;
  }

  AgentQreCertificate certificate;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto nodes = tree.set_nodes(set);
    const auto likelier = [&](Index a, Index b) {
      const Reach &x = reached[at(a)], &y = reached[at(b)];
      return x.first != y.first ? x.first > y.first : x.second < y.second;
    };
    const Reach& likeliest = reached[at(*std::max_element(nodes.begin(), nodes.end(), likelier))];
    std::vector<double> worth(at(tree.actions(set)), 0.0);
    double total = 0;
    for (const Index node : nodes) {
      if (reached[at(node)].first != likeliest.first) continue;
      const double weight = std::exp(reached[at(node)].second - likeliest.second);
      total += weight;
      for (Index a = 0; a < tree.actions(set); ++a)
        worth[at(a)] += weight * value[at(tree.child(node, a)) * players + at(tree.set_player(set))];
    }
    for (double& w : worth) w /= total;
    const double best = *std::max_element(worth.begin(), worth.end());
    double sum = 0, expected = 0;
    for (const double w : worth) sum += std::exp(lambda * (w - best));
    for (Index a = 0; a < tree.actions(set); ++a) {
      const double p = strategy[at(tree.first_action(set) + a)], w = worth[at(a)];
      certificate.residual =
          std::max(certificate.residual, std::abs(p - std::exp(lambda * (w - best)) / sum));
      expected += p * w;
    }
    const double scale = range[at(tree.set_player(set))];
    if (scale > 0) certificate.max_regret = std::max(certificate.max_regret, (best - expected) / scale);
  }
  return certificate;
}

}  // namespace schelling
