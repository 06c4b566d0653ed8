#pragma once

#include "scalar_search.hpp"

namespace schelling::cutoff {

/// Equilibria of a play map whose unknowns are probabilities, by damped Newton steps from many starting points. Best
/// replies that jump at ties are smoothed, the smoothing is narrowed, and at last each tie that mixes becomes further
/// unknowns, the shares of its actions, with the equations that these are equally good.
void search_several_unknowns(const PlayMap& map, const OffPathRule& rule, const CutoffOptions& options,
                             Monitor& monitor, SearchOutcome& out);

}  // namespace schelling::cutoff
