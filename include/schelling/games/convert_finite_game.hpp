#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <vector>

namespace schelling {

/// The game whose payoffs are the fractions that the shortest decimals of `game` stand for, and whose chance
/// probabilities are read by `exact_distribution`; `notes`, if there is one, is told of each chance node whose decimals
/// do not sum to one.
ExtensiveGame<Rational> exact(const ExtensiveGame<double>& game, std::vector<std::string>* notes = nullptr);
NormalFormGame<Rational> exact(const NormalFormGame<double>& game);

/// The game rounded to doubles.
ExtensiveGame<double> to_double(const ExtensiveGame<Rational>& game);
NormalFormGame<double> to_double(const NormalFormGame<Rational>& game);

}  // namespace schelling
