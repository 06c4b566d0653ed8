#include <schelling/solvers/solve_backward_induction.hpp>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <random>

namespace schelling {
namespace {

constexpr double bytes_per_megabyte = 1e6;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / bytes_per_megabyte;
}

/// A binary tree of 2^20 - 1 nodes: two players take turns, all choose from the same two labels; payoffs are random.
ExtensiveGame<double> large_game() {
  GameTreeBuilder b({"A", "B"});
  std::vector<Index> places{b.root()};
  const std::vector<std::string> actions{"left", "right"};
  constexpr int levels = 19;
  for (int level = 0; level < levels; ++level) {
    std::vector<Index> next;
    next.reserve(2 * places.size());
    for (const Index place : places) {
      const auto below = b.decision(place, level % 2 == 0 ? "A" : "B", actions);
      next.insert(next.end(), below.begin(), below.end());
    }
    places = std::move(next);
  }
  for (const Index place : places) b.terminal(place, "end");
  GameTree tree = b.build();
  std::mt19937_64 random(1);
  std::vector<double> payoffs(2 * static_cast<std::size_t>(tree.terminals()));
  for (double& u : payoffs) u = static_cast<double>(random() >> 11) * 0x1p-53;
  std::vector<double> chance(static_cast<std::size_t>(tree.moves()), 0.0);
  return {std::move(tree), std::move(chance), std::move(payoffs)};
}

/// The tree, its solution and its certificate. Fails on a solution that is not certified. Memory is that of the whole
/// program at its peak.
void million_nodes(benchmark::State& state) {
  for (auto _ : state) {
    const auto game = large_game();
    state.PauseTiming();
    state.counters["nodes"] = game.tree().nodes();
    state.counters["peak_MB_of_the_game"] = peak_megabytes();
    state.ResumeTiming();
    const auto result = solve_backward_induction(game, {.limit = 1});
    if (result.equilibria.size() != 1 || !result.equilibria[0].certificate.passes(0))
      state.SkipWithError("no certified equilibrium");
  }
  state.counters["peak_MB"] = peak_megabytes();
}
BENCHMARK(million_nodes)->Unit(benchmark::kMillisecond);

void million_nodes_solution_alone(benchmark::State& state) {
  const auto game = large_game();
  for (auto _ : state) {
    const auto result = solve_backward_induction(game, {.limit = 1});
    if (result.equilibria.size() != 1 || !result.equilibria[0].certificate.passes(0))
      state.SkipWithError("no certified equilibrium");
  }
  state.counters["peak_MB"] = peak_megabytes();
}
BENCHMARK(million_nodes_solution_alone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace schelling
