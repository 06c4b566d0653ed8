#include "solvers/regions/factors.hpp"

#include <schelling/numerics/algebraic_number.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace schelling::regions {

namespace {

Polynomial quotient(const Polynomial& a, const Polynomial& b) {
  Polynomial result;
  divides(b, a, result);
  return result;
}

/// (factor, multiplicity) by Yun's algorithm in x (Yun 1976); every factor holds x.
std::vector<std::pair<Polynomial, int>> square_free(const Polynomial& polynomial) {
  std::vector<std::pair<Polynomial, int>> result;
  Polynomial common = greatest_common_divisor(polynomial, polynomial.derivative_x());
  Polynomial rest = quotient(polynomial.primitive_part(), common);
  for (int multiplicity = 1; !rest.is_constant(); ++multiplicity) {
    const Polynomial next = greatest_common_divisor(rest, common);
    const Polynomial factor = quotient(rest, next).primitive_part();
    if (!factor.is_constant()) result.emplace_back(factor, multiplicity);
    rest = next;
    common = quotient(common, next).primitive_part();
  }
  return result;
}

}  // namespace

int Factors::number(const Polynomial& factor) {
  const auto [place, added] = numbers_.emplace(factor, static_cast<int>(factors_.size()));
  if (added) factors_.push_back(factor);
  return place->second;
}

void Factors::suggest(const Polynomial& polynomial) {
  if (polynomial.total_degree() == 1) number(polynomial.primitive_part());
}

const std::vector<int>& Factors::odd(const Polynomial& polynomial) {
  const Polynomial primitive = polynomial.primitive_part();
  if (const auto known = known_.find(primitive); known != known_.end()) return known->second;
  std::vector<int> found;
  split(primitive, found);
  std::sort(found.begin(), found.end());
  std::vector<int> odd;
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i;
    while (end < found.size() && found[end] == found[i]) ++end;
    if ((end - i) % 2 == 1) odd.push_back(found[i]);
    i = end;
  }
  return known_.emplace(primitive, std::move(odd)).first->second;
}

void Factors::split(Polynomial rest, std::vector<int>& found) {
  for (std::size_t k = 0; k < factors_.size() && !rest.is_constant(); ++k) {
    Polynomial smaller;
    while (!rest.is_constant() && divides(factors_[k], rest, smaller)) {
      found.push_back(static_cast<int>(k));
      rest = smaller.primitive_part();
    }
  }
  if (rest.is_constant()) return;
  if (const auto content = content_in_x(rest); !content.is_constant()) {
    split_univariate(content, false, found);
    rest = quotient(rest, content).primitive_part();
  }
  if (const auto content = content_in_x(rest.transposed()); !content.is_constant()) {
    split_univariate(content, true, found);
    rest = quotient(rest, content.transposed()).primitive_part();
  }
  if (rest.is_constant()) return;
  for (const auto& [factor, multiplicity] : square_free(rest)) {
    Polynomial left = factor;
    const std::size_t before = factors_.size();
    for (std::size_t k = 0; k < before && !left.is_constant(); ++k) {
      const Polynomial common = greatest_common_divisor(left, factors_[k]);
      if (common.is_constant()) continue;
      found.insert(found.end(), static_cast<std::size_t>(multiplicity), number(common));
      left = quotient(left, common).primitive_part();
    }
    if (!left.is_constant()) found.insert(found.end(), static_cast<std::size_t>(multiplicity), number(left));
  }
}

void Factors::split_univariate(const Polynomial& content, bool in_y, std::vector<int>& found) {
  const auto [low, high] = domain_.box();
  const Rational lower = in_y ? low.y : low.x, upper = in_y ? high.y : high.x;
  for (const auto& part : square_free(content)) {
    Polynomial rest = part.first;
    const auto add = [&](const Polynomial& factor) {
      const int k = number((in_y ? factor.transposed() : factor).primitive_part());
      found.insert(found.end(), static_cast<std::size_t>(part.second), k);
    };
    for (const auto& root : real_roots(part.first, lower, upper)) {
      if (!root.is_rational()) continue;
      add(root.polynomial());
      rest = quotient(rest, root.polynomial()).primitive_part();
    }
    if (!rest.is_constant()) add(rest);
  }
}

bool Factors::may_vanish(int factor, const Polygon& polygon) const {
  const auto& p = (*this)[factor];
  if (is_line(factor)) return crosses(p, polygon);
  const auto [low, high] = polygon.box();
  const std::array<Rational, 2> x{low.x, high.x}, y{low.y, high.y};
  return sign_inside(p, x, y) == 0;
}

}  // namespace schelling::regions
