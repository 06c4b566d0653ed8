#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/games/extensive_game.hpp>
#include <schelling/games/signaling_game.hpp>
#include <schelling/solvers/solve_nash.hpp>

#include <benchmark/benchmark.h>

#include <random>
#include <string>

namespace schelling {
namespace {

/// A signalling game's tree with payoffs drawn from [0, 1).
ExtensiveGame<double> signaling_tree(std::uint64_t seed, int size) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> payoff(0, 1);
  return to_extensive(SignalingGame<double>::from_function(
      size, size, size, std::vector<double>(static_cast<std::size_t>(size), 1.0 / size), [&](int, int, int) {
        return SignalingGame<double>::Payoffs{payoff(random), payoff(random)};
      }));
}

/// One Nash equilibrium of each of ten trees in turn.
void nash_of_signaling_trees(benchmark::State& state) {
  std::vector<ExtensiveGame<double>> games;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    games.push_back(signaling_tree(seed, static_cast<int>(state.range(0))));
  std::size_t pivots = 0, solved = 0;
  for (auto _ : state) {
    Monitor monitor;
    const auto result = solve_nash(games[solved++ % games.size()], {}, monitor);
    if (result.equilibria.empty() || !result.info.message.empty())
      state.SkipWithError("no certified equilibrium in double");
    pivots += monitor.done();
  }
  state.counters["pivots"] = static_cast<double>(pivots) / static_cast<double>(solved);
}
BENCHMARK(nash_of_signaling_trees)->Arg(3)->Arg(4)->Arg(5)->Arg(8)->Unit(benchmark::kMicrosecond);

void nash_of_tables(benchmark::State& state) {
  const int size = static_cast<int>(state.range(0));
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> payoff(0, 1);
  std::vector<NormalFormGame<double>> games;
  for (int k = 0; k < 10; ++k) {
    std::vector<double> row(static_cast<std::size_t>(size * size)), column(row.size());
    for (auto& u : row) u = payoff(random);
    for (auto& u : column) u = payoff(random);
    games.push_back(NormalFormGame<double>::bimatrix(size, size, row, column));
  }
  std::size_t pivots = 0, solved = 0;
  for (auto _ : state) {
    Monitor monitor;
    const auto result = solve_nash(games[solved++ % games.size()], {}, monitor);
    if (result.profiles.empty() || !result.info.message.empty())
      state.SkipWithError("no certified equilibrium in double");
    pivots += monitor.done();
  }
  state.counters["pivots"] = static_cast<double>(pivots) / static_cast<double>(solved);
}
BENCHMARK(nash_of_tables)->Arg(5)->Arg(15)->Arg(50)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace schelling
