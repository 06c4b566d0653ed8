#include "rows_222.hpp"

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::batch {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// One row in the making: x[t][m] probability of type t and message m, y[m] probability of action 1 after m.
struct Writer222 {
  const GameNumbers& game;
  const Row& row;
  double x[2][2] = {}, y[2] = {};

  double prior(int t) const { return game.prior[t]; }
  double sender(int t, int m, int a) const { return game.sender[4 * t + 2 * m + a]; }
  double receiver(int t, int m, int a) const { return game.receiver[4 * t + 2 * m + a]; }
  /// Receiver's gain, and type t's, from action 1.
  double d(int t, int m) const { return receiver(t, m, 1) - receiver(t, m, 0); }
  double e(int t, int m) const { return sender(t, m, 1) - sender(t, m, 0); }
  static double best_reply(double gain) { return gain > 0 ? 1 : 0; }
  double payoff(int t, int m) const { return sender(t, m, 0) + y[m] * e(t, m); }

  void pool(int m) {
    for (int t = 0; t < 2; ++t) x[t][m] = prior(t);
    y[m] = best_reply(prior(0) * d(0, m) + prior(1) * d(1, m));
  }
  void separate(int m) {
    for (int t = 0; t < 2; ++t) {
      const int sent = m ^ t;
      x[t][sent] = prior(t);
      y[sent] = best_reply(d(t, sent));
    }
  }
  void mix(int t, int m) {
    const int mixer = 1 - t, other = 1 - m;
    x[t][m] = prior(t);
    x[mixer][m] = -prior(t) * d(t, m) / d(mixer, m);
    x[mixer][other] = prior(mixer) - x[mixer][m];
    y[other] = best_reply(d(mixer, other));
    y[m] = (payoff(mixer, other) - sender(mixer, m, 0)) / e(mixer, m);
  }
  void mix_all() {
    // Senders of each message in proportion (|d_1m|, |d_0m|); replies by Cramer's rule.
    double belief[2];  // in type 1
    for (int m = 0; m < 2; ++m) belief[m] = d(0, m) / (d(0, m) - d(1, m));
    const double first = (prior(1) - belief[1] * (prior(0) + prior(1))) / (belief[0] - belief[1]);
    x[0][0] = first * (1 - belief[0]);
    x[1][0] = first * belief[0];
    for (int t = 0; t < 2; ++t) x[t][1] = prior(t) - x[t][0];
    const double c[2] = {sender(0, 1, 0) - sender(0, 0, 0), sender(1, 1, 0) - sender(1, 0, 0)};
    const double determinant = e(0, 1) * e(1, 0) - e(0, 0) * e(1, 1);
    y[0] = (c[1] * e(0, 1) - c[0] * e(1, 1)) / determinant;
    y[1] = (c[1] * e(0, 0) - c[0] * e(1, 0)) / determinant;
  }

  void write_on_path(int m) const {
    const double total = x[0][m] + x[1][m];
    for (int t = 0; t < 2; ++t) row.beliefs[2 * m + t] = x[t][m] / total;
    row.off_path_facet[m] = 0;
    row.off_path_bounds[2 * m] = row.off_path_bounds[2 * m + 1] = nan;
  }

  void write_off_path(int m, const double* value) {
    const bool credible_0 = d(0, m) < 0 || d(1, m)<0, credible_1 = d(0, m)> 0 || d(1, m) > 0;
    double low = 0, high = 1;
    for (int t = 0; t < 2; ++t) {
      const double stay = value[t] - sender(t, m, 0), slope = e(t, m);  // stays if y slope <= stay
      const double bound = stay / slope;
      low = slope < 0 ? std::max(low, bound) : low;
      high = slope > 0 ? std::min(high, bound) : high;
    }
    if (!credible_1) high = 0;
    if (!credible_0) low = 1;
    const bool pure_0 = low == 0, pure_1 = high == 1;
    y[m] = pure_0 ? 0 : pure_1 ? 1 : 0.5 * (low + high);
    double doubt;  // belief in type 1
    if (pure_0 || pure_1)
      doubt = (pure_0 ? d(0, m) < 0 : d(0, m) > 0) ? 0 : 1;
    else
      doubt = d(0, m) / (d(0, m) - d(1, m));
    row.beliefs[2 * m] = 1 - doubt;
    row.beliefs[2 * m + 1] = doubt;
    row.off_path_facet[m] =
        static_cast<std::uint32_t>(credible_0) + 2 * static_cast<std::uint32_t>(credible_1);
    row.off_path_bounds[2 * m] = low;
    row.off_path_bounds[2 * m + 1] = high;
  }

  void write(int support) {
    if (support < 2)
      pool(support);
    else if (support < 4)
      separate(support - 2);
    else if (support < 8)
      mix((support - 4) / 2, (support - 4) % 2);
    else
      mix_all();

    double value[2];
    for (int t = 0; t < 2; ++t) value[t] = payoff(t, x[t][0] > 0 ? 0 : 1);
    if (support < 2) {
      write_on_path(support);
      write_off_path(1 - support, value);
    } else {
      write_on_path(0);
      write_on_path(1);
    }
    *row.kind = kind_222(support);
    double expected = 0;
    for (int t = 0; t < 2; ++t) {
      row.sender_payoff[t] = value[t];
      const double weight = 1 / prior(t);
      for (int m = 0; m < 2; ++m) {
        row.sender[2 * t + m] = x[t][m] == prior(t) ? 1 : x[t][m] * weight;
        expected += x[t][m] * (receiver(t, m, 0) + y[m] * d(t, m));
      }
    }
    for (int m = 0; m < 2; ++m) {
      row.receiver[2 * m] = 1 - y[m];
      row.receiver[2 * m + 1] = y[m];
    }
    *row.receiver_payoff = expected;
  }
};

}  // namespace

std::uint8_t kind_222(int support) {
  // Where both types send both messages every message has all types.
  const bool pooling = support < 2 || support == 8;
  return static_cast<std::uint8_t>(pooling       ? SignalingKind::pooling
                                   : support < 4 ? SignalingKind::separating
                                                 : SignalingKind::semi_separating);
}

void write_222(const GameNumbers& game, int support, const Row& row) { Writer222{game, row}.write(support); }

}  // namespace schelling::batch
