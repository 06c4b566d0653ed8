#pragma once

#include "game_sets.hpp"

/// Which options of two messages go together in which games: both can be answered as they say, and no type
/// that sends one of the messages surely gains by the other.
namespace schelling::batch::SCHELLING_KERNELS {

template <int T, int M, int A>
struct PairOptions {
  Scratch& s;
  const TableView& table;
  std::size_t games;
  static constexpr int everyone = (1 << T) - 1, action_sets = 1 << A;

  /// `reaches` for single actions, of both messages at once.
  void compare_actions(int t, int m, int n) const {
    for_lanes(games, [&](std::size_t g) {
      Lanes here[A], there[A];
      for (int a = 0; a < A; ++a) {
        here[a] = load(s.sender + column<M, A>(t, m, a) + g);
        there[a] = load(s.sender + column<M, A>(t, n, a) + g);
      }
      for (int a = 0; a < A; ++a)
        for (int b = 0; b < A; ++b) {
          const Lanes difference = here[a] - there[b];
          set_lanes(s.reaches[t][m][n][1 << a][1 << b], g, bits(difference > -margin_tolerance));
          set_lanes(s.reaches[t][n][m][1 << b][1 << a], g, bits(difference < margin_tolerance));
        }
    });
  }

  /// The same for sets of actions: some action of one against some action of the other.
  void compare_sets(int t, int m, int n) const {
    auto& reaches = s.reaches[t][m][n];
    for (int i = 1; i < action_sets; i *= 2)
      for (int j = 3; j < action_sets; ++j)
        if (j & (j - 1)) assign_union(reaches[i][j], reaches[i][j & -j], reaches[i][j & (j - 1)]);
    for (int i = 3; i < action_sets; ++i)
      if (i & (i - 1))
        for (int j = 1; j < action_sets; ++j)
          assign_union(reaches[i][j], reaches[i & -i][j], reaches[i & (i - 1)][j]);
  }

  /// Senders of m that stay at some reply that is credible there, against the worst credible reply to n.
  /// Replies other than the candidate's count too: where the receiver has a further tie they are part of the
  /// equilibrium.
  void compare_off_path(int t, int m, int n) const {
    GameSet stays[A];
    for (int a = 0; a < A; ++a) {
      clear(stays[a]);
      for (int b = 0; b < A; ++b) {
        GameSet one;
        assign_intersection(one, s.reaches[t][m][n][1 << a][1 << b], s.credible[n][1 << b]);
        unite(stays[a], one);
      }
    }
    for (int senders = 1; senders <= everyone; ++senders) {
      GameSet& set = s.deterred[t][m][n][senders];
      clear(set);
      for (int a = 0; a < A; ++a) {
        GameSet one;
        assign_intersection(one, stays[a], s.valid[m][senders][1 << a]);
        unite(set, one);
      }
    }
  }

  /// allowed[senders] = games in which all of them reach from m, with its replies, to n, with its replies.
  void allow(int m, int n, int replies, int others, GameSet (&allowed)[1 << T]) const {
    fill(allowed[0]);
    for (int senders = 1; senders <= everyone; ++senders)
      assign_intersection(allowed[senders], allowed[senders & (senders - 1)],
                          s.reaches[lowest_member(senders)][m][n][replies][others]);
    for (int senders = 1; senders <= everyone; ++senders)
      intersect(allowed[senders], s.valid[m][senders][replies]);
  }
  void allow_off_path(int m, int n, int senders, int replies, GameSet& allowed) const {
    allowed = s.valid[m][senders][replies];
    for (int t = 0; t < T; ++t)
      if (senders >> t & 1) intersect(allowed, s.deterred[t][m][n][senders]);
  }

  void combine(int m, int n, GameSet (&pair)[Scratch::max_options][Scratch::max_options]) const {
    // Options come as sets of senders, each with sets of replies; here replies are the outer loop.
    const auto each_option = [&](int replies, auto body) {
      for (std::size_t i = 1; i < table.option_count; ++i)
        if (table.options[i].replies == replies) body(i, table.options[i].senders);
    };
    for (int here = 1; here < action_sets; ++here)
      for (int there = 1; there < action_sets; ++there) {
        GameSet from_m[1 << T], from_n[1 << T];
        allow(m, n, here, there, from_m);
        allow(n, m, there, here, from_n);
        each_option(here, [&](std::size_t i, int senders) {
          each_option(there, [&](std::size_t j, int others) {
            assign_intersection(pair[i][j], from_m[senders], from_n[others]);
          });
        });
      }
    fill(pair[0][0]);
    for (std::size_t i = 1; i < table.option_count; ++i) {
      const Option option = table.options[i];
      allow_off_path(m, n, option.senders, option.replies, pair[i][0]);
      allow_off_path(n, m, option.senders, option.replies, pair[0][i]);
    }
  }

  void find() const {
    for (int t = 0; t < T; ++t)
      for (int m = 0; m < M; ++m)
        for (int n = m + 1; n < M; ++n) {
          compare_actions(t, m, n);
          compare_sets(t, m, n);
          compare_sets(t, n, m);
          compare_off_path(t, m, n);
          compare_off_path(t, n, m);
        }
    combine(0, 1, s.pair[0]);
    if constexpr (M == 3) {
      combine(0, 2, s.pair[1]);
      combine(1, 2, s.pair[2]);
    }
  }
};

}  // namespace schelling::batch::SCHELLING_KERNELS
