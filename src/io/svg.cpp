#include <schelling/core/error.hpp>
#include <schelling/io/svg.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace schelling {

namespace {

// Lengths in pixels. Widths of text are estimated on the generous side, since fonts differ from machine to
// machine.
constexpr double font_size = 13, character = 0.62 * font_size, row = 46, margin = 16, elbow = 30,
                 set_step = 7, node_radius = 5;
// Okabe and Ito's palette, told apart by readers with any colour vision.
constexpr std::array<const char*, 6> player_colours{"#0072b2", "#d55e00", "#009e73",
                                                    "#cc79a7", "#8c6d00", "#5b3a8c"};
constexpr const char* chance_colour = "#555555";

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string probability_text(double p) {
  char text[32];
  if (p > 0 && p < 0.0005) return "< 0.001";
  if (p < 1 && p > 0.9995) return "> 0.999";
  std::snprintf(text, sizeof text, "%.3g", std::round(p * 1000) / 1000);
  return text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

double width(std::string_view text) {
  const auto points =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; });
  return character * static_cast<double>(points);
}

class Drawing {
 public:
  Drawing(const GameTree& tree, const TreeDrawing& annotations) : tree_(tree), annotations_(annotations) {
    place();
    find_reach();
  }

  std::string svg() const {
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " +
                      number(width_) + " " + number(height_) + "\" width=\"" + number(width_) +
                      "\" height=\"" + number(height_) +
                      "\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"" +
                      number(font_size) + "\"";
    if (!annotations_.title.empty())
      out += " aria-label=\"" + escaped(annotations_.title) + "\"><title>" + escaped(annotations_.title) +
             "</title>\n";
    else
      out += " aria-label=\"game tree\">\n";
    for (Index node = 1; node < tree_.nodes(); ++node) branch(node, out);
    information_sets(out);
    for (Index node = 0; node < tree_.nodes(); ++node) draw(node, out);
    return out + "</svg>\n";
  }

 private:
  std::string move_text(Index node) const {
    const Index parent = tree_.parent(node), move = tree_.move_from_parent(node);
    std::string text(tree_.move_label(parent, move));
    if (!annotations_.move_probability.empty())
      text += "  " + probability_text(annotations_.move_probability[tree_.first_move(parent) + move]);
    return text;
  }
  std::string mover_text(Index node) const {
    return tree_.kind(node) == NodeKind::chance
               ? (tree_.node_label(node).empty() ? "chance" : std::string(tree_.node_label(node)))
               : std::string(tree_.player_label(tree_.player(node)));
  }
  const char* colour(Index node) const {
    const Index player = tree_.player(node);
    return player == none ? chance_colour
                          : player_colours[static_cast<std::size_t>(player) % player_colours.size()];
  }
  std::string below(Index node) const {
    return annotations_.node_text.empty() ? "" : annotations_.node_text[node];
  }

  void place() {
    const auto count = static_cast<std::size_t>(tree_.nodes());
    depth_.assign(count, 0);
    y_.assign(count, 0);
    std::vector<double> text_width(1, width(mover_text_at_root()));
    // How many information sets of more than one node turn at each depth: their lines run side by side.
    std::map<Index, int> lines_at_depth;
    for (Index n = 1; n < tree_.nodes(); ++n) {
      depth_[n] = depth_[tree_.parent(n)] + 1;
      if (static_cast<std::size_t>(depth_[n]) >= text_width.size()) text_width.push_back(0);
      auto& widest = text_width[depth_[n]];
      widest = std::max(widest, width(move_text(n)));
      if (tree_.kind(n) != NodeKind::terminal)
        widest = std::max({widest, width(mover_text(n)), width(below(n))});
    }
    set_line_.assign(static_cast<std::size_t>(tree_.information_sets()), 0);
    for (Index set = 0; set < tree_.information_sets(); ++set)
      if (tree_.set_nodes(set).size() > 1)
        set_line_[set] = ++lines_at_depth[depth_[tree_.set_nodes(set).front()]];

    column_.assign(text_width.size(), margin + text_width[0] + node_radius);
    for (std::size_t d = 1; d < column_.size(); ++d)
      column_[d] = column_[d - 1] + elbow_at(static_cast<Index>(d) - 1, lines_at_depth) + text_width[d] +
                   2 * node_radius + 8;
    elbow_.resize(column_.size());
    for (std::size_t d = 0; d < column_.size(); ++d)
      elbow_[d] = elbow_at(static_cast<Index>(d), lines_at_depth);

    double next = margin + row / 2;
    for (Index t = 0; t < tree_.terminals(); ++t, next += row) y_[tree_.terminal_node(t)] = next;
    for (Index n = tree_.nodes(); n-- > 0;)
      if (tree_.kind(n) != NodeKind::terminal)
        y_[n] = (y_[tree_.children(n).front()] + y_[tree_.children(n).back()]) / 2;
    height_ = next - row / 2 + margin;
    width_ = 0;
    for (Index t = 0; t < tree_.terminals(); ++t) {
      const Index n = tree_.terminal_node(t);
      const double text =
          std::max(width(tree_.node_label(n)),
                   annotations_.terminal_text.empty() ? 0 : width(annotations_.terminal_text[t]));
      width_ = std::max(width_, x(n) + 12 + text + margin);
    }
  }
  static double elbow_at(Index depth, const std::map<Index, int>& lines) {
    const auto found = lines.find(depth);
    return elbow + (found == lines.end() ? 0 : set_step * found->second);
  }
  std::string mover_text_at_root() const { return tree_.kind(0) == NodeKind::terminal ? "" : mover_text(0); }
  double x(Index node) const { return column_[depth_[node]]; }

  void find_reach() {
    reached_.assign(static_cast<std::size_t>(tree_.nodes()), 1);
    if (annotations_.move_probability.empty()) return;
    for (Index n = 1; n < tree_.nodes(); ++n)
      reached_[n] =
          reached_[tree_.parent(n)] &&
          annotations_.move_probability[tree_.first_move(tree_.parent(n)) + tree_.move_from_parent(n)] > 0;
  }

  void branch(Index node, std::string& out) const {
    const Index parent = tree_.parent(node);
    const double bend = x(parent) + elbow_[depth_[parent]];
    double weight = 1.6;
    if (!annotations_.move_probability.empty())
      weight =
          reached_[node]
              ? 1.4 +
                    2.6 *
                        annotations_.move_probability[tree_.first_move(parent) + tree_.move_from_parent(node)]
              : 1.0;
    out += "<path d=\"M" + number(x(parent)) + " " + number(y_[parent]) + "L" + number(bend) + " " +
           number(y_[node]) + "L" + number(x(node)) + " " + number(y_[node]) + "\" fill=\"none\" stroke=\"" +
           (reached_[node] ? colour(parent) : "#9a9a9a") + "\" stroke-width=\"" + number(weight) + "\"" +
           (reached_[node] ? "" : " stroke-dasharray=\"4 3\"") + "/>\n";
    out += "<text x=\"" + number(bend + 2) + "\" y=\"" + number(y_[node] - 6) + "\" fill=\"" +
           (reached_[node] ? "#1a1a1a" : "#5f5f5f") + "\" xml:space=\"preserve\">" +
           escaped(move_text(node)) + "</text>\n";
  }

  void information_sets(std::string& out) const {
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const auto nodes = tree_.set_nodes(set);
      if (nodes.size() < 2) continue;
      const double line = x(nodes.front()) + node_radius + set_step * set_line_[set];
      out += "<path d=\"";
      for (std::size_t k = 0; k < nodes.size(); ++k)
        out += (k == 0 ? "M" : "L") + number(k == 0 ? x(nodes[k]) : line) + " " + number(y_[nodes[k]]) + "L" +
               number(k == 0 ? line : x(nodes[k])) + " " + number(y_[nodes[k]]) +
               (k == 0 || k + 1 == nodes.size() ? "" : "L" + number(line) + " " + number(y_[nodes[k]]));
      out += "\" fill=\"none\" stroke=\"" + std::string(colour(nodes.front())) +
             "\" stroke-width=\"1.5\" stroke-dasharray=\"1.5 3\"><title>information set: " +
             escaped(tree_.set_label(set)) + "</title></path>\n";
    }
  }

  void text(double at_x, double at_y, std::string_view words, const char* attributes,
            std::string& out) const {
    if (!words.empty())
      out += "<text x=\"" + number(at_x) + "\" y=\"" + number(at_y) + "\" " + attributes + ">" +
             escaped(words) + "</text>\n";
  }

  void draw(Index node, std::string& out) const {
    const double at_x = x(node), at_y = y_[node];
    if (tree_.kind(node) == NodeKind::terminal) {
      const auto payoffs =
          annotations_.terminal_text.empty() ? "" : annotations_.terminal_text[tree_.terminal(node)];
      const auto label = tree_.node_label(node);
      out += "<rect x=\"" + number(at_x - 3) + "\" y=\"" + number(at_y - 3) +
             "\" width=\"6\" height=\"6\" fill=\"#1a1a1a\"/>\n";
      text(at_x + 10, payoffs.empty() ? at_y + 4.5 : at_y - 2, label, "font-weight=\"600\" fill=\"#1a1a1a\"",
           out);
      text(at_x + 10, label.empty() ? at_y + 4.5 : at_y + 14, payoffs, "fill=\"#444444\"", out);
      return;
    }
    const bool chance = tree_.kind(node) == NodeKind::chance;
    out += "<circle cx=\"" + number(at_x) + "\" cy=\"" + number(at_y) + "\" r=\"" + number(node_radius) +
           "\" fill=\"" + (chance ? "#ffffff" : colour(node)) + "\" stroke=\"" + colour(node) +
           "\" stroke-width=\"1.5\"/>\n";
    const std::string style = std::string("text-anchor=\"end\" fill=\"") + colour(node) + "\"" +
                              (chance ? " font-style=\"italic\"" : " font-weight=\"600\"");
    text(at_x - node_radius - 3, at_y + 16, mover_text(node), style.c_str(), out);
    text(at_x - node_radius - 3, at_y + 30, below(node),
         "text-anchor=\"end\" fill=\"#444444\" font-size=\"11\"", out);
  }

  const GameTree& tree_;
  const TreeDrawing& annotations_;
  std::vector<Index> depth_;
  std::vector<double> y_, column_, elbow_;
  std::vector<int> set_line_;
  std::vector<char> reached_;
  double width_ = 0, height_ = 0;
};

void check_length(const char* name, std::size_t found, Index expected, const char* unit) {
  if (found != 0 && found != static_cast<std::size_t>(expected))
    throw InvalidArgument(expectation(name, std::to_string(expected) + " entries, one for each " + unit,
                                      std::to_string(found)));
}

}  // namespace

std::string to_svg(const GameTree& tree, const TreeDrawing& drawing) {
  check_length("move_probability", drawing.move_probability.size(), tree.moves(), "move");
  check_length("node_text", drawing.node_text.size(), tree.nodes(), "node");
  check_length("terminal_text", drawing.terminal_text.size(), tree.terminals(), "terminal");
  for (std::size_t m = 0; m < drawing.move_probability.size(); ++m)
    if (!(drawing.move_probability[m] >= 0 && drawing.move_probability[m] <= 1))
      throw InvalidArgument(expectation("move_probability[" + std::to_string(m) + "]", "a number in [0, 1]",
                                        to_text(drawing.move_probability[m])));
  return Drawing(tree, drawing).svg();
}

}  // namespace schelling
