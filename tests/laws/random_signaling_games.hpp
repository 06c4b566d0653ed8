#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <array>
#include <random>
#include <vector>

namespace schelling {

/// Games of integers. Narrow payoff ranges make ties of all kinds common: among actions, between messages,
/// between equilibrium and deviation payoffs.
class RandomSignalingGames {
 public:
  explicit RandomSignalingGames(std::uint64_t seed) : random_(seed) {}

  /// Cycles through sizes and payoff ranges.
  SignalingGame<Rational> next() {
    static constexpr std::array<std::array<int, 3>, 6> sizes{
        {{2, 2, 2}, {2, 3, 2}, {2, 2, 3}, {3, 2, 2}, {3, 2, 3}, {3, 3, 2}}};
    static constexpr std::array<int, 4> ranges{2, 9, 2, 99};
    const auto [types, messages, actions] = sizes[count_ % sizes.size()];
    const int range = ranges[count_ / sizes.size() % ranges.size()];
    ++count_;
    std::vector<Rational> prior;
    Rational total(0);
    for (int t = 0; t < types; ++t) {
      prior.emplace_back(draw(1, 5));
      total += prior.back();
    }
    for (auto& p : prior) p /= total;
    const auto table = [&] {
      std::vector<Rational> values;
      for (int i = 0; i < types * messages * actions; ++i) values.emplace_back(draw(-range, range));
      return values;
    };
    auto sender = table();
    return SignalingGame<Rational>::from_arrays(types, messages, actions, prior, std::move(sender), table());
  }

  int draw(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

 private:
  std::mt19937_64 random_;
  std::size_t count_ = 0;
};

}  // namespace schelling
