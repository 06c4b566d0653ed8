#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace schelling {

/// A set of indices below 64 * Words, in machine words.
template <int Words>
class BitSet {
 public:
  static constexpr int capacity = 64 * Words;

  void insert(int i) { words_[word(i)] |= bit(i); }
  void erase(int i) { words_[word(i)] &= ~bit(i); }
  bool contains(int i) const { return (words_[word(i)] & bit(i)) != 0; }
  bool contains(const BitSet& other) const {
    for (std::size_t w = 0; w < Words; ++w)
      if (other.words_[w] & ~words_[w]) return false;
    return true;
  }
  int count() const {
    int total = 0;
    for (const auto w : words_) total += std::popcount(w);
    return total;
  }
  BitSet& operator&=(const BitSet& other) {
    for (std::size_t w = 0; w < Words; ++w) words_[w] &= other.words_[w];
    return *this;
  }
  BitSet& operator|=(const BitSet& other) {
    for (std::size_t w = 0; w < Words; ++w) words_[w] |= other.words_[w];
    return *this;
  }
  BitSet& operator-=(const BitSet& other) {
    for (std::size_t w = 0; w < Words; ++w) words_[w] &= ~other.words_[w];
    return *this;
  }
  friend BitSet operator-(BitSet a, const BitSet& b) { return a -= b; }
  friend BitSet operator&(BitSet a, const BitSet& b) { return a &= b; }
  friend BitSet operator|(BitSet a, const BitSet& b) { return a |= b; }
  friend bool operator==(const BitSet&, const BitSet&) = default;
  /// A number for tables of sets.
  friend std::size_t hash(const BitSet& set) {
    std::uint64_t h = 0x9e3779b97f4a7c15u;
    for (const auto w : set.words_) h = (h ^ w) * 0xff51afd7ed558ccdu, h ^= h >> 32;
    return static_cast<std::size_t>(h);
  }

 private:
  std::array<std::uint64_t, Words> words_{};
  static std::size_t word(int i) { return Words == 1 ? 0 : static_cast<std::size_t>(i) / 64; }
  static std::uint64_t bit(int i) { return std::uint64_t{1} << (i % 64); }
};

}  // namespace schelling
