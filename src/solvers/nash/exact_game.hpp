#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>

namespace schelling::nash {

/// The game in fractions, those of its shortest decimals. `note` tells of chance probabilities
/// whose decimals do not sum to one.
inline const NormalFormGame<Rational>& in_fractions(const NormalFormGame<Rational>& game, std::string&) {
  return game;
}
inline const ExtensiveGame<Rational>& in_fractions(const ExtensiveGame<Rational>& game, std::string&) {
  return game;
}
NormalFormGame<Rational> in_fractions(const NormalFormGame<double>& game, std::string& note);
ExtensiveGame<Rational> in_fractions(const ExtensiveGame<double>& game, std::string& note);

}  // namespace schelling::nash
