#include <schelling/games/simultaneous_moves.hpp>

namespace schelling {

template <class Scalar>
ExtensiveGame<Scalar> simultaneous_moves(const NormalFormGame<Scalar>& game) {
  std::vector<std::string> players;
  for (int i = 0; i < game.players(); ++i) players.push_back(game.player_label(i));
  GameTreeBuilder builder(players);
  std::vector<Index> places{builder.root()};
  for (int i = 0; i < game.players(); ++i) {
    std::vector<std::string> strategies;
    for (int s = 0; s < game.strategies(i); ++s) strategies.push_back(game.strategy_label(i, s));
    std::vector<Index> next;
    for (const Index place : places) {
      const auto below = builder.decision(place, players[static_cast<std::size_t>(i)], strategies,
                                          players[static_cast<std::size_t>(i)]);
      next.insert(next.end(), below.begin(), below.end());
    }
    places = std::move(next);
  }
  // In depth-first order the last player's strategy runs fastest, as it does in the table.
  for (const Index place : places) builder.terminal(place);
  GameTree tree = builder.build();
  std::vector<Scalar> chance(static_cast<std::size_t>(tree.moves()), Scalar(0));
  return {std::move(tree), std::move(chance), {game.payoffs().begin(), game.payoffs().end()}, game.title()};
}

template ExtensiveGame<double> simultaneous_moves(const NormalFormGame<double>&);
template ExtensiveGame<Rational> simultaneous_moves(const NormalFormGame<Rational>&);

}  // namespace schelling
