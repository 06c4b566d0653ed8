#include "solvers/regions/polygon_solver.hpp"

#include <algorithm>

namespace schelling::regions {

bool PlaneSystem::known_at(const Point& point) const {
  return std::any_of(certificates_.begin(), certificates_.end(), [&](const SystemCertificate& certificate) {
    return std::all_of(certificate.conditions.begin(), certificate.conditions.end(),
                       [&](const Condition& condition) { return holds(condition, point); });
  });
}

void PlaneSystem::apply(const SystemCertificate& certificate, const Polygon& polygon, const Point& inside,
                        Factors& factors, std::vector<Decision>& decisions, int& obstacle) const {
  // The one factor that may vanish inside, and the sign that the conditions ask of it.
  int curve = -1, wanted = 0;
  for (const auto& condition : certificate.conditions) {
    int own = -1;
    for (const int factor : factors.odd(condition.polynomial)) {
      if (!factors.may_vanish(factor, polygon)) continue;
      if ((own >= 0 && own != factor) || (curve >= 0 && curve != factor)) {
        const int other = own >= 0 && own != factor ? own : curve;
        for (const int k : {other, factor})
          if (obstacle < 0 || (factors.is_line(k) && !factors.is_line(obstacle))) obstacle = k;
        return;
      }
      own = factor;
    }
    // Inside the polygon, off its curves: where neither the condition nor the factor vanishes.
    int sign = sign_at(condition.polynomial, inside.x, inside.y);
    int side = own < 0 ? 1 : sign_at(factors[own], inside.x, inside.y);
    for (int attempt = 1; sign * side == 0; ++attempt) {
      const Point other = polygon.inside(attempt);
      sign = sign_at(condition.polynomial, other.x, other.y);
      side = own < 0 ? 1 : sign_at(factors[own], other.x, other.y);
    }
    const int needed = sign * side;
    if (own < 0) {
      if (needed < 0) return;
      continue;
    }
    if (wanted != 0 && needed != wanted) return;
    curve = own;
    wanted = needed;
  }
  const Answer answer = certificate.feasible ? Answer::yes : Answer::no;
  if (curve < 0) {
    decisions.assign(1, constant(answer));
    return;
  }
  auto decision =
      std::find_if(decisions.begin(), decisions.end(), [&](const Decision& d) { return d.curve == curve; });
  if (decision == decisions.end()) {
    decisions.push_back({Answer::unknown, Answer::unknown, curve, curve});
    decision = decisions.end() - 1;
  }
  (wanted > 0 ? decision->above : decision->below) = answer;
}

Decision PlaneSystem::decide(const Polygon& polygon, Factors& factors) {
  std::vector<Decision> decisions;
  int obstacle = -1;
  const Point inside = polygon.inside(0);
  const auto settled = [&]() -> const Decision* {
    for (const auto& decision : decisions)
      if (decision.known()) return &decision;
    return nullptr;
  };
  const auto answer = [](const Decision& decision) {
    return decision.constant() ? constant(decision.above) : decision;
  };
  for (const auto& certificate : certificates_)
    apply(certificate, polygon, inside, factors, decisions, obstacle);
  if (const auto* decision = settled()) return answer(*decision);
  // One point inside, then points near the corners, which tend to lie on all sides of a curve.
  std::vector<Point> points{inside};
  for (const auto& v : polygon.vertices)
    points.push_back({(v.x * 5 + inside.x) / 6, (v.y * 5 + inside.y) / 6});
  for (const auto& point : points) {
    if (known_at(point)) continue;
    auto found = certificate_at(system_, point);
    if (!found) continue;
    certificates_.push_back(std::move(*found));
    apply(certificates_.back(), polygon, inside, factors, decisions, obstacle);
    if (const auto* decision = settled()) return answer(*decision);
  }
  for (const auto& decision : decisions)
    if (obstacle < 0 || (factors.is_line(decision.curve) && !factors.is_line(obstacle)))
      obstacle = decision.curve;
  return {Answer::unknown, Answer::unknown, -1, obstacle};
}

}  // namespace schelling::regions
