#include "write_row.hpp"

#include "off_path_row.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace schelling::batch {

namespace {

constexpr int max_system = 6;
using System = std::array<std::array<double, max_system + 1>, max_system>;

/// Solves the n equations of `system`, whose last column is the right side, into x: elimination with rows on
/// one scale and partial pivoting.
void solve(System& system, int n, double* x) {
  for (int i = 0; i < n; ++i) {
    double largest = 0;
    for (int j = 0; j < n; ++j) largest = std::max(largest, std::abs(system[i][j]));
    for (int j = 0; j <= n; ++j) system[i][j] /= largest;
  }
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::abs(system[i][k]) > std::abs(system[pivot][k])) pivot = i;
    std::swap(system[k], system[pivot]);
    for (int i = k + 1; i < n; ++i) {
      const double factor = system[i][k] / system[k][k];
      for (int j = k + 1; j <= n; ++j) system[i][j] -= factor * system[k][j];
    }
  }
  for (int k = n - 1; k >= 0; --k) {
    double value = system[k][n];
    for (int j = k + 1; j < n; ++j) value -= system[k][j] * x[j];
    x[k] = value / system[k][k];
  }
}

template <int T, int M, int A>
struct Writer {
  const GameNumbers& game;
  const Candidate& support;
  std::array<int, T> reference{};  // the first message of each type
  std::array<int, M> base{};       // the first reply to each message
  struct Unknown {
    int first, second;  // type and message, or message and action
  };
  std::array<Unknown, max_system> mixing{}, reply{};
  int n = 0;

  double sender(int t, int m, int a) const { return game.sender[(t * M + m) * A + a]; }
  double receiver(int t, int m, int a) const { return game.receiver[(t * M + m) * A + a]; }
  bool sends(int t, int m) const { return support.senders[m] >> t & 1; }

  Writer(const GameNumbers& numbers, const Candidate& of) : game(numbers), support(of) {
    for (int t = 0; t < T; ++t) {
      reference[t] = -1;
      for (int m = 0; m < M; ++m) {
        if (!sends(t, m)) continue;
        if (reference[t] < 0)
          reference[t] = m;
        else
          mixing[static_cast<std::size_t>(n++)] = {t, m};
      }
    }
    int i = 0;
    for (int m = 0; m < M; ++m) {
      if (!support.senders[m]) continue;
      base[m] = std::countr_zero(static_cast<unsigned>(support.replies[m]));
      for (int a = base[m] + 1; a < A; ++a)
        if (support.replies[m] >> a & 1) reply[static_cast<std::size_t>(i++)] = {m, a};
    }
  }

  void operator()(const Row& row) const {
    std::array<std::array<double, M>, T> x{};
    std::array<std::array<double, A>, M> y{};
    for (int t = 0; t < T; ++t) x[t][reference[t]] = game.prior[t];
    for (int m = 0; m < M; ++m)
      if (support.senders[m]) y[m][base[m]] = 1;
    if (n > 0) {
      System system;
      std::array<double, max_system> solution;
      for (int i = 0; i < n; ++i) {
        const auto [m, a] = reply[i];
        const auto gain = [&, m = m, a = a](int t) { return receiver(t, m, a) - receiver(t, m, base[m]); };
        for (int j = 0; j < n; ++j) {
          const auto [t, to] = mixing[j];
          system[i][j] = to == m ? gain(t) : reference[t] == m ? -gain(t) : 0;
        }
        system[i][n] = 0;
        for (int t = 0; t < T; ++t)
          if (reference[t] == m) system[i][n] -= game.prior[t] * gain(t);
      }
      solve(system, n, solution.data());
      for (int j = 0; j < n; ++j) {
        const auto [t, m] = mixing[j];
        x[t][m] = solution[j];
        x[t][reference[t]] -= solution[j];
      }
      for (int j = 0; j < n; ++j) {
        const auto [t, m] = mixing[j];
        for (int i = 0; i < n; ++i) {
          const auto [to, a] = reply[i];
          const double gain = sender(t, to, a) - sender(t, to, base[to]);
          system[j][i] = to == m ? gain : to == reference[t] ? -gain : 0;
        }
        system[j][n] = sender(t, reference[t], base[reference[t]]) - sender(t, m, base[m]);
      }
      solve(system, n, solution.data());
      for (int i = 0; i < n; ++i) {
        const auto [m, a] = reply[i];
        y[m][a] = solution[i];
        y[m][base[m]] -= solution[i];
      }
    }

    std::array<double, T> value{};
    for (int t = 0; t < T; ++t)
      for (int a = 0; a < A; ++a) value[t] += y[reference[t]][a] * sender(t, reference[t], a);

    *row.kind = support.kind;
    std::copy_n(value.begin(), T, row.sender_payoff);
    for (int t = 0; t < T; ++t)
      for (int m = 0; m < M; ++m) row.sender[t * M + m] = x[t][m] / game.prior[t];
    double expected = 0;
    for (int m = 0; m < M; ++m) {
      if (!support.senders[m]) continue;
      double total = 0;
      for (int t = 0; t < T; ++t) total += x[t][m];
      for (int t = 0; t < T; ++t) {
        row.beliefs[m * T + t] = x[t][m] / total;
        for (int a = 0; a < A; ++a) expected += x[t][m] * y[m][a] * receiver(t, m, a);
      }
      std::copy_n(y[m].begin(), A, row.receiver + m * A);
      row.off_path_facet[m] = 0;
      if constexpr (A == 2)
        std::fill_n(row.off_path_bounds + 2 * m, 2, std::numeric_limits<double>::quiet_NaN());
    }
    *row.receiver_payoff = expected;

    for (int m = 0; m < M; ++m) {
      if (support.senders[m]) continue;
      OffPathRow<T, A> off_path;
      for (int t = 0; t < T; ++t)
        for (int a = 0; a < A; ++a) {
          off_path.stay[t][a] = value[t] - sender(t, m, a);
          off_path.payoff[t][a] = receiver(t, m, a);
        }
      off_path.write(row.receiver + m * A, row.beliefs + m * T, row.off_path_facet + m,
                     A == 2 ? row.off_path_bounds + 2 * m : nullptr);
    }
  }
};

template <int T, int M, int A>
void write(const GameNumbers& game, const Candidate& support, const Row& row) {
  Writer<T, M, A>(game, support)(row);
}

}  // namespace

WriteRow row_writer(int types, int messages, int actions) {
  // (2,2,2) has rows of its own.
  static constexpr WriteRow writers[2][2][2] = {
      {{nullptr, write<2, 2, 3>}, {write<2, 3, 2>, write<2, 3, 3>}},
      {{write<3, 2, 2>, write<3, 2, 3>}, {write<3, 3, 2>, write<3, 3, 3>}}};
  return writers[types - 2][messages - 2][actions - 2];
}

}  // namespace schelling::batch
