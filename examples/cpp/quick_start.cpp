#include <schelling/schelling.hpp>

#include <cstdio>

int main() {
  const schelling::ExtendedDeterrence model;
  const auto attack = schelling::outcome_index(model.outcomes(), "attack");
  const auto fight = schelling::outcome_index(model.outcomes(), "fight_given_resist");
  schelling::Records equilibria(model.outcomes().size());
  for (const double hands : {0.05, 0.2, 0.8, 3.2}) {
    model.solve(schelling::make_point(model.parameters(),
                                      {{{"arms", 0.7}, {"aid_discharges", 0.1}, {"tied_hands", hands}}}),
                equilibria);
    for (std::size_t i = 0; i < equilibria.size(); ++i)
      std::printf("tied hands %.2f: attack %.3f, the defender fights %.3f\n", hands,
                  equilibria.row(i)[attack], equilibria.row(i)[fight]);
  }
}
