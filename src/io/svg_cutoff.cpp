#include <schelling/io/svg_cutoff.hpp>

#include <cmath>
#include <cstdio>

namespace schelling {

namespace {

std::string rounded(double x) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.3g", x);
  return buffer;
}

std::string payoff_text(const AffinePayoff& payoff) {
  if (payoff.slope == 0) return rounded(payoff.intercept);
  const auto size = std::abs(payoff.slope) == 1 ? std::string("t") : rounded(std::abs(payoff.slope)) + " t";
  if (payoff.intercept == 0) return (payoff.slope < 0 ? "-" : "") + size;
  return rounded(payoff.intercept) + (payoff.slope < 0 ? " - " : " + ") + size;
}

}  // namespace

TreeDrawing drawing(const PrivateTypeGame& game) {
  const auto& tree = game.tree();
  TreeDrawing shown;
  for (Index z = 0; z < tree.terminals(); ++z) {
    std::string text;
    for (Index i = 0; i < tree.players(); ++i)
      text += (i ? ", " : "") + std::string(tree.player_label(i)) + " " + payoff_text(game.payoff(z, i));
    shown.terminal_text.push_back(text);
  }
  return shown;
}

TreeDrawing drawing(const CutoffEquilibrium& equilibrium) {
  const auto& game = equilibrium.game;
  const auto& tree = game.tree();
  TreeDrawing shown = drawing(game);
  shown.move_probability.resize(static_cast<std::size_t>(tree.moves()));
  shown.node_text.resize(static_cast<std::size_t>(tree.nodes()));
  for (Index n = 0; n < tree.nodes(); ++n) {
    const Index set = tree.information_set(n);
    for (Index k = 0; k < tree.moves(n); ++k)
      shown.move_probability[static_cast<std::size_t>(tree.first_move(n) + k)] =
          set == none ? game.probability(n, k) : equilibrium.probability(set, k);
    if (set == none) continue;
    std::string text;
    for (const double c : equilibrium.strategy[static_cast<std::size_t>(set)].cutoffs)
      text += (text.empty() ? "cutoff " : ", ") + rounded(c);
    shown.node_text[static_cast<std::size_t>(n)] = text;
  }
  for (Index z = 0; z < tree.terminals(); ++z)
    shown.terminal_text[static_cast<std::size_t>(z)] +=
        "; probability " + rounded(equilibrium.outcome[static_cast<std::size_t>(z)]);
  return shown;
}

}  // namespace schelling
