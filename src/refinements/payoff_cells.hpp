#pragma once

#include "best_replies.hpp"

#include <schelling/refinements/verdict.hpp>

#include <cstddef>
#include <vector>

namespace schelling::refinements {

/// h(v) = sum_t coefficients[t] v_t + constant, scaled so that the first coefficient that is not zero is 1.
struct PayoffHyperplane {
  std::vector<Rational> coefficients;
  Rational constant;

  Rational at(const std::vector<Rational>& payoff) const;
  friend bool operator==(const PayoffHyperplane&, const PayoffHyperplane&) = default;
};

/// Hyperplanes between which the verdict of every criterion on the message is constant in the equilibrium
/// payoffs v.
///
/// Criteria depend on v through the sign patterns of U_t(m, y) - v_t that occur for y in a simplex of best
/// replies B. The v at which a pattern occurs are the relative interior of conv{U(a) : a in B} + a cone of
/// coordinate directions. Each facet of such a set is spanned by points and coordinate directions, so it lies
/// on a hyperplane through k of the points U(a) in some k of the coordinates. All of these are listed.
std::vector<PayoffHyperplane> indifference_hyperplanes(BestReplies& best_replies, int message);

/// The hull of finitely many payoff vectors, cut into relatively open cells.
class PayoffCells {
 public:
  using Cell = SurvivingPart<Rational>::Cell;

  explicit PayoffCells(std::vector<std::vector<Rational>> vertices) : vertices_(std::move(vertices)) {}

  /// The hull itself, with a point of it.
  Cell everything() const { return {{}, vertices_.front()}; }

  /// The parts of the cell on each side of, and on, every hyperplane; at most `limit` of them, or none if
  /// there are more.
  std::vector<Cell> split(const Cell& cell, const std::vector<PayoffHyperplane>& hyperplanes,
                          std::size_t limit) const;

  /// The same cell without conditions that follow from the others.
  Cell simplified(Cell cell) const;

  /// Whether the hull is a line segment, and the coordinate that orders it then.
  bool is_segment(int& coordinate) const;

 private:
  std::vector<Rational> find_point(const std::vector<PayoffCondition<Rational>>& conditions) const;
  std::vector<std::vector<Rational>> vertices_;
};

/// Of cells along a segment in the order of `coordinate`, `kept` marks those that survive: neighbours are
/// joined.
std::vector<PayoffCells::Cell> joined(const std::vector<PayoffCells::Cell>& cells,
                                      const std::vector<bool>& kept, int coordinate);

}  // namespace schelling::refinements
