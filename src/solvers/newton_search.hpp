#pragma once

#include "scalar_search.hpp"

namespace schelling {

/// Equilibria of a play map with several unknowns, by damped Newton steps from many starting points. Where the map jumps
/// between two neighbouring points, the tie behind it becomes a further unknown: the share of types that take the second
/// of two equally good actions, and with it the equation that they are equally good.
void search_several_unknowns(const PlayMap& map, const OffPathRule& rule, const CutoffOptions& options, Monitor& monitor, SearchOutcome& out);

}  // namespace schelling
