#include "support/phase_games.hpp"

#include <schelling/analysis/sweep.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <benchmark/benchmark.h>

#include <memory>

namespace schelling {
namespace {

constexpr int draws = 1024;

std::vector<double> sample(const Model& model) {
  phase_games::Uniform uniform(2023);
  std::vector<double> points;
  for (int i = 0; i < draws; ++i)
    for (const auto& game : phase_games::draw(model.parameters(), uniform))
      points.insert(points.end(), game.begin(), game.end());
  return points;
}

/// Phase games on one core: all equilibria, outcomes, and a certificate for each. Fails on a game that has no
/// certified equilibrium.
void solve(benchmark::State& state, EscalationTiming timing) {
  const ExtendedDeterrence model(timing);
  const auto points = sample(model);
  const std::size_t width = model.parameters().size(), count = points.size() / width;
  Records records(model.outcomes().size());
  std::size_t equilibria = 0;
  for (auto _ : state)
    for (std::size_t i = 0; i < count; ++i) {
      model.solve({points.data() + i * width, width}, records);
      if (records.status != Status::solved) state.SkipWithError("a game without certified equilibria");
      equilibria += records.size();
    }
  const auto games = static_cast<double>(state.iterations()) * static_cast<double>(count);
  state.counters["games"] = benchmark::Counter(games, benchmark::Counter::kIsRate);
  state.counters["equilibria_per_game"] = static_cast<double>(equilibria) / games;
}
BENCHMARK_CAPTURE(solve, failing, EscalationTiming::failing)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve, onset, EscalationTiming::onset)->Unit(benchmark::kMillisecond);

/// The certificate alone, once for each game's first equilibrium: what it adds to `solve`.
void certify(benchmark::State& state) {
  const ExtendedDeterrence model;
  const auto points = sample(model);
  const std::size_t width = model.parameters().size(), count = points.size() / width;
  Monitor monitor;
  const auto solved = sweep(model, points, {.threads = 1}, monitor);
  for (auto _ : state)
    for (std::size_t i = 0; i < count; ++i) {
      const auto certificate =
          model.certify({points.data() + i * width, width},
                        {solved.values.data() + solved.offsets[i] * solved.width, solved.width});
      if (!certificate.passes(certificate_tolerance))
        state.SkipWithError("an equilibrium that its certificate rejects");
    }
  const auto games = static_cast<double>(state.iterations()) * static_cast<double>(count);
  state.counters["games"] = benchmark::Counter(games, benchmark::Counter::kIsRate);
}
BENCHMARK(certify)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace schelling
