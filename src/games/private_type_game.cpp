#include <schelling/core/error.hpp>
#include <schelling/games/private_type_game.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>

namespace schelling {

namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

void check_size(std::string_view what, std::size_t expected, std::size_t found) {
  if (expected != found)
    throw InvalidGame(expectation(what, std::to_string(expected), std::to_string(found)));
}

void check_chance(const GameTree& tree, const std::vector<double>& chance) {
  for (Index node = 0; node < tree.nodes(); ++node) {
    const bool is_chance = tree.kind(node) == NodeKind::chance;
    double sum = 0;
    for (Index k = 0; k < tree.moves(node); ++k) {
      const double p = chance[static_cast<std::size_t>(tree.first_move(node) + k)];
      const auto what = [&] {
        return "probability of '" + std::string(tree.move_label(node, k)) + "' after '" + tree.path(node) +
               "'";
      };
      if (is_chance && !(p >= 0 && p <= 1))
        throw InvalidGame(expectation(what(), "a number in [0, 1]", to_text(p)));
      if (!is_chance && p != 0) throw InvalidGame(expectation(what(), "0 at a player's move", to_text(p)));
      sum += p;
    }
    if (is_chance && !(std::abs(sum - 1) <= tolerance::probability_sum))
      throw InvalidGame(
          expectation("probabilities after '" + tree.path(node) + "'", "a sum of 1", to_text(sum)));
  }
}

struct PublicNodes {
  std::vector<Index> node_of_set, mover_begin, mover;
};

/// Reads off who moves at which public node. A later mover's information set must be all the nodes that the earlier
/// movers' actions lead to from one public node: what it hides is then exactly the simultaneous moves.
PublicNodes find_public_nodes(const GameTree& tree) {
  PublicNodes found;
  found.node_of_set.assign(static_cast<std::size_t>(tree.information_sets()), none);
  std::vector<std::vector<Index>> movers(static_cast<std::size_t>(tree.nodes()));
  std::vector<Index> layer, next, open{0};
  while (!open.empty()) {
    const Index node = open.back();
    open.pop_back();
    if (tree.kind(node) == NodeKind::terminal) continue;
    layer.assign(1, node);
    std::vector<Index> players;
    auto& here = movers[static_cast<std::size_t>(node)];
    // Each round adds a mover if the whole layer is one information set of a player who has not moved in it.
    while (tree.kind(layer[0]) == NodeKind::decision) {
      const Index set = tree.information_set(layer[0]), player = tree.set_player(set);
      const bool whole =
          std::all_of(layer.begin(), layer.end(), [&](Index n) { return tree.information_set(n) == set; }) &&
          tree.set_nodes(set).size() == layer.size();
      if (!whole || std::find(players.begin(), players.end(), player) != players.end()) break;
      if (!here.empty() && layer.size() == 1)
        break;  // the earlier movers had one action each: nothing is hidden
      here.push_back(set);
      players.push_back(player);
      found.node_of_set[static_cast<std::size_t>(set)] = node;
      next.clear();
      for (const Index n : layer) next.insert(next.end(), tree.children(n).begin(), tree.children(n).end());
      layer.swap(next);
    }
    if (tree.kind(node) == NodeKind::chance)
      layer.assign(tree.children(node).begin(), tree.children(node).end());
    if (layer.size() == 1 && layer[0] == node) {
      const Index set = tree.information_set(node);
      throw InvalidGame(expectation("information set " + quoted(tree.set_label(set)) + " of " +
                                        quoted(tree.player_label(tree.set_player(set))),
                                    "one node, or all the nodes that the simultaneous moves of others lead "
                                    "to from one place (only types and "
                                    "simultaneous moves may be hidden)",
                                    std::to_string(tree.set_nodes(set).size()) +
                                        " nodes, among them the one after '" + tree.path(node) + "'"));
    }
    open.insert(open.end(), layer.rbegin(), layer.rend());
  }
  found.mover_begin.push_back(0);
  for (const auto& here : movers) {
    found.mover.insert(found.mover.end(), here.begin(), here.end());
    found.mover_begin.push_back(static_cast<Index>(found.mover.size()));
  }
  return found;
}

}  // namespace

PrivateTypeGame::PrivateTypeGame(GameTree tree, std::vector<double> chance, std::vector<AffinePayoff> payoffs,
                                 std::vector<Distribution> types) {
  check_size("chance: number of entries (one per move)", at(tree.moves()), chance.size());
  check_size("payoffs: number of entries (terminals times players)",
             at(tree.terminals()) * at(tree.players()), payoffs.size());
  check_size("types: number of entries (one per player)", at(tree.players()), types.size());
  check_chance(tree, chance);
  for (Index z = 0; z < tree.terminals(); ++z)
    for (Index i = 0; i < tree.players(); ++i) {
      const auto& payoff = payoffs[at(z) * at(tree.players()) + at(i)];
      const double number = std::isfinite(payoff.intercept) ? payoff.slope : payoff.intercept;
      if (!std::isfinite(number))
        throw InvalidGame(expectation(
            "payoff of " + quoted(tree.player_label(i)) + " after '" + tree.path(tree.terminal_node(z)) + "'",
            "finite numbers", to_text(number)));
    }
  auto nodes = find_public_nodes(tree);
  std::vector<double> scale;
  for (Index i = 0; i < tree.players(); ++i) {
    const auto& law = types[at(i)];
    if (!std::isfinite(law.mean()))
      throw InvalidGame(
          expectation("types of " + quoted(tree.player_label(i)), "a law with finite mean", law.to_text()));
    double low = 0, high = 0, low_slope = 0, high_slope = 0;
    for (Index z = 0; z < tree.terminals(); ++z) {
      const auto& payoff = payoffs[at(z) * at(tree.players()) + at(i)];
      const double value = payoff.at(law.median());
      low = z == 0 ? value : std::min(low, value);
      high = z == 0 ? value : std::max(high, value);
      low_slope = z == 0 ? payoff.slope : std::min(low_slope, payoff.slope);
      high_slope = z == 0 ? payoff.slope : std::max(high_slope, payoff.slope);
    }
    scale.push_back(high - low + (high_slope - low_slope) * law.interquartile_range());
  }
  data_ = std::make_shared<const Data>(Data{
      std::move(tree), std::move(chance), std::move(payoffs), std::move(types), std::move(nodes.node_of_set),
      std::move(nodes.mover_begin), std::move(nodes.mover), std::move(scale)});
}

std::span<const Index> PrivateTypeGame::movers(Index node) const {
  const Index begin = data_->mover_begin[at(node)], end = data_->mover_begin[at(node) + 1];
  return {data_->mover.data() + begin, at(end - begin)};
}

namespace {
std::vector<std::string> names_of(const std::vector<std::pair<std::string, Distribution>>& players) {
  std::vector<std::string> names;
  for (const auto& player : players) names.push_back(player.first);
  return names;
}
}  // namespace

PrivateTypeGameBuilder::PrivateTypeGameBuilder(std::vector<std::pair<std::string, Distribution>> players)
    : tree_(names_of(players)), names_(names_of(players)) {
  for (auto& player : players) types_.push_back(std::move(player.second));
}

std::vector<PrivateTypeGameBuilder::Place> PrivateTypeGameBuilder::decision(
    Place place, std::string_view player, const std::vector<std::string>& actions,
    std::string_view information_set) {
  return tree_.decision(place, player, actions, information_set);
}

std::vector<PrivateTypeGameBuilder::Place> PrivateTypeGameBuilder::chance(
    Place place, const std::vector<std::pair<std::string, double>>& events, std::string_view label) {
  std::vector<std::string> labels;
  std::vector<double> probabilities;
  for (const auto& [event, probability] : events)
    labels.push_back(event), probabilities.push_back(probability);
  auto places = tree_.chance(place, labels, label);
  chance_.emplace_back(place, std::move(probabilities));
  return places;
}

void PrivateTypeGameBuilder::terminal(Place place,
                                      const std::vector<std::pair<std::string, AffinePayoff>>& payoffs,
                                      std::string_view label) {
  std::vector<AffinePayoff> row(names_.size());
  std::vector<bool> given(names_.size(), false);
  for (const auto& [name, payoff] : payoffs) {
    const auto player = std::find(names_.begin(), names_.end(), name) - names_.begin();
    if (player == std::ssize(names_) || given[static_cast<std::size_t>(player)])
      throw InvalidGame(
          expectation("payoffs of terminal " + quoted(label), "one for each player",
                      quoted(name) + (player == std::ssize(names_) ? ", who is no player" : " twice")));
    row[static_cast<std::size_t>(player)] = payoff;
    given[static_cast<std::size_t>(player)] = true;
  }
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!given[i])
      throw InvalidGame(expectation("payoffs of terminal " + quoted(label), "one for each player",
                                    "none for " + quoted(names_[i])));
  tree_.terminal(place, label);
  payoffs_.emplace_back(place, std::move(row));
}

PrivateTypeGame PrivateTypeGameBuilder::build() const {
  GameTree tree = tree_.build();
  const auto number = tree_.numbering();
  std::vector<double> chance(static_cast<std::size_t>(tree.moves()), 0.0);
  std::vector<AffinePayoff> payoffs(static_cast<std::size_t>(tree.terminals()) * names_.size());
  for (const auto& [place, probabilities] : chance_)
    std::copy(probabilities.begin(), probabilities.end(),
              chance.begin() + tree.first_move(number[static_cast<std::size_t>(place)]));
  for (const auto& [place, row] : payoffs_) {
    const auto terminal = static_cast<std::size_t>(tree.terminal(number[static_cast<std::size_t>(place)]));
    std::copy(row.begin(), row.end(),
              payoffs.begin() + static_cast<std::ptrdiff_t>(terminal * names_.size()));
  }
  return PrivateTypeGame(std::move(tree), std::move(chance), std::move(payoffs), types_);
}

}  // namespace schelling
