#include <schelling/equilibria/certify_assessment.hpp>

#include <algorithm>
#include <functional>

namespace schelling {

std::string_view to_string(Concept concept_) {
  switch (concept_) {
    case Concept::nash:
      return "nash";
    case Concept::subgame_perfect:
      return "subgame_perfect";
    case Concept::weak_pbe:
      return "weak_pbe";
    case Concept::sequential:
      return "sequential";
  }
  return "";
}

namespace {

template <class Scalar>
class Examination {
 public:
  Examination(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment, double tolerance)
      : game_(game),
        tree_(game.tree()),
        assessment_(assessment),
        tolerance_(tolerance),
        players_(static_cast<std::size_t>(tree_.players())),
        value_(continuation_payoffs<Scalar>(game, assessment.strategy)),
        reach_(reach_probabilities<Scalar>(game, assessment.strategy)),
        best_after_(static_cast<std::size_t>(tree_.actions()), Scalar(0)) {
    measure_payoffs();
  }

  Certificate summary() {
    AssessmentCertificate<Scalar> result;
    one_shot(result);
    return {to_double(largest_gain(result)), to_double(distance_from_bayes()), "not examined"};
  }

  Certificate ex_ante() {
    measure_subtrees();
    find_own_history();
    AssessmentCertificate<Scalar> result;
    nash(result);
    const Scalar& gain = *std::max_element(result.ex_ante_gain.begin(), result.ex_ante_gain.end());
    return {to_double(gain), to_double(distance_from_bayes()), "not examined"};
  }

  AssessmentCertificate<Scalar> certificate() {
    measure_subtrees();
    find_own_history();
    AssessmentCertificate<Scalar> result;
    nash(result);
    subgame_perfect(result);
    one_shot(result);
    const Scalar bayes_gap = distance_from_bayes();
    weak_pbe(result, bayes_gap);
    result.consistency = decide_consistency(game_, assessment_);
    sequential(result);
    result.summary.max_regret = to_double(largest_gain(result));
    result.summary.bayes_gap = to_double(bayes_gap);
    using Answer = typename ConsistencyVerdict<Scalar>::Answer;
    result.summary.consistency =
        result.consistency.answer == Answer::consistent     ? "consistent (Kreps and Wilson 1982)"
        : result.consistency.answer == Answer::inconsistent ? "inconsistent: " + result.consistency.reason
                                                            : "undecided: " + result.consistency.reason;
    return result;
  }

 private:
  static Scalar largest_gain(const AssessmentCertificate<Scalar>& result) {
    Scalar largest(0);
    for (const auto& gain : result.one_shot_gain)
      if (gain) largest = std::max(largest, *gain);
    return largest;
  }
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  const Scalar& value(Index node, Index player) const { return value_[at(node) * players_ + at(player)]; }
  const Scalar& strategy(Index set, Index action) const {
    return assessment_.strategy[at(tree_.first_action(set) + action)];
  }
  bool is_gain(const Scalar& gain) const { return to_double(gain) > tolerance_; }
  Scalar relative(const Scalar& gain, Index player) const {
    return range_[at(player)] == Scalar(0) ? Scalar(0) : Scalar(gain / range_[at(player)]);
  }
  bool states_beliefs(Index set) const {
    return tree_.set_nodes(set).size() == 1 || assessment_.has_beliefs[at(set)];
  }
  Scalar belief(Index set, Index node) const {
    return tree_.set_nodes(set).size() == 1 ? Scalar(1) : assessment_.beliefs[at(node)];
  }
  static std::string text(const Scalar& gain) { return to_text(to_double(gain)); }

  void measure_payoffs() {
    for (Index i = 0; i < tree_.players(); ++i) {
      Scalar low = game_.payoff(0, i), high = low;
      for (Index t = 1; t < tree_.terminals(); ++t) {
        low = std::min(low, game_.payoff(t, i));
        high = std::max(high, game_.payoff(t, i));
      }
      range_.push_back(high - low);
    }
  }

  /// The nodes below a node are the numbers up to `end_`; a subgame begins where the information sets met
  /// there have no node outside (Selten 1965).
  void measure_subtrees() {
    const auto count = at(tree_.nodes());
    end_.resize(count);
    std::vector<Index> first(count), last(count);
    subgame_.assign(count, 0);
    for (Index node = tree_.nodes(); node-- > 0;) {
      end_[at(node)] = node + 1;
      first[at(node)] = last[at(node)] = node;
      if (const Index set = tree_.information_set(node); set != none) {
        first[at(node)] = tree_.set_nodes(set).front();
        last[at(node)] = tree_.set_nodes(set).back();
      }
      for (const Index child : tree_.children(node)) {
        end_[at(node)] = std::max(end_[at(node)], end_[at(child)]);
        first[at(node)] = std::min(first[at(node)], first[at(child)]);
        last[at(node)] = std::max(last[at(node)], last[at(child)]);
      }
      subgame_[at(node)] = tree_.kind(node) != NodeKind::terminal && first[at(node)] >= node &&
                           last[at(node)] < end_[at(node)];
    }
    subgame_[0] = 1;
  }

  /// Per player and node: the player's last own action on the path, `none` before the first.
  void find_own_history() {
    last_own_.assign(players_, std::vector<Index>(at(tree_.nodes()), none));
    for (Index node = 1; node < tree_.nodes(); ++node) {
      const Index parent = tree_.parent(node), set = tree_.information_set(parent);
      for (std::size_t i = 0; i < players_; ++i) last_own_[i][at(node)] = last_own_[i][at(parent)];
      if (set != none)
        last_own_[at(tree_.set_player(set))][at(node)] =
            tree_.first_action(set) + tree_.move_from_parent(node);
    }
  }

  /// The best that a player can make of the nodes `starts` with their weights, from there on, against the
  /// others' play. By recursion over own action sequences (von Stengel 1996): payoffs at an end belong to the
  /// last own action before it, an information set is worth its best action, and belongs to the own action
  /// before it. Subgames inside, other than the start itself, may be taken at the value that play gives them.
  Scalar best_value(Index player, const std::vector<std::pair<Index, Scalar>>& starts,
                    bool collapse_subgames) {
    Scalar total(0);
    sets_met_.clear();
    is_met_.resize(at(tree_.information_sets()), 0);
    weight_.resize(at(tree_.nodes()));
    const auto credit = [&](Index action, const Scalar& amount) {
      if (action != none && is_met_[at(tree_.set_of_action(action))])
        best_after_[at(action)] += amount;
      else
        total += amount;
    };
    for (const auto& [start, weight] : starts) {
      if (weight == Scalar(0)) continue;
      weight_[at(start)] = weight;
      for (Index node = start; node < end_[at(start)];) {
        const Scalar here = weight_[at(node)];
        const bool ends = tree_.kind(node) == NodeKind::terminal ||
                          (collapse_subgames && node != start && subgame_[at(node)]);
        if (ends || here == Scalar(0)) {
          if (here != Scalar(0)) credit(last_own_[at(player)][at(node)], here * value(node, player));
          node = end_[at(node)];
          continue;
        }
        const Index set = tree_.information_set(node);
        const bool own = set != none && tree_.set_player(set) == player;
        if (own && !is_met_[at(set)]) {
          is_met_[at(set)] = 1;
          sets_met_.push_back(set);
        }
        for (Index move = 0; move < tree_.moves(node); ++move)
          weight_[at(tree_.child(node, move))] =
              own ? here : Scalar(here * (set == none ? game_.chance(node, move) : strategy(set, move)));
        ++node;
      }
    }
    // Own sets are numbered after the own sets before them.
    std::sort(sets_met_.begin(), sets_met_.end(), std::greater<>());
    for (const Index set : sets_met_) {
      const auto first = best_after_.begin() + tree_.first_action(set);
      const Scalar best = *std::max_element(first, first + tree_.actions(set));
      std::fill(first, first + tree_.actions(set), Scalar(0));
      is_met_[at(set)] = 0;
      credit(tree_.previous_action(set), best);
    }
    return total;
  }

  void nash(AssessmentCertificate<Scalar>& result) {
    ConceptVerdict& verdict = result.concepts[static_cast<std::size_t>(Concept::nash)];
    verdict.holds = true;
    for (Index i = 0; i < tree_.players(); ++i) {
      result.ex_ante_gain.push_back(relative(best_value(i, {{0, Scalar(1)}}, false) - value(0, i), i));
      if (*verdict.holds && is_gain(result.ex_ante_gain.back()))
        verdict = {false, "'" + std::string(tree_.player_label(i)) + "' gains " +
                              text(result.ex_ante_gain.back()) + " of the payoff range by another strategy"};
    }
  }

  void subgame_perfect(AssessmentCertificate<Scalar>& result) {
    ConceptVerdict& verdict = result.concepts[static_cast<std::size_t>(Concept::subgame_perfect)];
    verdict.holds = true;
    for (Index node = 0; node < tree_.nodes(); ++node) {
      if (!subgame_[at(node)]) continue;
      for (Index i = 0; i < tree_.players(); ++i) {
        const Scalar gain = relative(best_value(i, {{node, Scalar(1)}}, true) - value(node, i), i);
        if (!is_gain(gain)) continue;
        verdict = {false, "in the subgame after " + quoted_path(tree_, node) + " '" +
                              std::string(tree_.player_label(i)) + "' gains " + text(gain) +
                              " of the payoff range by another strategy"};
        return;
      }
    }
  }

  void one_shot(AssessmentCertificate<Scalar>& result) {
    result.one_shot_gain.resize(at(tree_.information_sets()));
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      if (!states_beliefs(set)) continue;
      const Index player = tree_.set_player(set);
      Scalar stated(0), best(0);
      for (Index action = 0; action < tree_.actions(set); ++action) {
        Scalar worth(0);
        for (const Index node : tree_.set_nodes(set))
          worth += belief(set, node) * value(tree_.child(node, action), player);
        stated += strategy(set, action) * worth;
        best = action == 0 ? worth : std::max(best, worth);
      }
      result.one_shot_gain[at(set)] = relative(std::max(Scalar(best - stated), Scalar(0)), player);
    }
  }

  Scalar distance_from_bayes() const {
    Scalar largest(0);
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      if (tree_.set_nodes(set).size() == 1 || !assessment_.has_beliefs[at(set)]) continue;
      Scalar total(0);
      for (const Index node : tree_.set_nodes(set)) total += reach_[at(node)];
      if (total == Scalar(0)) continue;
      for (const Index node : tree_.set_nodes(set)) {
        const Scalar gap = assessment_.beliefs[at(node)] - reach_[at(node)] / total;
        largest = std::max(largest, gap < Scalar(0) ? Scalar(-gap) : gap);
      }
    }
    return largest;
  }

  void weak_pbe(AssessmentCertificate<Scalar>& result, const Scalar& bayes_gap) {
    ConceptVerdict& verdict = result.concepts[static_cast<std::size_t>(Concept::weak_pbe)];
    if (is_gain(bayes_gap)) {
      verdict = {false, "a belief on the path of play is " + text(bayes_gap) + " away from Bayes' rule"};
      return;
    }
    // Where an own set of several nodes comes later its beliefs need not be those of this set: compare
    // continuations.
    std::vector<char> continuation(at(tree_.information_sets()), 0);
    for (Index set = tree_.information_sets(); set-- > 0;)
      if (const Index own = tree_.previous_action(set);
          own != none && (tree_.set_nodes(set).size() > 1 || continuation[at(set)]))
        continuation[at(tree_.set_of_action(own))] = 1;
    std::string missing;
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      if (!states_beliefs(set)) {
        if (missing.empty()) missing = "no beliefs are stated at '" + tree_.set_label(set) + "'";
        continue;
      }
      const Index player = tree_.set_player(set);
      Scalar gain = *result.one_shot_gain[at(set)];
      if (!is_gain(gain) && continuation[at(set)]) {
        std::vector<std::pair<Index, Scalar>> starts;
        Scalar stated(0);
        for (const Index node : tree_.set_nodes(set)) {
          starts.emplace_back(node, belief(set, node));
          stated += belief(set, node) * value(node, player);
        }
        gain = relative(best_value(player, starts, false) - stated, player);
      }
      if (!is_gain(gain)) continue;
      verdict = {false, "'" + std::string(tree_.player_label(player)) + "' gains " + text(gain) +
                            " of the payoff range at '" + tree_.set_label(set) + "'"};
      return;
    }
    verdict.holds = missing.empty() ? std::optional(true) : std::nullopt;
    verdict.reason = missing;
  }

  void sequential(AssessmentCertificate<Scalar>& result) const {
    using Answer = typename ConsistencyVerdict<Scalar>::Answer;
    ConceptVerdict& verdict = result.concepts[static_cast<std::size_t>(Concept::sequential)];
    verdict = result[Concept::weak_pbe];
    if (verdict.holds == false) return;
    if (result.consistency.answer == Answer::inconsistent)
      verdict = {false, "beliefs are not consistent: " + result.consistency.reason};
    if (result.consistency.answer == Answer::undecided) verdict = {std::nullopt, result.consistency.reason};
  }

  const ExtensiveGame<Scalar>& game_;
  const GameTree& tree_;
  const Assessment<Scalar>& assessment_;
  double tolerance_;
  std::size_t players_;
  std::vector<Scalar> value_, reach_, best_after_, weight_, range_;
  std::vector<Index> end_, sets_met_;
  std::vector<char> subgame_, is_met_;
  std::vector<std::vector<Index>> last_own_;
};

}  // namespace

template <class Scalar>
AssessmentCertificate<Scalar> certify(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment,
                                      double tolerance) {
  check_assessment(game, assessment);
  return Examination<Scalar>(game, assessment, tolerance).certificate();
}

template <class Scalar>
Certificate certify_one_shot(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment) {
  check_assessment(game, assessment);
  return Examination<Scalar>(game, assessment, 0).summary();
}

template <class Scalar>
Certificate certify_ex_ante(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment) {
  check_assessment(game, assessment);
  return Examination<Scalar>(game, assessment, 0).ex_ante();
}

template Certificate certify_ex_ante(const ExtensiveGame<double>&, const Assessment<double>&);
template Certificate certify_ex_ante(const ExtensiveGame<Rational>&, const Assessment<Rational>&);
template Certificate certify_one_shot(const ExtensiveGame<double>&, const Assessment<double>&);
template Certificate certify_one_shot(const ExtensiveGame<Rational>&, const Assessment<Rational>&);
template AssessmentCertificate<double> certify(const ExtensiveGame<double>&, const Assessment<double>&,
                                               double);
template AssessmentCertificate<Rational> certify(const ExtensiveGame<Rational>&, const Assessment<Rational>&,
                                                 double);

}  // namespace schelling
