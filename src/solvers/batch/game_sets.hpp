#pragma once

#include "lanes.hpp"
#include "scratch.hpp"

namespace schelling::batch::SCHELLING_KERNELS {

inline constexpr std::size_t set_bytes = sizeof(GameSet);

inline void clear(GameSet& set) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] = 0;
}
inline void fill(GameSet& set) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] = 0xff;
}
inline void unite(GameSet& set, const GameSet& other) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] |= other.byte[i];
}
inline void intersect(GameSet& set, const GameSet& other) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] &= other.byte[i];
}
inline void assign_union(GameSet& set, const GameSet& a, const GameSet& b) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] = a.byte[i] | b.byte[i];
}
inline void assign_intersection(GameSet& set, const GameSet& a, const GameSet& b) {
  for (std::size_t i = 0; i < set_bytes; ++i) set.byte[i] = a.byte[i] & b.byte[i];
}
/// Sets the members among games g to g + 7; g is a multiple of eight.
inline void set_lanes(GameSet& set, std::size_t g, unsigned lanes) {
  set.byte[g / 8] = static_cast<std::uint8_t>(lanes);
}
inline bool contains(const GameSet& set, std::size_t g) { return set.byte[g / 8] >> (g % 8) & 1; }
/// Members 64 w to 64 w + 63, one bit each.
inline std::uint64_t word(const GameSet& set, std::size_t w) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits |= std::uint64_t{set.byte[8 * w + i]} << 8 * i;
  return bits;
}

/// Bit w is set if a member is among games 64 w to 64 w + 63.
inline unsigned words_with_members(const GameSet& set) {
  unsigned words = 0;
  for (std::size_t w = 0; w < block_games / 64; ++w) words |= static_cast<unsigned>(word(set, w) != 0) << w;
  return words;
}

/// Eight bytes, one for each lane, as one number; and the lanes in which a bit of their byte is set.
inline std::uint64_t pack(const std::uint8_t (&bytes)[lane_count]) {
  std::uint64_t packed = 0;
  for (int lane = 0; lane < lane_count; ++lane) packed |= std::uint64_t{bytes[lane]} << 8 * lane;
  return packed;
}
inline unsigned lanes_with_bit(std::uint64_t packed, int bit) {
  // Brings bit 8 i of the first factor to bit 56 + i.
  return static_cast<unsigned>((packed >> bit & 0x0101010101010101u) * 0x0102040810204080u >> 56);
}
/// The reverse: byte i is 1 << bit where lane i is set.
inline std::uint64_t spread_lanes(unsigned lanes, int bit) {
  const std::uint64_t copies = lanes * std::uint64_t{0x0101010101010101u} & 0x8040201008040201u;
  return ((copies + 0x7f7f7f7f7f7f7f7fu) >> 7 & 0x0101010101010101u) << bit;
}

constexpr int count_bits(int set) { return (set & 1) + (set >> 1 & 1) + (set >> 2 & 1); }
inline int lowest_bit(std::uint64_t word) {
#if defined(__GNUC__)
  return __builtin_ctzll(word);
#else
  int n = 0;
  while (!(word >> n & 1)) ++n;
  return n;
#endif
}
constexpr int lowest_member(int set) { return set & 1 ? 0 : set & 2 ? 1 : 2; }

/// Calls body(g) for the first game g of all groups of lanes of a block.
template <class Body>
inline void for_lanes(std::size_t games, Body body) {
  for (std::size_t g = 0; g < games; g += lane_count) body(g);
}

/// Where the payoff (t, m, a) has its column.
template <int M, int A>
constexpr std::size_t column(int t, int m, int a) {
  return static_cast<std::size_t>((t * M + m) * A + a) * Scratch::stride;
}

}  // namespace schelling::batch::SCHELLING_KERNELS
