#pragma once

#include <schelling/numerics/rational.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// A polynomial in one or two variables with integer coefficients: sum_ij c_ij x^i y^j.
///
/// Ours because small dense polynomials are all that parametric games need, and because every operation here
/// is exact. An immutable value in normal form: equal polynomials have equal coefficients.
class Polynomial {
 public:
  Polynomial() = default;  ///< zero
  Polynomial(int constant) : Polynomial(Integer(constant)) {}
  explicit Polynomial(Integer constant);
  /// From coefficients [i, j] in row-major order with `columns` powers of y.
  Polynomial(std::vector<Integer> coefficients, int columns);
  /// sum_i c_i x^i.
  static Polynomial in_x(std::vector<Integer> coefficients) { return {std::move(coefficients), 1}; }

  bool is_zero() const { return coefficients_.empty(); }
  bool is_constant() const { return coefficients_.size() <= 1; }
  /// Degrees in x and in y, -1 for zero, and the largest i + j.
  int degree_x() const { return columns_ == 0 ? -1 : static_cast<int>(coefficients_.size()) / columns_ - 1; }
  int degree_y() const { return columns_ - 1; }
  int total_degree() const;
  /// c_ij, zero outside the degrees.
  const Integer& coefficient(int i, int j = 0) const;
  /// The coefficient that comes first in the order of descending (i, j); zero for zero.
  const Integer& leading() const;

  Integer content() const;  ///< greatest common divisor of the coefficients, not negative
  /// Divided by the content, with a positive leading coefficient.
  Polynomial primitive_part() const;

  Polynomial operator-() const;
  friend Polynomial operator+(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator-(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  friend bool operator==(const Polynomial&, const Polynomial&) = default;
  friend std::strong_ordering operator<=>(const Polynomial& a, const Polynomial& b);

  Polynomial derivative_x() const;
  /// With the variables exchanged.
  Polynomial transposed() const;
  Rational operator()(const Rational& x, const Rational& y = Rational(0)) const;
  double approximate(double x, double y = 0) const;

 private:
  std::vector<Integer> coefficients_;
  int columns_ = 0;

  std::size_t index(int i, int j) const {
    return static_cast<std::size_t>(i) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(j);
  }
  void normalize();
};

/// The quotient if `b` divides `a` with integer coefficients; false otherwise. `b` is not zero.
bool divides(const Polynomial& b, const Polynomial& a, Polynomial& quotient);

/// Primitive greatest common divisor, by primitive remainders (Collins 1967): of 0 and 0 it is 0.
Polynomial greatest_common_divisor(const Polynomial& a, const Polynomial& b);

/// The greatest factor that is a polynomial in x alone; primitive.
Polynomial content_in_x(const Polynomial& polynomial);

/// The product of the distinct factors that hold x, each once; `polynomial` is in x alone and not zero.
Polynomial square_free_part(const Polynomial& polynomial);

/// -1, 0 or 1 at a point.
int sign_at(const Polynomial& polynomial, const Rational& x, const Rational& y = Rational(0));

/// The coefficients of a polynomial in x in the Bernstein basis of [lower, upper], up to a positive factor.
std::vector<Integer> bernstein(const Polynomial& polynomial, const Rational& lower, const Rational& upper);

/// -1 or 1 if the polynomial is known to have this strict sign everywhere inside the box, by the signs of its
/// Bernstein coefficients; 0 if they do not tell. They tell if the box is small enough and the polynomial has
/// no zero in it.
int sign_inside(const Polynomial& polynomial, std::span<const Rational, 2> x, std::span<const Rational, 2> y);

/// In the form 2*x^2*y - x + 3, or with `latex` 2 x^{2} y - x + 3.
std::string to_text(const Polynomial& polynomial, std::span<const std::string> variables, bool latex = false);

}  // namespace schelling
