#include "support/random_trees.hpp"

#include <schelling/solvers/solve_nash_all.hpp>

#include <benchmark/benchmark.h>

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace schelling {
namespace {

NormalFormGame<Rational> random_game(int size, int largest, unsigned seed) {
  std::mt19937_64 random(seed);
  return testing::random_table(random, {size, size}, largest);
}

std::size_t extreme_equilibria(const NormalFormEquilibria<Rational>& result) {
  std::size_t count = 0;
  for (const auto& component : result.components) count += component.extreme.size();
  return count;
}

void tables(benchmark::State& state, int size, int largest) {
  unsigned seed = 0;
  std::size_t equilibria = 0;
  for (auto _ : state) {
    const auto result = solve_nash_all(random_game(size, largest, ++seed));
    if (!result.info.complete()) state.SkipWithError("not complete");
    equilibria += extreme_equilibria(result);
  }
  state.counters["equilibria"] =
      benchmark::Counter(static_cast<double>(equilibria), benchmark::Counter::kAvgIterations);
}

void trees(benchmark::State& state, testing::TreeShape shape) {
  std::mt19937_64 random(1);
  std::vector<ExtensiveGame<Rational>> games;
  for (int k = 0; k < 20; ++k) games.push_back(testing::random_tree(random, shape));
  for (auto _ : state)
    for (const auto& game : games)
      if (!solve_nash_all(game).info.complete()) state.SkipWithError("not complete");
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(games.size()));
}

double children_seconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// lrsnash (Avis et al. 2010) on the same games, where it is installed: processor time of its process. It states
/// the number of extreme equilibria in its last lines.
void peer(benchmark::State& state, int size, int largest) {
  namespace fs = std::filesystem;
  const auto stem = fs::temp_directory_path() / ("schelling_lrsnash_" + std::to_string(size));
  const std::string in = stem.string() + ".in", out = stem.string() + ".out";
  unsigned seed = 0;
  for (auto _ : state) {
    const auto game = random_game(size, largest, ++seed);
    std::ofstream file(in);
    file << size << ' ' << size << '\n';
    for (const int player : {0, 1})
      for (std::size_t profile = 0; profile < game.profiles(); ++profile)
        file << game.payoff(profile, player)
             << (profile % static_cast<std::size_t>(size) + 1 == static_cast<std::size_t>(size) ? '\n' : ' ');
    file.close();
    const double before = children_seconds();
    if (std::system(("lrsnash " + in + " > " + out + " 2>&1").c_str()) != 0)
      state.SkipWithError("lrsnash failed");
    state.SetIterationTime(children_seconds() - before);
  }
  std::ifstream result(out);
  for (std::string line; std::getline(result, line);) {
    std::size_t count = 0;
    if (std::sscanf(line.c_str(), "*Number of equilibria found: %zu", &count) == 1)
      state.counters["equilibria_of_last"] = static_cast<double>(count);
  }
  fs::remove(in);
  fs::remove(out);
}

const bool registered = [] {
  for (const int size : {5, 10, 12, 15}) {
    const std::string name = std::to_string(size) + "x" + std::to_string(size);
    benchmark::RegisterBenchmark(("tables/" + name).c_str(),
                                 [size](benchmark::State& s) { tables(s, size, 99); })
        ->Unit(benchmark::kMillisecond)
        ->Iterations(size < 15 ? 20 : 3);
    if (std::system("command -v lrsnash > /dev/null 2>&1") == 0)
      benchmark::RegisterBenchmark(("lrsnash/" + name).c_str(),
                                   [size](benchmark::State& s) { peer(s, size, 99); })
          ->Unit(benchmark::kMillisecond)
          ->UseManualTime()
          ->Iterations(size < 15 ? 20 : 3);
  }
  benchmark::RegisterBenchmark("tied_tables/10x10", [](benchmark::State& s) { tables(s, 10, 1); })
      ->Unit(benchmark::kMillisecond)
      ->Iterations(5);
  benchmark::RegisterBenchmark("trees/depth4",
                               [](benchmark::State& s) {
                                 trees(s, {4, 2, 9});
                               })
      ->Unit(benchmark::kMillisecond)
      ->MinTime(0.4);
  return true;
}();

}  // namespace
}  // namespace schelling
