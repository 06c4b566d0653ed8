#pragma once

#include "candidates.hpp"
#include "row.hpp"

namespace schelling::batch {

/// Writes the equilibrium with these senders and replies of each message, which the game must have.
using WriteRow = void (*)(const GameNumbers& game, const Candidate& support, const Row& row);

/// The writer for a size between (2,2,3) and (3,3,3).
WriteRow row_writer(int types, int messages, int actions);

}  // namespace schelling::batch
