#include "solvers/nash/exact_game.hpp"

#include <string>
#include <utility>
#include <vector>

namespace schelling::nash {

namespace {

std::vector<Rational> fractions(std::span<const double> values) {
  std::vector<Rational> result;
  result.reserve(values.size());
  for (const double value : values) result.push_back(exact(value));
  return result;
}

}  // namespace

NormalFormGame<Rational> in_fractions(const NormalFormGame<double>& game, bool&) {
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> strategies;
  for (int i = 0; i < game.players(); ++i) {
    players.push_back(game.player_label(i));
    auto& labels = strategies.emplace_back();
    for (int s = 0; s < game.strategies(i); ++s) labels.push_back(game.strategy_label(i, s));
  }
  return {std::move(players), std::move(strategies), fractions(game.payoffs()), game.title()};
}

ExtensiveGame<Rational> in_fractions(const ExtensiveGame<double>& game, bool& rescaled) {
  const GameTree& tree = game.tree();
  auto chance = fractions(game.chance());
  for (Index node = 0; node < tree.nodes(); ++node) {
    if (tree.kind(node) != NodeKind::chance) continue;
    const auto first = chance.begin() + tree.first_move(node);
    Rational sum = 0;
    for (Index k = 0; k < tree.moves(node); ++k) sum += first[k];
    if (sum == 1) continue;
    rescaled = true;
    for (Index k = 0; k < tree.moves(node); ++k) first[k] /= sum;
  }
  return {tree, std::move(chance), fractions(game.payoffs()), game.title()};
}

}  // namespace schelling::nash
