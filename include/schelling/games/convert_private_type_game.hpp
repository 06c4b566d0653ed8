#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/private_type_game.hpp>

namespace schelling {

/// The tree of a game with finitely many types: chance draws each player's type in turn, then the game is
/// played with every player knowing the own type alone. A player with one type is not drawn; the information
/// sets of one with several carry the type, e.g. "reply | -0.25".
/// @throws InvalidGame naming the player if a law is not made of atoms
ExtensiveGame<double> to_extensive_game(const PrivateTypeGame& game);

}  // namespace schelling
