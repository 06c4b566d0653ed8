#pragma once

#include "kernels.hpp"
#include "lanes.hpp"
#include "payoffs_222.hpp"

/// Rows of (2,2,2) games: eight rows with the same support at a time, computed in lanes and turned into rows when
/// they are stored.
namespace schelling::batch::SCHELLING_KERNELS {

template <int support>
struct Rows222 : Payoffs222 {
  static constexpr std::uint8_t kind = kind_222(support);

  Lanes x[2][2], y[2];            // probability of type and message; of action 1 after a message
  Lanes value[2], beliefs[2][2];  // [message][type]
  Lanes low[2], high[2];          // range of deterring replies, NaN on the path
  unsigned credible[2] = {0, 0};  // lanes in which an action can be a best reply off the path

  static constexpr bool sends(int t, int m) {
    if (support < 2) return m == support;
    if (support < 4) return m == ((support - 2) ^ t);
    return support == 8 || t != (support - 4) / 2 || m == (support - 4) % 2;
  }

  Lanes d(int t, int m) const { return r[t][m][1] - r[t][m][0]; }
  Lanes e(int t, int m) const { return s[t][m][1] - s[t][m][0]; }
  Lanes payoff(int t, int m) const { return s[t][m][0] + y[m] * e(t, m); }
  static Lanes best_reply(Lanes gain) { return select(gain > 0.0, broadcast(1.0), broadcast(0.0)); }

  /// Strategies on the path.
  void solve() {
    for (int t = 0; t < 2; ++t)
      for (int m = 0; m < 2; ++m) x[t][m] = sends(t, m) ? p[t] : broadcast(0.0);
    if constexpr (support < 2) {
      y[support] = best_reply(p[0] * d(0, support) + p[1] * d(1, support));
    } else if constexpr (support < 4) {
      for (int t = 0; t < 2; ++t) {
        const int sent = (support - 2) ^ t;
        y[sent] = best_reply(d(t, sent));
      }
    } else if constexpr (support < 8) {
      constexpr int t = (support - 4) / 2, m = (support - 4) % 2, mixer = 1 - t, other = 1 - m;
      x[mixer][m] = -(p[t] * d(t, m)) / d(mixer, m);
      x[mixer][other] = p[mixer] - x[mixer][m];
      y[other] = best_reply(d(mixer, other));
      y[m] = (payoff(mixer, other) - s[mixer][m][0]) / e(mixer, m);
    } else {
      // Senders of each message in proportion (|d_1m|, |d_0m|); replies by Cramer's rule.
      Lanes belief[2], c[2];
      for (int m = 0; m < 2; ++m) belief[m] = d(0, m) / (d(0, m) - d(1, m));
      const Lanes first = (p[1] - belief[1] * (p[0] + p[1])) / (belief[0] - belief[1]);
      x[0][0] = first * (broadcast(1.0) - belief[0]);
      x[1][0] = first * belief[0];
      for (int t = 0; t < 2; ++t) {
        x[t][1] = p[t] - x[t][0];
        c[t] = s[t][1][0] - s[t][0][0];
      }
      const Lanes determinant = e(0, 1) * e(1, 0) - e(0, 0) * e(1, 1);
      y[0] = (c[1] * e(0, 1) - c[0] * e(1, 1)) / determinant;
      y[1] = (c[1] * e(0, 0) - c[0] * e(1, 0)) / determinant;
    }
    for (int t = 0; t < 2; ++t) value[t] = payoff(t, sends(t, 0) ? 0 : 1);
  }

  void believe() {
    for (int m = 0; m < 2; ++m) {
      const Lanes total = x[0][m] + x[1][m];
      for (int t = 0; t < 2; ++t) beliefs[m][t] = x[t][m] / total;
      low[m] = high[m] = broadcast(__builtin_nan(""));
    }
    if constexpr (support < 2) deter(1 - support);
  }

  /// All replies to m that keep both types from it, one of them, and a belief for that.
  void deter(int m) {
    const Lanes zero = broadcast(0.0), one = broadcast(1.0);
    const Lanes d_0 = d(0, m), d_1 = d(1, m);
    const Mask credible_0 = (d_0 < 0.0) | (d_1 < 0.0), credible_1 = (d_0 > 0.0) | (d_1 > 0.0);
    Lanes least = zero, greatest = one;
    for (int t = 0; t < 2; ++t) {
      const Lanes slope = e(t, m), bound = (value[t] - s[t][m][0]) / slope;  // stays if y slope <= stay
      least = select(slope < 0.0, max(least, bound), least);
      greatest = select(slope > 0.0, min(greatest, bound), greatest);
    }
    greatest = select(credible_1, greatest, zero);
    least = select(credible_0, least, one);
    const Mask pure_0 = ~(least > 0.0), pure_1 = ~(greatest < 1.0);
    y[m] = select(pure_0, zero, select(pure_1, one, broadcast(0.5) * (least + greatest)));
    const Mask type_0 = (pure_0 & (d_0 < 0.0)) | (~pure_0 & (d_0 > 0.0));
    const Lanes doubt = select(pure_0 | pure_1, select(type_0, zero, one), d_0 / (d_0 - d_1));
    beliefs[m][0] = one - doubt;
    beliefs[m][1] = doubt;
    low[m] = least;
    high[m] = greatest;
    credible[0] = bits(credible_0);
    credible[1] = bits(credible_1);
  }

  void write(const RowTask* tasks, std::size_t lanes, const Row& rows) const {
    const Lanes zero = broadcast(0.0), one = broadcast(1.0);
    Lanes expected = zero, strategy[2][2];
    for (int t = 0; t < 2; ++t) {
      const Lanes weight = one / p[t];
      for (int m = 0; m < 2; ++m) {
        strategy[t][m] = !sends(t, m) ? zero : sends(t, 1 - m) ? x[t][m] * weight : one;
        if (sends(t, m)) expected = expected + x[t][m] * (r[t][m][0] + y[m] * d(t, m));
      }
    }
    double payoffs[3][lane_count];
    for (int t = 0; t < 2; ++t) store(payoffs[t], value[t]);
    store(payoffs[2], expected);
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::size_t row = tasks[i].row;
      rows.kind[row] = kind;
      rows.sender_payoff[2 * row] = payoffs[0][i];
      rows.sender_payoff[2 * row + 1] = payoffs[1][i];
      rows.receiver_payoff[row] = payoffs[2][i];
    }
    if (!rows.sender) return;

    Lanes play[lane_count] = {strategy[0][0], strategy[0][1], strategy[1][0], strategy[1][1],
                              one - y[0],     y[0],           one - y[1],     y[1]};
    Lanes doubts[lane_count] = {beliefs[0][0], beliefs[0][1], beliefs[1][0], beliefs[1][1],
                                low[0],        high[0],       low[1],        high[1]};
    transpose(play);
    transpose(doubts);
    constexpr std::size_t off_path = support == 0 ? 1 : 0;
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::size_t row = tasks[i].row;
      store_halves(rows.sender + 4 * row, rows.receiver + 4 * row, play[i]);
      store_halves(rows.beliefs + 4 * row, rows.off_path_bounds + 4 * row, doubts[i]);
      rows.off_path_facet[2 * row + off_path] = (credible[0] >> i & 1u) | (credible[1] >> i & 1u) << 1;
      rows.off_path_facet[2 * row + 1 - off_path] = 0;
    }
  }

  static void write_all(const GameNumbers& games, const RowTask* tasks, std::size_t count, const Row& rows) {
    for (std::size_t i = 0; i < count; i += lane_count) {
      const std::size_t lanes = count - i < lane_count ? count - i : lane_count;
      Rows222 group;
      group.read(games,
                 [&](std::size_t k) { return std::size_t{tasks[i + (k < lanes ? k : lanes - 1)].game}; });
      group.solve();
      group.believe();
      group.write(tasks + i, lanes, rows);
    }
  }
};

inline void write_222(const GameNumbers& games, int support, const RowTask* tasks, std::size_t count,
                      const Row& rows) {
  using Write = void (*)(const GameNumbers&, const RowTask*, std::size_t, const Row&);
  static constexpr Write writers[supports_222] = {
      Rows222<0>::write_all, Rows222<1>::write_all, Rows222<2>::write_all,
      Rows222<3>::write_all, Rows222<4>::write_all, Rows222<5>::write_all,
      Rows222<6>::write_all, Rows222<7>::write_all, Rows222<8>::write_all};
  writers[support](games, tasks, count, rows);
}

}  // namespace schelling::batch::SCHELLING_KERNELS
