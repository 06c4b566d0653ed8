#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace schelling::pure {

/// Numbers of the pure profiles in which no player gains by another strategy; those found so far if the monitor
/// stopped it.
template <class Scalar>
std::vector<std::size_t> equilibria(const NormalFormGame<Scalar>& game, Monitor& monitor) {
  std::vector<char> best(game.profiles(), 1);
  std::size_t stride = game.profiles();
  for (int i = 0; i < game.players(); ++i) {
    Scalar margin(0);
    if constexpr (!std::numeric_limits<Scalar>::is_exact) {
      Scalar low = game.payoff(0, i), high = low;
      for (std::size_t profile = 1; profile < game.profiles(); ++profile) {
        low = std::min(low, game.payoff(profile, i));
        high = std::max(high, game.payoff(profile, i));
      }
      margin = tolerance::indifference * (high - low);
    }
    const auto own = static_cast<std::size_t>(game.strategies(i));
    const std::size_t block = stride;
    stride /= own;
    for (std::size_t start = 0; start < game.profiles(); start += block)
      for (std::size_t rest = start; rest < start + stride; ++rest) {
        if (!monitor.keep_going()) return {};
        Scalar most = game.payoff(rest, i);
        for (std::size_t s = 1; s < own; ++s) most = std::max(most, game.payoff(rest + s * stride, i));
        for (std::size_t s = 0; s < own; ++s)
          if (game.payoff(rest + s * stride, i) < most - margin) best[rest + s * stride] = 0;
      }
  }
  std::vector<std::size_t> found;
  for (std::size_t profile = 0; profile < game.profiles(); ++profile)
    if (best[profile]) found.push_back(profile);
  return found;
}

/// The strategy of each player in a profile.
template <class Scalar>
std::vector<int> strategies_of(const NormalFormGame<Scalar>& game, std::size_t profile) {
  std::vector<int> strategies(static_cast<std::size_t>(game.players()));
  for (int i = game.players(); i-- > 0;) {
    const auto own = static_cast<std::size_t>(game.strategies(i));
    strategies[static_cast<std::size_t>(i)] = static_cast<int>(profile % own);
    profile /= own;
  }
  return strategies;
}

}  // namespace schelling::pure
