#pragma once

#include "row.hpp"

#include <cstdint>

/// The (2,2,2) kernel's supports as kinds and as rows.
namespace schelling::batch {

inline constexpr int supports_222 = 9;

/// SignalingKind of a support, by its bit in the verdict.
std::uint8_t kind_222(int support);

/// Writes the equilibrium with this support, which the game must have.
void write_222(const GameNumbers& game, int support, const Row& row);

}  // namespace schelling::batch
