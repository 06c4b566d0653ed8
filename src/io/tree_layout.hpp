#pragma once

#include <schelling/io/svg.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// Where the parts of a drawn tree go, in pixels, and what is written at them. Time runs from left to right, every
/// terminal has a row and every depth a column as wide as its widest text, so that no two texts share a place. Widths of
/// text are estimated on the generous side, since fonts differ from machine to machine.
class TreeLayout {
 public:
  static constexpr double font_size = 13, small_font_size = 11, node_radius = 5;

  TreeLayout(const GameTree& tree, const TreeDrawing& drawing);

  double width() const { return width_; }
  double height() const { return height_; }
  double x(Index node) const { return column_[at(depth_[at(node)])]; }
  double y(Index node) const { return y_[at(node)]; }
  /// Where the branches that leave a node have reached the height of their ends and run level.
  double bend(Index node) const { return x(node) + elbow_[at(depth_[at(node)])]; }
  /// Where the line that joins the nodes of an information set runs; sets of one depth run side by side.
  double set_line(Index set) const;

  /// Where the texts of a terminal begin, beyond the lines of information sets that pass it.
  double terminal_text_x(Index node) const;

  /// False for nodes that the drawing's play never reaches.
  bool is_reached(Index node) const { return reached_[at(node)] != 0; }
  double probability(Index node) const;

  /// The move that leads to a node, with its probability.
  std::string move_text(Index node) const;
  /// Who moves at a node that is not a terminal.
  std::string mover_text(Index node) const;
  std::string_view node_text(Index node) const;
  std::string_view terminal_text(Index node) const;

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  std::size_t move_to(Index node) const {
    return at(tree_.first_move(tree_.parent(node)) + tree_.move_from_parent(node));
  }
  void place();
  void find_reach();

  const GameTree& tree_;
  const TreeDrawing& drawing_;
  std::vector<Index> depth_;
  std::vector<double> y_, column_, elbow_;
  std::vector<int> set_line_, lines_;
  std::vector<char> reached_;
  double width_ = 0, height_ = 0;
};

/// @throws InvalidArgument naming the array whose length does not fit the tree, or a probability outside [0, 1]
void check_drawing(const GameTree& tree, const TreeDrawing& drawing);

}  // namespace schelling
