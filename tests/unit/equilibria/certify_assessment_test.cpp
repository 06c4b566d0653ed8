#include <schelling/equilibria/certify_assessment.hpp>
#include <schelling/io/gambit_files.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace schelling {
namespace {

using Answer = ConsistencyVerdict<Rational>::Answer;

/// Selten (1975), figure 1: the horse. Players 1 and 2 may pass the move on; player 3 does not know who did
/// not.
ExtensiveGame<Rational> horse() {
  return read_efg(R"(EFG 2 R "Selten 1975, figure 1" { "1" "2" "3" }
p "" 1 1 "first" { "D" "C" } 0
p "" 3 1 "third" { "L" "R" } 0
t "" 1 "" { 3, 2, 2 }
t "" 2 "" { 0, 0, 0 }
p "" 2 1 "second" { "d" "c" } 0
p "" 3 1 "third" { "L" "R" } 0
t "" 3 "" { 4, 4, 0 }
t "" 4 "" { 0, 0, 1 }
t "" 5 "" { 1, 1, 1 }
)");
}

Assessment<Rational> assess(const ExtensiveGame<Rational>& game, std::vector<Rational> strategy,
                            std::vector<std::pair<Index, Rational>> beliefs) {
  auto assessment = with_bayes_beliefs(game, std::move(strategy));
  for (const auto& [node, belief] : beliefs) {
    assessment.beliefs[static_cast<std::size_t>(node)] = belief;
    assessment.has_beliefs[static_cast<std::size_t>(game.tree().information_set(node))] = 1;
  }
  return assessment;
}

TEST(Certify, TellsTheComponentsOfSeltensHorseApart) {
  const auto game = horse();
  const auto& tree = game.tree();
  ASSERT_EQ(tree.set_label(1), "third");
  const auto third = tree.set_nodes(1);
  // Actions in the order of the information sets: first (D, C), third (L, R), second (d, c).
  // (C, c, L with probability at most 1/4): sequential with the belief 1/3 on the node after D.
  const auto good = certify(game, assess(game, {0, 1, Rational(1, 4), Rational(3, 4), 0, 1},
                                         {{third[0], Rational(1, 3)}, {third[1], Rational(2, 3)}}));
  for (const auto concept_ :
       {Concept::nash, Concept::subgame_perfect, Concept::weak_pbe, Concept::sequential})
    EXPECT_EQ(good[concept_].holds, true) << to_string(concept_) << ": " << good[concept_].reason;
  // (D, L, c with probability at least 1/3): Nash, and subgame-perfect since the horse has no proper subgame,
  // but player 2 would play d at her own move.
  for (const Rational& c : {Rational(1), Rational(1, 3)}) {
    const auto bad = certify(game, assess(game, {1, 0, 1, 0, Rational(1 - c), c}, {}));
    EXPECT_EQ(bad[Concept::nash].holds, true) << bad[Concept::nash].reason;
    EXPECT_EQ(bad[Concept::subgame_perfect].holds, true);
    EXPECT_EQ(bad[Concept::weak_pbe].holds, false);
    EXPECT_EQ(bad[Concept::sequential].holds, false);
    EXPECT_NE(bad[Concept::sequential].reason.find("'2' gains"), std::string::npos)
        << bad[Concept::sequential].reason;
  }
}

/// Two information sets over the same two histories that play does not reach: beliefs at both must agree.
ExtensiveGame<Rational> twice_over() {
  GameTreeBuilder b({"A", "B", "C"});
  const auto first = b.decision(b.root(), "A", {"out", "l", "r"}, "start");
  b.terminal(first[0]);
  for (int k = 1; k < 3; ++k)
    for (const auto reply : b.decision(first[k], "B", {"x", "y"}, "B's"))
      for (const auto end :
           b.decision(reply, "C", {"u", "v"}, reply % 2 ? "C's after one" : "C's after other"))
        b.terminal(end);
  const GameTree tree = b.build();
  return {tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
          std::vector<Rational>(static_cast<std::size_t>(tree.terminals()) * 3)};
}

TEST(DecideConsistency, ComparesOddsAcrossInformationSets) {
  const auto game = twice_over();
  const auto& tree = game.tree();
  std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()), Rational(0));
  for (Index set = 0; set < tree.information_sets(); ++set)
    strategy[static_cast<std::size_t>(tree.first_action(set))] = 1;
  const Index b = tree.find_set("B's");
  const auto with_odds = [&](Rational at_b, Rational at_one, Rational at_other) {
    std::vector<std::pair<Index, Rational>> beliefs;
    const auto add = [&](Index set, const Rational& p) {
      beliefs.emplace_back(tree.set_nodes(set)[0], p);
      beliefs.emplace_back(tree.set_nodes(set)[1], Rational(1 - p));
    };
    add(b, at_b);
    add(tree.find_set("C's after one"), at_one);
    add(tree.find_set("C's after other"), at_other);
    return decide_consistency(game, assess(game, strategy, beliefs));
  };
  const Rational half(1, 2), third(1, 3);
  EXPECT_EQ(with_odds(half, half, half).answer, Answer::consistent);
  EXPECT_EQ(with_odds(third, third, third).answer, Answer::consistent);
  EXPECT_EQ(with_odds(0, 0, 0).answer, Answer::consistent);
  // The orders agree, the odds 1:1 and 1:2 do not (Kreps and Wilson 1982; Kohlberg and Reny 1997).
  const auto contradiction = with_odds(half, third, half);
  EXPECT_EQ(contradiction.answer, Answer::inconsistent);
  EXPECT_NE(contradiction.reason.find("odds"), std::string::npos);
  EXPECT_EQ(with_odds(half, third, third).answer, Answer::inconsistent);
  // Supports that contradict each other.
  const auto orders = with_odds(0, 1, 1);
  EXPECT_EQ(orders.answer, Answer::inconsistent);
  EXPECT_NE(orders.reason.find("orders"), std::string::npos);
}

TEST(DecideConsistency, GivesTremblesThatInduceTheBeliefs) {
  const auto game = twice_over();
  const auto& tree = game.tree();
  std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()), Rational(0));
  for (Index set = 0; set < tree.information_sets(); ++set)
    strategy[static_cast<std::size_t>(tree.first_action(set))] = 1;
  std::vector<std::pair<Index, Rational>> beliefs;
  for (Index set = 1; set < tree.information_sets(); ++set) {
    beliefs.emplace_back(tree.set_nodes(set)[0], Rational(1, 5));
    beliefs.emplace_back(tree.set_nodes(set)[1], Rational(4, 5));
  }
  const auto assessment = assess(game, strategy, beliefs);
  const auto verdict = decide_consistency(game, assessment);
  ASSERT_EQ(verdict.answer, Answer::consistent);
  // Play the trembles with a small epsilon and update by Bayes' rule.
  constexpr double epsilon = 1e-7;
  std::vector<double> trembled;
  for (std::size_t a = 0; a < strategy.size(); ++a)
    trembled.push_back(strategy[a] != 0 ? to_double(strategy[a])
                                        : std::exp(verdict.tremble_log_coefficients[a]) *
                                              std::pow(epsilon, to_double(verdict.tremble_orders[a])));
  const ExtensiveGame<double> same(tree, std::vector<double>(static_cast<std::size_t>(tree.moves())),
                                   std::vector<double>(static_cast<std::size_t>(tree.terminals()) * 3));
  const auto induced = with_bayes_beliefs(same, trembled);
  for (const auto& [node, belief] : beliefs)
    EXPECT_NEAR(induced.beliefs[static_cast<std::size_t>(node)], to_double(belief), 1e-6);
}

TEST(Certify, NamesWhoGainsWhere) {
  const auto game = horse();
  const auto certificate = certify(game, assess(game, {0, 1, 1, 0, 0, 1}, {}));
  EXPECT_EQ(certificate[Concept::nash].holds, false);
  EXPECT_NE(certificate[Concept::nash].reason.find("'1' gains"), std::string::npos)
      << certificate[Concept::nash].reason;
  EXPECT_GT(certificate.summary.max_regret, 0);
  EXPECT_EQ(certify_ex_ante(game, assess(game, {0, 1, 1, 0, 0, 1}, {})).max_regret,
            to_double(*std::max_element(certificate.ex_ante_gain.begin(), certificate.ex_ante_gain.end())));
  EXPECT_THROW(certify(game, assess(game, {0, 2, 0, 1, 1, 0}, {})), InvalidArgument);
}

/// Beliefs at a player's two sets in a row may differ; then no single change of action gains, but a plan
/// does.
TEST(Certify, ComparesContinuationsWhereBeliefsChange) {
  GameTreeBuilder b({"A", "B"});
  const auto start = b.decision(b.root(), "A", {"out", "l", "r"}, "start");
  b.terminal(start[0]);
  std::vector<Index> ends;
  for (int k = 1; k < 3; ++k) {
    const auto first = b.decision(start[k], "B", {"stop", "go"}, "first");
    b.terminal(first[0]);
    for (const auto end : b.decision(first[1], "B", {"x", "y"}, "second")) b.terminal(end);
  }
  const GameTree tree = b.build();
  // Terminals: out; after l: stop, x, y; after r: stop, x, y. B's payoff of y is 3 after l and -5 after r.
  std::vector<Rational> payoffs;
  for (const int u : {0, 1, 0, 3, 1, 0, -5}) {
    payoffs.push_back(u == 0 ? 2 : 0);
    payoffs.push_back(u);
  }
  const ExtensiveGame<Rational> game(tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
                                     payoffs);
  const auto first = tree.set_nodes(tree.find_set("first")), second = tree.set_nodes(tree.find_set("second"));
  std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()), Rational(0));
  for (Index set = 0; set < tree.information_sets(); ++set)
    strategy[static_cast<std::size_t>(tree.first_action(set))] = 1;
  const auto certificate =
      certify(game, assess(game, strategy, {{first[0], 1}, {first[1], 0}, {second[0], 0}, {second[1], 1}}));
  EXPECT_EQ(certificate.summary.max_regret, 0);
  EXPECT_EQ(certificate[Concept::weak_pbe].holds, false) << "B, sure of l at the first set, plans go and y";
  EXPECT_EQ(certificate.consistency.answer, Answer::inconsistent);
}

}  // namespace
}  // namespace schelling
