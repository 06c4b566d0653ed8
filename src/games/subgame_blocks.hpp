#pragma once

#include <schelling/games/game_tree.hpp>

#include <string>
#include <vector>

namespace schelling::subgames {

/// A subgame (Selten 1965) without the subgames inside it, which are ends here.
struct Block {
  Index root;
  GameTree tree;
  std::vector<Index> sets;  ///< information set of the whole tree, by that of `tree`
  std::vector<Index>
      chance_move;  ///< move of the whole tree at a chance node, by move of `tree`; none elsewhere
  /// By terminal of `tree`: the terminal of the whole tree, or none with the block of a subgame.
  std::vector<Index> terminal;
  std::vector<std::size_t> inner;
};

/// Per node: whether a subgame begins there. The information sets met from there on have no node outside.
std::vector<char> roots(const GameTree& tree);

/// All subgames, the inner ones first; the last is the whole game.
std::vector<Block> blocks(const GameTree& tree);

}  // namespace schelling::subgames
