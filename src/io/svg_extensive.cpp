#include "short_text.hpp"

#include <schelling/io/svg_extensive.hpp>

namespace schelling {

template <class Scalar>
TreeDrawing drawing(const ExtensiveGame<Scalar>& game) {
  const GameTree& tree = game.tree();
  TreeDrawing shown;
  shown.title = game.title();
  shown.move_text.resize(static_cast<std::size_t>(tree.moves()));
  for (Index node = 0; node < tree.nodes(); ++node)
    if (tree.kind(node) == NodeKind::chance)
      for (Index move = 0; move < tree.moves(node); ++move)
        shown.move_text[static_cast<std::size_t>(tree.first_move(node) + move)] =
            short_text(game.chance(node, move));
  for (Index z = 0; z < tree.terminals(); ++z) {
    std::string payoffs;
    for (Index i = 0; i < tree.players(); ++i) payoffs += (i ? ", " : "") + short_text(game.payoff(z, i));
    shown.terminal_text.push_back(std::move(payoffs));
  }
  return shown;
}

template <class Scalar>
TreeDrawing drawing(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment) {
  check_assessment(game, assessment);
  const GameTree& tree = game.tree();
  TreeDrawing shown = drawing(game);
  shown.move_probability.assign(static_cast<std::size_t>(tree.moves()), 0);
  shown.node_text.resize(static_cast<std::size_t>(tree.nodes()));
  for (Index node = 0; node < tree.nodes(); ++node) {
    const Index set = tree.information_set(node);
    for (Index move = 0; move < tree.moves(node); ++move) {
      const auto at = static_cast<std::size_t>(tree.first_move(node) + move);
      const Scalar& p = set == none
                            ? game.chance(node, move)
                            : assessment.strategy[static_cast<std::size_t>(tree.first_action(set) + move)];
      shown.move_probability[at] = to_double(p);
      shown.move_text[at] = short_text(p);
    }
    if (set != none && tree.set_nodes(set).size() > 1 &&
        assessment.has_beliefs[static_cast<std::size_t>(set)])
      shown.node_text[static_cast<std::size_t>(node)] =
          "belief " + short_text(assessment.beliefs[static_cast<std::size_t>(node)]);
  }
  const auto reach = reach_probabilities<Scalar>(game, assessment.strategy);
  for (Index z = 0; z < tree.terminals(); ++z)
    if (const Scalar& p = reach[static_cast<std::size_t>(tree.terminal_node(z))]; p > Scalar(0))
      shown.terminal_text[static_cast<std::size_t>(z)] += "; probability " + short_text(p);
  return shown;
}

template TreeDrawing drawing(const ExtensiveGame<double>&);
template TreeDrawing drawing(const ExtensiveGame<Rational>&);
template TreeDrawing drawing(const ExtensiveGame<double>&, const Assessment<double>&);
template TreeDrawing drawing(const ExtensiveGame<Rational>&, const Assessment<Rational>&);

}  // namespace schelling
