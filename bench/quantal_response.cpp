#include "support/extensive_games.hpp"

#include <schelling/solvers/solve_agent_qre.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>

namespace schelling {
namespace {

constexpr double certified = 1e-8;  // largest regret of the limit

/// The principal branch of random signalling games with as many types as messages and actions, traced to its limit. Fails
/// on a game whose limit is not a certified sequential equilibrium.
void principal_branch(benchmark::State& state) {
  constexpr unsigned games = 50;
  const int size = static_cast<int>(state.range(0));
  std::vector<ExtensiveGame<double>> all;
  for (unsigned seed = 1; seed <= games; ++seed)
    all.push_back(extensive_games::signaling_tree(size, size, size, seed));
  std::size_t points = 0;
  double worst_regret = 0;
  for (auto _ : state)
    for (const auto& game : all) {
      const auto branch = solve_agent_qre(game);
      if (!branch.limit || !(branch.limit->certificate.max_regret <= certified))
        state.SkipWithError("a branch without a certified limit");
      else
        worst_regret = std::max(worst_regret, branch.limit->certificate.max_regret);
      points += branch.points();
    }
  const auto solved = static_cast<double>(state.iterations()) * games;
  state.counters["time_per_game"] =
      benchmark::Counter(solved, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["points_per_game"] = static_cast<double>(points) / solved;
  state.counters["worst_regret"] = worst_regret;
}
BENCHMARK(principal_branch)->Arg(2)->Arg(4)->Arg(6)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace schelling
