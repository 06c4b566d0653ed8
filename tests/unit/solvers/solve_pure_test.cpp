#include "support/random_trees.hpp"

#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/solvers/solve_pure.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

/// Selten (1975), figure 1, the horse.
ExtensiveGame<Rational> horse() {
  GameTreeBuilder b({"1", "2", "3"});
  const auto first = b.decision(b.root(), "1", {"L", "R"}, "1");
  const auto second = b.decision(first[1], "2", {"L", "R"}, "2");
  for (const auto place : {first[0], second[0]})
    for (const auto end : b.decision(place, "3", {"L", "R"}, "3")) b.terminal(end);
  b.terminal(second[1]);
  return {b.build(), std::vector<Rational>(8), {3, 2, 2, 0, 0, 0, 4, 4, 0, 0, 0, 1, 1, 1, 1}};
}

/// Whether the nodes from `root` on hold every information set that they touch.
bool is_subgame(const GameTree& tree, Index root) {
  const auto inside = [&](Index node) {
    while (node > root) node = tree.parent(node);
    return node == root;
  };
  for (Index set = 0; set < tree.information_sets(); ++set) {
    std::size_t count = 0;
    for (const Index node : tree.set_nodes(set)) count += inside(node);
    if (count != 0 && count != tree.set_nodes(set).size()) return false;
  }
  return true;
}

/// With the first action wherever own moves in the smallest subgame around an information set exclude it.
std::vector<Rational> canonical(const GameTree& tree, std::vector<Rational> strategy) {
  const auto given = strategy;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    bool excluded = false;
    Index node = tree.set_nodes(set).front();
    for (; node != 0 && !is_subgame(tree, node); node = tree.parent(node)) {
      const Index before = tree.information_set(tree.parent(node));
      if (before == none || tree.set_player(before) != tree.set_player(set)) continue;
      excluded |=
          given[static_cast<std::size_t>(tree.first_action(before) + tree.move_from_parent(node))] == 0;
    }
    if (!excluded) continue;
    const auto first = strategy.begin() + tree.first_action(set);
    std::fill(first, first + tree.actions(set), Rational(0));
    *first = 1;
  }
  return strategy;
}

TEST(SolvePure, FindsThePureEquilibriaOfSeltensHorse) {
  for (const Concept concept_ : {Concept::nash, Concept::subgame_perfect}) {
    const auto result = solve_pure(horse(), {.concept_ = concept_});
    EXPECT_TRUE(result.info.complete());
    std::set<std::vector<Rational>> payoffs;
    for (const auto& equilibrium : result.equilibria) {
      EXPECT_TRUE(equilibrium.certificate.passes(0));
      payoffs.insert(equilibrium.payoff);
    }
    // (L, R, L) and (R, R, R).
    EXPECT_EQ(result.equilibria.size(), 2u);
    EXPECT_EQ(payoffs, (std::set<std::vector<Rational>>{{3, 2, 2}, {1, 1, 1}}));
  }
}

TEST(SolvePure, FindsEveryPureProfileWithoutGain) {
  std::mt19937_64 random(2);
  for (const auto& shape : std::vector<std::vector<int>>{{2, 2}, {3, 2, 2}, {2, 1, 3}, {2, 2, 2, 2}})
    for (int k = 0; k < 10; ++k) {
      const auto game = testing::random_table(random, shape, 2);
      std::set<std::vector<std::vector<Rational>>> expected, found;
      for (const auto& profile : solve_pure(game).profiles) {
        found.insert(profile.strategies);
        EXPECT_TRUE(profile.certificate.passes(0));
      }
      for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
        std::vector<std::vector<Rational>> strategies;
        std::size_t rest = profile, below = game.profiles();
        for (const int own : shape) {
          below /= static_cast<std::size_t>(own);
          strategies.emplace_back(static_cast<std::size_t>(own), 0)[rest / below] = 1;
          rest %= below;
        }
        if (certify(game, strategies).certificate.passes(0)) expected.insert(strategies);
      }
      EXPECT_EQ(found == expected, true);
    }
}

/// By the definition, over all pure behaviour: what differs only where own moves exclude it counts once.
TEST(SolvePure, FindsThePureEquilibriaOfTreesOfBothConcepts) {
  std::mt19937_64 random(9);
  int nash = 0, perfect = 0;
  for (int k = 0; k < 40; ++k) {
    const auto game = testing::random_tree(random, {4, 2, 1});
    const GameTree& tree = game.tree();
    if (tree.information_sets() > 7) continue;
    std::set<std::vector<Rational>> found[2];
    for (const int c : {0, 1}) {
      const auto result = solve_pure(game, {.concept_ = c == 0 ? Concept::nash : Concept::subgame_perfect});
      EXPECT_TRUE(result.info.complete());
      for (const auto& equilibrium : result.equilibria) found[c].insert(equilibrium.assessment.strategy);
      EXPECT_EQ(found[c].size(), result.equilibria.size());
    }
    std::set<std::vector<Rational>> expected;
    std::vector<Index> choice(static_cast<std::size_t>(tree.information_sets()), 0);
    for (bool more = true; more;) {
      std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()));
      bool first_where_excluded = true;
      std::vector<char> excluded(static_cast<std::size_t>(tree.information_sets()), 0);
      for (Index set = 0; set < tree.information_sets(); ++set) {
        strategy[static_cast<std::size_t>(tree.first_action(set) + choice[static_cast<std::size_t>(set)])] =
            1;
        const Index before = tree.previous_action(set);
        if (before == none) continue;
        excluded[static_cast<std::size_t>(set)] =
            strategy[static_cast<std::size_t>(before)] == 0 ||
            excluded[static_cast<std::size_t>(tree.set_of_action(before))];
        if (excluded[static_cast<std::size_t>(set)])
          first_where_excluded &= choice[static_cast<std::size_t>(set)] == 0;
      }
      const auto certificate = certify(game, with_bayes_beliefs(game, strategy));
      if (certificate[Concept::nash].holds == true && first_where_excluded) {
        ++nash;
        EXPECT_EQ(found[0].count(strategy), 1u);
        found[0].erase(strategy);
      }
      if (certificate[Concept::subgame_perfect].holds == true) {
        ++perfect;
        expected.insert(canonical(tree, strategy));
      }
      more = false;
      for (Index set = 0; set < tree.information_sets() && !more; ++set) {
        more = ++choice[static_cast<std::size_t>(set)] < tree.actions(set);
        if (!more) choice[static_cast<std::size_t>(set)] = 0;
      }
    }
    EXPECT_TRUE(found[0].empty());
    EXPECT_EQ(found[1] == expected, true) << "game " << k;
  }
  EXPECT_GT(nash, 50);
  EXPECT_GT(perfect, 25);
}

TEST(SolvePure, SaysWhyItStops) {
  const auto incomplete = solve_pure(horse(), {.work_limit = 7});
  EXPECT_EQ(incomplete.info.status, Status::incomplete);
  EXPECT_NE(incomplete.info.message.find("8 pure profiles"), std::string::npos) << incomplete.info.message;
  EXPECT_FALSE(incomplete.info.complete());
  for (const Concept concept_ : {Concept::nash, Concept::subgame_perfect}) {
    const auto one = solve_pure(horse(), {.concept_ = concept_, .limit = 1});
    EXPECT_EQ(one.info.status, Status::truncated);
    EXPECT_EQ(one.equilibria.size(), 1u);
  }
  EXPECT_THROW(solve_pure(horse(), {.concept_ = Concept::sequential}), InvalidOptions);
  const auto pennies = NormalFormGame<double>::bimatrix(2, 2, {1, -1, -1, 1}, {-1, 1, 1, -1});
  EXPECT_EQ(solve_pure(pennies).info.status, Status::none_exists);
  EXPECT_THROW(solve_pure(pennies, {.concept_ = Concept::subgame_perfect}), InvalidOptions);
}

}  // namespace
}  // namespace schelling
