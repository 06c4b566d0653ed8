#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// The game whose numbers are the fractions that the shortest decimals of `game` stand for.
/// @throws InvalidGame if those of a chance node do not sum to one
ExtensiveGame<Rational> exact(const ExtensiveGame<double>& game);
NormalFormGame<Rational> exact(const NormalFormGame<double>& game);

/// The game rounded to doubles.
ExtensiveGame<double> to_double(const ExtensiveGame<Rational>& game);
NormalFormGame<double> to_double(const NormalFormGame<Rational>& game);

}  // namespace schelling
