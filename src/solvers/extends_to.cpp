#include <schelling/solvers/extends_to.hpp>

#include "solvers/nash/tremble_levels.hpp"

#include <schelling/games/scalar_checks.hpp>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace schelling {

void ExtensionOptions::validate() const {
  if (support_limit == 0) throw InvalidOptions("support_limit: expected at least 1, found 0");
}

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

using Answer = ExtensionVerdict<Rational>::Answer;

/// Depth first over the supports at the information sets that the players' own plans exclude.
class ExtensionSearch {
 public:
  ExtensionSearch(const nash::ExtensionGame& game, const ExtensionOptions& options, Monitor& monitor)
      : game_(game), form_(game.form), options_(options), monitor_(monitor) {}

  Answer run(const std::array<std::vector<Rational>, 2>& plans) {
    plans_ = plans;
    find_supports();
    if (!holds()) return answer(false);
    if (!filter_choices()) return answer(false);
    return answer(try_from(0));
  }

  const std::string& reason() const { return reason_; }
  std::size_t refuted() const { return refuted_; }

  /// Behaviour and, where sequential rationality is asked for, beliefs, from the levels found last.
  Assessment<Rational> witness() const {
    const GameTree& tree = game_.game.tree();
    std::vector<Rational> strategy(at(tree.actions()), Rational(0));
    for (const int player : {0, 1}) {
      const auto sets = form_.sets(player);
      for (const auto& set : sets)
        for (const auto& plan : levels_[at(player)].plans) {
          const Rational& total = plan[at(set.parent)];
          if (total == 0) continue;
          for (Index s = set.first; s < set.first + set.count; ++s)
            strategy[at(form_.action(player, s))] = plan[at(s)] / total;
          break;
        }
    }
    Assessment<Rational> assessment = with_bayes_beliefs(game_.game, std::move(strategy));
    if (game_.in_subgames) return assessment;
    for (Index set = 0; set < tree.information_sets(); ++set) {
      const auto& other = game_.sequence_at[at(1 - tree.set_player(set))];
      for (const auto& plan : levels_[at(1 - tree.set_player(set))].plans) {
        Rational total = 0;
        for (const Index node : tree.set_nodes(set))
          total += game_.chance_at[at(node)] * plan[at(other[at(node)])];
        if (total == 0) continue;
        assessment.has_beliefs[at(set)] = 1;
        for (const Index node : tree.set_nodes(set))
          assessment.beliefs[at(node)] = game_.chance_at[at(node)] * plan[at(other[at(node)])] / total;
        break;
      }
    }
    return assessment;
  }

 private:
  struct Choice {
    int player;
    std::size_t set;
    std::vector<nash::Support> supports;
  };

  Answer answer(bool yes) const { return yes ? Answer::yes : undecided_ ? Answer::undecided : Answer::no; }

  void find_supports() {
    choices_.clear();
    for (const int player : {0, 1}) {
      auto& supports = supports_[at(player)];
      supports.clear();
      const auto sets = form_.sets(player);
      for (std::size_t h = 0; h < sets.size(); ++h) {
        nash::Support support = 0;
        for (Index k = 0; k < sets[h].count; ++k)
          if (plans_[at(player)][at(sets[h].first + k)] != 0) support |= nash::Support{1} << k;
        supports.push_back(support);
        if (support == 0) choices_.push_back({player, h, {}});
      }
    }
    // As the tree numbers them, so that own earlier sets come first.
    std::sort(choices_.begin(), choices_.end(), [&](const Choice& a, const Choice& b) {
      return game_.tree_set[at(a.player)][a.set] < game_.tree_set[at(b.player)][b.set];
    });
  }

  /// Whether both players' trembles exist for the supports as far as they are set.
  bool holds() {
    for (const int player : {0, 1}) {
      auto& levels = levels_[at(player)];
      levels = nash::find_levels(game_, player, plans_[at(player)], supports_, monitor_);
      if (levels.complete) continue;
      if (levels.stopped) {
        stop();
        return false;
      }
      ++refuted_;
      reason_ = explain(player, levels);
      return false;
    }
    return true;
  }

  std::string explain(int player, const nash::TrembleLevels& levels) const {
    const GameTree& tree = game_.game.tree();
    const std::string trembles = "'" + std::string(tree.player_label(player)) + "'";
    if (levels.own)
      return "no plan of " + trembles + " that reaches '" +
             tree.set_label(game_.tree_set[at(player)][levels.stuck]) +
             "' leaves the other player's replies optimal";
    const Index place = game_.units[at(1 - player)][levels.stuck].place;
    const std::string other = "'" + std::string(tree.player_label(1 - player)) + "'";
    if (game_.in_subgames)
      return "in the subgame after " + quoted_path(tree, place) + " no play of " + trembles +
             " makes that of " + other + " optimal";
    return "at '" + tree.set_label(place) + "' no trembles of " + trembles + " make the reply of " + other +
           " optimal";
  }

  /// The supports at each set that no set refutes alone. False if one has none.
  bool filter_choices() {
    for (auto& [player, set, supports] : choices_) {
      const Index actions = form_.sets(player)[set].count;
      if (actions > 12) {
        undecided_ = true;
        reason_ = "more than 12 actions at '" + game_.game.tree().set_label(game_.tree_set[at(player)][set]) +
                  "', which no plan fixes";
        return false;
      }
      std::vector<nash::Support> all;
      for (nash::Support support = 1; support < nash::Support{1} << actions; ++support)
        all.push_back(support);
      std::stable_sort(all.begin(), all.end(),
                       [](auto a, auto b) { return std::popcount(a) < std::popcount(b); });
      for (const nash::Support support : all) {
        if (!may_go_on()) return false;
        supports_[at(player)][set] = support;
        if (game_.in_subgames || holds()) supports.push_back(support);
      }
      supports_[at(player)][set] = 0;
      if (supports.empty()) return false;
    }
    return true;
  }

  void stop() {
    undecided_ = true;
    reason_ = "stopped before all supports were tried";
  }

  bool may_go_on() {
    if (!monitor_.keep_going()) {
      stop();
    } else if (++tried_ > options_.support_limit) {
      undecided_ = true;
      reason_ = "more than " + std::to_string(options_.support_limit) +
                " supports off the path; raise support_limit to try more";
    }
    return !undecided_;
  }

  bool try_from(std::size_t k) {
    if (k == choices_.size()) return holds();
    const auto& [player, set, supports] = choices_[k];
    if (game_.in_subgames && !plays_to(player, set)) return try_from(k + 1);
    for (const nash::Support support : supports) {
      if (!may_go_on()) return false;
      supports_[at(player)][set] = support;
      if (holds() && try_from(k + 1)) return true;
      if (undecided_) return false;
    }
    supports_[at(player)][set] = 0;
    return false;
  }

  /// Whether the own supports lead from the start of the smallest subgame around the set to it: nothing is asked
  /// of behaviour that the player's own moves in the subgame exclude.
  bool plays_to(int player, std::size_t set) const {
    const auto sets = form_.sets(player);
    const Index start = game_.start_of_unit(player, set);
    Index sequence = sets[set].parent;
    for (std::size_t h = set; sequence != start;) {
      do --h;
      while (sequence < sets[h].first || sequence >= sets[h].first + sets[h].count);
      if ((supports_[at(player)][h] >> (sequence - sets[h].first) & 1) == 0) return false;
      sequence = sets[h].parent;
    }
    return true;
  }

  const nash::ExtensionGame& game_;
  const SequenceForm<Rational>& form_;
  const ExtensionOptions& options_;
  Monitor& monitor_;
  std::array<std::vector<Rational>, 2> plans_;
  nash::Supports supports_;
  std::vector<Choice> choices_;
  std::array<nash::TrembleLevels, 2> levels_;
  std::string reason_;
  std::size_t refuted_ = 0, tried_ = 0;
  bool undecided_ = false;
};

template <class Scalar>
ExtensiveEquilibrium<Scalar> in_numbers_of(const ExtensiveGame<Scalar>& game, Assessment<Rational> assessment,
                                           Concept concept_) {
  ExtensiveEquilibrium<Scalar> result;
  result.concept_ = concept_;
  if constexpr (std::is_same_v<Scalar, Rational>) {
    result.assessment = std::move(assessment);
  } else {
    for (const auto& p : assessment.strategy) result.assessment.strategy.push_back(to_double(p));
    for (const auto& p : assessment.beliefs) result.assessment.beliefs.push_back(to_double(p));
    result.assessment.has_beliefs = std::move(assessment.has_beliefs);
  }
  result.certificate = concept_ == Concept::sequential ? certify(game, result.assessment).summary
                                                       : certify_ex_ante(game, result.assessment);
  const auto values = continuation_payoffs<Scalar>(game, result.assessment.strategy);
  result.payoff.assign(values.begin(), values.begin() + game.players());
  return result;
}

/// A stated plan over the sequences.
std::vector<Rational> over_sequences(const SequenceForm<Rational>& form, int player,
                                     const std::vector<Rational>& stated) {
  std::vector<Rational> plan{Rational(1)};
  for (Index s = 1; s < form.sequences(player); ++s) plan.push_back(stated[at(form.action(player, s))]);
  return plan;
}

template <class Scalar>
ExtensionVerdict<Scalar> decide(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                const nash::ExtensionGame& game, std::array<std::size_t, 2> pair,
                                Concept concept_, const ExtensionOptions& options, Monitor& monitor) {
  ExtensionVerdict<Scalar> verdict;
  verdict.concept_ = concept_;
  if (game.has_impossible_decisions) {
    verdict.reason = "chance moves of probability zero lead to decisions";
    return verdict;
  }
  ExtensionSearch search(game, options, monitor);
  const Answer answer = search.run({over_sequences(game.form, 0, equilibria.strategies[0][pair[0]]),
                                    over_sequences(game.form, 1, equilibria.strategies[1][pair[1]])});
  verdict.answer = static_cast<typename ExtensionVerdict<Scalar>::Answer>(answer);
  verdict.refuted = search.refuted();
  if (answer != Answer::yes) {
    verdict.reason = search.reason();
    return verdict;
  }
  auto witness = search.witness();
  if (certify(equilibria.solved_game, witness)[concept_].holds != true)
    throw std::logic_error("extends_to: a witness fails its certificate");
  verdict.witness = in_numbers_of(equilibria.game, std::move(witness), concept_);
  return verdict;
}

nash::ExtensionGame prepare(const ExtensiveGame<Rational>& game, Concept concept_,
                            const ExtensionOptions& options) {
  options.validate();
  if (concept_ != Concept::subgame_perfect && concept_ != Concept::sequential)
    throw InvalidArgument(expectation("concept", "subgame_perfect or sequential",
                                      "'" + std::string(to_string(concept_)) + "'"));
  return {game, concept_ == Concept::subgame_perfect};
}

}  // namespace

template <class Scalar>
ExtensionVerdict<Scalar> extends_to(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                    std::array<std::size_t, 2> pair, Concept concept_,
                                    const ExtensionOptions& options, Monitor& monitor) {
  return decide(equilibria, prepare(equilibria.solved_game, concept_, options), pair, concept_, options,
                monitor);
}

template <class Scalar>
ExtensionVerdict<Scalar> extends_to(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                    const NashComponent& component, Concept concept_,
                                    const ExtensionOptions& options, Monitor& monitor) {
  const auto game = prepare(equilibria.solved_game, concept_, options);
  ExtensionVerdict<Scalar> all;
  all.concept_ = concept_;
  all.answer = ExtensionVerdict<Scalar>::Answer::no;
  for (const auto* pairs : {&component.extreme, &component.indifferent})
    for (const auto& pair : *pairs) {
      auto verdict = decide(equilibria, game, pair, concept_, options, monitor);
      verdict.refuted += all.refuted;
      if (verdict.answer == ExtensionVerdict<Scalar>::Answer::yes) return verdict;
      if (all.answer == ExtensionVerdict<Scalar>::Answer::no) {
        all.answer = verdict.answer;
        all.reason = verdict.reason;
      }
      all.refuted = verdict.refuted;
    }
  if (all.answer == ExtensionVerdict<Scalar>::Answer::no && equilibria.info.coverage != Coverage::all) {
    all.answer = ExtensionVerdict<Scalar>::Answer::undecided;
    all.reason = "the search for equilibria ended early, so that the component may have others";
  }
  return all;
}

template ExtensionVerdict<double> extends_to(const ExtensiveNashEquilibria<double>&,
                                             std::array<std::size_t, 2>, Concept, const ExtensionOptions&,
                                             Monitor&);
template ExtensionVerdict<Rational> extends_to(const ExtensiveNashEquilibria<Rational>&,
                                               std::array<std::size_t, 2>, Concept, const ExtensionOptions&,
                                               Monitor&);
template ExtensionVerdict<double> extends_to(const ExtensiveNashEquilibria<double>&, const NashComponent&,
                                             Concept, const ExtensionOptions&, Monitor&);
template ExtensionVerdict<Rational> extends_to(const ExtensiveNashEquilibria<Rational>&, const NashComponent&,
                                               Concept, const ExtensionOptions&, Monitor&);

}  // namespace schelling
