#pragma once

#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/lexicographic_tableau.hpp>

#include "solvers/nash/sequence_lemke.hpp"

#include <numeric>

namespace schelling::nash {

/// The algorithm of Lemke and Howson (1964) for a game of two players in normal form.
///
/// Strategies of both players are labels 0, 1, ..., rows first. The vertices of
///   P = {x >= 0: B^T x <= 1} and Q = {y >= 0: A y <= 1}, with A, B > 0,
/// have the labels of the inequalities that hold with equality; a pair of vertices with all labels, other than the origins,
/// is an equilibrium once the weights are divided by their sums. The path starts at the origins, drops one label, and
/// pivots in the two polytopes by turns until that label is found again.
template <class Number>
class LemkeHowson {
 public:
  /// @param payoffs of each player, positive, by row and then column
  LemkeHowson(int rows, int columns, const std::array<std::vector<Number>, 2>& payoffs)
      : rows_(static_cast<std::size_t>(rows)),
        columns_(static_cast<std::size_t>(columns)),
        polytopes_{LexicographicTableau<Number>(labels(rows_, columns_), labels(0, rows_), 1),
                   LexicographicTableau<Number>(labels(0, rows_), labels(rows_, columns_), 1)} {
    for (std::size_t r = 0; r < rows_; ++r)
      for (std::size_t c = 0; c < columns_; ++c) {
        polytopes_[0].entry(c, 1 + r) = payoffs[1][r * columns_ + c];
        polytopes_[1].entry(r, 1 + c) = payoffs[0][r * columns_ + c];
      }
    for (auto& polytope : polytopes_)
      for (std::size_t r = 0; r < polytope.rows(); ++r) polytope.entry(r, 0) = Number(1);
  }

  End solve(std::size_t dropped, Monitor& monitor) {
    std::size_t label = dropped, turn = dropped < rows_ ? 0 : 1;
    do {
      auto& polytope = polytopes_[turn];
      const std::size_t column = polytope.place(label);
      const auto row = polytope.leaving_row(column, dropped);
      if (!row) return End::failed;
      label = polytope.basic(*row);
      if (!polytope.pivot(*row, column, monitor)) return monitor.stopped() ? End::stopped : End::overflow;
      monitor.advance(1);
      if (polytope.rounded && polytope.pivots() > 1000 * (rows_ + columns_ + 10)) return End::failed;
      turn = 1 - turn;
    } while (label != dropped);
    return End::solved;
  }

  /// Mixed strategies; the caller's tests tell where rounding has spoilt them.
  template <class Scalar>
  std::vector<std::vector<Scalar>> strategies() const {
    std::vector<std::vector<Scalar>> result;
    for (const std::size_t i : {0, 1}) {
      auto& own = result.emplace_back();
      Scalar total(0);
      for (std::size_t s = 0; s < (i == 0 ? rows_ : columns_); ++s) {
        const std::size_t label = i == 0 ? s : rows_ + s;
        const auto& polytope = polytopes_[i];
        own.push_back(polytope.is_basic(label)
                          ? quotient<Scalar>(polytope.entry(polytope.place(label), 0), polytope.denominator())
                          : Scalar(0));
        if (own.back() < Scalar(0)) own.back() = Scalar(0);
        total += own.back();
      }
      for (auto& p : own) p /= total;
    }
    return result;
  }

 private:
  static std::vector<std::size_t> labels(std::size_t first, std::size_t count) {
    std::vector<std::size_t> result(count);
    std::iota(result.begin(), result.end(), first);
    return result;
  }

  std::size_t rows_, columns_;
  std::array<LexicographicTableau<Number>, 2> polytopes_;
};

}  // namespace schelling::nash
