#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

namespace schelling {

template class ExtensiveGame<double>;
template class ExtensiveGame<Rational>;
template class NormalFormGame<double>;
template class NormalFormGame<Rational>;

}  // namespace schelling
