#include "exact_game.hpp"

#include <schelling/core/error.hpp>
#include <schelling/refinements/survives.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

Survival status(const ExactGame& game, const SignalingOutcome<Rational>& outcome, Refinement refinement,
                const SignalingEquilibria<Rational>* equilibria = nullptr) {
  return survives(game, outcome, refinement, {}, equilibria).status;
}

TEST(Survives, APayoffOfExactlyZeroIsNotAMissingOne) {
  // Type 1 gets at most 0 after m1, less than its 2: the belief rests on type 0, the reply is a1, and type 0
  // gets 0 > -1.
  const auto game = exact_game(2, 2, 2, {5, 1}, {-1, 2, -2, 0, 2, 2, -1, -2}, {0, 0, -2, -1, 2, 2, 1, 1});
  const auto pooling = pure_outcome(game, {0, 0}, {0, -1});
  for (const auto refinement : {Refinement::intuitive, Refinement::d1, Refinement::d2, Refinement::nwbr,
                                Refinement::divinity, Refinement::universal_divinity})
    EXPECT_EQ(status(game, pooling, refinement), Survival::none) << to_string(refinement);
  const auto verdict = survives(game, pooling, Refinement::d1);
  ASSERT_EQ(verdict.witness.size(), 1u);
  const auto& witness = verdict.witness.front();
  EXPECT_EQ(witness.message, 1);
  EXPECT_EQ(witness.types, std::vector<int>{0});
  EXPECT_EQ(witness.belief, (std::vector<Rational>{1, 0}));
  EXPECT_EQ(witness.reply, (std::vector<Rational>{0, 1}));
  ASSERT_EQ(witness.excluded.size(), 1u);
  EXPECT_EQ(witness.excluded.front().type, 1);
  EXPECT_EQ(witness.excluded.front().by, 0);
  EXPECT_EQ(verdict.reason,
            "after m1, where t1 (t0 is tempted more often) is excluded, every best reply tempts a type: the "
            "least tempting "
            "one, a1, best against the belief t0, tempts t0");
}

TEST(Survives, OneBeliefMustAgreeWithEveryRival) {
  const auto game = exact_game(2, 2, 2, {1, 1}, {1, 0, 0, 1, 1, 0, -1, 1}, {0, 1, 0, 0, 0, -1, -1, -1});
  const auto pooling_m0 = pure_outcome(game, {0, 0}, {1, -1}),
             pooling_m1 = pure_outcome(game, {1, 1}, {-1, 1}),
             separating = pure_outcome(game, {1, 0}, {0, 1});
  const auto each = [&](std::vector<SignalingOutcome<Rational>> outcomes) {
    const auto equilibria = pure_equilibria(game, outcomes);
    return status(game, pooling_m0, Refinement::undefeated, &equilibria);
  };
  EXPECT_EQ(each({pooling_m0, pooling_m1, separating}), Survival::none);
  EXPECT_EQ(each({pooling_m0, pooling_m1}), Survival::all);
  EXPECT_EQ(each({pooling_m0, separating}), Survival::all);
  EXPECT_EQ(status(game, pooling_m0, Refinement::undefeated), Survival::undecided);
}

TEST(Survives, NoPerfectSequentialOutcome) {
  const auto game = exact_game(2, 2, 2, {2, 1}, {8, 5, 7, 0, 3, 3, 9, 2}, {7, 6, 7, 3, 0, 9, 2, 3});
  const auto first = survives(game, pure_outcome(game, {0, 0}, {1, -1}), Refinement::perfect_sequential);
  EXPECT_EQ(first.status, Survival::none);
  EXPECT_EQ(first.witness.front().types, (std::vector<int>{0, 1}));
  EXPECT_EQ(first.witness.front().belief, (std::vector<Rational>{Rational(2, 3), Rational(1, 3)}));
  const auto second = survives(game, pure_outcome(game, {1, 1}, {-1, 0}), Refinement::perfect_sequential);
  EXPECT_EQ(second.status, Survival::none);
  EXPECT_EQ(second.witness.front().types, std::vector<int>{0});
}

TEST(Survives, PureEquilibriaMayDefeatEachOther) {
  const auto game =
      exact_game(3, 3, 2, {2, 5, 1}, {15, 38, 1, 83, 76, 15, 20, 16, 92, 72, 30, 83, 81, 46, 17, 51, 71, 20},
                 {7, 72, 45, 40, 55, 53, 89, 20, 10, 17, 44, 63, 52, 19, 36, 73, 43, 75});
  const auto s1 = pure_outcome(game, {1, 1, 0}, {0, 1, -1}), s2 = pure_outcome(game, {1, 2, 1}, {-1, 1, 1});
  const auto equilibria = pure_equilibria(game, {s1, s2});
  const auto first = survives(game, s1, Refinement::undefeated, {}, &equilibria);
  EXPECT_EQ(first.status, Survival::none);
  EXPECT_EQ(first.witness.front().message, 2);
  EXPECT_EQ(first.witness.front().types, std::vector<int>{1});
  const auto second = survives(game, s2, Refinement::undefeated, {}, &equilibria);
  EXPECT_EQ(second.status, Survival::none);
  EXPECT_EQ(second.witness.front().message, 0);
  EXPECT_EQ(second.witness.front().types, std::vector<int>{2});
}

const SignalingLabels breakfast{{"weak", "surly"}, {"beer", "quiche"}, {"duel", "not"}};
ExactGame beer_quiche() {
  return exact_game(2, 2, 2, {1, 9}, {0, 2, 1, 3, 1, 3, 0, 2}, {1, 0, 1, 0, 0, 1, 0, 1}, breakfast);
}

TEST(Survives, ExplainsInLabels) {
  const auto verdict =
      survives(beer_quiche(), pure_outcome(beer_quiche(), {1, 1}, {-1, 1}), Refinement::intuitive);
  EXPECT_EQ(verdict.status, Survival::none);
  EXPECT_EQ(verdict.reason,
            "after beer, where weak is excluded, surly gains whatever the reply: even from not, best against "
            "the belief surly");
}

TEST(Survives, PositiveAffinePayoffsChangeNothing) {
  const auto game = exact_game(2, 2, 2, {1, 9}, {5, 11, 8, 14, -3, -1, -4, -2}, {3, 1, 3, 1, 1, 3, 1, 3});
  EXPECT_EQ(status(game, pure_outcome(game, {1, 1}, {-1, 1}), Refinement::intuitive), Survival::none);
  EXPECT_EQ(status(game, pure_outcome(game, {0, 0}, {1, -1}), Refinement::intuitive), Survival::all);
}

TEST(Survives, DoubleGivesTheSameOrSaysThatItCannot) {
  const SignalingGame<double> game({0.1, 0.9}, {{{0, 2}, {1, 3}}, {{1, 3}, {0, 2}}},
                                   {{{1, 0}, {1, 0}}, {{0, 1}, {0, 1}}}, breakfast);
  SignalingOutcome<double> pooling{{0, 0, 0, 0.1, 0, 0, 0, 0.9}, {3, 2}, 0.9};
  EXPECT_EQ(survives(game, pooling, Refinement::d1).status, Survival::none);
  // A mixed payoff that a deviation matches up to rounding: the type mixes half and half, 0.5 = 0.5 after m1.
  const SignalingGame<double> tied({1.0}, {{{0, 1}, {0.5, 0.5}}}, {{{0, 0}, {0, 0}}});
  const SignalingOutcome<double> mixed{{0.5, 0.5, 0, 0}, {0.5}, 0};
  const auto verdict = survives(tied, mixed, Refinement::perfect_sequential);
  EXPECT_EQ(verdict.status, Survival::undecided);
  EXPECT_NE(verdict.reason.find("use exact arithmetic"), std::string::npos);
  const auto exact = exact_game(1, 2, 2, {1}, {0, 2, 1, 1}, {0, 0, 0, 0});
  const SignalingOutcome<Rational> exactly{{Rational(1, 2), Rational(1, 2), 0, 0}, {1}, 0};
  EXPECT_EQ(survives(exact, exactly, Refinement::perfect_sequential).status, Survival::all);
}

std::string refusal(const ExactGame& game, const SignalingOutcome<Rational>& outcome) {
  try {
    survives(game, outcome, Refinement::d1);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Survives, RefusesWhatIsNoEquilibrium) {
  const auto game = beer_quiche();
  EXPECT_EQ(
      refusal(game, pure_outcome(game, {1, 1}, {-1, 0})),
      "outcome: expected one of an equilibrium of the game, found that duel is not a best reply to quiche");
  EXPECT_EQ(refusal(game, pure_outcome(game, {0, 1}, {0, 1})),
            "outcome: expected one of an equilibrium of the game, found that weak gains by sending quiche");
  auto outcome = pure_outcome(game, {0, 0}, {1, -1});
  outcome.probabilities[1] = Rational(1, 20);
  EXPECT_EQ(refusal(game, outcome),
            "outcome: expected one of an equilibrium of the game, found that weak occurs with another "
            "probability than its prior");
  outcome.probabilities.pop_back();
  EXPECT_EQ(refusal(game, outcome), "outcome: expected 8 probabilities, found 7");
}

TEST(Survives, SaysWhenItWouldBeTooMuchWork) {
  const auto game = beer_quiche();
  const auto verdict =
      survives(game, pure_outcome(game, {1, 1}, {-1, 1}), Refinement::divinity, {.work_limit = 3});
  EXPECT_EQ(verdict.status, Survival::undecided);
  EXPECT_EQ(verdict.reason, "work_limit: expected at least 4 for 2 types, found 3");
  EXPECT_THROW(survives(game, pure_outcome(game, {1, 1}, {-1, 1}), Refinement::d1, {.work_limit = 0}),
               InvalidOptions);
}

TEST(Survives, NamesRoundTrip) {
  for (const auto refinement : all_refinements())
    EXPECT_EQ(parse_refinement(to_string(refinement)), refinement);
  EXPECT_THROW(parse_refinement("d3"), InvalidArgument);
}

}  // namespace
}  // namespace schelling
