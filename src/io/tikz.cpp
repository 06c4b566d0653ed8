#include "latex_text.hpp"
#include "tree_layout.hpp"

#include <schelling/io/tikz.hpp>

#include <cstdio>

namespace schelling {

namespace {

// The colours of to_svg.
constexpr const char* preamble = R"(\documentclass[tikz,border=4pt]{standalone}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{xcolor}
\definecolor{player0}{HTML}{0072B2}
\definecolor{player1}{HTML}{D55E00}
\definecolor{player2}{HTML}{009E73}
\definecolor{player3}{HTML}{CC79A7}
\definecolor{player4}{HTML}{8C6D00}
\definecolor{player5}{HTML}{5B3A8C}
\definecolor{chance}{HTML}{555555}
\begin{document}
)";

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string place(double x, double y) { return "(" + number(x) + "," + number(y) + ")"; }

class TikzTree {
 public:
  TikzTree(const GameTree& tree, const TreeDrawing& drawing)
      : tree_(tree), drawing_(drawing), layout_(tree, drawing) {}

  std::string document() const {
    std::string out = preamble;
    if (!drawing_.title.empty()) out += "% " + one_line(drawing_.title) + "\n";
    out += "\\begin{tikzpicture}[x=0.75pt,y=-0.75pt,font=\\sffamily\\footnotesize,inner sep=0pt]\n";
    for (Index node = 1; node < tree_.nodes(); ++node) branch(node, out);
    for (Index set = 0; set < tree_.information_sets(); ++set) information_set(set, out);
    for (Index node = 0; node < tree_.nodes(); ++node) draw(node, out);
    return out + "\\end{tikzpicture}\n\\end{document}\n";
  }

 private:
  static std::string one_line(std::string text) {
    for (char& c : text)
      if (c == '\n' || c == '\r') c = ' ';
    return text;
  }
  std::string colour(Index node) const {
    const Index player = tree_.player(node);
    return player == none ? "chance" : "player" + std::to_string(player % 6);
  }

  static void text(double x, double y, const char* anchor, std::string_view words, const std::string& style,
                   std::string& out) {
    if (!words.empty())
      out += "\\node[anchor=" + std::string(anchor) + (style.empty() ? "" : "," + style) + "] at " +
             place(x, y) + " {" + latex_text(words) + "};\n";
  }

  void branch(Index node, std::string& out) const {
    const Index parent = tree_.parent(node);
    const bool reached = layout_.is_reached(node);
    const double weight = drawing_.move_probability.empty() ? 1.0
                          : reached                         ? 0.8 + layout_.probability(node)
                                                            : 0.6;
    out += "\\draw[" + (reached ? colour(parent) : "black!40,dashed") + ",line width=" + number(weight) +
           "pt] " + place(layout_.x(parent), layout_.y(parent)) + " -- " +
           place(layout_.bend(parent), layout_.y(node)) + " -- " + place(layout_.x(node), layout_.y(node)) +
           ";\n";
    text(layout_.bend(parent) + 2, layout_.y(node) - 5, "base west", layout_.move_text(node), "", out);
  }

  void information_set(Index set, std::string& out) const {
    const auto nodes = tree_.set_nodes(set);
    if (nodes.size() < 2) return;
    const double line = layout_.set_line(set);
    out += "\\draw[" + colour(nodes.front()) + ",dotted,line width=0.9pt] " +
           place(line, layout_.y(nodes.front())) + " -- " + place(line, layout_.y(nodes.back()));
    for (const Index node : nodes)
      out += " " + place(layout_.x(node), layout_.y(node)) + " -- " + place(line, layout_.y(node));
    out += ";\n";
  }

  void draw(Index node, std::string& out) const {
    const double x = layout_.x(node), y = layout_.y(node);
    if (tree_.kind(node) == NodeKind::terminal) {
      const auto payoffs = layout_.terminal_text(node), label = tree_.node_label(node);
      out += "\\fill " + place(x - 3, y - 3) + " rectangle " + place(x + 3, y + 3) + ";\n";
      text(layout_.terminal_text_x(node), payoffs.empty() ? y + 4.5 : y - 2, "base west", label,
           "font=\\sffamily\\footnotesize\\bfseries", out);
      text(layout_.terminal_text_x(node), label.empty() ? y + 4.5 : y + 14, "base west", payoffs, "", out);
      return;
    }
    const bool chance = tree_.kind(node) == NodeKind::chance;
    out +=
        std::string(chance ? "\\filldraw[fill=white,draw=" : "\\filldraw[fill=" + colour(node) + ",draw=") +
        colour(node) + ",line width=0.9pt] " + place(x, y) +
        " circle[radius=" + number(0.75 * TreeLayout::node_radius) + "pt];\n";
    text(x - TreeLayout::node_radius - 3, y + 16, "base east", layout_.mover_text(node),
         colour(node) + ",font=\\sffamily\\footnotesize" + (chance ? "\\itshape" : "\\bfseries"), out);
    text(x - TreeLayout::node_radius - 3, y + 30, "base east", layout_.node_text(node),
         "font=\\sffamily\\scriptsize", out);
  }

  const GameTree& tree_;
  const TreeDrawing& drawing_;
  TreeLayout layout_;
};

}  // namespace

std::string to_tikz(const GameTree& tree, const TreeDrawing& drawing) {
  return TikzTree(tree, drawing).document();
}

}  // namespace schelling
