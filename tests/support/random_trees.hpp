#pragma once

/// Random games of two players with hidden moves and perfect recall, and random games in normal form.

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace schelling::testing {

struct TreeShape {
  int depth;    // most moves on a path
  int actions;  // most actions of an information set
  int largest;  // payoffs are integers in [-largest, largest]: the smaller, the more ties
  bool constant_sum = false;
};

/// Nodes of a player with the same own history are joined at random, so that perfect recall holds.
inline ExtensiveGame<Rational> random_tree(std::mt19937_64& random, TreeShape shape) {
  const auto draw = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  GameTreeBuilder builder({"A", "B"});
  std::map<std::string, int> actions;  // by information set
  struct Open {
    Index place;
    int depth;
    std::string own[2];  // information set and action of the last own move
  };
  std::vector<Open> open{{builder.root(), 0, {"", ""}}};
  struct Chance {
    Index place;
    std::vector<int> weights;
  };
  std::vector<Chance> chances;
  while (!open.empty()) {
    const Open here = open.back();
    open.pop_back();
    const int kind = here.depth == 0 ? draw(2) : draw(6);
    if (here.depth == shape.depth || kind == 5) {
      builder.terminal(here.place);
    } else if (kind == 0) {
      const int events = 2 + draw(2);
      std::vector<std::string> labels;
      std::vector<int> weights;
      for (int e = 0; e < events; ++e) {
        labels.push_back("e" + std::to_string(e));
        weights.push_back(1 + draw(3));
      }
      chances.push_back({here.place, weights});
      for (const Index place : builder.chance(here.place, labels))
        open.push_back({place, here.depth + 1, {here.own[0], here.own[1]}});
    } else {
      const int player = draw(2);
      const std::string name =
          std::string(player == 0 ? "A" : "B") + here.own[player] + "/" + std::to_string(draw(2));
      const int count = actions.try_emplace(name, 2 + draw(shape.actions - 1)).first->second;
      std::vector<std::string> labels;
      for (int a = 0; a < count; ++a) labels.push_back("a" + std::to_string(a));
      const auto places = builder.decision(here.place, player == 0 ? "A" : "B", labels, name);
      for (int a = 0; a < count; ++a) {
        Open next{places[static_cast<std::size_t>(a)], here.depth + 1, {here.own[0], here.own[1]}};
        next.own[player] = name + "a" + std::to_string(a);
        open.push_back(std::move(next));
      }
    }
  }
  const GameTree tree = builder.build();
  const auto number = builder.numbering();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves()), Rational(0)), payoffs;
  for (const auto& [place, weights] : chances) {
    int total = 0;
    for (const int w : weights) total += w;
    const auto first = static_cast<std::size_t>(tree.first_move(number[static_cast<std::size_t>(place)]));
    for (std::size_t e = 0; e < weights.size(); ++e) chance[first + e] = Rational(weights[e], total);
  }
  for (Index t = 0; t < tree.terminals(); ++t) {
    const int own = draw(2 * shape.largest + 1) - shape.largest;
    payoffs.push_back(own);
    payoffs.push_back(shape.constant_sum ? 1 - own : draw(2 * shape.largest + 1) - shape.largest);
  }
  return {tree, std::move(chance), std::move(payoffs)};
}

/// A completely mixed strategy with small weights at every information set.
inline std::vector<Rational> random_behaviour(std::mt19937_64& random, const GameTree& tree) {
  std::vector<Rational> strategy;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    std::vector<int> weights;
    int total = 0;
    for (Index a = 0; a < tree.actions(set); ++a) {
      weights.push_back(1 + static_cast<int>(random() % 4));
      total += weights.back();
    }
    for (const int w : weights) strategy.emplace_back(w, total);
  }
  return strategy;
}

inline NormalFormGame<Rational> random_table(std::mt19937_64& random, const std::vector<int>& strategies,
                                             int largest) {
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> labels;
  std::size_t payoffs = strategies.size();
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    players.push_back("p" + std::to_string(i));
    auto& own = labels.emplace_back();
    for (int s = 0; s < strategies[i]; ++s) own.push_back("s" + std::to_string(s));
    payoffs *= own.size();
  }
  std::vector<Rational> numbers;
  for (std::size_t k = 0; k < payoffs; ++k)
    numbers.push_back(static_cast<int>(random() % static_cast<unsigned>(2 * largest + 1)) - largest);
  return {std::move(players), std::move(labels), std::move(numbers)};
}

inline ExtensiveGame<double> rounded(const ExtensiveGame<Rational>& game) {
  std::vector<double> chance, payoffs;
  for (const auto& p : game.chance()) chance.push_back(to_double(p));
  for (const auto& u : game.payoffs()) payoffs.push_back(to_double(u));
  return {game.tree(), std::move(chance), std::move(payoffs)};
}

inline NormalFormGame<double> rounded(const NormalFormGame<Rational>& game) {
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> labels;
  for (int i = 0; i < game.players(); ++i) {
    players.push_back(game.player_label(i));
    auto& own = labels.emplace_back();
    for (int s = 0; s < game.strategies(i); ++s) own.push_back(game.strategy_label(i, s));
  }
  std::vector<double> payoffs;
  for (const auto& u : game.payoffs()) payoffs.push_back(to_double(u));
  return {std::move(players), std::move(labels), std::move(payoffs)};
}

}  // namespace schelling::testing
