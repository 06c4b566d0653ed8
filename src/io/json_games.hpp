#pragma once

#include "json_document.hpp"

#include <schelling/games/private_type_game.hpp>

namespace schelling {

boost::json::value json_of(const Distribution& distribution);
boost::json::value json_of(const GameTree& tree);
boost::json::value json_of(const PrivateTypeGame& game);

Distribution read_distribution(const JsonPlace& place);
GameTree read_tree(const JsonPlace& place);
PrivateTypeGame read_private_type_game(const JsonPlace& place);

}  // namespace schelling
