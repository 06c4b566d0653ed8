#pragma once

#include <schelling/core/monitor.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

namespace schelling {

/// A set of any size, for the vertices of a polyhedron.
class LargeSet {
 public:
  explicit LargeSet(std::size_t size = 0) : words_((size + 63) / 64) {}
  void insert(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  bool contains(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
  bool empty() const {
    return std::all_of(words_.begin(), words_.end(), [](auto w) { return w == 0; });
  }
  bool subset_of(const LargeSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      if (words_[w] & ~other.words_[w]) return false;
    return true;
  }
  LargeSet& operator&=(const LargeSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
  }
  template <class F>
  void for_each(F&& f) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (auto rest = words_[w]; rest != 0; rest &= rest - 1)
        f(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
  }
  friend bool operator==(const LargeSet&, const LargeSet&) = default;

  struct Hash {
    std::size_t operator()(const LargeSet& set) const {
      std::uint64_t h = 0x9e3779b97f4a7c15u;
      for (const auto w : set.words_) h = (h ^ w) * 0xff51afd7ed558ccdu, h ^= h >> 32;
      return h;
    }
  };

 private:
  std::vector<std::uint64_t> words_;
};

/// The maximal bicliques of a bipartite graph, each by its side among the vertices whose numbers the sets hold:
/// the neighbourhoods of the other side's vertices and all their intersections that are not empty. The other
/// side of a biclique is the vertices whose neighbourhoods contain the set. Nothing if the monitor stopped it.
inline std::optional<std::vector<LargeSet>> biclique_sides(const std::vector<LargeSet>& neighbourhoods,
                                                           Monitor& monitor) {
  std::unordered_set<LargeSet, LargeSet::Hash> known;
  std::vector<LargeSet> closed, distinct;
  const auto add = [&](const LargeSet& set) {
    if (set.empty() || !known.insert(set).second) return false;
    closed.push_back(set);
    return true;
  };
  for (const auto& set : neighbourhoods)
    if (add(set)) distinct.push_back(set);
  for (std::size_t i = 0; i < closed.size(); ++i)
    for (const auto& set : distinct) {
      if (!monitor.keep_going()) return std::nullopt;
      LargeSet common = closed[i];
      add(common &= set);
    }
  return closed;
}

}  // namespace schelling
