#include <schelling/schelling.hpp>

#include <cstdio>

int main() {
  const schelling::ExtendedDeterrence model;
  const auto column = [&](const char* name) { return schelling::outcome_index(model.outcomes(), name); };
  schelling::Records equilibria(model.outcomes().size());
  for (const double tied_hands : {0.05, 0.2, 0.8, 3.2}) {
    model.solve(schelling::make_point(model.parameters(), {{{"arms", 0.7}, {"tied_hands", tied_hands}}}), equilibria);
    for (std::size_t i = 0; i < equilibria.size(); ++i)
      std::printf("tied hands %.2f: attack %.3f, the defender fights %.3f\n", tied_hands,
                  equilibria.row(i)[column("attack")], equilibria.row(i)[column("fight_given_resist")]);
  }
}
