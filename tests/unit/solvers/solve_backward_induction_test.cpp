#include <schelling/io/gambit_files.hpp>
#include <schelling/solvers/solve_backward_induction.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

namespace schelling {
namespace {

/// A random tree of perfect information with few payoffs, hence many ties.
ExtensiveGame<Rational> random_game(std::mt19937_64& random, int nodes) {
  GameTreeBuilder b({"A", "B", "C"});
  std::vector<Index> open{b.root()};
  std::vector<std::pair<Index, int>> chances;
  std::uniform_int_distribution<int> mover(0, 3), moves(2, 3);
  for (int k = 0; k < nodes; ++k) {
    std::uniform_int_distribution<std::size_t> pick(0, open.size() - 1);
    const auto at = pick(random);
    const Index place = open[at];
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
    const int who = mover(random);
    std::vector<std::string> labels;
    for (int m = moves(random); m-- > 0;) labels.push_back(std::to_string(m));
    if (who == 3) chances.emplace_back(place, static_cast<int>(labels.size()));
    const auto below = who == 3 ? b.chance(place, labels)
                                : b.decision(place, std::string(1, static_cast<char>('A' + who)), labels);
    open.insert(open.end(), below.begin(), below.end());
  }
  for (const auto place : open) b.terminal(place);
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves())), payoffs;
  for (const auto& [place, count] : chances)
    for (int m = 0; m < count; ++m)
      chance[static_cast<std::size_t>(tree.first_move(b.numbering()[static_cast<std::size_t>(place)]) + m)] =
          Rational(1, count);
  std::uniform_int_distribution<int> payoff(0, 2);
  for (Index k = 0; k < tree.terminals() * 3; ++k) payoffs.push_back(payoff(random));
  return {tree, chance, payoffs};
}

/// By the definition: every pure strategy profile without a one-shot gain.
std::set<std::vector<Rational>> by_enumeration(const ExtensiveGame<Rational>& game) {
  const auto& tree = game.tree();
  std::set<std::vector<Rational>> found;
  std::vector<Index> choice(static_cast<std::size_t>(tree.information_sets()), 0);
  for (bool more = true; more;) {
    std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()));
    for (Index set = 0; set < tree.information_sets(); ++set)
      strategy[static_cast<std::size_t>(tree.first_action(set) + choice[static_cast<std::size_t>(set)])] = 1;
    const auto value = continuation_payoffs<Rational>(game, strategy);
    bool gains = false;
    for (Index node = 0; node < tree.nodes() && !gains; ++node) {
      const Index i = tree.player(node);
      if (i == none) continue;
      for (const Index child : tree.children(node))
        gains |=
            value[static_cast<std::size_t>(child * 3 + i)] > value[static_cast<std::size_t>(node * 3 + i)];
    }
    if (!gains) found.insert(strategy);
    more = false;
    for (Index set = 0; set < tree.information_sets() && !more; ++set) {
      more = ++choice[static_cast<std::size_t>(set)] < tree.actions(set);
      if (!more) choice[static_cast<std::size_t>(set)] = 0;
    }
  }
  return found;
}

TEST(BackwardInduction, FindsAllPureSubgamePerfectEquilibriaOfGamesWithTies) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    const auto game = random_game(random, 7);
    const auto result = solve_backward_induction(game, {.limit = 100000});
    EXPECT_TRUE(result.info.complete());
    std::set<std::vector<Rational>> found;
    for (const auto& equilibrium : result.equilibria) {
      found.insert(equilibrium.assessment.strategy);
      EXPECT_TRUE(equilibrium.certificate.passes(0)) << "seed " << seed;
      EXPECT_EQ(certify(game, equilibrium.assessment)[Concept::sequential].holds, true) << "seed " << seed;
    }
    EXPECT_EQ(found.size(), result.equilibria.size()) << "seed " << seed;
    EXPECT_EQ(found, by_enumeration(game)) << "seed " << seed;
  }
}

TEST(BackwardInduction, SaysWhenTiesExceedTheLimit) {
  std::mt19937_64 random(3);
  const auto game = random_game(random, 12);
  const auto all = solve_backward_induction(game, {.limit = 1000000});
  ASSERT_GT(all.equilibria.size(), 1u);
  const auto one = solve_backward_induction(game, {.limit = 1});
  EXPECT_EQ(one.equilibria.size(), 1u);
  EXPECT_EQ(one.info.status, Status::truncated);
  EXPECT_FALSE(one.info.complete());
}

TEST(BackwardInduction, StopsAmongTiesWhenAsked) {
  // Twelve moves without consequences: 2^4095 equilibria.
  GameTreeBuilder b({"A", "B"});
  std::vector<Index> open{b.root()};
  for (int depth = 0; depth < 12; ++depth) {
    std::vector<Index> next;
    for (const Index place : open)
      for (const Index child : b.decision(place, depth % 2 ? "A" : "B", {"l", "r"})) next.push_back(child);
    open = std::move(next);
  }
  for (const Index place : open) b.terminal(place);
  const GameTree tree = b.build();
  const ExtensiveGame<Rational> game(tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())),
                                     std::vector<Rational>(2 * open.size()));
  Monitor monitor(std::chrono::milliseconds(100));
  const auto start = std::chrono::steady_clock::now();
  const auto result = solve_backward_induction(game, {.limit = 100000}, monitor);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_EQ(result.info.status, Status::time_limit);
  EXPECT_FALSE(result.info.complete());
  EXPECT_FALSE(result.info.message.empty());
}

TEST(BackwardInduction, RefusesHiddenMovesByName) {
  GameTreeBuilder b({"A", "B"});
  for (const auto place : b.decision(b.root(), "A", {"l", "r"}))
    for (const auto end : b.decision(place, "B", {"l", "r"}, "B's")) b.terminal(end);
  const GameTree tree = b.build();
  const ExtensiveGame<double> game(tree, std::vector<double>(6), std::vector<double>(8));
  try {
    solve_backward_induction(game);
    FAIL();
  } catch (const InvalidGame& error) {
    EXPECT_NE(std::string(error.what()).find("'B's' of 2 nodes"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace schelling
