#pragma once

#include <cstdint>

/// The supports of the (2,2,2) kernel, by their bits in a verdict, and rows that wait to be written.
namespace schelling::batch {

inline constexpr int supports_222 = 9;

/// SignalingKind of a support. Where both types send both messages every message has all types: pooling.
constexpr std::uint8_t kind_222(int support) { return support < 2 || support == 8 ? 0 : support < 4 ? 1 : 2; }

/// A row of the result, and the game that it belongs to; both relative to a block.
struct RowTask {
  std::uint32_t game, row;
};

}  // namespace schelling::batch
