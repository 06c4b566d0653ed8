#pragma once

#include "solvers/regions/polygon.hpp"

#include <map>
#include <vector>

namespace schelling::regions {

/// The factors of polynomials in two variables, numbered: parts in one variable and their rational roots,
/// lines that are known, square-free parts of the rest, parts in common with factors that are known. Not
/// always irreducible: what is named may be a product.
class Factors {
 public:
  explicit Factors(const Polygon& domain) : domain_(domain) {}

  /// Declares a line worth trying, if the polynomial is one.
  void suggest(const Polynomial& polynomial);

  /// The numbers of the factors that the polynomial holds an odd number of times.
  const std::vector<int>& odd(const Polynomial& polynomial);

  const Polynomial& operator[](int factor) const { return factors_[static_cast<std::size_t>(factor)]; }
  bool is_line(int factor) const { return (*this)[factor].total_degree() == 1; }
  /// False if the factor is known not to vanish inside the polygon.
  bool may_vanish(int factor, const Polygon& polygon) const;

 private:
  Polygon domain_;
  std::vector<Polynomial> factors_;
  std::map<Polynomial, int> numbers_;
  std::map<Polynomial, std::vector<int>> known_;

  int number(const Polynomial& factor);
  void split(Polynomial rest, std::vector<int>& found);
  void split_univariate(const Polynomial& content, bool in_y, std::vector<int>& found);
};

}  // namespace schelling::regions
