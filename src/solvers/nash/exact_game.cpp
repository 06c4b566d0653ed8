#include "solvers/nash/exact_game.hpp"

#include <schelling/games/convert_finite_game.hpp>

#include <string>
#include <vector>

namespace schelling::nash {

NormalFormGame<Rational> in_fractions(const NormalFormGame<double>& game, std::string&) {
  return exact(game);
}

ExtensiveGame<Rational> in_fractions(const ExtensiveGame<double>& game, std::string& note) {
  std::vector<std::string> notes;
  auto result = exact(game, &notes);
  if (!notes.empty()) note = notes.front();
  if (notes.size() > 1) note += "; likewise at " + std::to_string(notes.size() - 1) + " other chance nodes";
  return result;
}

}  // namespace schelling::nash
