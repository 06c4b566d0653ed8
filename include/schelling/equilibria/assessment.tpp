#include <schelling/core/error.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <utility>

namespace schelling {

template <class Scalar>
void check_assessment(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment) {
  const GameTree& tree = game.tree();
  const auto check_length = [](const char* name, std::size_t found, Index expected, const char* unit) {
    if (found != static_cast<std::size_t>(expected))
      throw InvalidArgument(expectation(name, std::to_string(expected) + " entries, one for each " + unit,
                                        std::to_string(found)));
  };
  check_length("strategy", assessment.strategy.size(), tree.actions(), "action");
  check_length("beliefs", assessment.beliefs.size(), tree.nodes(), "node");
  check_length("has_beliefs", assessment.has_beliefs.size(), tree.information_sets(), "information set");
  const auto check = [&](std::span<const Scalar> probabilities, const char* name, Index set) {
    try {
      check_distribution(probabilities,
                         [&] { return std::string(name) + " at '" + tree.set_label(set) + "'"; });
    } catch (const InvalidGame& error) {
      throw InvalidArgument(error.what());
    }
  };
  std::vector<Scalar> beliefs;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    check(std::span(assessment.strategy)
              .subspan(static_cast<std::size_t>(tree.first_action(set)),
                       static_cast<std::size_t>(tree.actions(set))),
          "strategy", set);
    if (!assessment.has_beliefs[static_cast<std::size_t>(set)]) continue;
    beliefs.clear();
    for (const Index node : tree.set_nodes(set))
      beliefs.push_back(assessment.beliefs[static_cast<std::size_t>(node)]);
    check(beliefs, "beliefs", set);
  }
}

namespace assessment_detail {

template <class Scalar>
const Scalar& move_probability(const ExtensiveGame<Scalar>& game, std::span<const Scalar> strategy,
                               Index node, Index move) {
  const GameTree& tree = game.tree();
  const Index set = tree.information_set(node);
  return set == none ? game.chance(node, move)
                     : strategy[static_cast<std::size_t>(tree.first_action(set) + move)];
}

}  // namespace assessment_detail

template <class Scalar>
std::vector<Scalar> reach_probabilities(const ExtensiveGame<Scalar>& game, std::span<const Scalar> strategy) {
  const GameTree& tree = game.tree();
  std::vector<Scalar> reach(static_cast<std::size_t>(tree.nodes()), Scalar(1));
  for (Index node = 1; node < tree.nodes(); ++node)
    reach[static_cast<std::size_t>(node)] =
        reach[static_cast<std::size_t>(tree.parent(node))] *
        assessment_detail::move_probability(game, strategy, tree.parent(node), tree.move_from_parent(node));
  return reach;
}

template <class Scalar>
std::vector<Scalar> continuation_payoffs(const ExtensiveGame<Scalar>& game,
                                         std::span<const Scalar> strategy) {
  const GameTree& tree = game.tree();
  const auto players = static_cast<std::size_t>(tree.players());
  std::vector<Scalar> value(static_cast<std::size_t>(tree.nodes()) * players, Scalar(0));
  for (Index node = tree.nodes(); node-- > 0;) {
    Scalar* const own = value.data() + static_cast<std::size_t>(node) * players;
    if (tree.kind(node) == NodeKind::terminal) {
      for (std::size_t i = 0; i < players; ++i)
        own[i] = game.payoff(tree.terminal(node), static_cast<Index>(i));
      continue;
    }
    for (Index move = 0; move < tree.moves(node); ++move) {
      const Scalar& p = assessment_detail::move_probability(game, strategy, node, move);
      if (p == Scalar(0)) continue;
      const Scalar* const below = value.data() + static_cast<std::size_t>(tree.child(node, move)) * players;
      for (std::size_t i = 0; i < players; ++i) own[i] += p * below[i];
    }
  }
  return value;
}

template <class Scalar>
Assessment<Scalar> with_bayes_beliefs(const ExtensiveGame<Scalar>& game, std::vector<Scalar> strategy) {
  const GameTree& tree = game.tree();
  const auto reach = reach_probabilities<Scalar>(game, strategy);
  Assessment<Scalar> assessment{std::move(strategy),
                                std::vector<Scalar>(static_cast<std::size_t>(tree.nodes()), Scalar(0)),
                                std::vector<char>(static_cast<std::size_t>(tree.information_sets()), 0)};
  for (Index set = 0; set < tree.information_sets(); ++set) {
    Scalar total(0);
    for (const Index node : tree.set_nodes(set)) total += reach[static_cast<std::size_t>(node)];
    if (total == Scalar(0)) continue;
    assessment.has_beliefs[static_cast<std::size_t>(set)] = 1;
    for (const Index node : tree.set_nodes(set))
      assessment.beliefs[static_cast<std::size_t>(node)] = reach[static_cast<std::size_t>(node)] / total;
  }
  return assessment;
}

}  // namespace schelling
