#pragma once

#include <schelling/core/result.hpp>
#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace schelling {

/// A maximal Nash subset of a two-player game (Nash 1951; Millham 1974): any strategy in the hull of the first
/// player's vertices is an equilibrium with any in the hull of the second's.
struct NashProduct {
  std::array<std::vector<std::size_t>, 2> vertices;  ///< [player] numbers in `NashEquilibria::strategies`
  std::array<int, 2> dimensions{};

  int dimension() const { return dimensions[0] + dimensions[1]; }
};

/// A connected component of the set of Nash equilibria.
struct NashComponent {
  std::vector<NashProduct> products;
  /// The extreme equilibria: a vertex of each player. Every equilibrium of the component is in a product, that
  /// is, a pair of convex combinations of them.
  std::vector<std::array<std::size_t, 2>> extreme;
  /// Equilibria in which a player's strategy is no vertex but leaves the opponent indifferent at an information
  /// set that no best reply of his reaches. Where an equilibrium of the component can be completed to one that
  /// is perfect off the path, one of `extreme` or of these can (`extends_to`).
  std::vector<std::array<std::size_t, 2>> indifferent;
  int dimension = 0;  ///< the largest of its products'
  /// [player]: least and greatest payoff in the component.
  std::array<std::array<Rational, 2>, 2> payoff;

  bool has_unique_payoff() const { return payoff[0][0] == payoff[0][1] && payoff[1][0] == payoff[1][1]; }
};

struct NashAllOptions {
  /// Most extreme equilibria kept; the result is `truncated` if there are more.
  std::size_t limit = 100'000;

  /// Throws InvalidOptions naming the field.
  void validate() const;
};

/// The Nash equilibria of a two-player game. `Game` is NormalFormGame or ExtensiveGame. Strategies are always exact:
/// a game in double is solved as the fractions that its shortest decimals stand for (`solved_game`).
///
/// A strategy of a game in normal form gives each pure strategy its probability. One of a tree is a realisation
/// plan: it has an entry for each action of the tree, which is, for the own ones, the product of the
/// probabilities of that action and of the own actions before it; other entries are zero. Plans, unlike behaviour
/// strategies, can be combined convexly without changing what is paid in between.
template <template <class> class Game, class Scalar>
struct NashEquilibria {
  Game<Scalar> game;
  Game<Rational> solved_game;
  ResultInfo info;
  NashAllOptions options;
  /// The worst over the extreme equilibria.
  Certificate certificate;
  std::array<std::vector<std::vector<Rational>>, 2> strategies;  ///< [player][vertex]
  std::vector<NashComponent> components;

  bool complete() const { return info.complete(); }
};

template <class Scalar>
using NormalFormEquilibria = NashEquilibria<NormalFormGame, Scalar>;
template <class Scalar>
using ExtensiveNashEquilibria = NashEquilibria<ExtensiveGame, Scalar>;

/// The profile of a pair of strategies, certified.
template <class Scalar>
Profile<Scalar> equilibrium(const NormalFormEquilibria<Scalar>& equilibria, std::array<std::size_t, 2> pair);

/// The assessment on the path of a pair of plans, certified as a Nash equilibrium: beliefs are stated where play
/// reaches, and at information sets that a player's own moves exclude the strategy is the first action.
template <class Scalar>
ExtensiveEquilibrium<Scalar> equilibrium(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                         std::array<std::size_t, 2> pair);

/// The extreme equilibria of a component.
/// @throws InvalidArgument if there are more than `limit`
template <class Scalar>
std::vector<Profile<Scalar>> vertices(const NormalFormEquilibria<Scalar>& equilibria,
                                      const NashComponent& component, std::size_t limit = 1000);
template <class Scalar>
std::vector<ExtensiveEquilibrium<Scalar>> vertices(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                                   const NashComponent& component, std::size_t limit = 1000);

extern template Profile<double> equilibrium(const NormalFormEquilibria<double>&, std::array<std::size_t, 2>);
extern template Profile<Rational> equilibrium(const NormalFormEquilibria<Rational>&,
                                              std::array<std::size_t, 2>);
extern template ExtensiveEquilibrium<double> equilibrium(const ExtensiveNashEquilibria<double>&,
                                                         std::array<std::size_t, 2>);
extern template ExtensiveEquilibrium<Rational> equilibrium(const ExtensiveNashEquilibria<Rational>&,
                                                           std::array<std::size_t, 2>);
extern template std::vector<Profile<double>> vertices(const NormalFormEquilibria<double>&,
                                                      const NashComponent&, std::size_t);
extern template std::vector<Profile<Rational>> vertices(const NormalFormEquilibria<Rational>&,
                                                        const NashComponent&, std::size_t);
extern template std::vector<ExtensiveEquilibrium<double>> vertices(const ExtensiveNashEquilibria<double>&,
                                                                   const NashComponent&, std::size_t);
extern template std::vector<ExtensiveEquilibrium<Rational>> vertices(const ExtensiveNashEquilibria<Rational>&,
                                                                     const NashComponent&, std::size_t);

}  // namespace schelling
