#pragma once

#include "game_sets.hpp"

/// Which actions can be best replies together, at which beliefs.
///
/// In a generic game the beliefs on a set of types T that make a set of actions B optimal form a polytope,
/// and each of its vertices is a belief on a set T'' within T that makes as many actions B'' (B within B'')
/// optimal as T'' has types.
namespace schelling::batch::SCHELLING_KERNELS {

template <int T, int M, int A>
struct ReplySets {
  Scratch& s;
  std::size_t games;

  /// The receiver's payoffs after one message.
  struct Payoffs {
    Lanes of[T][A];
    Lanes gain(int t, int from, int to) const { return of[t][to] - of[t][from]; }
  };

  /// How clearly a belief with these weights prefers `first`, one of `Replies`, to the actions outside them.
  template <int Replies>
  static Lanes lead(const Payoffs& r, const Lanes* weights, const int* members, int count, Lanes margin) {
    constexpr int first = lowest_member(Replies);
    for (int a = 0; a < A; ++a) {
      if (Replies >> a & 1) continue;
      Lanes lead = weights[0] * r.gain(members[0], a, first);
      for (int i = 1; i < count; ++i) lead = lead + weights[i] * r.gain(members[i], a, first);
      margin = min(margin, lead);
    }
    return margin;
  }

  /// The margins by which what makes all of `Replies` equally good is a belief on `Types`, and makes them
  /// best.
  struct Margins {
    Lanes belief, lead;
  };
  template <int Types, int Replies>
  static Margins vertex_margins(const Payoffs& r) {
    constexpr int count = count_bits(Types);
    static_assert(count == count_bits(Replies));
    int members[3] = {}, chosen[3] = {};
    for (int t = 0, i = 0; t < T; ++t)
      if (Types >> t & 1) members[i++] = t;
    for (int a = 0, i = 0; a < A; ++a)
      if (Replies >> a & 1) chosen[i++] = a;
    Lanes weights[3], margin = broadcast(1.0);
    if constexpr (count == 1) {
      weights[0] = broadcast(1.0);
    } else if constexpr (count == 2) {
      const Lanes d_0 = r.gain(members[0], chosen[0], chosen[1]),
                  d_1 = r.gain(members[1], chosen[0], chosen[1]);
      weights[0] = abs(d_1);
      weights[1] = abs(d_0);
      margin = max(min(d_0, -d_1), min(-d_0, d_1));
    } else {
      for (int k = 0; k < 3; ++k) {
        const int i = (k + 1) % 3, j = (k + 2) % 3;
        weights[k] = r.gain(i, 0, 1) * r.gain(j, 0, 2) - r.gain(j, 0, 1) * r.gain(i, 0, 2);
      }
      margin =
          max(min(min(weights[0], weights[1]), weights[2]), -max(max(weights[0], weights[1]), weights[2]));
    }
    return {margin, lead<Replies>(r, weights, members, count, broadcast(1.0))};
  }

  template <int Types, int Replies>
  void find_vertex(const Payoffs& r, int m, std::size_t g) const {
    if constexpr (count_bits(Types) == count_bits(Replies)) {
      const auto [belief, leads] = vertex_margins<Types, Replies>(r);
      const Lanes margin = min(belief, leads);
      const unsigned possible = bits(margin > -margin_tolerance), clearly = bits(margin > margin_tolerance);
      set_lanes(s.vertex[m][Types][Replies], g, possible);
      set_lanes(s.clear_vertex[m][Types][Replies], g, clearly);
      if constexpr (count_bits(Types) == 1)
        s.tie_at_type[m].byte[g / 8] |= static_cast<std::uint8_t>(possible & ~clearly);
      if constexpr (count_bits(Types) == 2)
        s.tie_between_types[m].byte[g / 8] |=
            static_cast<std::uint8_t>(possible & ~clearly & bits(belief > margin_tolerance));
    }
    if constexpr (Replies + 1 < 1 << A)
      find_vertex<Types, Replies + 1>(r, m, g);
    else if constexpr (Types + 1 < 1 << T)
      find_vertex<Types + 1, 1>(r, m, g);
  }

  /// Best replies to the prior among two types or more, and how one of them can sway the receiver.
  void find_pooled(const Payoffs& r, int m, std::size_t g) const {
    Lanes weighted[T][A];
    for (int t = 0; t < T; ++t) {
      const Lanes p = load(s.prior + static_cast<std::size_t>(t) * Scratch::stride + g);
      for (int a = 1; a < A; ++a) weighted[t][a] = p * r.of[t][a];  // action 0 has payoff zero
      weighted[t][0] = broadcast(0.0);
    }
    Lanes sums[1 << T][A];
    for (int a = 0; a < A; ++a) sums[0][a] = broadcast(0.0);
    for (int types = 1; types < 1 << T; ++types)
      for (int a = 0; a < A; ++a)
        sums[types][a] = sums[types & (types - 1)][a] + weighted[lowest_member(types)][a];
    for (int types = 3; types < 1 << T; ++types) {
      if (count_bits(types) < 2) continue;
      const Lanes(&sum)[A] = sums[types];
      for (int a = 0; a < A; ++a) {
        Lanes margin = broadcast(1.0);
        for (int b = 0; b < A; ++b)
          if (b != a) margin = min(margin, sum[a] - sum[b]);
        set_lanes(s.pooled[m][types][a], g, bits(margin > -margin_tolerance));
        set_lanes(s.clearly_pooled[m][types][a], g, bits(margin > margin_tolerance));
      }
      for (int a = 0; a < A; ++a)
        for (int b = a + 1; b < A; ++b)
          for (int t = 0; t < T; ++t) {
            if (!(types >> t & 1)) continue;
            const Lanes with = sum[a] - sum[b], without = sums[types ^ 1 << t][a] - sums[types ^ 1 << t][b];
            const Lanes margin = max(min(with, -without), min(-with, without));
            set_lanes(s.split[m][types][t][a + b - 1], g, bits(margin > -margin_tolerance));
          }
    }
  }

  void find() const {
    for (int m = 0; m < M; ++m) {
      clear(s.tie_at_type[m]);
      clear(s.tie_between_types[m]);
      for_lanes(games, [&](std::size_t g) {
        Payoffs r;
        for (int t = 0; t < T; ++t)
          for (int a = 0; a < A; ++a) r.of[t][a] = load(s.receiver + column<M, A>(t, m, a) + g);
        find_vertex<1, 1>(r, m, g);
        find_pooled(r, m, g);
      });
      for (int t = 0; t < T; ++t)
        for (int a = 0; a < A; ++a) {
          s.pooled[m][1 << t][a] = s.vertex[m][1 << t][1 << a];
          s.clearly_pooled[m][1 << t][a] = s.clear_vertex[m][1 << t][1 << a];
        }
      for (int types = 1; types < 1 << T; ++types)
        for (int replies = 1; replies < 1 << A; ++replies)
          unite_vertices(s.vertex[m], types, replies, s.valid[m][types][replies]);
      for (int replies = 1; replies < 1 << A; ++replies)
        s.credible[m][replies] = s.valid[m][(1 << T) - 1][replies];
      list_credible(m);
    }
  }

  void list_credible(int m) const {
    GameSet clearly[1 << A], unclear = s.tie_between_types[m];
    for (int replies = 1; replies < 1 << A; ++replies) {
      unite_vertices(s.clear_vertex[m], (1 << T) - 1, replies, clearly[replies]);
      for (std::size_t i = 0; i < set_bytes; ++i)
        unclear.byte[i] |= clearly[replies].byte[i] ^ s.credible[m][replies].byte[i];
    }
    for_lanes(games, [&](std::size_t g) {
      std::uint64_t sets = spread_lanes(unclear.byte[g / 8], 0);
      for (int replies = 1; replies < 1 << A; ++replies)
        sets |= spread_lanes(s.credible[m][replies].byte[g / 8], replies);
      for (std::size_t lane = 0; lane < lane_count; ++lane)
        s.credible_sets[m][g + lane] = static_cast<std::uint8_t>(sets >> 8 * lane);
    });
  }

  static void unite_vertices(const GameSet (*vertex)[Scratch::action_sets], int types, int replies,
                             GameSet& set) {
    clear(set);
    for (int inner = types; inner; inner = (inner - 1) & types)
      for (int outer = replies; outer < 1 << A; outer = (outer + 1) | replies)
        if (count_bits(inner) == count_bits(outer)) unite(set, vertex[inner][outer]);
  }
};

}  // namespace schelling::batch::SCHELLING_KERNELS
