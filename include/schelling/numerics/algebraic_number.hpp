#pragma once

#include <schelling/numerics/polynomial.hpp>

#include <compare>
#include <memory>
#include <optional>
#include <vector>

namespace schelling {

/// A real root of a polynomial with integer coefficients, exact: the polynomial, which has simple roots only,
/// and an interval with rational ends that holds this root and no other one. Questions about it narrow the
/// interval and may find a factor of the polynomial; the number stays the same.
class AlgebraicNumber {
 public:
  explicit AlgebraicNumber(const Rational& value);
  /// The only root of `polynomial`, which has no multiple roots, in (lower, upper); neither end is a root.
  AlgebraicNumber(Polynomial polynomial, Rational lower, Rational upper);

  const Polynomial& polynomial() const { return polynomial_; }
  const Rational& lower() const { return lower_; }  ///< below the number, or equal if it is rational
  const Rational& upper() const { return upper_; }
  bool is_rational() const { return lower_ == upper_; }

  /// The sign of another polynomial in x at the number, exact.
  int sign_of(const Polynomial& other) const;
  /// Halves the interval.
  void refine() const;
  /// Narrows the interval below `width`.
  void refine_to(const Rational& width) const;
  /// Learns that the number is a root of `factor`, which divides its polynomial.
  void reduce_to(const Polynomial& factor) const;

  double approximate() const;

  friend std::strong_ordering operator<=>(const AlgebraicNumber& a, const AlgebraicNumber& b);
  friend bool operator==(const AlgebraicNumber& a, const AlgebraicNumber& b) { return (a <=> b) == 0; }

 private:
  // What is known, not what it is: narrowing changes no observable value.
  mutable Polynomial polynomial_;
  mutable Rational lower_, upper_;

  void become(const Rational& value) const;
};

/// The distinct real roots of a polynomial in x, not zero, in the open interval, in increasing order. They
/// are isolated by Descartes' rule of signs on bisected intervals (Collins and Akritas 1976, in the Bernstein
/// basis); rational ones are recognised.
std::vector<AlgebraicNumber> real_roots(const Polynomial& polynomial, const Rational& lower,
                                        const Rational& upper);

/// The fraction with the least denominator strictly between two numbers, lower < upper.
Rational simplest_between(const Rational& lower, const Rational& upper);

/// Numbers a_0 + a_1 r + ... of the field that an algebraic number r generates, with exact arithmetic and
/// order: what linear programming at an algebraic point needs. Constants belong to every field.
class AlgebraicElement {
 public:
  AlgebraicElement(int value = 0) : AlgebraicElement(Rational(value)) {}
  explicit AlgebraicElement(const Rational& value);
  /// The value of a polynomial in x at the root.
  AlgebraicElement(const Polynomial& polynomial, std::shared_ptr<const AlgebraicNumber> root);

  int sign() const;
  AlgebraicElement operator-() const;
  AlgebraicElement& operator+=(const AlgebraicElement& b) { return *this = *this + b; }
  AlgebraicElement& operator-=(const AlgebraicElement& b) { return *this = *this - b; }
  AlgebraicElement& operator*=(const AlgebraicElement& b) { return *this = *this * b; }
  AlgebraicElement& operator/=(const AlgebraicElement& b) { return *this = *this / b; }
  friend AlgebraicElement operator+(const AlgebraicElement& a, const AlgebraicElement& b);
  friend AlgebraicElement operator-(const AlgebraicElement& a, const AlgebraicElement& b) { return a + -b; }
  friend AlgebraicElement operator*(const AlgebraicElement& a, const AlgebraicElement& b);
  /// The divisor is not zero.
  friend AlgebraicElement operator/(const AlgebraicElement& a, const AlgebraicElement& b);
  friend bool operator==(const AlgebraicElement& a, const AlgebraicElement& b) { return (a - b).sign() == 0; }
  friend std::strong_ordering operator<=>(const AlgebraicElement& a, const AlgebraicElement& b) {
    return (a - b).sign() <=> 0;
  }

 private:
  // numerator(r) / denominator, the numerator of lower degree than r's polynomial.
  Polynomial numerator_;
  Integer denominator_ = 1;
  std::shared_ptr<const AlgebraicNumber> root_;

  AlgebraicElement(Polynomial numerator, Integer denominator, std::shared_ptr<const AlgebraicNumber> root);
  AlgebraicElement inverse() const;
};

}  // namespace schelling
