#pragma once

#include <schelling/games/game_tree.hpp>

#include <string>
#include <vector>

namespace schelling {

/// What a drawing shows besides the tree's own labels. Every array may be empty; otherwise it has the stated
/// length.
struct TreeDrawing {
  /// For screen readers and as a tooltip.
  std::string title;
  /// Per move: its probability in [0, 1], which sets the line's weight and is written beside the label. Moves
  /// that play never reaches (some move before them has probability zero) are drawn dashed.
  std::vector<double> move_probability;
  /// Per move: what is written beside its label, instead of the rounded probability.
  std::vector<std::string> move_text;
  /// Per node: a second line below a decision node's player, such as a belief.
  std::vector<std::string> node_text;
  /// Per terminal: a line below its label, such as payoffs.
  std::vector<std::string> terminal_text;
};

/// The tree as a stand-alone SVG document: time runs from left to right, one row for each terminal, so that
/// no two labels share a place; nodes of one information set are joined by a dotted line; each player has a
/// colour.
/// @throws InvalidArgument naming the array whose length does not fit the tree, or a probability outside [0,
/// 1].
std::string to_svg(const GameTree& tree, const TreeDrawing& drawing = {});

}  // namespace schelling
