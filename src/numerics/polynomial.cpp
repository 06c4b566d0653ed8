#include <schelling/numerics/polynomial.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace schelling {

namespace {

const Integer zero = 0;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// The coefficients of powers of y in x alone.
Polynomial column(const Polynomial& p, int j) {
  std::vector<Integer> c(index(p.degree_x() + 1));
  for (int i = 0; i <= p.degree_x(); ++i) c[index(i)] = p.coefficient(i, j);
  return Polynomial::in_x(std::move(c));
}

/// x^i y^j times a number.
Polynomial monomial(const Integer& factor, int i, int j) {
  std::vector<Integer> c(index(i + 1) * index(j + 1));
  c.back() = factor;
  return {std::move(c), j + 1};
}

Polynomial divided(const Polynomial& a, const Polynomial& b) {
  Polynomial quotient;
  [[maybe_unused]] const bool exact = divides(b, a, quotient);
  assert(exact);
  return quotient;
}

/// The greatest common divisor of two polynomials in x.
Polynomial gcd_in_x(Polynomial a, Polynomial b) {
  a = a.primitive_part();
  b = b.primitive_part();
  if (a.degree_x() < b.degree_x()) std::swap(a, b);
  while (!b.is_zero()) {
    if (b.is_constant()) return Polynomial(1);
    Polynomial rest = a;
    while (rest.degree_x() >= b.degree_x()) {
      const Integer common = gcd(rest.leading(), b.leading());
      rest = Polynomial(Integer(b.leading() / common)) * rest -
             monomial(rest.leading() / common, rest.degree_x() - b.degree_x(), 0) * b;
    }
    a = std::exchange(b, rest.primitive_part());
  }
  return a;
}

/// Binomial coefficients of n.
std::vector<Integer> binomials(int n) {
  std::vector<Integer> row(index(n + 1), Integer(1));
  for (int k = 1; k <= n; ++k) row[index(k)] = row[index(k - 1)] * (n - k + 1) / k;
  return row;
}

/// Bernstein coefficients, up to a positive factor, from coefficients of powers on [lower, upper].
std::vector<Rational> bernstein_of(std::vector<Rational> c, const Rational& lower, const Rational& upper) {
  const int n = static_cast<int>(c.size()) - 1;
  // Taylor shift to `lower`, then scaling of the interval to [0, 1].
  if (lower != 0)
    for (int k = 0; k < n; ++k)
      for (int i = n - 1; i >= k; --i) c[index(i)] += lower * c[index(i + 1)];
  Rational power = 1;
  const auto choose = binomials(n);
  for (int i = 0; i <= n; ++i) {
    c[index(i)] = c[index(i)] * power / Rational(choose[index(i)]);
    power *= upper - lower;
  }
  // b_i = sum_{k <= i} binomial(i, k) / binomial(n, k) a_k by repeated sums.
  for (int k = 1; k <= n; ++k)
    for (int i = n; i >= k; --i) c[index(i)] += c[index(i - 1)];
  return c;
}

}  // namespace

Polynomial::Polynomial(Integer constant) : coefficients_{std::move(constant)}, columns_(1) { normalize(); }

Polynomial::Polynomial(std::vector<Integer> coefficients, int columns)
    : coefficients_(std::move(coefficients)), columns_(columns) {
  assert(columns > 0 && coefficients_.size() % schelling::index(columns) == 0);
  normalize();
}

void Polynomial::normalize() {
  while (!coefficients_.empty() && std::all_of(coefficients_.end() - columns_, coefficients_.end(),
                                               [](const auto& c) { return c == 0; }))
    coefficients_.resize(coefficients_.size() - schelling::index(columns_));
  if (coefficients_.empty()) {
    columns_ = 0;
    return;
  }
  int needed = columns_;
  const int rows = degree_x() + 1;
  const auto empty = [&](int j) {
    for (int i = 0; i < rows; ++i)
      if (coefficients_[index(i, j)] != 0) return false;
    return true;
  };
  while (needed > 1 && empty(needed - 1)) --needed;
  if (needed == columns_) return;
  std::vector<Integer> kept;
  kept.reserve(schelling::index(rows) * schelling::index(needed));
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < needed; ++j) kept.push_back(std::move(coefficients_[index(i, j)]));
  coefficients_ = std::move(kept);
  columns_ = needed;
}

int Polynomial::total_degree() const {
  int degree = -1;
  for (int i = 0; i <= degree_x(); ++i)
    for (int j = 0; j <= degree_y(); ++j)
      if (coefficients_[index(i, j)] != 0) degree = std::max(degree, i + j);
  return degree;
}

const Integer& Polynomial::coefficient(int i, int j) const {
  return i < 0 || j < 0 || i > degree_x() || j > degree_y() ? zero : coefficients_[index(i, j)];
}

const Integer& Polynomial::leading() const {
  for (auto c = coefficients_.rbegin(); c != coefficients_.rend(); ++c)
    if (*c != 0) return *c;
  return zero;
}

Integer Polynomial::content() const {
  Integer result = 0;
  for (const auto& c : coefficients_) {
    if (c != 0) result = gcd(result, c);
    if (result == 1) break;
  }
  return result;
}

Polynomial Polynomial::primitive_part() const {
  if (is_zero()) return *this;
  Integer divisor = content();
  if (leading() < 0) divisor = -divisor;
  if (divisor == 1) return *this;
  Polynomial result = *this;
  for (auto& c : result.coefficients_) c /= divisor;
  return result;
}

Polynomial Polynomial::operator-() const {
  Polynomial result = *this;
  for (auto& c : result.coefficients_) c = -c;
  return result;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const int rows = std::max(a.degree_x(), b.degree_x()) + 1, columns = std::max(a.columns_, b.columns_);
  std::vector<Integer> c(index(rows) * index(columns));
  for (const auto* p : {&a, &b})
    for (int i = 0; i <= p->degree_x(); ++i)
      for (int j = 0; j <= p->degree_y(); ++j)
        c[index(i) * index(columns) + index(j)] += p->coefficients_[p->index(i, j)];
  return {std::move(c), columns};
}

Polynomial operator-(const Polynomial& a, const Polynomial& b) { return a + -b; }

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  if (a.is_zero() || b.is_zero()) return {};
  const int rows = a.degree_x() + b.degree_x() + 1, columns = a.columns_ + b.columns_ - 1;
  std::vector<Integer> c(index(rows) * index(columns));
  for (int i = 0; i <= a.degree_x(); ++i)
    for (int j = 0; j <= a.degree_y(); ++j) {
      const auto& factor = a.coefficients_[a.index(i, j)];
      if (factor == 0) continue;
      for (int k = 0; k <= b.degree_x(); ++k)
        for (int l = 0; l <= b.degree_y(); ++l)
          c[index(i + k) * index(columns) + index(j + l)] += factor * b.coefficients_[b.index(k, l)];
    }
  return {std::move(c), columns};
}

std::strong_ordering operator<=>(const Polynomial& a, const Polynomial& b) {
  if (const auto order = a.coefficients_.size() <=> b.coefficients_.size(); order != 0) return order;
  if (const auto order = a.columns_ <=> b.columns_; order != 0) return order;
  for (std::size_t i = a.coefficients_.size(); i-- > 0;)
    if (const int order = a.coefficients_[i].compare(b.coefficients_[i]); order != 0)
      return order < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  return std::strong_ordering::equal;
}

Polynomial Polynomial::derivative_x() const {
  if (degree_x() < 1) return {};
  std::vector<Integer> c;
  for (int i = 1; i <= degree_x(); ++i)
    for (int j = 0; j < columns_; ++j) c.push_back(i * coefficients_[index(i, j)]);
  return {std::move(c), columns_};
}

Polynomial Polynomial::transposed() const {
  if (is_zero()) return {};
  std::vector<Integer> c;
  c.reserve(coefficients_.size());
  for (int j = 0; j < columns_; ++j)
    for (int i = 0; i <= degree_x(); ++i) c.push_back(coefficients_[index(i, j)]);
  return {std::move(c), degree_x() + 1};
}

Rational Polynomial::operator()(const Rational& x, const Rational& y) const {
  Rational sum = 0;
  for (int i = degree_x(); i >= 0; --i) {
    Rational row = 0;
    for (int j = degree_y(); j >= 0; --j) row = row * y + Rational(coefficients_[index(i, j)]);
    sum = sum * x + row;
  }
  return sum;
}

double Polynomial::approximate(double x, double y) const {
  double sum = 0;
  for (int i = degree_x(); i >= 0; --i) {
    double row = 0;
    for (int j = degree_y(); j >= 0; --j) row = row * y + coefficients_[index(i, j)].convert_to<double>();
    sum = sum * x + row;
  }
  return sum;
}

bool divides(const Polynomial& b, const Polynomial& a, Polynomial& quotient) {
  assert(!b.is_zero());
  const int rows = a.degree_x() - b.degree_x() + 1, columns = a.degree_y() - b.degree_y() + 1;
  quotient = {};
  if (a.is_zero()) return true;
  if (rows <= 0 || columns <= 0) return false;
  // Lexicographic division: the leading term of what is left is a multiple of b's.
  int bj = b.degree_y();
  while (b.coefficient(b.degree_x(), bj) == 0) --bj;
  const Integer& divisor = b.leading();
  std::vector<Integer> rest(index(a.degree_x() + 1) * index(a.degree_y() + 1)),
      found(index(rows) * index(columns));
  const auto at = [&](int i, int j) -> Integer& {
    return rest[index(i) * index(a.degree_y() + 1) + index(j)];
  };
  for (int i = 0; i <= a.degree_x(); ++i)
    for (int j = 0; j <= a.degree_y(); ++j) at(i, j) = a.coefficient(i, j);
  for (int i = a.degree_x(); i >= 0; --i)
    for (int j = a.degree_y(); j >= 0; --j) {
      if (at(i, j) == 0) continue;
      const int qi = i - b.degree_x(), qj = j - bj;
      if (qi < 0 || qj < 0 || qj >= columns || at(i, j) % divisor != 0) return false;
      const Integer factor = at(i, j) / divisor;
      found[index(qi) * index(columns) + index(qj)] = factor;
      for (int k = 0; k <= b.degree_x(); ++k)
        for (int l = 0; l <= b.degree_y(); ++l)
          if (const auto& c = b.coefficient(k, l); c != 0) at(qi + k, qj + l) -= factor * c;
    }
  quotient = Polynomial(std::move(found), columns);
  return true;
}

Polynomial content_in_x(const Polynomial& p) {
  Polynomial result;
  for (int j = 0; j <= p.degree_y() && !(result == Polynomial(1)); ++j)
    result = gcd_in_x(result, column(p, j));
  return result;
}

Polynomial greatest_common_divisor(const Polynomial& first, const Polynomial& second) {
  if (first.is_zero()) return second.primitive_part();
  if (second.is_zero()) return first.primitive_part();
  if (first.degree_y() <= 0 && second.degree_y() <= 0) return gcd_in_x(first, second);
  // As polynomials in y over those in x: contents apart, then primitive remainders.
  const Polynomial content_a = content_in_x(first), content_b = content_in_x(second);
  Polynomial a = divided(first, content_a), b = divided(second, content_b);
  if (a.degree_y() < b.degree_y()) std::swap(a, b);
  while (!b.is_zero() && b.degree_y() > 0) {
    Polynomial rest = a;
    while (!rest.is_zero() && rest.degree_y() >= b.degree_y())
      rest = column(b, b.degree_y()) * rest -
             column(rest, rest.degree_y()) * monomial(1, 0, rest.degree_y() - b.degree_y()) * b;
    if (!rest.is_zero()) rest = divided(rest, content_in_x(rest));
    a = std::exchange(b, rest.primitive_part());
  }
  const Polynomial common = b.is_zero() ? a : Polynomial(1);
  return (gcd_in_x(content_a, content_b) * common).primitive_part();
}

Polynomial square_free_part(const Polynomial& polynomial) {
  const Polynomial primitive = polynomial.primitive_part();
  return divided(primitive, gcd_in_x(primitive, primitive.derivative_x())).primitive_part();
}

int sign_at(const Polynomial& polynomial, const Rational& x, const Rational& y) {
  if (polynomial.is_constant()) return polynomial.leading().sign();
  return polynomial(x, y).sign();
}

std::vector<Integer> bernstein(const Polynomial& polynomial, const Rational& lower, const Rational& upper) {
  std::vector<Rational> c;
  for (int i = 0; i <= polynomial.degree_x(); ++i) c.emplace_back(polynomial.coefficient(i));
  c = bernstein_of(std::move(c), lower, upper);
  Integer multiple = 1;
  for (const auto& x : c) multiple = lcm(multiple, Integer(denominator(x)));
  std::vector<Integer> result;
  for (const auto& x : c) result.push_back(numerator(x) * (multiple / denominator(x)));
  return result;
}

int sign_inside(const Polynomial& polynomial, std::span<const Rational, 2> x,
                std::span<const Rational, 2> y) {
  if (polynomial.is_constant()) return polynomial.leading().sign();
  const int rows = polynomial.degree_x() + 1, columns = polynomial.degree_y() + 1;
  std::vector<std::vector<Rational>> table;  // [j][i]
  for (int i = 0; i < rows; ++i) {
    std::vector<Rational> row;
    for (int j = 0; j < columns; ++j) row.emplace_back(polynomial.coefficient(i, j));
    table.push_back(bernstein_of(std::move(row), y[0], y[1]));
  }
  int common = 0;
  for (int j = 0; j < columns; ++j) {
    std::vector<Rational> line;
    for (int i = 0; i < rows; ++i) line.push_back(table[index(i)][index(j)]);
    for (const auto& b : bernstein_of(std::move(line), x[0], x[1])) {
      if (b.sign() * common < 0) return 0;
      if (b.sign() != 0) common = b.sign();
    }
  }
  return common;
}

std::string to_text(const Polynomial& polynomial, std::span<const std::string> variables, bool latex) {
  if (polynomial.is_zero()) return "0";
  std::string text;
  for (int degree = polynomial.total_degree(); degree >= 0; --degree)
    for (int i = degree; i >= 0; --i) {
      const int j = degree - i;
      const Integer c = polynomial.coefficient(i, j);
      if (c == 0) continue;
      std::string powers;
      const auto multiply = [&](const std::string& name, int power) {
        if (power == 0) return;
        if (!powers.empty()) powers += latex ? " " : "*";
        powers += name;
        if (power > 1) powers += latex ? "^{" + std::to_string(power) + "}" : "^" + std::to_string(power);
      };
      multiply(variables.empty() ? "x" : variables[0], i);
      multiply(variables.size() < 2 ? "y" : variables[1], j);
      const Integer size = abs(c);
      if (text.empty())
        text += c < 0 ? "-" : "";
      else
        text += c < 0 ? " - " : " + ";
      if (powers.empty())
        text += size.str();
      else
        text += size == 1 ? powers : size.str() + (latex ? " " : "*") + powers;
    }
  return text;
}

}  // namespace schelling
