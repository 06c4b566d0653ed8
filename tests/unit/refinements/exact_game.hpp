#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/numerics/rational.hpp>

#include <vector>

namespace schelling {

using ExactGame = SignalingGame<Rational>;

/// A game of integers in row-major order [t, m, a]; the prior on any positive scale.
inline ExactGame exact_game(int types, int messages, int actions, const std::vector<int>& prior,
                            const std::vector<int>& sender, const std::vector<int>& receiver,
                            SignalingLabels labels = {}) {
  int total = 0;
  for (const int p : prior) total += p;
  std::vector<Rational> probabilities;
  for (const int p : prior) probabilities.push_back(Rational(p) / total);
  return ExactGame::from_arrays(types, messages, actions, probabilities, {sender.begin(), sender.end()},
                                {receiver.begin(), receiver.end()}, std::move(labels));
}

/// Every type sends `message[t]`, answered by `reply[m]` (-1 where not sent).
inline SignalingOutcome<Rational> pure_outcome(const ExactGame& game, const std::vector<int>& message,
                                               const std::vector<int>& reply) {
  SignalingOutcome<Rational> outcome;
  outcome.probabilities.assign(game.sender().size(), Rational(0));
  for (int t = 0; t < game.types(); ++t) {
    const int m = message[static_cast<std::size_t>(t)], a = reply[static_cast<std::size_t>(m)];
    outcome.probabilities[static_cast<std::size_t>((t * game.messages() + m) * game.actions() + a)] =
        game.prior(t);
    outcome.sender_payoff.push_back(game.sender(t, m, a));
  }
  return outcome;
}

/// A set of equilibria that consists of these pure outcomes, as the comparison of pure equilibria needs it.
inline SignalingEquilibria<Rational> pure_equilibria(
    const ExactGame& game, const std::vector<SignalingOutcome<Rational>>& outcomes) {
  SignalingEquilibria<Rational> equilibria{game, {}, {}, {}, {}};
  equilibria.info.coverage = Coverage::all;
  equilibria.info.proven = true;
  for (const auto& outcome : outcomes) {
    SignalingProduct<Rational> product;
    RowTable<Rational> sender(game.types(), game.messages(), Rational(0)),
        receiver(game.messages(), game.actions(), Rational(0));
    for (int t = 0; t < game.types(); ++t)
      for (int m = 0; m < game.messages(); ++m)
        for (int a = 0; a < game.actions(); ++a) {
          const auto& p =
              outcome.probabilities[static_cast<std::size_t>((t * game.messages() + m) * game.actions() + a)];
          if (p == 0) continue;
          sender(t, m) += p / game.prior(t);
          receiver(m, a) = p / game.prior(t);
        }
    product.sender_vertices = {sender};
    product.receiver_vertices = {receiver};
    SignalingComponent<Rational> component;
    component.products.push_back(product);
    equilibria.components.push_back(component);
  }
  return equilibria;
}

}  // namespace schelling
