#pragma once

#include <schelling/equilibria/assessment.hpp>
#include <schelling/io/svg.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

/// What the drawing of a finite game shows: chance probabilities, and payoffs in the players' order.
template <class Scalar>
TreeDrawing drawing(const ExtensiveGame<Scalar>& game);

/// The same with the probability of every move, the belief at every node of an information set that states beliefs, and
/// the probability of every end that play reaches.
/// @throws InvalidArgument as `check_assessment` does
template <class Scalar>
TreeDrawing drawing(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment);

extern template TreeDrawing drawing(const ExtensiveGame<double>&);
extern template TreeDrawing drawing(const ExtensiveGame<Rational>&);
extern template TreeDrawing drawing(const ExtensiveGame<double>&, const Assessment<double>&);
extern template TreeDrawing drawing(const ExtensiveGame<Rational>&, const Assessment<Rational>&);

}  // namespace schelling
