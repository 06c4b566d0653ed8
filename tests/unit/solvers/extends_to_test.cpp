#include <schelling/solvers/extends_to.hpp>
#include <schelling/solvers/solve_nash_all.hpp>

#include <gtest/gtest.h>

#include <set>

namespace schelling {
namespace {

using Answer = ExtensionVerdict<Rational>::Answer;

/// A takes the outside option, worth 2 to both, or enters a table.
ExtensiveGame<Rational> with_outside_option(const std::vector<int>& payoffs, int outside = 2) {
  GameTreeBuilder b({"A", "B"});
  const auto start = b.decision(b.root(), "A", {"out", "in"}, "start");
  b.terminal(start[0]);
  for (const auto row : b.decision(start[1], "A", {"t", "b"}, "inside"))
    for (const auto end : b.decision(row, "B", {"l", "r"}, "B")) b.terminal(end);
  std::vector<Rational> numbers{outside, 2};
  numbers.insert(numbers.end(), payoffs.begin(), payoffs.end());
  const GameTree tree = b.build();
  return {tree, std::vector<Rational>(static_cast<std::size_t>(tree.moves())), numbers};
}

/// Battle of the sexes with an outside option (Kohlberg and Mertens 1986): A goes out for fear of B's favourite or of
/// the mixed equilibrium, or enters for the own one; all of it is sequential.
TEST(ExtendsTo, KeepsAllComponentsOfBattleOfTheSexesWithOutsideOption) {
  const auto nash = solve_nash_all(with_outside_option({3, 1, 0, 0, 0, 0, 1, 3}));
  ASSERT_EQ(nash.components.size(), 2u);
  for (const auto& component : nash.components)
    for (const Concept concept_ : {Concept::subgame_perfect, Concept::sequential}) {
      const auto verdict = extends_to(nash, component, concept_);
      EXPECT_EQ(verdict.answer, Answer::yes);
      EXPECT_EQ(verdict.concept_, concept_);
      EXPECT_TRUE(verdict.witness->certificate.passes(0));
    }
}

/// Where the table is matching pennies B deters entry with every mixture that is not too lopsided, but only the even
/// one is part of an equilibrium of the subgame: no extreme equilibrium extends, the component does.
TEST(ExtendsTo, FindsPerfectEquilibriaThatAreNotExtreme) {
  const auto nash = solve_nash_all(with_outside_option({3, -1, -1, 1, -1, 1, 3, -1}));
  ASSERT_EQ(nash.components.size(), 1u);
  const auto& component = nash.components[0];
  for (const auto& pair : component.extreme) {
    const auto verdict = extends_to(nash, pair, Concept::subgame_perfect);
    EXPECT_EQ(verdict.answer, Answer::no);
    EXPECT_NE(verdict.reason.find("'A'"), std::string::npos) << verdict.reason;
  }
  EXPECT_FALSE(component.indifferent.empty());
  for (const Concept concept_ : {Concept::subgame_perfect, Concept::sequential}) {
    const auto verdict = extends_to(nash, component, concept_);
    ASSERT_EQ(verdict.answer, Answer::yes);
    const auto& strategy = verdict.witness->assessment.strategy;
    for (std::size_t action = 2; action < 6; ++action) EXPECT_EQ(strategy[action], Rational(1, 2));
  }
}

/// Selten's chain store with one entrant (1978): deterrence is a Nash equilibrium and not perfect.
TEST(ExtendsTo, RefusesAnEmptyThreat) {
  GameTreeBuilder b({"entrant", "chain store"});
  const auto start = b.decision(b.root(), "entrant", {"out", "in"});
  b.terminal(start[0]);
  for (const auto end : b.decision(start[1], "chain store", {"cooperate", "aggressive"}, "reply"))
    b.terminal(end);
  const ExtensiveGame<double> game(b.build(), {0, 0, 0, 0}, {1, 5, 2, 2, 0, 0});
  const auto nash = solve_nash_all(game);
  ASSERT_EQ(nash.components.size(), 2u);
  int refused = 0;
  for (const auto& component : nash.components) {
    const auto verdict = extends_to(nash, component, Concept::sequential);
    if (verdict.answer == ExtensionVerdict<double>::Answer::yes) {
      EXPECT_EQ(verdict.witness->payoff, (std::vector<double>{2, 2}));
      continue;
    }
    ++refused;
    EXPECT_NE(verdict.reason.find("'reply'"), std::string::npos) << verdict.reason;
    EXPECT_GT(verdict.refuted, 0u);
  }
  EXPECT_EQ(refused, 1);
}

/// A does not see what chance draws and either stops or hands the choice to B, who does not see it either: B's beliefs
/// stay those of chance off the path ("no signalling what you do not know"), and the reply that only other beliefs would
/// support is refused although every information set is reached by some deviation.
TEST(ExtendsTo, LetsNobodySignalWhatHeDoesNotKnow) {
  GameTreeBuilder b({"A", "B"});
  const auto drawn = b.chance(b.root(), {"x", "y"});
  for (const auto place : drawn) {
    const auto start = b.decision(place, "A", {"stop", "go"}, "start");
    b.terminal(start[0]);
    for (const auto end : b.decision(start[1], "B", {"l", "r"}, "reply")) b.terminal(end);
  }
  const GameTree tree = b.build();
  std::vector<Rational> chance(static_cast<std::size_t>(tree.moves()));
  chance[0] = Rational(2, 3);
  chance[1] = Rational(1, 3);
  // B wants to say which it was; A gains by going if B says x.
  const ExtensiveGame<Rational> game(tree, chance, {1, 0, 2, 1, 0, 0, 1, 0, 2, 0, 0, 1});
  const auto nash = solve_nash_all(game);
  ASSERT_EQ(nash.components.size(), 2u);
  for (const auto& component : nash.components) {
    const bool goes = component.payoff[0][0] == 2;
    EXPECT_EQ(extends_to(nash, component, Concept::sequential).answer, goes ? Answer::yes : Answer::no);
  }
}

TEST(ExtendsTo, SaysWhatItCannotDecide) {
  const auto nash = solve_nash_all(with_outside_option({3, 1, 0, 0, 0, 0, 1, 3}));
  const auto& component = nash.components[0];
  EXPECT_THROW(extends_to(nash, component, Concept::nash), InvalidArgument);
  EXPECT_THROW(extends_to(nash, component, Concept::sequential, {.support_limit = 0}), InvalidOptions);
  Monitor cancelled;
  cancelled.cancel();
  const auto hard = solve_nash_all(with_outside_option({3, -1, -1, 1, -1, 1, 3, -1}));
  const auto verdict =
      extends_to(hard, hard.components[0].indifferent.at(0), Concept::sequential, {}, cancelled);
  EXPECT_EQ(verdict.answer, Answer::undecided);
  EXPECT_EQ(verdict.reason, "stopped before all supports were tried");
  const auto few = solve_nash_all(hard.game, {.limit = 1});
  ASSERT_EQ(few.components.size(), 1u);
  EXPECT_EQ(extends_to(few, few.components[0], Concept::sequential).answer, Answer::undecided);
  GameTreeBuilder b({"A", "B"});
  const auto drawn = b.chance(b.root(), {"never", "always"});
  for (const auto place : b.decision(drawn[0], "A", {"l", "r"})) b.terminal(place);
  b.terminal(drawn[1]);
  const auto never = solve_nash_all(ExtensiveGame<Rational>(b.build(), {0, 1, 0, 0}, {1, 0, 2, 0, 0, 0}));
  EXPECT_EQ(extends_to(never, never.components.at(0), Concept::sequential).reason,
            "chance moves of probability zero lead to decisions");
}

}  // namespace
}  // namespace schelling
