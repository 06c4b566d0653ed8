#include "solvers/regions/polygon.hpp"

#include <algorithm>
#include <cassert>

namespace schelling::regions {

namespace {

/// The values that the polygon takes on the vertical line at x, which meets its inside.
std::pair<Rational, Rational> section(const Polygon& polygon, const Rational& x) {
  std::pair<Rational, Rational> range;
  bool some = false;
  for (std::size_t i = 0; i < polygon.vertices.size(); ++i) {
    const auto &a = polygon.vertices[i], &b = polygon.vertices[(i + 1) % polygon.vertices.size()];
    if ((a.x < x) == (b.x < x)) continue;
    const Rational y = a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
    range = some ? std::pair(std::min(range.first, y), std::max(range.second, y)) : std::pair(y, y);
    some = true;
  }
  assert(some);
  return range;
}

/// A simple number well inside an interval; further attempts look at other parts of it.
Rational between(const Rational& lower, const Rational& upper, int attempt) {
  const Rational width = upper - lower;
  const Rational from(1 + attempt % 3, 4 + attempt % 3 + attempt / 3);
  return simplest_between(lower + width * from, lower + width * (from + Rational(1, 3 + attempt)));
}

}  // namespace

std::pair<Point, Point> Polygon::box() const {
  Point low = vertices.front(), high = low;
  for (const auto& v : vertices) {
    low = {std::min(low.x, v.x), std::min(low.y, v.y)};
    high = {std::max(high.x, v.x), std::max(high.y, v.y)};
  }
  return {low, high};
}

Point Polygon::inside(int attempt) const {
  const auto [low, high] = box();
  const Rational x = between(low.x, high.x, attempt);
  const auto [bottom, top] = section(*this, x);
  // Another part of the section, so that no line of symmetry holds all of these points.
  return {x, between(bottom, top, attempt + 1)};
}

Rational Polygon::area() const {
  Rational sum = 0;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const auto &a = vertices[i], &b = vertices[(i + 1) % vertices.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

bool crosses(const Polynomial& line, const Polygon& polygon) {
  bool negative = false, positive = false;
  for (const auto& v : polygon.vertices) {
    const int sign = sign_at(line, v.x, v.y);
    negative |= sign < 0;
    positive |= sign > 0;
  }
  return negative && positive;
}

std::pair<Polygon, Polygon> cut(const Polygon& polygon, const Polynomial& line, int number) {
  std::vector<Rational> values;
  for (const auto& v : polygon.vertices) values.push_back(line(v.x, v.y));
  const auto part = [&](int wanted) {
    Polygon result;
    const std::size_t n = polygon.vertices.size();
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t next = (i + 1) % n;
      const int here = values[i].sign() * wanted, there = values[next].sign() * wanted;
      if (here >= 0) {
        result.vertices.push_back(polygon.vertices[i]);
        // Leaving through this vertex, the next edge is the cut.
        result.lines.push_back(here == 0 && there < 0 ? number : polygon.lines[i]);
      }
      if (here * there < 0) {
        const auto &a = polygon.vertices[i], &b = polygon.vertices[next];
        const Rational share = values[i] / (values[i] - values[next]);
        result.vertices.push_back({a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share});
        result.lines.push_back(here > 0 ? number : polygon.lines[i]);
      }
    }
    return result;
  };
  return {part(-1), part(1)};
}

std::pair<Polygon, Polygon> halve(const Polygon& polygon, const Polygon& whole) {
  const auto [low, high] = polygon.box();
  const auto [least, most] = whole.box();
  const bool along_x = (high.x - low.x) * (most.y - least.y) >= (high.y - low.y) * (most.x - least.x);
  const Rational middle = along_x ? Rational((low.x + high.x) / 2) : Rational((low.y + high.y) / 2);
  const Integer n = numerator(middle), d = denominator(middle);
  const Polynomial line = along_x ? Polynomial({-n, Integer(0), d, Integer(0)}, 2) : Polynomial({-n, d}, 2);
  return cut(polygon, line, -1);
}

}  // namespace schelling::regions
