#include "support/signaling_games.hpp"

#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

using Game = SignalingGame<Rational>;
using testing::at;

constexpr testing::Shape shapes[] = {{2, 2, 2}, {3, 2, 2}, {2, 3, 2}, {2, 2, 3}, {3, 3, 2}};

template <class Law>
void for_random_games(int games, Law&& law) {
  for (const auto shape : shapes)
    for (const int largest : {1, 3, 20}) {
      std::mt19937 random(static_cast<unsigned>(100 + largest));
      for (int i = 0; i < games; ++i) law(random, shape, testing::random_game(random, shape, largest));
    }
}

TEST(SignalingLaws, RelabellingPermutesTheAnswer) {
  for_random_games(6, [](std::mt19937& random, testing::Shape shape, const Game& game) {
    auto to = testing::Relabelling::identity(shape);
    for (auto* list : {&to.types, &to.messages, &to.actions})
      std::shuffle(list->begin(), list->end(), random);
    std::vector<Rational> prior(at(shape.types)), sender(game.sender().size()),
        receiver(game.sender().size());
    for (int t = 0; t < shape.types; ++t) {
      prior[at(to.types[at(t)])] = game.prior(t);
      for (int m = 0; m < shape.messages; ++m)
        for (int a = 0; a < shape.actions; ++a) {
          const auto i =
              at((to.types[at(t)] * shape.messages + to.messages[at(m)]) * shape.actions + to.actions[at(a)]);
          sender[i] = game.sender(t, m, a);
          receiver[i] = game.receiver(t, m, a);
        }
    }
    const auto other = Game::from_arrays(shape.types, shape.messages, shape.actions, prior, sender, receiver);
    EXPECT_EQ(testing::canonical(solve_pbe(game).components, to) ==
                  testing::canonical(solve_pbe(other).components, testing::Relabelling::identity(shape)),
              true);
  });
}

TEST(SignalingLaws, PositiveAffinePayoffsChangeNothing) {
  for_random_games(6, [](std::mt19937&, testing::Shape shape, const Game& game) {
    // A type's payoffs are its own affair; the receiver's may move with what she cannot change.
    const auto other =
        Game::from_function(shape.types, shape.messages, shape.actions,
                            {game.prior().begin(), game.prior().end()}, [&](int t, int m, int a) {
                              return Game::Payoffs{game.sender(t, m, a) * Rational(t + 2, 3) - 7 * t,
                                                   game.receiver(t, m, a) * Rational(5, 2) + 3 * t - m * m};
                            });
    const auto same = testing::Relabelling::identity(shape);
    EXPECT_EQ(testing::canonical(solve_pbe(game).components, same) ==
                  testing::canonical(solve_pbe(other).components, same),
              true);
  });
}

TEST(SignalingLaws, ARepeatedActionAddsNoComponent) {
  for_random_games(6, [](std::mt19937& random, testing::Shape shape, const Game& game) {
    const int repeated = std::uniform_int_distribution<int>(0, shape.actions - 1)(random);
    const auto other =
        Game::from_function(shape.types, shape.messages, shape.actions + 1,
                            {game.prior().begin(), game.prior().end()}, [&](int t, int m, int a) {
                              const int same = a == shape.actions ? repeated : a;
                              return Game::Payoffs{game.sender(t, m, same), game.receiver(t, m, same)};
                            });
    const auto result = solve_pbe(other);
    // Adding up what the two copies are played maps equilibria onto equilibria, with connected fibres.
    EXPECT_EQ(result.components.size(), solve_pbe(game).components.size());
    EXPECT_TRUE(result.certificate.passes(0));
    for (const auto& component : result.components) {
      auto merged = component.representative;
      RowTable<Rational> receiver(shape.messages, shape.actions);
      for (int m = 0; m < shape.messages; ++m)
        for (int a = 0; a < shape.actions; ++a)
          receiver(m, a) =
              merged.receiver(m, a) + (a == repeated ? merged.receiver(m, shape.actions) : Rational(0));
      merged.receiver = receiver;
      EXPECT_TRUE(certify(game, merged).passes(0));
    }
  });
}

TEST(SignalingLaws, AnUnusedCopyOfAMessageKeepsEveryEquilibrium) {
  for_random_games(4, [](std::mt19937& random, testing::Shape shape, const Game& game) {
    const int repeated = std::uniform_int_distribution<int>(0, shape.messages - 1)(random);
    const auto other =
        Game::from_function(shape.types, shape.messages + 1, shape.actions,
                            {game.prior().begin(), game.prior().end()}, [&](int t, int m, int a) {
                              const int same = m == shape.messages ? repeated : m;
                              return Game::Payoffs{game.sender(t, same, a), game.receiver(t, same, a)};
                            });
    const auto result = solve_pbe(other);
    EXPECT_TRUE(result.certificate.passes(0));
    // Answering the copy as the original, with the same belief, is an equilibrium that must be among the
    // outcomes.
    for (const auto& component : solve_pbe(game).components)
      for (const auto& outcome : component.outcomes) {
        std::vector<Rational> expected;
        for (int t = 0; t < shape.types; ++t)
          for (int m = 0; m <= shape.messages; ++m)
            for (int a = 0; a < shape.actions; ++a)
              expected.push_back(
                  m == shape.messages
                      ? Rational(0)
                      : outcome.probabilities[at((t * shape.messages + m) * shape.actions + a)]);
        bool found = false;
        for (const auto& candidate : result.components)
          for (const auto& other_outcome : candidate.outcomes)
            found |= other_outcome.probabilities == expected;
        EXPECT_TRUE(found);
      }
  });
}

TEST(SignalingLaws, CheapTalkCanAlwaysBeIgnored) {
  for_random_games(6, [](std::mt19937&, testing::Shape shape, const Game& game) {
    const auto talk =
        Game::from_function(shape.types, shape.messages, shape.actions,
                            {game.prior().begin(), game.prior().end()}, [&](int t, int, int a) {
                              return Game::Payoffs{game.sender(t, 0, a), game.receiver(t, 0, a)};
                            });
    const auto result = solve_pbe(talk);
    EXPECT_TRUE(result.complete());
    EXPECT_TRUE(result.certificate.passes(0));
    // A pooling product in which all types send all messages, each answered by what is best against the
    // prior.
    bool babbles = false;
    for (const auto& component : result.components)
      for (const auto& product : component.products)
        babbles |= std::all_of(product.senders.begin(), product.senders.end(),
                               [&](const auto& senders) { return senders.size() == at(shape.types); });
    EXPECT_TRUE(babbles);
  });
}

TEST(SignalingLaws, DoublesAgreeWhereTheyAreSure) {
  int sure = 0;
  std::mt19937 random(5);
  for (const auto shape : shapes)
    for (int i = 0; i < 40; ++i) {
      const auto game = testing::random_game(random, shape, 99);
      const auto rounded = solve_pbe(to_double(game));
      EXPECT_LE(rounded.certificate.max_regret, 1e-12);
      EXPECT_LE(rounded.certificate.bayes_gap, 1e-12);
      if (!rounded.complete()) continue;
      ++sure;
      const auto exactly = solve_pbe(game);
      ASSERT_EQ(rounded.components.size(), exactly.components.size());
      for (std::size_t c = 0; c < exactly.components.size(); ++c) {
        const auto& a = rounded.components[c].representative;
        const auto& b = exactly.components[c].representative;
        for (int t = 0; t < shape.types; ++t)
          for (int m = 0; m < shape.messages; ++m)
            EXPECT_NEAR(a.sender(t, m), to_double(b.sender(t, m)), 1e-12);
        for (int m = 0; m < shape.messages; ++m)
          for (int act = 0; act < shape.actions; ++act)
            EXPECT_NEAR(a.receiver(m, act), to_double(b.receiver(m, act)), 1e-12);
      }
    }
  EXPECT_GT(sure, 150);
}

TEST(SignalingLaws, EveryVertexIsAnEquilibrium) {
  for_random_games(4, [](std::mt19937&, testing::Shape, const Game& game) {
    for (const auto& component : solve_pbe(game, {.certify = false}).components)
      for (const auto& vertex : vertices(game, component, 100'000))
        ASSERT_TRUE(certify(game, vertex).passes(0));
  });
}

}  // namespace
}  // namespace schelling
