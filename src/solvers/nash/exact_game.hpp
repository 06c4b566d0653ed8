#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling::nash {

/// The game in fractions, those of its shortest decimals. `rescaled` is set if chance probabilities had to be
/// divided by their sum.
inline const NormalFormGame<Rational>& in_fractions(const NormalFormGame<Rational>& game, bool&) {
  return game;
}
inline const ExtensiveGame<Rational>& in_fractions(const ExtensiveGame<Rational>& game, bool&) {
  return game;
}
NormalFormGame<Rational> in_fractions(const NormalFormGame<double>& game, bool& rescaled);
ExtensiveGame<Rational> in_fractions(const ExtensiveGame<double>& game, bool& rescaled);

}  // namespace schelling::nash
