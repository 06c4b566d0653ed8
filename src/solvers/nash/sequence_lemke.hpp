#pragma once

#include <schelling/games/sequence_form.hpp>
#include <schelling/numerics/lexicographic_tableau.hpp>
#include <schelling/numerics/row_table.hpp>

#include "solvers/nash/integer_payoffs.hpp"

#include <array>
#include <optional>
#include <vector>

namespace schelling::nash {

enum class End { solved, overflow, stopped, failed };

/// At each information set of each player the sequence that a pure strategy goes on with.
using PureStrategies = std::array<std::vector<Index>, 2>;

/// A realisation plan for each player whose weights are polynomials in e: [sequence, power of e] in row-major order.
template <class Scalar>
struct Plans {
  std::size_t powers = 1;
  std::array<std::vector<Scalar>, 2> weights;
};

/// Lemke's algorithm (1965) on the sequence form of a two-player game, as Koller, Megiddo and von Stengel (1996) set it up.
///
/// Unknowns are, for each sequence s but the empty ones, its weight x_s >= 0 and what its player would lose by ending a
/// best reply with it, r_s >= 0; the game is solved where one of the two is zero for every s. A pure strategy of each
/// player is the start: its weights are the basic variables x_s, and the r_s of all other sequences are basic. Every
/// sequence outside of it costs its player an extra z, so that for large z the pure strategies are the only equilibrium;
/// complementary pivoting then follows the equilibria of these games until z = 0. The path cannot escape: plans are bounded,
/// and so are the r_s, because the perturbation of the lexicographic rule gives every information set positive weight.
///
/// With `trembling`, each sequence of n actions has weight at least e^n, e symbolic and positive but below any number
/// (Miltersen and Sorensen 2010).
template <class Number>
class SequenceLemke {
 public:
  /// @param payoffs of each player, entry by entry of the sequence form
  template <class Scalar>
  SequenceLemke(const SequenceForm<Scalar>& form, const std::array<std::vector<Number>, 2>& payoffs,
                const PureStrategies& start, bool trembling)
      : pairs_{at(form.sequences(0)) - 1, at(form.sequences(1)) - 1},
        powers_(trembling ? 1 + at(longest(form)) : 1),
        trembling_(trembling),
        table_(initial_variables(form, start, true), initial_variables(form, start, false), powers_) {
    for (const int i : {0, 1}) {
      length_[at(i)].resize(at(form.sequences(i)));
      for (Index s = 0; s < form.sequences(i); ++s) length_[at(i)][at(s)] = at(form.length(i, s));
    }
    const std::array plans{express_plan(form, start, 0), express_plan(form, start, 1)};
    for (const int i : {0, 1}) fill(form, payoffs[at(i)], start, i, plans[at(i)], plans[at(1 - i)]);
  }

  End solve(Monitor& monitor) {
    const std::size_t z = 2 * pairs();
    std::size_t column = table_.place(z);
    auto row = table_.most_violated_row(column);
    while (row) {
      const std::size_t left = table_.basic(*row);
      if (!table_.pivot(*row, column, monitor)) return monitor.stopped() ? End::stopped : End::overflow;
      if (left == z) return End::solved;
      monitor.advance(1);
      if (table_.rounded && table_.pivots() > 100 * (pairs() + 10)) return End::failed;
      column = table_.place(left < pairs() ? left + pairs() : left - pairs());
      row = table_.leaving_row(column, z);
      if (!row) return End::failed;
    }
    return End::solved;
  }

  template <class Scalar>
  Plans<Scalar> plans() const {
    Plans<Scalar> result{powers_, {}};
    for (const int i : {0, 1}) {
      auto& weights = result.weights[at(i)];
      weights.assign((pairs_[at(i)] + 1) * powers_, Scalar(0));
      weights[0] = Scalar(1);
      for (std::size_t s = 1; s <= pairs_[at(i)]; ++s) {
        Scalar* const own = &weights[s * powers_];
        if (trembling_) own[length_[at(i)][s]] = Scalar(1);
        const std::size_t pair = pair_of(i, static_cast<Index>(s));
        if (!table_.is_basic(pair)) continue;
        for (std::size_t k = 0; k < powers_; ++k) {
          Scalar weight = quotient<Scalar>(table_.entry(table_.place(pair), k), table_.denominator());
          if (table_.rounded && weight < Scalar(1e-13)) weight = Scalar(0);  // rounding of a zero
          own[k] += weight;
        }
      }
    }
    return result;
  }

  std::size_t pivots() const { return table_.pivots(); }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  std::size_t pairs() const { return pairs_[0] + pairs_[1]; }
  std::size_t pair_of(int player, Index sequence) const {
    return (player == 0 ? 0 : pairs_[0]) + at(sequence) - 1;
  }
  /// Column of the unknown of a pair that is not basic at the start; column `powers_` is that of z.
  std::size_t column_of(std::size_t pair) const { return powers_ + 1 + pair; }

  template <class Scalar>
  static Index longest(const SequenceForm<Scalar>& form) {
    Index result = 0;
    for (const int i : {0, 1})
      for (Index s = 0; s < form.sequences(i); ++s) result = std::max(result, form.length(i, s));
    return result;
  }

  /// Pair p has the unknowns x_p, variable p, and r_p, variable pairs + p; z is the last variable.
  template <class Scalar>
  std::vector<std::size_t> initial_variables(const SequenceForm<Scalar>& form, const PureStrategies& start,
                                             bool basic) const {
    std::vector<std::size_t> variables;
    if (!basic) variables.push_back(2 * pairs());
    for (const int i : {0, 1})
      for (std::size_t h = 0; h < form.sets(i).size(); ++h) {
        const auto& set = form.sets(i)[h];
        for (Index s = set.first; s < set.first + set.count; ++s)
          variables.push_back(pair_of(i, s) + ((s == start[at(i)][h]) == basic ? 0 : pairs()));
      }
    return variables;
  }

  /// [sequence]: its weight as a combination of constants and of the player's unknowns x_s that are not basic.
  template <class Scalar>
  RowTable<Number> express_plan(const SequenceForm<Scalar>& form, const PureStrategies& start, int i) const {
    RowTable<Number> plan(form.sequences(i), static_cast<int>(powers_ + pairs_[at(i)]), Number(0));
    plan(0, 0) = 1;
    for (std::size_t h = 0; h < form.sets(i).size(); ++h) {
      const auto& set = form.sets(i)[h];
      const Index chosen = start[at(i)][h];
      const auto rest = plan.row(chosen), before = plan.row(set.parent);
      std::copy(before.begin(), before.end(), rest.begin());
      for (Index s = set.first; s < set.first + set.count; ++s) {
        if (s == chosen) continue;
        if (trembling_) {
          plan(s, form.length(i, s)) = 1;
          rest[at(form.length(i, s))] -= Number(1);
        }
        plan(s, static_cast<Index>(powers_) + s - 1) = 1;
        rest[powers_ + at(s) - 1] = Number(-1);
      }
    }
    return plan;
  }

  /// The rows of player i.
  template <class Scalar>
  void fill(const SequenceForm<Scalar>& form, const std::vector<Number>& payoffs, const PureStrategies& start,
            int i, const RowTable<Number>& own, const RowTable<Number>& other) {
    const int j = 1 - i;
    const std::size_t others = powers_ + pairs_[at(j)], first_other = column_of(pair_of(j, 1));
    // [sequence]: what the player gets by it and best replies after it, as a combination of constants and unknowns.
    RowTable<Number> worth(form.sequences(i), static_cast<int>(powers_ + 1 + pairs()), Number(0));
    for (std::size_t k = 0; k < payoffs.size(); ++k) {
      const auto& entry = form.entries()[k];
      const auto mine = worth.row(i == 0 ? entry.row : entry.column);
      const auto theirs = other.row(i == 0 ? entry.column : entry.row);
      for (std::size_t c = 0; c < others; ++c)
        if (theirs[c] != 0) mine[c < powers_ ? c : first_other + c - powers_] += payoffs[k] * theirs[c];
    }
    for (std::size_t h = form.sets(i).size(); h-- > 0;) {
      const auto& set = form.sets(i)[h];
      const Index chosen = start[at(i)][h];
      const auto best = worth.row(chosen);
      best[column_of(pair_of(i, chosen))] += Number(1);  // r of the chosen sequence
      for (Index s = set.first; s < set.first + set.count; ++s) {
        const std::size_t row = pair_of(i, s);
        if (s == chosen) {
          for (std::size_t c = 0; c < powers_ + pairs_[at(i)]; ++c)
            table_.entry(row, c < powers_ ? c : column_of(pair_of(i, static_cast<Index>(c - powers_) + 1))) =
                c < powers_ ? own(s, static_cast<int>(c)) : Number(-own(s, static_cast<int>(c)));
          if (trembling_) table_.entry(row, at(form.length(i, s))) -= Number(1);
        } else {
          const auto worse = worth.row(s);
          for (std::size_t c = 0; c < best.size(); ++c)
            table_.entry(row, c) = c < powers_ ? Number(best[c] - worse[c]) : Number(worse[c] - best[c]);
          table_.entry(row, powers_) = Number(-1);
        }
      }
      if (set.parent == 0) continue;
      const auto before = worth.row(set.parent);
      for (std::size_t c = 0; c < best.size(); ++c) before[c] += best[c];
    }
  }

  std::array<std::size_t, 2> pairs_;
  std::size_t powers_;
  bool trembling_;
  std::array<std::vector<std::size_t>, 2> length_;
  LexicographicTableau<Number> table_;
};

}  // namespace schelling::nash
