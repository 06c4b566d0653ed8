#include <schelling/games/convert_finite_game.hpp>
#include <schelling/games/scalar_checks.hpp>
#include <schelling/numerics/exact_distribution.hpp>

#include <algorithm>

namespace schelling {

namespace {

template <class To, class From, class Convert>
std::vector<To> mapped(std::span<const From> values, Convert&& convert) {
  std::vector<To> result;
  result.reserve(values.size());
  for (const auto& value : values) result.push_back(convert(value));
  return result;
}

template <class To, class From, class Convert>
ExtensiveGame<To> mapped(const ExtensiveGame<From>& game, Convert&& convert) {
  return {game.tree(), mapped<To>(game.chance(), convert), mapped<To>(game.payoffs(), convert), game.title()};
}

template <class To, class From, class Convert>
NormalFormGame<To> mapped(const NormalFormGame<From>& game, Convert&& convert) {
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> strategies;
  for (int i = 0; i < game.players(); ++i) {
    players.push_back(game.player_label(i));
    auto& labels = strategies.emplace_back();
    for (int s = 0; s < game.strategies(i); ++s) labels.push_back(game.strategy_label(i, s));
  }
  return {std::move(players), std::move(strategies), mapped<To>(game.payoffs(), convert), game.title()};
}

constexpr auto to_exact = [](double value) { return exact(value); };
constexpr auto to_nearest = [](const Rational& value) { return to_double(value); };

}  // namespace

ExtensiveGame<Rational> exact(const ExtensiveGame<double>& game, std::vector<std::string>* notes) {
  const GameTree& tree = game.tree();
  std::vector<Rational> chance(game.chance().size(), Rational(0));
  for (Index node = 0; node < tree.nodes(); ++node) {
    if (tree.kind(node) != NodeKind::chance) continue;
    const auto first = static_cast<std::size_t>(tree.first_move(node));
    auto read = exact_distribution(game.chance().subspan(first, static_cast<std::size_t>(tree.moves(node))));
    if (notes && read.reading != ProbabilityReading::shortest_decimals)
      notes->push_back(read.note("chance probabilities after " + quoted_path(tree, node)));
    std::move(read.probabilities.begin(), read.probabilities.end(),
              chance.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return {tree, std::move(chance), mapped<Rational>(game.payoffs(), to_exact), game.title()};
}
NormalFormGame<Rational> exact(const NormalFormGame<double>& game) {
  return mapped<Rational>(game, to_exact);
}
ExtensiveGame<double> to_double(const ExtensiveGame<Rational>& game) {
  return mapped<double>(game, to_nearest);
}
NormalFormGame<double> to_double(const NormalFormGame<Rational>& game) {
  return mapped<double>(game, to_nearest);
}

}  // namespace schelling
