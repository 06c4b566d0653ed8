#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/core/result.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string_view>
#include <vector>

namespace schelling {

/// What a strategy must fall short of to be dominated by a mixture of the player's other strategies.
enum class Dominance {
  strict,  ///< the mixture pays more against everything that the others may do
  weak     ///< it never pays less, and sometimes more
};
std::string_view to_string(Dominance dominance);

struct EliminationOptions {
  Dominance dominance = Dominance::strict;
};

/// A strategy that was eliminated, and why.
template <class Scalar>
struct Elimination {
  int round;  ///< counted from 1
  int player;
  int strategy;
  /// Per strategy of the player, those eliminated before included: the mixture that dominates it.
  std::vector<Scalar> dominated_by;
};

template <class Scalar>
struct EliminationResult {
  NormalFormGame<Scalar> game;
  ResultInfo info;
  /// In the order of elimination.
  std::vector<Elimination<Scalar>> eliminations;
  /// Per player, the strategies that remain.
  std::vector<std::vector<int>> remaining;
  /// The game of the strategies that remain.
  NormalFormGame<Scalar> reduced;
};

/// Iterated elimination of dominated strategies, any number of players, dominance by mixed strategies (Pearce 1984).
///
/// In each round all strategies of all players that are dominated in the game that is left are eliminated together, until
/// there are none. What remains does not depend on this order for strict dominance; for weak dominance it may. Comparisons
/// are exact, of the numbers as they are, by linear programs with verified certificates; what dominates is checked again by
/// the definition.
///
/// Coverage: all, proven, unless stopped; then the rounds that were finished stand.
/// A tree is treated in its reduced normal form: see `ReducedNormalForm`.
template <class Scalar>
EliminationResult<Scalar> eliminate_dominated(const NormalFormGame<Scalar>& game,
                                              const EliminationOptions& options, Monitor& monitor);
template <class Scalar>
EliminationResult<Scalar> eliminate_dominated(const NormalFormGame<Scalar>& game,
                                              const EliminationOptions& options = {}) {
  Monitor monitor;
  return eliminate_dominated(game, options, monitor);
}

extern template EliminationResult<double> eliminate_dominated(const NormalFormGame<double>&,
                                                              const EliminationOptions&, Monitor&);
extern template EliminationResult<Rational> eliminate_dominated(const NormalFormGame<Rational>&,
                                                                const EliminationOptions&, Monitor&);

}  // namespace schelling
