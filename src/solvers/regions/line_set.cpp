#include "solvers/regions/line_set.hpp"

#include <algorithm>

namespace schelling::regions {

Line::Line(const Rational& lower, const Rational& upper)
    : lower_(std::make_shared<const AlgebraicNumber>(lower)),
      upper_(std::make_shared<const AlgebraicNumber>(upper)) {}

Root Line::at(const AlgebraicNumber& number) {
  const auto position = std::lower_bound(points_.begin(), points_.end(), number,
                                         [](const Root& p, const AlgebraicNumber& n) { return *p < n; });
  if (position != points_.end() && **position == number) return *position;
  return *points_.insert(position, std::make_shared<const AlgebraicNumber>(number));
}

const std::vector<Root>& Line::roots(const Polynomial& polynomial) {
  const Polynomial primitive = polynomial.primitive_part();
  const auto known = known_.find(primitive);
  if (known != known_.end()) return known->second;
  std::vector<Root> found;
  for (const auto& root : real_roots(primitive, lower_->lower(), upper_->lower())) found.push_back(at(root));
  return known_.emplace(primitive, std::move(found)).first->second;
}

bool LineSet::empty() const {
  const auto yes = [](char value) { return value != 0; };
  return std::none_of(at.begin(), at.end(), yes) && std::none_of(between.begin(), between.end(), yes);
}

void LineSet::simplify() {
  std::size_t kept = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (i + 1 < points.size() && at[i] == between[i - 1] && at[i] == between[i]) continue;
    ++kept;
    points[kept] = points[i];
    at[kept] = at[i];
    between[kept - 1] = between[i - 1];
  }
  points.resize(kept + 1);
  at.resize(kept + 1);
  between.resize(kept);
}

}  // namespace schelling::regions
