#pragma once

/// Random batches of signalling games, for tests and benchmarks.

#include <schelling/games/signaling_game_batch.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace schelling::testing {

struct RandomBatch {
  std::size_t games;
  int types, messages, actions;
  std::vector<double> prior, sender, receiver;

  SignalingGameBatch view() const {
    return {games, types, messages, actions, prior.data(), sender.data(), receiver.data()};
  }

  std::size_t payoffs() const {
    return static_cast<std::size_t>(types) * static_cast<std::size_t>(messages) *
           static_cast<std::size_t>(actions);
  }

  /// The same games with the games' index last.
  RandomBatch transposed() const {
    RandomBatch result = *this;
    const auto turn = [&](const std::vector<double>& from, std::vector<double>& to) {
      const std::size_t width = from.size() / games;
      for (std::size_t n = 0; n < games; ++n)
        for (std::size_t k = 0; k < width; ++k) to[k * games + n] = from[n * width + k];
    };
    turn(prior, result.prior);
    turn(sender, result.sender);
    turn(receiver, result.receiver);
    return result;
  }
};

/// In [0, 1), the same on every machine.
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : random_(seed) {}
  double operator()() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  int operator()(int low, int high) { return low + static_cast<int>((*this)() * (high - low + 1)); }

 private:
  std::mt19937_64 random_;
};

/// Payoffs uniform in [-1, 1], so that ties do not occur; or integers up to `largest`, with a prior in 64ths,
/// so that they are common.
inline RandomBatch random_batch(std::size_t games, int types, int messages, int actions, int largest,
                                std::uint64_t seed) {
  RandomBatch batch{games, types, messages, actions, {}, {}, {}};
  Uniform uniform(seed);
  std::vector<double> weights(static_cast<std::size_t>(types));
  for (std::size_t n = 0; n < games; ++n) {
    double sum = 0;
    for (double& weight : weights) sum += weight = largest ? 1 : 0.05 + uniform();
    if (largest)
      for (; sum < 64; ++sum) ++weights[static_cast<std::size_t>(uniform(0, types - 1))];
    for (const double weight : weights) batch.prior.push_back(weight / sum);
  }
  const auto payoff = [&] { return largest ? uniform(-largest, largest) : 2 * uniform() - 1; };
  for (std::size_t i = 0; i < games * batch.payoffs(); ++i) {
    batch.sender.push_back(payoff());
    batch.receiver.push_back(payoff());
  }
  return batch;
}

}  // namespace schelling::testing
