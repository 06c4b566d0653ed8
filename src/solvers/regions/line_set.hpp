#pragma once

#include <schelling/numerics/algebraic_number.hpp>

#include <map>
#include <memory>
#include <vector>

namespace schelling::regions {

using Root = std::shared_ptr<const AlgebraicNumber>;

/// The points of an interval that matter: each once, with disjoint isolating intervals.
class Line {
 public:
  Line(const Rational& lower, const Rational& upper);

  const Root& lower() const { return lower_; }
  const Root& upper() const { return upper_; }
  /// The roots of a polynomial in x inside the open interval, in increasing order.
  const std::vector<Root>& roots(const Polynomial& polynomial);
  /// The point of a number inside the interval.
  Root at(const AlgebraicNumber& number);

 private:
  Root lower_, upper_;
  std::vector<Root> points_;  // in increasing order
  std::map<Polynomial, std::vector<Root>> known_;
};

inline bool before(const Root& a, const Root& b) { return a != b && *a < *b; }

/// A subset of an interval: a union of points and of open intervals between them.
struct LineSet {
  std::vector<Root> points;   ///< from the lower to the upper end, in increasing order
  std::vector<char> at;       ///< [i] whether points[i] belongs to it
  std::vector<char> between;  ///< [i] whether (points[i], points[i + 1]) does

  static LineSet all(const Line& line, bool value = true) {
    return {{line.lower(), line.upper()}, {value, value}, {value}};
  }
  bool empty() const;
  /// Drops points around which nothing changes, other than the ends.
  void simplify();
};

/// The points that satisfy `combine(in a, in b)`.
template <class Combine>
LineSet combine(const LineSet& a, const LineSet& b, Combine&& combine) {
  LineSet result;
  std::size_t i = 0, j = 0;
  while (true) {
    const bool first = !before(b.points[j], a.points[i]), second = !before(a.points[i], b.points[j]);
    // Where only one of them has a point the other has its open interval.
    result.points.push_back(first ? a.points[i] : b.points[j]);
    result.at.push_back(combine(first ? a.at[i] : a.between[i - 1], second ? b.at[j] : b.between[j - 1]));
    i += first;
    j += second;
    if (i == a.points.size()) break;
    result.between.push_back(combine(a.between[i - 1], b.between[j - 1]));
  }
  result.simplify();
  return result;
}

inline LineSet operator&(const LineSet& a, const LineSet& b) {
  return combine(a, b, [](char x, char y) { return static_cast<char>(x && y); });
}
inline LineSet operator|(const LineSet& a, const LineSet& b) {
  return combine(a, b, [](char x, char y) { return static_cast<char>(x || y); });
}
inline LineSet operator-(const LineSet& a, const LineSet& b) {
  return combine(a, b, [](char x, char y) { return static_cast<char>(x && !y); });
}

}  // namespace schelling::regions
