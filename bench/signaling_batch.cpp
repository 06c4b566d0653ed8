#include "support/signaling_batches.hpp"

#include <schelling/solvers/solve_pbe_batch.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <string>

namespace schelling {
namespace {

using testing::random_batch;
using testing::RandomBatch;

struct Setup {
  int types, messages, actions;
  BatchLayout layout;
  BatchOutputs outputs;
  int largest;  // payoffs are integers up to it; 0: continuous
  std::size_t games;
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double sum(const std::vector<double>& numbers) {
  // Eight chains of additions, so that memory is the limit.
  double lanes[8] = {};
  const std::size_t whole = numbers.size() / 8 * 8;
  for (std::size_t i = 0; i < whole; i += 8)
    for (std::size_t k = 0; k < 8; ++k) lanes[k] += numbers[i + k];
  return lanes[0] + lanes[1] + lanes[2] + lanes[3] + lanes[4] + lanes[5] + lanes[6] + lanes[7];
}

template <class T>
void write_as(ResultArray<T>& array, const ResultArray<T>& like, double value) {
  array = ResultArray<T>(like.size());
  std::fill(array.begin(), array.end(), static_cast<T>(value));
}

/// The bound that memory sets: reads every input and writes every output once, with no arithmetic worth the name. As
/// the solver does, it allocates all of its result before any of it is freed: what comes from the system comes from
/// there in both cases, and no array is written to the warm memory of another one.
void copy(const RandomBatch& games, const SignalingEquilibriaBatch& result) {
  const double value = 1e-9 * (sum(games.prior) + sum(games.sender) + sum(games.receiver));
  const double positive = value * value;
  SignalingEquilibriaBatch copied;
  write_as(copied.flags, result.flags, positive);
  write_as(copied.kind_counts, result.kind_counts, positive);
  write_as(copied.offsets, result.offsets, positive);
  write_as(copied.kind, result.kind, positive);
  write_as(copied.sender_payoff, result.sender_payoff, value);
  write_as(copied.receiver_payoff, result.receiver_payoff, value);
  write_as(copied.sender, result.sender, value);
  write_as(copied.receiver, result.receiver, value);
  write_as(copied.beliefs, result.beliefs, value);
  write_as(copied.off_path_facet, result.off_path_facet, positive);
  write_as(copied.off_path_bounds, result.off_path_bounds, value);
  benchmark::DoNotOptimize(copied.flags.data());
  benchmark::ClobberMemory();
}

/// One core. `of_copy_bound` is the time of the copy over the time of the solver, taken in turns.
void solve(benchmark::State& state, Setup setup) {
  RandomBatch games = random_batch(setup.games, setup.types, setup.messages, setup.actions, setup.largest, 1);
  if (setup.layout == BatchLayout::games_last) games = games.transposed();
  SignalingGameBatch view = games.view();
  view.layout = setup.layout;
  const PbeBatchOptions options{.outputs = setup.outputs, .threads = 1};

  const auto expected = solve_pbe_batch(view, options);
  double copying = 1e9, solving = 1e9;
  for (auto _ : state) {
    const double start = cpu_seconds();
    bool same = false;
    {
      const auto result = solve_pbe_batch(view, options);
      same = std::equal(expected.kind_counts.begin(), expected.kind_counts.end(), result.kind_counts.begin());
    }
    const double solved = cpu_seconds();
    state.PauseTiming();
    if (!same) state.SkipWithError("another number of equilibria than in the first run");
    const double before = cpu_seconds();
    copy(games, expected);
    copying = std::min(copying, cpu_seconds() - before);
    solving = std::min(solving, solved - start);
    state.ResumeTiming();
  }
  std::size_t equilibria = 0;
  for (const auto count : expected.kind_counts) equilibria += count;
  const auto count = static_cast<double>(setup.games);
  state.counters["games"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * count, benchmark::Counter::kIsRate);
  state.counters["best_games"] = count / solving;
  state.counters["of_copy_bound"] = copying / solving;
  state.counters["equilibria_per_game"] = static_cast<double>(equilibria) / count;
  state.counters["exact"] = static_cast<double>(expected.count_flag(batch_flag::exact_path)) / count;
}

void add(const std::string& name, Setup setup) {
  const std::string size =
      std::to_string(setup.types) + std::to_string(setup.messages) + std::to_string(setup.actions);
  benchmark::RegisterBenchmark((name + "/" + size).c_str(),
                               [setup](benchmark::State& state) { solve(state, setup); })
      ->Unit(benchmark::kMillisecond)
      ->MinTime(0.4);
}

const bool registered = [] {
  constexpr int sizes[][3] = {{2, 2, 2}, {2, 3, 2}, {2, 2, 3}, {3, 2, 2},
                              {2, 3, 3}, {3, 3, 2}, {3, 2, 3}, {3, 3, 3}};
  for (const auto [t, m, a] : sizes) {
    const std::size_t games = t * m * a == 8 ? 1'000'000 : t * m * a > 18 ? 32'000 : 250'000;
    add("generic_columns_counts", {t, m, a, BatchLayout::games_last, BatchOutputs::counts, 0, games});
    add("generic_rows_full", {t, m, a, BatchLayout::games_first, BatchOutputs::full, 0, games / 4});
    add("integers10_rows_full", {t, m, a, BatchLayout::games_first, BatchOutputs::full, 10, 1 << 13});
  }
  return true;
}();

}  // namespace
}  // namespace schelling
