#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// Where a payoff is looked at: for one type, or in the limit of types going to plus or minus infinity.
struct AtType {
  using Value = double;
  double type;
  Value value(const AffinePayoff& payoff) const { return payoff.at(type); }
  static bool better(Value a, Value b) { return a > b; }
};
struct Limit {
  using Value = AffinePayoff;
  double sign;
  Value value(const AffinePayoff& payoff) const { return payoff; }
  bool better(const Value& a, const Value& b) const {
    return a.slope != b.slope ? sign * a.slope > sign * b.slope : a.intercept > b.intercept;
  }
};
void add(double& sum, double weight, double term) { sum += weight * term; }
void add(AffinePayoff& sum, double weight, const AffinePayoff& term) {
  sum.intercept += weight * term.intercept;
  sum.slope += weight * term.slope;
}

/// Values of one type of a player against the stated probabilities, under its best and under its assigned continuation.
template <class Where>
class Valuation {
 public:
  using Value = typename Where::Value;
  /// `choice[set]` points to the assigned choice probabilities of this type at its own sets.
  Valuation(const CutoffEquilibrium& e, Index player, Where where,
            const std::vector<const std::vector<double>*>& choice)
      : game_(e.game),
        tree_(e.game.tree()),
        e_(e),
        player_(player),
        where_(where),
        choice_(choice),
        best_action_(at(tree_.information_sets()), none) {}

  Value best(Index set) { return action_value(set, best_action(set), true); }
  Value assigned(Index set) {
    Value sum{};
    for (Index a = 0; a < tree_.actions(set); ++a)
      if (const double p = (*choice_[at(set)])[at(a)]; p > 0) add(sum, p, action_value(set, a, false));
    return sum;
  }

 private:
  Value action_value(Index set, Index action, bool best) {
    Value sum{};
    for (const Index node : tree_.set_nodes(set))
      if (const double w = hidden_probability(node, set); w > 0)
        add(sum, w, value(tree_.child(node, action), best));
    return sum;
  }
  Index best_action(Index set) {
    Index& chosen = best_action_[at(set)];
    if (chosen != none) return chosen;
    chosen = 0;
    Value record = action_value(set, 0, true);
    for (Index a = 1; a < tree_.actions(set); ++a)
      if (const Value v = action_value(set, a, true); where_.better(v, record)) record = v, chosen = a;
    return chosen;
  }
  /// Probability of the simultaneous moves that lead from the set's public node to one of its nodes.
  double hidden_probability(Index node, Index set) const {
    double p = 1;
    for (Index n = node; n != game_.public_node(set); n = tree_.parent(n))
      p *= e_.probability(tree_.information_set(tree_.parent(n)), tree_.move_from_parent(n));
    return p;
  }
  Value value(Index node, bool best) {
    if (tree_.kind(node) == NodeKind::terminal)
      return where_.value(game_.payoff(tree_.terminal(node), player_));
    Value sum{};
    const Index set = tree_.information_set(node);
    const bool own = set != none && tree_.set_player(set) == player_;
    if (own && best) return value(tree_.child(node, best_action(set)), true);
    for (Index k = 0; k < tree_.moves(node); ++k) {
      const double p = set == none ? game_.probability(node, k)
                       : own       ? (*choice_[at(set)])[at(k)]
                                   : e_.probability(set, k);
      if (p > 0) add(sum, p, value(tree_.child(node, k), best));
    }
    return sum;
  }

  const PrivateTypeGame& game_;
  const GameTree& tree_;
  const CutoffEquilibrium& e_;
  Index player_;
  Where where_;
  const std::vector<const std::vector<double>*>& choice_;
  std::vector<Index> best_action_;
};

class Check {
 public:
  Check(const PrivateTypeGame& game, const CutoffEquilibrium& e) : game_(game), tree_(game.tree()), e_(e) {
    check_sizes();
  }

  double max_regret() {
    double worst = 0;
    for (Index set = 0; set < tree_.information_sets(); ++set) worst = larger(worst, regret_at(set));
    return worst;
  }
  double bayes_gap();
  std::string consistency() const {
    std::size_t chosen = 0;
    for (Index a = 0; a < tree_.actions(); ++a) chosen += e_.probabilities[at(a)] == 0 && e_.beliefs[at(a)];
    if (chosen == 0) return "every belief that matters follows from Bayes' rule";
    return std::to_string(chosen) + " belief" + (chosen == 1 ? "" : "s") +
           " after unreached actions chosen within the prior's support; below them Bayes' rule holds";
  }

 private:
  // A comparison that lets NaN win, so that a certificate cannot pass by not being a number.
  static double larger(double a, double b) { return a >= b ? a : b; }

  void check_sizes() const {
    const auto expect = [](std::string_view what, std::size_t expected, std::size_t found) {
      if (expected != found)
        throw InvalidArgument(expectation(what, std::to_string(expected), std::to_string(found)));
    };
    if (!(e_.game == game_))
      throw InvalidArgument("certify: expected an assessment of this game, found one of another");
    expect("assessment: number of strategies", at(tree_.information_sets()), e_.strategy.size());
    expect("assessment: number of probabilities", at(tree_.actions()), e_.probabilities.size());
    expect("assessment: number of beliefs", at(tree_.actions()), e_.beliefs.size());
    expect("assessment: number of reached flags", at(tree_.actions()), e_.reached.size());
    expect("assessment: number of terminal probabilities", at(tree_.terminals()), e_.outcome.size());
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const auto& s = e_.strategy[at(set)];
      const std::string what = "strategy at '" + tree_.set_label(set) + "'";
      expect(what + ": number of cells", s.cutoffs.size() + 1, s.cells.size());
      expect(what + ": number of atoms", game_.types(tree_.set_player(set)).atoms().size(), s.atoms.size());
      for (const auto* rows : {&s.cells, &s.atoms})
        for (const auto& row : *rows)
          expect(what + ": number of choice probabilities", at(tree_.actions(set)), row.size());
      if (!std::is_sorted(s.cutoffs.begin(), s.cutoffs.end()))
        throw InvalidArgument(expectation(what + ": cutoffs", "ascending numbers", "others"));
    }
  }

  /// Own information sets at or below `set`.
  std::vector<Index> own_sets_from(Index set) const {
    std::vector<Index> sets{set};
    for (Index h = set + 1; h < tree_.information_sets(); ++h) {
      const Index before = tree_.previous_action(h);
      if (tree_.set_player(h) == tree_.set_player(set) && before != none &&
          std::find(sets.begin(), sets.end(), tree_.set_of_action(before)) != sets.end())
        sets.push_back(h);
    }
    return sets;
  }

  double regret_at(Index set) {
    const Index player = tree_.set_player(set);
    const auto& law = game_.types(player);
    const auto sets = own_sets_from(set);
    std::vector<const std::vector<double>*> choice(at(tree_.information_sets()), nullptr);
    double worst = 0;
    for (std::size_t k = 0; k < law.atoms().size(); ++k) {
      for (const Index h : sets) choice[at(h)] = &e_.strategy[at(h)].atoms[k];
      worst = larger(worst, gain(set, law.atoms()[k].value, choice));
    }
    if (law.parts().empty()) return worst;
    std::vector<double> ends{law.lower(), law.upper()};
    for (const Index h : sets)
      for (const double c : e_.strategy[at(h)].cutoffs)
        if (c > law.lower() && c < law.upper()) ends.push_back(c);
    std::sort(ends.begin(), ends.end());
    for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
      const double low = ends[k], high = ends[k + 1];
      if (!(low < high)) continue;
      const double inside = std::isinf(low) ? std::isinf(high) ? 0.0 : std::nextafter(high, -infinity)
                                            : std::nextafter(low, infinity);
      for (const Index h : sets)
        choice[at(h)] = &e_.strategy[at(h)].cells[e_.strategy[at(h)].cell_of(std::min(inside, high))];
      worst = larger(worst, std::isinf(low) ? limit_gain(set, -1, high, choice) : gain(set, low, choice));
      worst = larger(worst, std::isinf(high) ? limit_gain(set, 1, low, choice) : gain(set, high, choice));
    }
    return worst;
  }

  double gain(Index set, double type, const std::vector<const std::vector<double>*>& choice) {
    const Index player = tree_.set_player(set);
    const auto& law = game_.types(player);
    Valuation<AtType> valuation(e_, player, {type}, choice);
    const double difference = valuation.best(set) - valuation.assigned(set);
    const double scale = game_.payoff_scale(player), spread = law.interquartile_range();
    const bool unbounded = std::isinf(law.lower()) || std::isinf(law.upper());
    if (scale == 0) return difference == 0 ? 0 : infinity;
    return difference / (scale * (unbounded && spread > 0 ? 1 + std::abs(type) / spread : 1));
  }

  /// The last cell of an unbounded support, between `end` and infinity of the given sign.
  double limit_gain(Index set, double sign, double end,
                    const std::vector<const std::vector<double>*>& choice) {
    const Index player = tree_.set_player(set);
    constexpr double rare = 1e-12, rounding = 1e-12;
    const auto& law = game_.types(player);
    Valuation<Limit> valuation(e_, player, {sign}, choice);
    const double difference = sign * (valuation.best(set).slope - valuation.assigned(set).slope);
    double slopes = 0;
    for (Index z = 0; z < tree_.terminals(); ++z)
      slopes = std::max(slopes, std::abs(game_.payoff(z, player).slope));
    if (!(difference <= rounding * slopes)) return infinity;
    const double far = sign > 0 ? law.upper_quantile(rare) : law.quantile(rare);
    return sign * (far - end) > 0 ? gain(set, far, choice) : 0;
  }

  const PrivateTypeGame& game_;
  const GameTree& tree_;
  const CutoffEquilibrium& e_;

  // Beliefs as a law times choice probabilities of the player's moves since.
  struct Conditional {
    const Distribution* law;
    std::vector<Index> actions;
  };
  double integral(Index player, const Conditional& belief, double up_to = infinity) const;
  std::optional<Conditional> belief_after(Index action) const;
};

double Check::integral(Index player, const Conditional& belief, double up_to) const {
  std::vector<double> ends{belief.law->lower(), std::min(belief.law->upper(), up_to)};
  for (const Index action : belief.actions)
    for (const double c : e_.strategy[at(tree_.set_of_action(action))].cutoffs)
      if (c > ends[0] && c < ends[1]) ends.push_back(c);
  std::sort(ends.begin(), ends.end());
  const auto choice = [&](Index action, bool is_atom, std::size_t atom, double inside) {
    const Index set = tree_.set_of_action(action);
    const auto& s = e_.strategy[at(set)];
    const auto move = at(action - tree_.first_action(set));
    return is_atom ? s.atoms[atom][move] : s.cells[s.cell_of(inside)][move];
  };
  double sum = 0;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    if (!(ends[k] < ends[k + 1])) continue;
    double p = belief.law->continuous_mass(ends[k], ends[k + 1]);
    for (const Index action : belief.actions) p *= choice(action, false, 0, ends[k + 1]);
    sum += p;
  }
  const auto prior_atoms = game_.types(player).atoms();
  for (const auto& atom : belief.law->atoms()) {
    if (atom.value > up_to) break;
    const auto prior = std::find_if(prior_atoms.begin(), prior_atoms.end(),
                                    [&](const auto& a) { return a.value == atom.value; });
    double p = atom.weight;
    for (const Index action : belief.actions)
      p *= choice(action, prior != prior_atoms.end(), static_cast<std::size_t>(prior - prior_atoms.begin()),
                  atom.value);
    sum += p;
  }
  return sum;
}

/// Nothing where the action is unreached and no belief is stated.
std::optional<Check::Conditional> Check::belief_after(Index action) const {
  const Index set = tree_.set_of_action(action), player = tree_.set_player(set),
              before = tree_.previous_action(set);
  auto belief = before == none ? std::optional(Conditional{&game_.types(player), {}}) : belief_after(before);
  if (belief) {
    belief->actions.push_back(action);
    if (integral(player, *belief) > 0) return belief;
  }
  if (!e_.beliefs[at(action)]) return std::nullopt;
  return Conditional{&*e_.beliefs[at(action)], {}};
}

double Check::bayes_gap() {
  double gap = 0;
  for (Index set = 0; set < tree_.information_sets(); ++set) {
    const Index player = tree_.set_player(set), before = tree_.previous_action(set);
    const auto& prior = game_.types(player);
    const auto belief = before == none ? std::optional(Conditional{&prior, {}}) : belief_after(before);
    if (!belief) return infinity;
    const double total = integral(player, *belief);
    for (Index k = 0; k < tree_.actions(set); ++k) {
      const Index action = tree_.first_action(set) + k;
      auto with = *belief;
      with.actions.push_back(action);
      gap = larger(gap, std::abs(e_.probabilities[at(action)] - integral(player, with) / total));

      // The stated belief after the action, against Bayes' rule or against the prior's support.
      const auto& stated = e_.beliefs[at(action)];
      if (!stated) continue;
      const double mass = integral(player, with);
      std::vector<double> points;
      for (const Index a : with.actions)
        for (const double c : e_.strategy[at(tree_.set_of_action(a))].cutoffs) points.push_back(c);
      for (const double p : {0.1, 0.5, 0.9})
        points.push_back(stated->quantile(p)), points.push_back(prior.quantile(p));
      if (mass > 0) {
        for (const double x : points)
          gap = larger(gap, std::abs(stated->cdf(x) - integral(player, with, x) / mass));
      } else if (stated->lower() < prior.lower() || stated->upper() > prior.upper()) {
        return infinity;
      }
    }
  }
  // Probability of a terminal: chance times the probability of each player's own moves, types being independent.
  for (Index z = 0; z < tree_.terminals(); ++z) {
    double p = 1;
    std::vector<Conditional> own;
    for (Index i = 0; i < tree_.players(); ++i) own.push_back({&game_.types(i), {}});
    for (Index n = tree_.terminal_node(z); tree_.parent(n) != none; n = tree_.parent(n)) {
      const Index parent = tree_.parent(n), set = tree_.information_set(parent),
                  move = tree_.move_from_parent(n);
      if (set == none)
        p *= game_.probability(parent, move);
      else
        own[at(tree_.set_player(set))].actions.push_back(tree_.first_action(set) + move);
    }
    for (Index i = 0; i < tree_.players(); ++i)
      if (!own[at(i)].actions.empty()) p *= integral(i, own[at(i)]);
    gap = larger(gap, std::abs(e_.outcome[at(z)] - p));
  }
  return gap;
}

}  // namespace

Certificate certify(const PrivateTypeGame& game, const CutoffEquilibrium& equilibrium) {
  Check check(game, equilibrium);
  return {check.max_regret(), check.bayes_gap(), check.consistency()};
}

}  // namespace schelling
