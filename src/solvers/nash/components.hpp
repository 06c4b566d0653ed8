#pragma once

#include "solvers/nash/equilibrium_points.hpp"

#include <schelling/equilibria/nash_equilibria.hpp>

#include <optional>
#include <vector>

namespace schelling::nash {

/// Groups equilibria into components and these into maximal products. Nothing if the monitor stopped it.
std::optional<std::vector<NashComponent>> find_components(const SequenceForm<Rational>& form,
                                                          const EquilibriumPoints& found, Monitor& monitor);

}  // namespace schelling::nash
