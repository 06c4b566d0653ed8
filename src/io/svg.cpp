#include "markup_text.hpp"
#include "tree_layout.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/svg.hpp>

#include <array>
#include <cstdio>

namespace schelling {

namespace {

// Okabe and Ito's palette, told apart by readers with any colour vision.
constexpr std::array<const char*, 6> player_colours{"#0072b2", "#d55e00", "#009e73",
                                                    "#cc79a7", "#8c6d00", "#5b3a8c"};
constexpr const char* chance_colour = "#555555";

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

class SvgTree {
 public:
  SvgTree(const GameTree& tree, const TreeDrawing& drawing)
      : tree_(tree), drawing_(drawing), layout_(tree, drawing) {}

  std::string svg() const {
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " +
                      number(layout_.width()) + " " + number(layout_.height()) + "\" width=\"" +
                      number(layout_.width()) + "\" height=\"" + number(layout_.height()) +
                      "\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"" +
                      number(TreeLayout::font_size) + "\"";
    if (!drawing_.title.empty())
      out += " aria-label=\"" + markup_text(drawing_.title) + "\"><title>" + markup_text(drawing_.title) +
             "</title>\n";
    else
      out += " aria-label=\"game tree\">\n";
    for (Index node = 1; node < tree_.nodes(); ++node) branch(node, out);
    information_sets(out);
    for (Index node = 0; node < tree_.nodes(); ++node) draw(node, out);
    return out + "</svg>\n";
  }

 private:
  const char* colour(Index node) const {
    const Index player = tree_.player(node);
    return player == none ? chance_colour
                          : player_colours[static_cast<std::size_t>(player) % player_colours.size()];
  }

  void branch(Index node, std::string& out) const {
    const Index parent = tree_.parent(node);
    const bool reached = layout_.is_reached(node);
    const double weight = drawing_.move_probability.empty() ? 1.6
                          : reached                         ? 1.4 + 2.6 * layout_.probability(node)
                                                            : 1.0;
    out += "<path d=\"M" + number(layout_.x(parent)) + " " + number(layout_.y(parent)) + "L" +
           number(layout_.bend(parent)) + " " + number(layout_.y(node)) + "L" + number(layout_.x(node)) +
           " " + number(layout_.y(node)) + "\" fill=\"none\" stroke=\"" +
           (reached ? colour(parent) : "#9a9a9a") + "\" stroke-width=\"" + number(weight) + "\"" +
           (reached ? "" : " stroke-dasharray=\"4 3\"") + "/>\n";
    out += "<text x=\"" + number(layout_.bend(parent) + 2) + "\" y=\"" + number(layout_.y(node) - 6) +
           "\" fill=\"" + (reached ? "#1a1a1a" : "#5f5f5f") + "\" xml:space=\"preserve\">" +
           markup_text(layout_.move_text(node)) + "</text>\n";
  }

  void information_sets(std::string& out) const {
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const auto nodes = tree_.set_nodes(set);
      if (nodes.size() < 2) continue;
      const double line = layout_.set_line(set);
      out += "<path d=\"";
      for (std::size_t k = 0; k < nodes.size(); ++k) {
        const auto y = number(layout_.y(nodes[k])), x = number(layout_.x(nodes[k]));
        out += (k == 0 ? "M" + x : "L" + number(line)) + " " + y + "L" + (k == 0 ? number(line) : x) + " " +
               y + (k == 0 || k + 1 == nodes.size() ? "" : "L" + number(line) + " " + y);
      }
      out += "\" fill=\"none\" stroke=\"" + std::string(colour(nodes.front())) +
             "\" stroke-width=\"1.5\" stroke-dasharray=\"1.5 3\"><title>information set: " +
             markup_text(tree_.set_label(set)) + "</title></path>\n";
    }
  }

  static void text(double x, double y, std::string_view words, const std::string& attributes,
                   std::string& out) {
    if (!words.empty())
      out += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" " + attributes + ">" +
             markup_text(words) + "</text>\n";
  }

  void draw(Index node, std::string& out) const {
    const double x = layout_.x(node), y = layout_.y(node);
    if (tree_.kind(node) == NodeKind::terminal) {
      const auto payoffs = layout_.terminal_text(node), label = tree_.node_label(node);
      out += "<rect x=\"" + number(x - 3) + "\" y=\"" + number(y - 3) +
             "\" width=\"6\" height=\"6\" fill=\"#1a1a1a\"/>\n";
      text(layout_.terminal_text_x(node), payoffs.empty() ? y + 4.5 : y - 2, label,
           "font-weight=\"600\" fill=\"#1a1a1a\"", out);
      text(layout_.terminal_text_x(node), label.empty() ? y + 4.5 : y + 14, payoffs, "fill=\"#444444\"", out);
      return;
    }
    const bool chance = tree_.kind(node) == NodeKind::chance;
    out += "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" +
           number(TreeLayout::node_radius) + "\" fill=\"" + (chance ? "#ffffff" : colour(node)) +
           "\" stroke=\"" + colour(node) + "\" stroke-width=\"1.5\"/>\n";
    const std::string style = std::string("text-anchor=\"end\" fill=\"") + colour(node) + "\"" +
                              (chance ? " font-style=\"italic\"" : " font-weight=\"600\"");
    text(x - TreeLayout::node_radius - 3, y + 16, layout_.mover_text(node), style, out);
    text(x - TreeLayout::node_radius - 3, y + 30, layout_.node_text(node),
         "text-anchor=\"end\" fill=\"#444444\" font-size=\"" + number(TreeLayout::small_font_size) + "\"",
         out);
  }

  const GameTree& tree_;
  const TreeDrawing& drawing_;
  TreeLayout layout_;
};

}  // namespace

std::string to_svg(const GameTree& tree, const TreeDrawing& drawing) { return SvgTree(tree, drawing).svg(); }

}  // namespace schelling
