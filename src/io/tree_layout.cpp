#include "tree_layout.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace schelling {

namespace {

constexpr double character = 0.62 * TreeLayout::font_size, row = 48, margin = 16, elbow = 30, set_step = 7;

std::string probability_text(double p) {
  char text[32];
  if (p > 0 && p < 0.0005) return "< 0.001";
  if (p < 1 && p > 0.9995) return "> 0.999";
  std::snprintf(text, sizeof text, "%.3g", std::round(p * 1000) / 1000);
  return text;
}

double width_of(std::string_view text) {
  const auto points =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; });
  return character * static_cast<double>(points);
}

void check_length(const char* name, std::size_t found, Index expected, const char* unit) {
  if (found != 0 && found != static_cast<std::size_t>(expected))
    throw InvalidArgument(expectation(name, std::to_string(expected) + " entries, one for each " + unit,
                                      std::to_string(found)));
}

}  // namespace

void check_drawing(const GameTree& tree, const TreeDrawing& drawing) {
  check_length("move_probability", drawing.move_probability.size(), tree.moves(), "move");
  check_length("move_text", drawing.move_text.size(), tree.moves(), "move");
  check_length("node_text", drawing.node_text.size(), tree.nodes(), "node");
  check_length("terminal_text", drawing.terminal_text.size(), tree.terminals(), "terminal");
  for (std::size_t m = 0; m < drawing.move_probability.size(); ++m)
    if (!(drawing.move_probability[m] >= 0 && drawing.move_probability[m] <= 1))
      throw InvalidArgument(expectation("move_probability[" + std::to_string(m) + "]", "a number in [0, 1]",
                                        to_text(drawing.move_probability[m])));
}

TreeLayout::TreeLayout(const GameTree& tree, const TreeDrawing& drawing) : tree_(tree), drawing_(drawing) {
  check_drawing(tree, drawing);
  place();
  find_reach();
}

double TreeLayout::set_line(Index set) const {
  return x(tree_.set_nodes(set).front()) + node_radius + set_step * set_line_[at(set)];
}

double TreeLayout::terminal_text_x(Index node) const {
  return x(node) + 10 + set_step * lines_[at(depth_[at(node)])];
}

double TreeLayout::probability(Index node) const {
  return node == 0 || drawing_.move_probability.empty() ? 1 : drawing_.move_probability[move_to(node)];
}

std::string TreeLayout::move_text(Index node) const {
  std::string text(tree_.move_label(tree_.parent(node), tree_.move_from_parent(node)));
  if (!drawing_.move_text.empty())
    text += drawing_.move_text[move_to(node)].empty() ? "" : "  " + drawing_.move_text[move_to(node)];
  else if (!drawing_.move_probability.empty())
    text += "  " + probability_text(probability(node));
  return text;
}

std::string TreeLayout::mover_text(Index node) const {
  if (tree_.kind(node) == NodeKind::decision) return std::string(tree_.player_label(tree_.player(node)));
  return tree_.node_label(node).empty() ? "chance" : std::string(tree_.node_label(node));
}

std::string_view TreeLayout::node_text(Index node) const {
  return drawing_.node_text.empty() ? std::string_view() : drawing_.node_text[at(node)];
}

std::string_view TreeLayout::terminal_text(Index node) const {
  return drawing_.terminal_text.empty() ? std::string_view()
                                        : drawing_.terminal_text[at(tree_.terminal(node))];
}

void TreeLayout::place() {
  const auto count = at(tree_.nodes());
  depth_.assign(count, 0);
  y_.assign(count, 0);
  const bool root_moves = tree_.kind(0) != NodeKind::terminal;
  std::vector<double> text_width(1,
                                 root_moves ? std::max(width_of(mover_text(0)), width_of(node_text(0))) : 0);
  for (Index n = 1; n < tree_.nodes(); ++n) {
    depth_[at(n)] = depth_[at(tree_.parent(n))] + 1;
    if (at(depth_[at(n)]) >= text_width.size()) text_width.push_back(0);
    auto& widest = text_width[at(depth_[at(n)])];
    widest = std::max(widest, width_of(move_text(n)));
    if (tree_.kind(n) != NodeKind::terminal)
      widest = std::max({widest, width_of(mover_text(n)), width_of(node_text(n))});
  }

  double next = margin + row / 2;
  for (Index t = 0; t < tree_.terminals(); ++t, next += row) y_[at(tree_.terminal_node(t))] = next;
  for (Index n = tree_.nodes(); n-- > 0;)
    if (tree_.kind(n) != NodeKind::terminal)
      y_[at(n)] = (y_[at(tree_.children(n).front())] + y_[at(tree_.children(n).back())]) / 2;
  height_ = next - row / 2 + margin;

  // Lines of information sets in one column: sets that are apart share a line, others run side by side.
  set_line_.assign(at(tree_.information_sets()), 0);
  std::map<Index, std::vector<double>> ends;  // by depth, how far down each line is taken
  for (Index set = 0; set < tree_.information_sets(); ++set) {
    const auto nodes = tree_.set_nodes(set);
    if (nodes.size() < 2) continue;
    auto& lines = ends[depth_[at(nodes.front())]];
    const auto free = std::find_if(lines.begin(), lines.end(),
                                   [&](double end) { return end < y_[at(nodes.front())] - row / 2; });
    set_line_[at(set)] = static_cast<int>(free - lines.begin()) + 1;
    if (free == lines.end())
      lines.push_back(y_[at(nodes.back())]);
    else
      *free = y_[at(nodes.back())];
  }
  elbow_.assign(text_width.size(), elbow);
  lines_.assign(text_width.size(), 0);
  for (const auto& [depth, lines] : ends) {
    lines_[at(depth)] = static_cast<int>(lines.size());
    elbow_[at(depth)] += set_step * lines_[at(depth)];
  }

  column_.assign(text_width.size(), margin + text_width[0] + node_radius);
  for (std::size_t d = 1; d < column_.size(); ++d)
    column_[d] = column_[d - 1] + elbow_[d - 1] + text_width[d] + 2 * node_radius + 8;
  width_ = 0;
  for (Index t = 0; t < tree_.terminals(); ++t) {
    const Index n = tree_.terminal_node(t);
    width_ =
        std::max(width_, terminal_text_x(n) + 2 +
                             std::max(width_of(tree_.node_label(n)), width_of(terminal_text(n))) + margin);
  }
}

void TreeLayout::find_reach() {
  reached_.assign(at(tree_.nodes()), 1);
  if (drawing_.move_probability.empty()) return;
  for (Index n = 1; n < tree_.nodes(); ++n)
    reached_[at(n)] = reached_[at(tree_.parent(n))] && probability(n) > 0;
}

}  // namespace schelling
