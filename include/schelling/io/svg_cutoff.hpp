#pragma once

#include <schelling/equilibria/cutoff_equilibrium.hpp>
#include <schelling/io/svg.hpp>

namespace schelling {

/// What the drawing of a private-type game shows: chance probabilities, and payoffs such as "A 1 - 0.5 t".
TreeDrawing drawing(const PrivateTypeGame& game);

/// The same with the equilibrium's probability at every move, and each mover's cutoffs.
TreeDrawing drawing(const CutoffEquilibrium& equilibrium);

}  // namespace schelling
