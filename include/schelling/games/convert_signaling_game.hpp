#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// The game whose numbers are the fractions that the shortest decimals of `game` stand for.
/// Throws InvalidGame if those of the prior do not sum to one.
SignalingGame<Rational> exact(const SignalingGame<double>& game);
/// The game rounded to doubles.
SignalingGame<double> to_double(const SignalingGame<Rational>& game);

}  // namespace schelling
