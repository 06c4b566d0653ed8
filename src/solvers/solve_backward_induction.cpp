#include <schelling/solvers/solve_backward_induction.hpp>

#include <algorithm>
#include <cstdint>

namespace schelling {

void BackwardInductionOptions::validate() const {
  if (limit == 0) throw InvalidOptions("limit: expected at least 1, found 0");
}

namespace {

/// The equilibria of all subgames, each by its payoffs, the action at its root, and its equilibria one move below.
template <class Scalar>
class Subgames {
 public:
  Subgames(const ExtensiveGame<Scalar>& game, std::size_t limit)
      : game_(game),
        tree_(game.tree()),
        players_(static_cast<std::size_t>(tree_.players())),
        limit_(limit),
        first_(static_cast<std::size_t>(tree_.nodes()), 0),
        count_(static_cast<std::size_t>(tree_.nodes()), 1) {}

  /// False if the monitor stopped it.
  bool solve(Monitor& monitor) {
    for (Index node = tree_.nodes(); node-- > 0;) {
      if (node % 4096 == 0 && !monitor.keep_going()) return false;
      if (tree_.kind(node) != NodeKind::terminal && !add(node, monitor)) return false;
    }
    return true;
  }

  bool truncated() const { return truncated_; }
  std::size_t equilibria() const { return count_[0]; }

  std::vector<Scalar> strategy(std::size_t equilibrium) const {
    std::vector<Scalar> strategy(static_cast<std::size_t>(tree_.actions()), Scalar(0));
    std::vector<std::uint32_t> chosen(static_cast<std::size_t>(tree_.nodes()), 0);
    chosen[0] = static_cast<std::uint32_t>(equilibrium);
    for (Index node = 0; node < tree_.nodes(); ++node) {
      if (tree_.kind(node) == NodeKind::terminal) continue;
      const Entry& entry = entries_[first_[at(node)] + chosen[at(node)]];
      for (Index move = 0; move < tree_.moves(node); ++move)
        chosen[at(tree_.child(node, move))] = below_[entry.below + at(move)];
      if (const Index set = tree_.information_set(node); set != none)
        strategy[at(tree_.first_action(set) + entry.action)] = 1;
    }
    return strategy;
  }
  std::vector<Scalar> payoff(std::size_t equilibrium) const {
    const auto own = payoffs(0, static_cast<std::uint32_t>(equilibrium));
    return {own.begin(), own.end()};
  }

 private:
  struct Entry {
    std::size_t below;  // where the choices of equilibria one move below begin
    Index action;
  };
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  std::span<const Scalar> payoffs(Index node, std::uint32_t equilibrium) const {
    if (tree_.kind(node) == NodeKind::terminal)
      return game_.payoffs().subspan(at(tree_.terminal(node)) * players_, players_);
    return std::span(payoffs_).subspan((first_[at(node)] + equilibrium) * players_, players_);
  }

  /// Puts the equilibria of the subgames one move below together. False if the monitor stopped it.
  bool add(Index node, Monitor& monitor) {
    first_[at(node)] = entries_.size();
    const Index moves = tree_.moves(node);
    combination_.assign(at(moves), 0);
    std::vector<Scalar> expected(players_);
    for (bool more = true; more;) {
      const std::size_t below = below_.size();
      below_.insert(below_.end(), combination_.begin(), combination_.end());
      if (tree_.kind(node) == NodeKind::chance) {
        std::fill(expected.begin(), expected.end(), Scalar(0));
        for (Index move = 0; move < moves; ++move) {
          const auto worth = payoffs(tree_.child(node, move), combination_[at(move)]);
          for (std::size_t i = 0; i < players_; ++i) expected[i] += game_.chance(node, move) * worth[i];
        }
        keep(node, below, none, expected);
      } else {
        const auto player = at(tree_.player(node));
        const auto worth = [&](Index move) -> const Scalar& {
          return payoffs(tree_.child(node, move), combination_[at(move)])[player];
        };
        Index best = 0;
        for (Index move = 1; move < moves; ++move)
          if (worth(move) > worth(best)) best = move;
        for (Index move = best; move < moves; ++move)
          if (move == best || worth(move) == worth(best)) {
            const auto own = payoffs(tree_.child(node, move), combination_[at(move)]);
            expected.assign(own.begin(), own.end());
            keep(node, below, move, expected);
          }
      }
      more = false;
      for (Index move = 0; move < moves && !more; ++move) {
        more = ++combination_[at(move)] < count_[at(tree_.child(node, move))];
        if (!more) combination_[at(move)] = 0;
      }
      if (more && entries_.size() - first_[at(node)] >= limit_) {
        truncated_ = true;
        break;
      }
      if (more && !monitor.keep_going()) return false;
    }
    count_[at(node)] = static_cast<std::uint32_t>(entries_.size() - first_[at(node)]);
    return true;
  }

  void keep(Index node, std::size_t below, Index action, const std::vector<Scalar>& expected) {
    if (entries_.size() - first_[at(node)] >= limit_) {
      truncated_ = true;
      return;
    }
    entries_.push_back({below, action});
    payoffs_.insert(payoffs_.end(), expected.begin(), expected.end());
  }

  const ExtensiveGame<Scalar>& game_;
  const GameTree& tree_;
  std::size_t players_, limit_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> count_, below_, combination_;
  std::vector<Entry> entries_;
  std::vector<Scalar> payoffs_;
  bool truncated_ = false;
};

}  // namespace

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_backward_induction(const ExtensiveGame<Scalar>& game,
                                                     const BackwardInductionOptions& options,
                                                     Monitor& monitor) {
  options.validate();
  const GameTree& tree = game.tree();
  for (Index set = 0; set < tree.information_sets(); ++set)
    if (tree.set_nodes(set).size() > 1)
      throw InvalidGame(expectation("backward induction", "perfect information",
                                    "the information set '" + tree.set_label(set) + "' of " +
                                        std::to_string(tree.set_nodes(set).size()) + " nodes"));
  ExtensiveEquilibria<Scalar> result{game, {}, {}};
  result.info.method = "backward induction";
  result.info.arithmetic =
      std::numeric_limits<Scalar>::is_exact ? Arithmetic::exact : Arithmetic::double_precision;
  result.info.coverage = Coverage::all;
  Subgames<Scalar> subgames(game, options.limit);
  if (!subgames.solve(monitor)) {
    result.info.status = *monitor.stopped();
    result.info.coverage = Coverage::some;
    result.info.message = "stopped before the start of the game was reached";
    return result;
  }
  monitor.expect(subgames.equilibria());
  for (std::size_t k = 0; k < subgames.equilibria(); ++k) {
    if (!monitor.keep_going()) {
      result.info.status = *monitor.stopped();
      result.info.coverage = Coverage::some;
      result.info.message =
          "stopped before all of " + std::to_string(subgames.equilibria()) + " equilibria were certified";
      return result;
    }
    Assessment<Scalar> assessment = with_bayes_beliefs(game, subgames.strategy(k));
    const Certificate certificate = certify_one_shot(game, assessment);
    result.equilibria.push_back(
        {std::move(assessment), subgames.payoff(k), Concept::subgame_perfect, certificate});
    monitor.advance(1);
  }
  result.info.proven = !subgames.truncated();
  if (subgames.truncated()) {
    result.info.status = Status::truncated;
    result.info.coverage = options.limit == 1 ? Coverage::one : Coverage::some;
    result.info.message = "there are ties that lead to more than " + std::to_string(options.limit) +
                          " equilibria; raise limit for more";
  }
  return result;
}

template ExtensiveEquilibria<double> solve_backward_induction(const ExtensiveGame<double>&,
                                                              const BackwardInductionOptions&, Monitor&);
template ExtensiveEquilibria<Rational> solve_backward_induction(const ExtensiveGame<Rational>&,
                                                                const BackwardInductionOptions&, Monitor&);

}  // namespace schelling
