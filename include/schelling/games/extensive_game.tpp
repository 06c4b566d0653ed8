#include <schelling/core/error.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <utility>

namespace schelling {

template <class Scalar>
ExtensiveGame<Scalar>::ExtensiveGame(GameTree tree, std::vector<Scalar> chance, std::vector<Scalar> payoffs,
                                     std::string title) {
  const auto moves = static_cast<std::size_t>(tree.moves());
  const auto entries = static_cast<std::size_t>(tree.terminals()) * static_cast<std::size_t>(tree.players());
  if (chance.size() != moves)
    throw InvalidGame(expectation("chance", std::to_string(moves) + " entries, one for each move",
                                  std::to_string(chance.size())));
  if (payoffs.size() != entries)
    throw InvalidGame(expectation("payoffs",
                                  std::to_string(entries) + " entries, one for each terminal and player",
                                  std::to_string(payoffs.size())));
  for (Index node = 0; node < tree.nodes(); ++node) {
    const auto begin = chance.begin() + tree.first_move(node);
    if (tree.kind(node) == NodeKind::chance)
      check_distribution<Scalar>({&*begin, static_cast<std::size_t>(tree.moves(node))},
                                 [&] { return "chance probabilities after " + quoted_path(tree, node); });
    else
      std::fill(begin, begin + tree.moves(node), Scalar(0));
  }
  for (std::size_t i = 0; i < entries; ++i)
    if (!is_finite(payoffs[i])) {
      const auto terminal = static_cast<Index>(i / static_cast<std::size_t>(tree.players()));
      const auto player = static_cast<Index>(i % static_cast<std::size_t>(tree.players()));
      throw InvalidGame(expectation("payoff of '" + std::string(tree.player_label(player)) + "' after " +
                                        quoted_path(tree, tree.terminal_node(terminal)),
                                    "a finite number", number_text(payoffs[i])));
    }
  data_ = std::make_shared<const Data>(
      Data{std::move(tree), std::move(chance), std::move(payoffs), std::move(title)});
}

}  // namespace schelling
