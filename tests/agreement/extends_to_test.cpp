#include "support/nash_sets.hpp"
#include "support/random_trees.hpp"
#include "support/signaling_games.hpp"

#include <schelling/solvers/extends_to.hpp>
#include <schelling/solvers/solve_backward_induction.hpp>
#include <schelling/solvers/solve_nash_all.hpp>
#include <schelling/solvers/solve_pbe.hpp>
#include <schelling/solvers/solve_pure.hpp>
#include <schelling/solvers/solve_quasi_perfect.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

using Answer = ExtensionVerdict<Rational>::Answer;

/// The tree of a signalling game; terminals in the order of type, message and action.
ExtensiveGame<Rational> tree_of(const SignalingGame<Rational>& game) {
  GameTreeBuilder b({"S", "R"});
  const auto& labels = game.labels();
  const auto drawn = b.chance(b.root(), labels.types);
  std::vector<Rational> payoffs;
  for (int t = 0; t < game.types(); ++t) {
    const auto sent = b.decision(drawn[static_cast<std::size_t>(t)], "S", labels.messages,
                                 labels.types[static_cast<std::size_t>(t)]);
    for (int m = 0; m < game.messages(); ++m) {
      const auto done = b.decision(sent[static_cast<std::size_t>(m)], "R", labels.actions,
                                   labels.messages[static_cast<std::size_t>(m)]);
      for (int a = 0; a < game.actions(); ++a) {
        b.terminal(done[static_cast<std::size_t>(a)]);
        payoffs.push_back(game.sender(t, m, a));
        payoffs.push_back(game.receiver(t, m, a));
      }
    }
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves()));
  std::copy(game.prior().begin(), game.prior().end(), chance.begin());
  return {tree, chance, payoffs};
}

std::vector<Rational> terminal_probabilities(const ExtensiveGame<Rational>& game,
                                             const Assessment<Rational>& assessment) {
  const auto reach = reach_probabilities<Rational>(game, assessment.strategy);
  std::vector<Rational> found;
  for (Index t = 0; t < game.tree().terminals(); ++t)
    found.push_back(reach[static_cast<std::size_t>(game.tree().terminal_node(t))]);
  return found;
}

/// Two programs that share no idea: solve_pbe searches supports of messages and replies, extends_to looks for
/// trembles that support extreme Nash equilibria.
TEST(ExtendsTo, FindsTheSequentialOutcomesOfSignalingGames) {
  const std::vector<std::pair<testing::Shape, int>> shapes{{{2, 2, 2}, 25}, {{3, 2, 2}, 8}, {{2, 3, 2}, 8},
                                                           {{2, 2, 3}, 8},  {{1, 3, 2}, 8}, {{3, 3, 2}, 1}};
  int sequential = 0, others = 0;
  for (const int largest : {1, 3, 9}) {
    std::mt19937 random(static_cast<unsigned>(10 + largest));
    for (const auto& [shape, games] : shapes)
      for (int k = 0; k < games; ++k) {
        const auto signaling = testing::random_game(random, shape, largest);
        const auto game = tree_of(signaling);
        std::set<std::vector<Rational>> expected, found;
        for (const auto& component : solve_pbe(signaling, {.certify = false}).components)
          for (const auto& outcome : component.outcomes) expected.insert(outcome.probabilities);
        const auto nash = solve_nash_all(game);
        for (const auto& component : nash.components) {
          bool some = false;
          for (const auto& pair : component.extreme) {
            const auto verdict = extends_to(nash, pair, Concept::sequential);
            ASSERT_NE(verdict.answer, Answer::undecided) << verdict.reason;
            (verdict.answer == Answer::yes ? sequential : others) += 1;
            if (verdict.answer == Answer::no) {
              EXPECT_FALSE(verdict.reason.empty());
              continue;
            }
            some = true;
            found.insert(terminal_probabilities(game, verdict.witness->assessment));
          }
          EXPECT_TRUE(component.indifferent.empty());
          EXPECT_EQ(extends_to(nash, component, Concept::sequential).answer == Answer::yes, some);
        }
        EXPECT_EQ(found == expected, true) << "game " << k << " of payoffs up to " << largest << ": "
                                           << found.size() << " outcomes for " << expected.size();
      }
  }
  EXPECT_GT(sequential, 200);
  EXPECT_GT(others, 200);
}

/// Without ties a game of perfect information has one subgame-perfect equilibrium: one component extends.
TEST(ExtendsTo, LeavesOneComponentOfPerfectInformation) {
  std::mt19937_64 random(5);
  int games = 0, components = 0;
  for (int k = 0; k < 15; ++k) {
    GameTreeBuilder b({"A", "B"});
    std::vector<std::pair<Index, int>> open{{b.root(), 0}};
    while (!open.empty()) {
      const auto [place, depth] = open.back();
      open.pop_back();
      if (depth == 4 || (depth > 1 && random() % 3 == 0)) {
        b.terminal(place);
        continue;
      }
      for (const auto below : b.decision(place, random() % 2 ? "A" : "B", {"l", "r"}))
        open.emplace_back(below, depth + 1);
    }
    const GameTree tree = b.build();
    std::vector<Rational> payoffs;
    for (Index t = 0; t < 2 * tree.terminals(); ++t) payoffs.push_back(static_cast<int>(random() % 100000));
    const ExtensiveGame<Rational> game(tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
                                       payoffs);
    const auto nash = solve_nash_all(game);
    const auto perfect = solve_backward_induction(game).equilibria.at(0);
    for (const Concept concept_ : {Concept::subgame_perfect, Concept::sequential}) {
      int extending = 0;
      for (const auto& component : nash.components) {
        const auto verdict = extends_to(nash, component, concept_);
        ASSERT_NE(verdict.answer, Answer::undecided) << verdict.reason;
        if (verdict.answer == Answer::no) continue;
        ++extending;
        EXPECT_EQ(verdict.witness->payoff, perfect.payoff);
      }
      EXPECT_EQ(extending, 1);
    }
    ++games;
    components += static_cast<int>(nash.components.size());
  }
  EXPECT_GT(components, games + 5);
}

/// Every equilibrium that trembles drawn at random, pure strategies, or symbolic trembles of another solver show to be
/// one lies in a component that extends.
TEST(ExtendsTo, NeverRefusesAnEquilibriumThatTremblesShow) {
  std::mt19937_64 random(11);
  int shown[2] = {0, 0}, refused = 0;
  for (int k = 0; k < 80; ++k) {
    const auto game = testing::random_tree(random, {4, 2, 2});
    const GameTree& tree = game.tree();
    const SequenceForm<Rational> form(game);
    if (form.sequences(0) + form.sequences(1) > 16 || tree.information_sets() > 7) continue;
    const auto nash = solve_nash_all(game);
    const auto products = testing::products_of(nash, form);
    std::vector<Answer> answers[2];
    for (const auto& component : nash.components)
      for (const int c : {0, 1}) {
        const auto verdict =
            extends_to(nash, component, c == 0 ? Concept::subgame_perfect : Concept::sequential);
        ASSERT_NE(verdict.answer, Answer::undecided) << verdict.reason;
        answers[c].push_back(verdict.answer);
        refused += verdict.answer == Answer::no;
      }
    const auto expect_extends = [&](const std::vector<Rational>& strategy, int c) {
      ++shown[c];
      const auto x = form.plan(0, strategy), y = form.plan(1, strategy);
      bool some = false;
      for (std::size_t n = 0; n < products.size(); ++n)
        some |= answers[c][n] == Answer::yes && testing::contains({products[n]}, x, y);
      EXPECT_TRUE(some) << "game " << k;
    };
    for (const auto& equilibrium : solve_pure(game, {.concept_ = Concept::subgame_perfect}).equilibria)
      expect_extends(equilibrium.assessment.strategy, 0);
    for (const std::uint64_t start : {0, 1, 2})
      for (const auto& equilibrium : solve_quasi_perfect(game, {.start = start}).equilibria)
        expect_extends(equilibrium.assessment.strategy, 1);
    for (int draw = 0; draw < 200; ++draw) {
      // Actions of order 0 are played; the others tremble, by powers of a small number.
      std::vector<int> order;
      std::vector<Rational> weight, tremble, strategy;
      for (Index set = 0; set < tree.information_sets(); ++set) {
        Rational played = 0, all = 0;
        const auto begin = order.size(), best = begin + random() % static_cast<unsigned>(tree.actions(set));
        for (Index a = 0; a < tree.actions(set); ++a) {
          order.push_back(order.size() == best ? 0 : static_cast<int>(random() % 4));
          weight.push_back(1 + static_cast<int>(random() % 2));
          if (order.back() == 0) played += weight.back();
        }
        for (auto a = begin; a < order.size(); ++a)
          strategy.push_back(order[a] == 0 ? weight[a] / played : Rational(0));
      }
      // Beliefs from the least order of a set's nodes and the coefficients there.
      auto assessment = with_bayes_beliefs(game, strategy);
      for (Index set = 0; set < tree.information_sets(); ++set) {
        std::vector<std::pair<int, Rational>> nodes;
        for (Index node : tree.set_nodes(set)) {
          std::pair<int, Rational> here{0, 1};
          for (Index up = node; up != 0; up = tree.parent(up)) {
            const Index before = tree.parent(up), move = tree.move_from_parent(up),
                        s = tree.information_set(before);
            if (s == none) {
              here.second *= game.chance(before, move);
              continue;
            }
            const auto action = static_cast<std::size_t>(tree.first_action(s) + move);
            here.first += order[action];
            here.second *= order[action] == 0 ? strategy[action] : weight[action];
          }
          nodes.push_back(here);
        }
        int least = 100;
        Rational total = 0;
        for (const auto& [o, w] : nodes) least = std::min(least, o);
        for (const auto& [o, w] : nodes)
          if (o == least) total += w;
        for (std::size_t n = 0; n < nodes.size(); ++n)
          assessment.beliefs[static_cast<std::size_t>(tree.set_nodes(set)[n])] =
              nodes[n].first == least ? nodes[n].second / total : Rational(0);
        assessment.has_beliefs[static_cast<std::size_t>(set)] = 1;
      }
      if (!certify_one_shot(game, assessment).passes(0)) continue;
      const auto certificate = certify(game, assessment);
      ASSERT_EQ(certificate[Concept::sequential].holds, true) << certificate[Concept::sequential].reason;
      expect_extends(strategy, 1);
      expect_extends(strategy, 0);
    }
  }
  EXPECT_GT(shown[0], 100);
  EXPECT_GT(shown[1], 100);
  EXPECT_GT(refused, 5);
}

}  // namespace
}  // namespace schelling
