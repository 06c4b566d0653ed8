#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// The table as a tree: the players choose one after the other, in their order, and none sees what others chose. Player
/// i moves at information set i, whose actions are the player's strategies; terminal k is pure profile k.
template <class Scalar>
ExtensiveGame<Scalar> simultaneous_moves(const NormalFormGame<Scalar>& game);

extern template ExtensiveGame<double> simultaneous_moves(const NormalFormGame<double>&);
extern template ExtensiveGame<Rational> simultaneous_moves(const NormalFormGame<Rational>&);

}  // namespace schelling
