#pragma once

#include <schelling/games/private_type_game.hpp>

#include <array>
#include <cstddef>
#include <span>

/// The definition of the game: what every player gets at every terminal, and the probabilities of chance. The tree and
/// the audit are made from it; the solver is not.
namespace schelling::extended_deterrence {

enum Player : std::size_t { challenger, defender, protege };
inline constexpr std::size_t player_count = 3;
using Payoffs = std::array<AffinePayoff, player_count>;

struct WarTerminals {
  /// Probability that the protege holds, and of a catastrophe by accident and by escalation.
  double holds, accident, risk;
  Payoffs wins, fails;
  /// Not meaningful for an abandoned protege.
  Payoffs mishap, catastrophe, keeps;
};

struct Terminals {
  double tripwire;
  std::array<double, player_count> median, log_sd;
  Payoffs refrain, concede;
  /// Wars that the defender fights, aids and abandons; the first two have accidents and escalation.
  std::array<WarTerminals, 3> war;

  explicit Terminals(std::span<const double> point);
};

}  // namespace schelling::extended_deterrence
