#pragma once

#include "play.hpp"

#include <schelling/core/monitor.hpp>

#include <functional>
#include <vector>

namespace schelling::cutoff {

/// What a search found and could not follow.
struct SearchOutcome {
  std::vector<Play> candidates;
  std::size_t evaluations = 0;
  std::size_t lost_jumps = 0;  ///< sign changes at a jump that no tie of payoffs explains
  bool continuum = false;      ///< the residual vanished at neighbouring points
  bool off_path = false;       ///< some belief was chosen
};

/// All equilibria of a play map with one unknown that show on a grid, jumps and ties included.
void search_one_unknown(const PlayMap& map, const OffPathRule& rule, std::size_t resolution, Monitor& monitor,
                        SearchOutcome& out);

/// Equilibria at a jump between two plays whose unknowns are neighbours: a mixture of the tied replies closes the gap in
/// the single residual.
void search_jump(const PlayMap& map, const OffPathRule& rule, const Play& first, const Play& second,
                 const std::vector<Imposed>& imposed, std::size_t resolution, Monitor& monitor, int depth,
                 SearchOutcome& out);

}  // namespace schelling::cutoff
