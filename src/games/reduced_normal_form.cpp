#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace schelling {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// The player's information sets in the order of their numbers: own earlier sets come first.
std::vector<Index> sets_of(const GameTree& tree, Index player) {
  std::vector<Index> sets;
  for (Index set = 0; set < tree.information_sets(); ++set)
    if (tree.set_player(set) == player) sets.push_back(set);
  return sets;
}

/// All choices of actions at the sets that the choices so far allow.
std::vector<std::vector<Index>> plans_of(const GameTree& tree, Index player) {
  const auto sets = sets_of(tree, player);
  std::vector<std::vector<Index>> plans{{}};
  for (const Index set : sets) {
    std::vector<std::vector<Index>> longer;
    const Index before = tree.previous_action(set);
    for (auto& plan : plans) {
      if (before != none && std::find(plan.begin(), plan.end(), before) == plan.end()) {
        longer.push_back(std::move(plan));
        continue;
      }
      for (Index action = 0; action < tree.actions(set); ++action) {
        longer.push_back(plan);
        longer.back().push_back(tree.first_action(set) + action);
      }
    }
    plans.swap(longer);
  }
  return plans;
}

std::vector<std::string> plan_labels(const GameTree& tree, const std::vector<std::vector<Index>>& plans) {
  std::vector<std::string> labels;
  std::set<std::string> used;
  for (const auto& plan : plans) {
    std::string label;
    for (const Index action : plan) {
      const Index set = tree.set_of_action(action);
      if (!label.empty()) label += ", ";
      label += tree.action_label(set, action - tree.first_action(set));
    }
    if (label.empty()) label = "no move";
    // Labels that contain commas can read alike.
    std::string distinct = label;
    for (int k = 2; !used.insert(distinct).second; ++k) distinct = label + " (" + std::to_string(k) + ")";
    labels.push_back(std::move(distinct));
  }
  return labels;
}

template <class Scalar>
NormalFormGame<Scalar> expand(const ExtensiveGame<Scalar>& game,
                              const std::vector<std::vector<std::vector<Index>>>& plans) {
  const GameTree& tree = game.tree();
  const auto players = at(tree.players());
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> labels;
  std::vector<std::size_t> stride(players, 1);
  std::size_t profiles = 1;
  for (std::size_t i = players; i-- > 0;) {
    stride[i] = profiles;
    profiles *= plans[i].size();
  }
  // Per action, the strategies that choose it; after the last one, per player, all strategies.
  std::vector<std::vector<std::size_t>> choosing(at(tree.actions()) + players);
  for (std::size_t i = 0; i < players; ++i) {
    names.emplace_back(tree.player_label(static_cast<Index>(i)));
    labels.push_back(plan_labels(tree, plans[i]));
    for (std::size_t s = 0; s < plans[i].size(); ++s) {
      for (const Index action : plans[i][s]) choosing[at(action)].push_back(s * stride[i]);
      choosing[at(tree.actions()) + i].push_back(s * stride[i]);
    }
  }
  std::vector<Scalar> payoffs(profiles * players, Scalar(0));
  // Terminals come in depth-first order, so that a node's probability and last actions are known before it.
  std::vector<Scalar> chance(at(tree.nodes()), Scalar(1));
  std::vector<std::size_t> last(at(tree.nodes()) * players);
  for (std::size_t i = 0; i < players; ++i) last[i] = at(tree.actions()) + i;
  std::vector<std::size_t> cells, wider;
  for (Index node = 1; node < tree.nodes(); ++node) {
    const Index parent = tree.parent(node), set = tree.information_set(parent);
    for (std::size_t i = 0; i < players; ++i) last[at(node) * players + i] = last[at(parent) * players + i];
    chance[at(node)] = chance[at(parent)];
    if (set == none)
      chance[at(node)] *= game.chance(parent, tree.move_from_parent(node));
    else
      last[at(node) * players + at(tree.set_player(set))] =
          at(tree.first_action(set) + tree.move_from_parent(node));
    if (tree.kind(node) != NodeKind::terminal || chance[at(node)] == Scalar(0)) continue;
    cells.assign(1, 0);
    for (std::size_t i = 0; i < players; ++i) {
      wider.clear();
      for (const auto cell : cells)
        for (const auto step : choosing[last[at(node) * players + i]]) wider.push_back(cell + step);
      cells.swap(wider);
    }
    for (std::size_t i = 0; i < players; ++i) {
      const Scalar worth = chance[at(node)] * game.payoff(tree.terminal(node), static_cast<Index>(i));
      if (worth == Scalar(0)) continue;
      for (const auto cell : cells) payoffs[cell * players + i] += worth;
    }
  }
  if (tree.nodes() == 1)
    for (std::size_t i = 0; i < players; ++i) payoffs[i] = game.payoff(0, static_cast<Index>(i));
  return {std::move(names), std::move(labels), std::move(payoffs), game.title()};
}

template <class Scalar>
std::vector<std::vector<std::vector<Index>>> all_plans(const ExtensiveGame<Scalar>& game, std::size_t limit) {
  double profiles = 1;
  for (Index i = 0; i < game.players(); ++i) profiles *= count_reduced_strategies(game.tree(), i);
  if (profiles > static_cast<double>(limit))
    throw InvalidArgument(expectation(
        "reduced normal form", "at most " + std::to_string(limit) + " pure profiles", to_text(profiles)));
  std::vector<std::vector<std::vector<Index>>> plans;
  for (Index i = 0; i < game.players(); ++i) plans.push_back(plans_of(game.tree(), i));
  return plans;
}

}  // namespace

double count_reduced_strategies(const GameTree& tree, Index player) {
  const auto sets = sets_of(tree, player);
  // after[action]: the ways to go on once it is taken.
  std::vector<double> after(at(tree.actions()), 1);
  double total = 1;
  for (std::size_t k = sets.size(); k-- > 0;) {
    double ways = 0;
    for (Index action = 0; action < tree.actions(sets[k]); ++action)
      ways += after[at(tree.first_action(sets[k]) + action)];
    const Index before = tree.previous_action(sets[k]);
    (before == none ? total : after[at(before)]) *= ways;
  }
  return total;
}

template <class Scalar>
ReducedNormalForm<Scalar>::ReducedNormalForm(const ExtensiveGame<Scalar>& game, std::size_t limit)
    : tree_game_(game), plans_(all_plans(game, limit)), game_(expand(game, plans_)) {}

template <class Scalar>
std::vector<Scalar> ReducedNormalForm<Scalar>::behavior(std::span<const std::vector<Scalar>> mixed) const {
  const GameTree& tree = tree_game_.tree();
  if (mixed.size() != plans_.size())
    throw InvalidArgument(expectation("mixed", std::to_string(plans_.size()) + " strategies, one a player",
                                      std::to_string(mixed.size())));
  std::vector<Scalar> weight(at(tree.actions()), Scalar(0));
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const std::string what = "mixed strategy of '" + game_.player_label(static_cast<int>(i)) + "'";
    if (mixed[i].size() != plans_[i].size())
      throw InvalidArgument(expectation(what, std::to_string(plans_[i].size()) + " probabilities",
                                        std::to_string(mixed[i].size())));
    try {
      check_distribution(std::span<const Scalar>(mixed[i]), [&] { return what; });
    } catch (const InvalidGame& error) {
      throw InvalidArgument(error.what());
    }
    for (std::size_t s = 0; s < plans_[i].size(); ++s)
      if (mixed[i][s] != Scalar(0))
        for (const Index action : plans_[i][s]) weight[at(action)] += mixed[i][s];
  }
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto first = weight.begin() + tree.first_action(set);
    Scalar total(0);
    for (Index action = 0; action < tree.actions(set); ++action) total += first[action];
    if (total == Scalar(0)) *first = Scalar(1);
    if (total != Scalar(0) && total != Scalar(1))
      for (Index action = 0; action < tree.actions(set); ++action) first[action] /= total;
  }
  return weight;
}

template class ReducedNormalForm<double>;
template class ReducedNormalForm<Rational>;

}  // namespace schelling
