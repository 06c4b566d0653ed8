#pragma once

#include "solvers/regions/parametric_system.hpp"

#include <utility>
#include <vector>

namespace schelling::regions {

/// A convex polygon with rational vertices in counterclockwise order. Edge i runs from vertex i to the next
/// one; `lines[i]` is the number of the line that cut it, -1 for any other edge.
struct Polygon {
  std::vector<Point> vertices;
  std::vector<int> lines;

  /// The corners of the bounding box: lower and upper bounds of x, and of y.
  std::pair<Point, Point> box() const;
  /// A point of small denominators inside; different ones for different attempts.
  Point inside(int attempt) const;
  /// Twice the area.
  Rational area() const;
};

/// Whether a polynomial of degree one takes both signs inside.
bool crosses(const Polynomial& line, const Polygon& polygon);

/// The parts in which a polynomial of degree one that crosses the polygon is negative and positive.
std::pair<Polygon, Polygon> cut(const Polygon& polygon, const Polynomial& line, int number);

/// Two halves of a polygon across the longer side of its bounding box, as shares of `whole`.
std::pair<Polygon, Polygon> halve(const Polygon& polygon, const Polygon& whole);

}  // namespace schelling::regions
