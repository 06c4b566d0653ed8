#include <schelling/solvers/solve_quasi_perfect.hpp>

#include "solvers/nash/certified_result.hpp"
#include "solvers/nash/paths.hpp"

namespace schelling {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// A positive function of e near zero: coefficient * e^order.
struct LeadingTerm {
  Rational coefficient;
  std::size_t order;
};

LeadingTerm leading_term(const nash::Plans<Rational>& plans, std::size_t player, Index sequence) {
  const Rational* const weights = &plans.weights[player][at(sequence) * plans.powers];
  std::size_t order = 0;
  while (weights[order] == 0) ++order;  // every sequence has at least its tremble
  return {weights[order], order};
}

/// Strategies and beliefs in the limit as e vanishes.
class Limit {
 public:
  Limit(const ExtensiveGame<Rational>& game, const SequenceForm<Rational>& form,
        const nash::Plans<Rational>& plans)
      : game_(game), tree_(game.tree()), term_(at(tree_.actions())) {
    for (const int i : {0, 1})
      for (Index s = 1; s < form.sequences(i); ++s)
        term_[at(form.action(i, s))] = leading_term(plans, at(i), s);
  }

  Assessment<Rational> assessment() const {
    Assessment<Rational> result{std::vector<Rational>(at(tree_.actions()), Rational(0)),
                                std::vector<Rational>(at(tree_.nodes()), Rational(0)),
                                std::vector<char>(at(tree_.information_sets()), 1)};
    const auto reach = reach_terms();
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const auto first = at(tree_.first_action(set));
      shares(
          at(tree_.actions(set)), [&](std::size_t k) -> const LeadingTerm& { return term_[first + k]; },
          [&](std::size_t k) -> Rational& { return result.strategy[first + k]; });
      const auto nodes = tree_.set_nodes(set);
      shares(
          nodes.size(), [&](std::size_t k) -> const LeadingTerm& { return reach[at(nodes[k])]; },
          [&](std::size_t k) -> Rational& { return result.beliefs[at(nodes[k])]; });
    }
    return result;
  }

 private:
  /// Limits of the shares of some functions in their sum; those that are zero have coefficient zero.
  template <class Term, class Share>
  static void shares(std::size_t count, Term&& term, Share&& share) {
    std::size_t order = std::numeric_limits<std::size_t>::max();
    for (std::size_t k = 0; k < count; ++k)
      if (term(k).coefficient != 0) order = std::min(order, term(k).order);
    Rational total(0);
    const auto counts = [&](std::size_t k) { return term(k).coefficient != 0 && term(k).order == order; };
    for (std::size_t k = 0; k < count; ++k)
      if (counts(k)) total += term(k).coefficient;
    for (std::size_t k = 0; k < count; ++k)
      if (counts(k)) share(k) = term(k).coefficient / total;
  }

  /// Per node: the probability of being reached.
  std::vector<LeadingTerm> reach_terms() const {
    struct Reached {
      Index last_action[2];
      Rational chance;
    };
    std::vector<Reached> reached(at(tree_.nodes()), Reached{{none, none}, Rational(1)});
    std::vector<LeadingTerm> result(reached.size());
    for (Index node = 0; node < tree_.nodes(); ++node) {
      Reached& here = reached[at(node)];
      if (const Index parent = tree_.parent(node); parent != none) {
        here = reached[at(parent)];
        const Index move = tree_.move_from_parent(node), set = tree_.information_set(parent);
        if (set == none)
          here.chance *= game_.chance(parent, move);
        else
          here.last_action[tree_.set_player(set)] = tree_.first_action(set) + move;
      }
      LeadingTerm& term = result[at(node)] = {here.chance, 0};
      for (const Index action : here.last_action) {
        if (action == none) continue;
        term.coefficient *= term_[at(action)].coefficient;
        term.order += term_[at(action)].order;
      }
    }
    return result;
  }

  const ExtensiveGame<Rational>& game_;
  const GameTree& tree_;
  std::vector<LeadingTerm> term_;  // per action: the weight of the sequence that it ends
};

void require_possible_sets(const ExtensiveGame<Rational>& game) {
  const GameTree& tree = game.tree();
  std::vector<char> possible(at(tree.nodes()), 1);
  for (Index node = 1; node < tree.nodes(); ++node) {
    const Index parent = tree.parent(node);
    possible[at(node)] = possible[at(parent)] && (tree.kind(parent) != NodeKind::chance ||
                                                  game.chance(parent, tree.move_from_parent(node)) != 0);
  }
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto nodes = tree.set_nodes(set);
    if (std::none_of(nodes.begin(), nodes.end(), [&](Index node) { return possible[at(node)] != 0; }))
      throw InvalidGame(
          expectation("solve_quasi_perfect", "information sets that chance may lead to",
                      "'" + tree.set_label(set) + "' behind chance events of probability zero only"));
  }
}

}  // namespace

ExtensiveEquilibria<Rational> solve_quasi_perfect(const ExtensiveGame<Rational>& game,
                                                  const QuasiPerfectOptions& options, Monitor& monitor) {
  const SequenceForm<Rational> form(game);
  require_possible_sets(game);
  const auto start = nash::starting_strategies(form, options.start);
  ExtensiveEquilibria<Rational> result{
      game, nash::information<Rational>("Lemke's algorithm on the sequence form with symbolic trembles"), {}};
  nash::Plans<Rational> plans;
  std::string undecided;
  nash::find_certified<Rational>(
      result.info, monitor,
      [&]<class Number>(const Number&) { return nash::follow<Number>(form, start, true, monitor, plans); },
      [&] {
        auto assessment = Limit(game, form, plans).assessment();
        const auto certificate = certify(game, assessment);
        const auto& sequential = certificate[Concept::sequential];
        if (!sequential.holds) undecided = sequential.reason;
        if (sequential.holds == false) return false;
        auto payoff = continuation_payoffs<Rational>(game, assessment.strategy);
        payoff.resize(2);  // those of the root
        if (sequential.holds)
          result.equilibria.push_back(
              {std::move(assessment), std::move(payoff), Concept::sequential, certificate.summary});
        return true;
      });
  if (!undecided.empty()) {
    result.info.status = Status::incomplete;
    result.info.proven = false;
    result.info.message = "the certifier could not decide whether the limit is sequential: " + undecided;
  }
  return result;
}

ExtensiveEquilibria<Rational> solve_quasi_perfect(const ExtensiveGame<Rational>& game,
                                                  const QuasiPerfectOptions& options) {
  Monitor monitor;
  return solve_quasi_perfect(game, options, monitor);
}

}  // namespace schelling
