#include "support/signaling_games.hpp"

#include <schelling/solvers/solve_pbe.hpp>

#include <benchmark/benchmark.h>

namespace schelling {
namespace {

/// All equilibria in exact arithmetic on one core, per game; payoffs are integers up to `largest`, so that small ones
/// mean ties. Counts products and components per game; fails on a game that is not proven complete.
void solve_exact(benchmark::State& state, testing::Shape shape, int largest, int games, bool certified) {
  std::mt19937 random(1);
  std::vector<SignalingGame<Rational>> list;
  for (int i = 0; i < games; ++i) list.push_back(testing::random_game(random, shape, largest));
  std::size_t products = 0, components = 0, solved = 0;
  for (auto _ : state) {
    const auto& game = list[solved++ % list.size()];
    const auto result = solve_pbe(game, {.certify = certified});
    if (!result.complete() || result.components.empty())
      return state.SkipWithError("not all equilibria were found");
    components += result.components.size();
    for (const auto& component : result.components) products += component.products.size();
  }
  state.counters["products"] = static_cast<double>(products) / static_cast<double>(solved);
  state.counters["components"] = static_cast<double>(components) / static_cast<double>(solved);
}

void register_all() {
  const auto add = [](const std::string& name, testing::Shape shape, int largest, int games,
                      bool certified = false) {
    benchmark::RegisterBenchmark(
        ("solve_pbe/" + std::to_string(shape.types) + std::to_string(shape.messages) +
         std::to_string(shape.actions) + name)
            .c_str(),
        [=](benchmark::State& state) { solve_exact(state, shape, largest, games, certified); });
  };
  for (const auto shape : {testing::Shape{2, 2, 2},
                           {2, 3, 2},
                           {2, 2, 3},
                           {3, 2, 2},
                           {2, 3, 3},
                           {3, 3, 2},
                           {3, 2, 3},
                           {3, 3, 3}}) {
    add("/generic", shape, 9999, 1000);
    add("/integers_to_10", shape, 10, 1000);
  }
  add("/certified", {2, 2, 2}, 9999, 1000, true);
  add("/certified", {3, 3, 3}, 9999, 1000, true);
  add("/generic", {4, 4, 3}, 9999, 50);
  add("/generic", {4, 4, 4}, 9999, 50);
  add("/generic", {5, 5, 3}, 9999, 10);
}

const bool registered = (register_all(), true);

}  // namespace
}  // namespace schelling
