#pragma once

#include "evaluate_shape.hpp"
#include "pair_options.hpp"
#include "reply_sets.hpp"
#include "scale_block.hpp"

/// All equilibria of generic games of a small size: candidates are sifted by sets of games, one bit each, and
/// those that remain are solved, eight at a time.
///
/// All sets err on the side of keeping a game: a game is dropped from a candidate only if an inequality that
/// the candidate needs fails by more than the tolerance.
namespace schelling::batch::SCHELLING_KERNELS {

template <int T, int M, int A>
struct GeneralKernel {
  Scratch& s;
  const TableView& table;
  std::size_t games;

  void flush(int shape) {
    ShapeEvaluation<T, M, A> evaluation(s, table.shapes[shape]);
    const std::uint32_t* queue = s.queue[shape];
    const std::size_t count = s.queued[shape];
    s.queued[shape] = 0;
    for (std::size_t i = 0; i < count; i += lane_count) {
      const std::size_t lanes = count - i < lane_count ? count - i : lane_count;
      for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const std::uint32_t entry = queue[i + (lane < lanes ? lane : 0)];
        evaluation.game[lane] = entry & 0xffffu;
        evaluation.candidate[lane] = table.candidates + (entry >> 16);
      }
      unsigned found, undecided;
      evaluation.decide(0xffu >> (lane_count - lanes), found, undecided);
      for (; undecided; undecided &= undecided - 1) s.near_tie[evaluation.game[lowest_bit(undecided)]] = 1;
      for (; found; found &= found - 1) {
        const std::uint32_t entry = queue[i + static_cast<std::size_t>(lowest_bit(found))];
        if (s.found_count < Scratch::max_found)
          s.found[s.found_count++] = entry;
        else
          s.near_tie[entry & 0xffffu] = 1;
      }
    }
  }

  void enqueue(const GameSet& set, std::uint16_t candidate) {
    const int shape = table.candidates[candidate].shape;
    for (unsigned words = words_with_members(set); words; words &= words - 1) {
      const auto w = static_cast<std::size_t>(lowest_bit(words));
      std::uint64_t left = word(set, w);
      do {
        if (s.queued[shape] == Scratch::queue_length) flush(shape);
        s.queue[shape][s.queued[shape]++] = static_cast<std::uint32_t>(w * 64) +
                                            static_cast<std::uint32_t>(lowest_bit(left)) +
                                            (static_cast<std::uint32_t>(candidate) << 16);
        left &= left - 1;
      } while (left);
    }
  }

  /// Walks the candidates as a trie over the options of the messages.
  void walk() {
    GameSet regular;
    clear(regular);
    for (std::size_t g = 0; g < games; ++g)
      regular.byte[g / 8] |= static_cast<std::uint8_t>((s.irregular[g] ? 0u : 1u) << g % 8);
    GameSet start = regular;
    bool alive = false;
    int first = -1, second = -1;
    for (std::size_t i = 0; i < table.leaf_count; ++i) {
      const Leaf& leaf = table.leaves[i];
      if (leaf.option[0] != first || leaf.option[1] != second) {
        first = leaf.option[0];
        second = leaf.option[1];
        assign_intersection(start, regular, s.pair[0][first][second]);
        alive = words_with_members(start) != 0;
      }
      if (!alive) continue;
      GameSet set = start;
      if constexpr (M == 3) {
        intersect(set, s.pair[1][first][leaf.option[2]]);
        intersect(set, s.pair[2][second][leaf.option[2]]);
      }
      const Candidate& candidate = table.candidates[leaf.candidate];
      for (int m = 0; m < M; ++m)
        if (leaf.pooled >> m & 1)
          intersect(set, s.pooled[m][candidate.senders[m]][lowest_member(candidate.replies[m])]);
      if (const auto split = leaf.split; split.senders)
        intersect(set, s.split[split.message][split.senders][split.type][pair_index(split.actions)]);
      enqueue(set, leaf.candidate);
    }
  }

  void run(const Columns& columns) {
    scale_block<T, M, A>(columns, games, s);
    ReplySets<T, M, A>{s, games}.find();
    PairOptions<T, M, A>{s, table, games}.find();
    s.found_count = 0;
    for (std::size_t shape = 0; shape < table.shape_count; ++shape) s.queued[shape] = 0;
    walk();
    for (std::size_t shape = 0; shape < table.shape_count; ++shape) flush(static_cast<int>(shape));
  }
};

template <int T, int M, int A>
void decide(const TableView& table, const Columns& columns, std::size_t games, Scratch& scratch) {
  GeneralKernel<T, M, A>{scratch, table, games}.run(columns);
}

inline void decide_general(const TableView& table, const Columns& columns, std::size_t games,
                           Scratch& scratch) {
  using Decide = void (*)(const TableView&, const Columns&, std::size_t, Scratch&);
  // (2,2,2) has a kernel of its own.
  static constexpr Decide by_size[2][2][2] = {
      {{nullptr, decide<2, 2, 3>}, {decide<2, 3, 2>, decide<2, 3, 3>}},
      {{decide<3, 2, 2>, decide<3, 2, 3>}, {decide<3, 3, 2>, decide<3, 3, 3>}}};
  by_size[table.types - 2][table.messages - 2][table.actions - 2](table, columns, games, scratch);
}

}  // namespace schelling::batch::SCHELLING_KERNELS
