#pragma once

#include <schelling/games/extensive_game.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// Games in extensive form for tests and benchmarks, with payoffs from seeded generators.
namespace schelling::extensive_games {

/// A uniform number in [0, 1) that every standard library draws alike.
inline double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

inline std::vector<std::string> numbered(const std::string& prefix, int count) {
  std::vector<std::string> labels;
  for (int k = 0; k < count; ++k) labels.push_back(prefix + std::to_string(k));
  return labels;
}

/// A signalling game as a tree: types equally likely, payoffs uniform in [0, 1).
inline ExtensiveGame<double> signaling_tree(int types, int messages, int actions, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GameTreeBuilder b({"sender", "receiver"});
  const auto type = b.chance(b.root(), numbered("t", types));
  for (std::size_t t = 0; t < type.size(); ++t) {
    const auto sent = b.decision(type[t], "sender", numbered("m", messages), "t" + std::to_string(t));
    for (std::size_t m = 0; m < sent.size(); ++m)
      for (const auto end : b.decision(sent[m], "receiver", numbered("a", actions), "m" + std::to_string(m)))
        b.terminal(end);
  }
  const GameTree tree = b.build();
  std::vector<double> chance(static_cast<std::size_t>(tree.moves()), 0.0), payoffs;
  for (int t = 0; t < types; ++t) chance[static_cast<std::size_t>(t)] = 1.0 / types;
  for (Index k = 0; k < 2 * tree.terminals(); ++k) payoffs.push_back(uniform(random));
  return {tree, chance, payoffs};
}

/// Three players move in turn, `levels` moves in all, after a chance event; everybody sees every earlier move but the last.
/// Payoffs are uniform in [0, 1).
inline ExtensiveGame<double> staggered_tree(int levels, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GameTreeBuilder b({"A", "B", "C"});
  struct Place {
    Index place;
    std::string seen, last;
  };
  std::vector<Place> places;
  const auto weather = b.chance(b.root(), {"sun", "rain"});
  places.push_back({weather[0], "", "s"});
  places.push_back({weather[1], "", "r"});
  for (int level = 0; level < levels; ++level) {
    std::vector<Place> next;
    for (const Place& p : places) {
      const auto below = b.decision(p.place, std::string(1, static_cast<char>('A' + level % 3)), {"l", "r"},
                                    std::to_string(level) + ":" + p.seen);
      next.push_back({below[0], p.seen + p.last, "l"});
      next.push_back({below[1], p.seen + p.last, "r"});
    }
    places = std::move(next);
  }
  for (const Place& p : places) b.terminal(p.place);
  const GameTree tree = b.build();
  std::vector<double> chance(static_cast<std::size_t>(tree.moves()), 0.0), payoffs;
  chance[0] = 0.25;
  chance[1] = 0.75;
  for (Index k = 0; k < 3 * tree.terminals(); ++k) payoffs.push_back(uniform(random));
  return {tree, chance, payoffs};
}

}  // namespace schelling::extensive_games
