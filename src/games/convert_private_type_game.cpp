#include <schelling/games/convert_private_type_game.hpp>

#include <string>
#include <utility>
#include <vector>

namespace schelling {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// Writes one copy of the game below every combination of types.
class Expansion {
 public:
  explicit Expansion(const PrivateTypeGame& game)
      : game_(game), tree_(game.tree()), builder_(names(tree_)), atom_(at(game.players()), 0) {
    for (Index i = 0; i < game.players(); ++i)
      if (!game.types(i).parts().empty())
        throw InvalidGame(expectation("types of '" + std::string(tree_.player_label(i)) + "'",
                                      "a law made of atoms", game.types(i).to_text()));
  }

  ExtensiveGame<double> run() {
    draw(builder_.root(), 0);
    const GameTree tree = builder_.build();
    const auto number = builder_.numbering();
    std::vector<double> chance(at(tree.moves()), 0), payoffs(at(tree.terminals() * tree.players()));
    for (const auto& [place, probabilities] : chance_)
      std::copy(probabilities.begin(), probabilities.end(),
                chance.begin() + tree.first_move(number[at(place)]));
    for (const auto& [place, values] : payoffs_)
      std::copy(values.begin(), values.end(),
                payoffs.begin() + tree.terminal(number[at(place)]) * tree.players());
    return {tree, std::move(chance), std::move(payoffs)};
  }

 private:
  using Place = GameTreeBuilder::Place;
  static std::vector<std::string> names(const GameTree& tree) {
    std::vector<std::string> result;
    for (Index i = 0; i < tree.players(); ++i) result.emplace_back(tree.player_label(i));
    return result;
  }

  double type(Index player) const { return game_.types(player).atoms()[atom_[at(player)]].value; }

  void draw(Place place, Index player) {
    if (player == game_.players()) return copy(place);
    const auto atoms = game_.types(player).atoms();
    if (atoms.size() == 1) return draw(place, player + 1);
    std::vector<std::string> events;
    std::vector<double> weights;
    for (const auto& atom : atoms) {
      events.push_back(to_text(atom.value));
      weights.push_back(atom.weight);
    }
    const auto places = builder_.chance(place, events, "type of " + std::string(tree_.player_label(player)));
    chance_.emplace_back(place, std::move(weights));
    for (std::size_t k = 0; k < places.size(); ++k) {
      atom_[at(player)] = k;
      draw(places[k], player + 1);
    }
  }

  void copy(Place root) {
    std::vector<Place> place(at(tree_.nodes()));
    place[0] = root;
    for (Index node = 0; node < tree_.nodes(); ++node) {
      const std::string label(tree_.node_label(node));
      if (tree_.kind(node) == NodeKind::terminal) {
        builder_.terminal(place[at(node)], label);
        auto& values = payoffs_.emplace_back(place[at(node)], std::vector<double>()).second;
        for (Index i = 0; i < tree_.players(); ++i)
          values.push_back(game_.payoff(tree_.terminal(node), i).at(type(i)));
        continue;
      }
      std::vector<std::string> moves;
      for (Index k = 0; k < tree_.moves(node); ++k) moves.emplace_back(tree_.move_label(node, k));
      std::vector<Place> below;
      if (tree_.kind(node) == NodeKind::chance) {
        below = builder_.chance(place[at(node)], moves, label);
        auto& weights = chance_.emplace_back(place[at(node)], std::vector<double>()).second;
        for (Index k = 0; k < tree_.moves(node); ++k) weights.push_back(game_.probability(node, k));
      } else {
        const Index set = tree_.information_set(node), player = tree_.set_player(set);
        std::string name = tree_.set_label(set);
        if (game_.types(player).atoms().size() > 1) name += " | " + to_text(type(player));
        below = builder_.decision(place[at(node)], tree_.player_label(player), moves, name);
      }
      for (Index k = 0; k < tree_.moves(node); ++k) place[at(tree_.child(node, k))] = below[at(k)];
    }
  }

  const PrivateTypeGame& game_;
  const GameTree& tree_;
  GameTreeBuilder builder_;
  std::vector<std::size_t> atom_;  // per player, which type is drawn
  std::vector<std::pair<Place, std::vector<double>>> chance_, payoffs_;
};

}  // namespace

ExtensiveGame<double> to_extensive_game(const PrivateTypeGame& game) { return Expansion(game).run(); }

}  // namespace schelling
