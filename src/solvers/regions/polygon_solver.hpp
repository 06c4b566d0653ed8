#pragma once

#include "solvers/regions/factors.hpp"
#include "solvers/regions/parametric_system.hpp"

#include <vector>

namespace schelling::regions {

enum class Answer : signed char { no, unknown, yes };

inline Answer both(Answer a, Answer b) { return std::min(a, b); }
inline Answer either(Answer a, Answer b) { return std::max(a, b); }

/// What is known of a question inside a polygon: one answer, or two on the sides of the curve on which a
/// factor vanishes.
struct Decision {
  Answer above = Answer::unknown;  ///< where the factor is positive; everywhere if there is none
  Answer below = Answer::unknown;
  int curve = -1;
  /// Where the answer is unknown: a factor along which to cut, -1 for none.
  int obstacle = -1;

  bool known() const { return above != Answer::unknown && below != Answer::unknown; }
  bool constant() const { return known() && above == below; }
};

inline Decision constant(Answer answer) { return {answer, answer, -1, -1}; }

/// Combines two questions by `both` or `either`; lines are preferred as obstacles.
template <class Combine>
Decision combine(const Decision& a, const Decision& b, const Factors& factors, Combine&& how) {
  Decision result{how(a.above, b.above), how(a.below, b.below), a.curve >= 0 ? a.curve : b.curve, -1};
  const auto prefer = [&](int factor) {
    if (factor < 0) return;
    if (result.obstacle < 0 || (factors.is_line(factor) && !factors.is_line(result.obstacle)))
      result.obstacle = factor;
  };
  if (a.curve >= 0 && b.curve >= 0 && a.curve != b.curve) {
    // Two curves: only an answer that holds on all sides is one.
    const auto sides = [&](const Decision& d) {
      return std::pair(std::min(d.above, d.below), std::max(d.above, d.below));
    };
    const auto [a_least, a_most] = sides(a);
    const auto [b_least, b_most] = sides(b);
    const Answer least = how(a_least, b_least), most = how(a_most, b_most);
    if (least == most && least != Answer::unknown) return constant(least);
    result = {};
    prefer(a.curve);
    prefer(b.curve);
  }
  if (result.constant()) return constant(result.above);
  prefer(a.obstacle);
  prefer(b.obstacle);
  if (result.known()) result.obstacle = -1;
  return result;
}

/// A system with the certificates that were found for it so far.
class PlaneSystem {
 public:
  explicit PlaneSystem(ParametricSystem system) : system_(std::move(system)) {}

  /// Whether it is feasible inside a polygon, apart from curves on which a condition becomes an equation.
  Decision decide(const Polygon& polygon, Factors& factors);

 private:
  ParametricSystem system_;
  std::vector<SystemCertificate> certificates_;

  /// Puts what one certificate proves inside the polygon into the decisions, one for each curve.
  void apply(const SystemCertificate& certificate, const Polygon& polygon, const Point& inside,
             Factors& factors, std::vector<Decision>& decisions, int& obstacle) const;
  bool known_at(const Point& point) const;
};

}  // namespace schelling::regions
