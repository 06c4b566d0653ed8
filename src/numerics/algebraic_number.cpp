#include <schelling/numerics/algebraic_number.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace schelling {

namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Changes of sign in a sequence, zeros left out.
int variations(const std::vector<Integer>& values) {
  int count = 0, last = 0;
  for (const auto& value : values) {
    if (value == 0) continue;
    if (last != 0 && value.sign() != last) ++count;
    last = value.sign();
  }
  return count;
}

/// x - value, times the denominator.
Polynomial linear(const Rational& value) {
  return Polynomial::in_x({Integer(-numerator(value)), Integer(denominator(value))});
}

Integer floor(const Rational& value) {
  const Integer quotient = numerator(value) / denominator(value);
  return value < 0 && Rational(quotient) != value ? Integer(quotient - 1) : quotient;
}

/// The rational number that a root in (lower, upper) is, if it is one: the denominator divides the leading
/// coefficient.
std::optional<Rational> as_rational(const AlgebraicNumber& root) {
  const Rational leading(abs(root.polynomial().leading()));
  root.refine_to(1 / leading);
  if (root.is_rational()) return root.lower();
  const Rational candidate = Rational(floor(leading * root.upper())) / leading;
  if (candidate <= root.lower() || candidate >= root.upper() || sign_at(root.polynomial(), candidate) != 0)
    return std::nullopt;
  return candidate;
}

/// Splits the open interval until Descartes' rule counts its roots as none or one.
void isolate(const Polynomial& polynomial, std::vector<Integer> b, const Rational& lower,
             const Rational& upper, std::vector<AlgebraicNumber>& roots) {
  const int count = variations(b);
  if (count == 0) return;
  if (count == 1 && b.front() != 0 && b.back() != 0) {
    AlgebraicNumber root(polynomial, lower, upper);
    if (const auto value = as_rational(root))
      roots.emplace_back(*value);
    else
      roots.push_back(std::move(root));
    return;
  }
  // De Casteljau's halving, without fractions.
  const int n = static_cast<int>(b.size()) - 1;
  std::vector<Integer> left(b.size()), right(b.size());
  for (int k = 0; k <= n; ++k) {
    left[index(k)] = b.front() << static_cast<unsigned>(n - k);
    right[index(n - k)] = b[index(n - k)] << static_cast<unsigned>(n - k);
    for (int i = 0; i < n - k; ++i) b[index(i)] += b[index(i + 1)];
  }
  const Rational middle = (lower + upper) / 2;
  const bool at_middle = left.back() == 0;
  isolate(polynomial, std::move(left), lower, middle, roots);
  if (at_middle) roots.emplace_back(middle);
  isolate(polynomial, std::move(right), middle, upper, roots);
}

/// Leaves the remainder of a multiple of `a` by b in `a`, and returns the (positive) multiple.
Integer reduce(Polynomial& a, const Polynomial& b) {
  Integer multiple = 1;
  while (!a.is_zero() && a.degree_x() >= b.degree_x()) {
    const Integer common = gcd(a.leading(), b.leading());
    Integer up = b.leading() / common, factor = a.leading() / common;
    if (up < 0) up = -up, factor = -factor;
    std::vector<Integer> shifted(index(a.degree_x() - b.degree_x() + 1));
    shifted.back() = factor;
    a = Polynomial(up) * a - Polynomial::in_x(std::move(shifted)) * b;
    multiple *= up;
  }
  return multiple;
}

}  // namespace

AlgebraicNumber::AlgebraicNumber(const Rational& value)
    : polynomial_(linear(value)), lower_(value), upper_(value) {}

AlgebraicNumber::AlgebraicNumber(Polynomial polynomial, Rational lower, Rational upper)
    : polynomial_(std::move(polynomial)), lower_(std::move(lower)), upper_(std::move(upper)) {
  assert(sign_at(polynomial_, lower_) * sign_at(polynomial_, upper_) < 0);
  reduce_to(polynomial_);
}

void AlgebraicNumber::become(const Rational& value) const {
  lower_ = upper_ = value;
  polynomial_ = linear(value);
}

void AlgebraicNumber::reduce_to(const Polynomial& factor) const {
  polynomial_ = factor.primitive_part();
  if (polynomial_.degree_x() == 1)
    become(Rational(Integer(-polynomial_.coefficient(0)), polynomial_.coefficient(1)));
}

void AlgebraicNumber::refine() const {
  if (is_rational()) return;
  const Rational middle = (lower_ + upper_) / 2;
  const int sign = sign_at(polynomial_, middle);
  if (sign == 0)
    become(middle);
  else
    (sign == sign_at(polynomial_, lower_) ? lower_ : upper_) = middle;
}

void AlgebraicNumber::refine_to(const Rational& width) const {
  while (!is_rational() && upper_ - lower_ >= width) refine();
}

double AlgebraicNumber::approximate() const {
  static const Rational precision(Integer(1), Integer(1) << 80U);
  refine_to(precision);
  return to_double((lower_ + upper_) / 2);
}

int AlgebraicNumber::sign_of(const Polynomial& other) const {
  if (other.is_constant()) return other.leading().sign();
  if (is_rational()) return sign_at(other, lower_);
  const Polynomial common = greatest_common_divisor(other, polynomial_);
  if (common.degree_x() > 0 && sign_at(common, lower_) * sign_at(common, upper_) < 0) {
    reduce_to(common);
    return 0;
  }
  while (true) {
    if (is_rational()) return sign_at(other, lower_);
    const auto b = bernstein(other, lower_, upper_);
    if (variations(b) == 0)
      for (const auto& value : b)
        if (value != 0) return value.sign();
    refine();
  }
}

std::strong_ordering operator<=>(const AlgebraicNumber& a, const AlgebraicNumber& b) {
  const auto separate = [&] {
    return a.is_rational() && b.is_rational() ? true : a.upper_ <= b.lower_ || b.upper_ <= a.lower_;
  };
  const auto order = [&] {
    const int sign =
        (a.is_rational() && b.is_rational()) ? a.lower_.compare(b.lower_) : (a.upper_ <= b.lower_ ? -1 : 1);
    return sign < 0 ? std::strong_ordering::less
                    : (sign > 0 ? std::strong_ordering::greater : std::strong_ordering::equal);
  };
  if (separate()) return order();
  const Polynomial common = greatest_common_divisor(a.polynomial_, b.polynomial_);
  if (common.degree_x() > 0) {
    // A rational number lies inside the other's interval here.
    if (a.is_rational() || b.is_rational()) {
      const auto& value = a.is_rational() ? a.lower_ : b.lower_;
      (a.is_rational() ? b : a).become(value);
      return std::strong_ordering::equal;
    }
    const Rational& lower = std::max(a.lower_, b.lower_);
    const Rational& upper = std::min(a.upper_, b.upper_);
    if (sign_at(common, lower) * sign_at(common, upper) < 0) {
      a.reduce_to(common);
      b.reduce_to(common);
      return std::strong_ordering::equal;
    }
  }
  while (!separate()) {
    a.refine();
    b.refine();
  }
  return order();
}

std::vector<AlgebraicNumber> real_roots(const Polynomial& polynomial, const Rational& lower,
                                        const Rational& upper) {
  assert(!polynomial.is_zero() && polynomial.degree_y() <= 0 && lower < upper);
  std::vector<AlgebraicNumber> roots;
  if (polynomial.is_constant()) return roots;
  const Polynomial simple = square_free_part(polynomial);
  if (simple.degree_x() == 1) {
    const Rational root(Integer(-simple.coefficient(0)), simple.coefficient(1));
    if (lower < root && root < upper) roots.emplace_back(root);
    return roots;
  }
  isolate(simple, bernstein(simple, lower, upper), lower, upper, roots);
  return roots;
}

Rational simplest_between(const Rational& lower, const Rational& upper) {
  assert(lower < upper);
  if (lower < 0) return upper > 0 ? Rational(0) : Rational(-simplest_between(-upper, -lower));
  const Integer whole = floor(lower);
  if (Rational(Integer(whole + 1)) < upper) return Rational(Integer(whole + 1));
  // Both in [whole, whole + 1]: the reciprocals of what is left, in the other order.
  const Rational low = lower - Rational(whole), high = upper - Rational(whole);
  if (low == 0) return Rational(whole) + 1 / Rational(Integer(floor(1 / high) + 1));
  return Rational(whole) + 1 / simplest_between(1 / high, 1 / low);
}

AlgebraicElement::AlgebraicElement(const Rational& value)
    : numerator_(Integer(numerator(value))), denominator_(denominator(value)) {}

AlgebraicElement::AlgebraicElement(const Polynomial& polynomial, std::shared_ptr<const AlgebraicNumber> root)
    : AlgebraicElement(polynomial, Integer(1), std::move(root)) {}

AlgebraicElement::AlgebraicElement(Polynomial numerator, Integer denominator,
                                   std::shared_ptr<const AlgebraicNumber> root)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)), root_(std::move(root)) {
  if (root_) denominator_ *= reduce(numerator_, root_->polynomial());
  if (numerator_.is_zero()) {
    denominator_ = 1;
    return;
  }
  const Integer common = gcd(numerator_.content(), denominator_);
  if (common == 1) return;
  Polynomial quotient;
  divides(Polynomial(common), numerator_, quotient);
  numerator_ = std::move(quotient);
  denominator_ /= common;
}

int AlgebraicElement::sign() const {
  return root_ ? root_->sign_of(numerator_) : numerator_.leading().sign();
}

AlgebraicElement AlgebraicElement::operator-() const {
  AlgebraicElement result = *this;
  result.numerator_ = -result.numerator_;
  return result;
}

AlgebraicElement operator+(const AlgebraicElement& a, const AlgebraicElement& b) {
  return {Polynomial(b.denominator_) * a.numerator_ + Polynomial(a.denominator_) * b.numerator_,
          Integer(a.denominator_ * b.denominator_), a.root_ ? a.root_ : b.root_};
}

AlgebraicElement operator*(const AlgebraicElement& a, const AlgebraicElement& b) {
  return {a.numerator_ * b.numerator_, Integer(a.denominator_ * b.denominator_), a.root_ ? a.root_ : b.root_};
}

AlgebraicElement operator/(const AlgebraicElement& a, const AlgebraicElement& b) { return a * b.inverse(); }

AlgebraicElement AlgebraicElement::inverse() const {
  [[maybe_unused]] const int known = sign();
  assert(known != 0);
  if (root_ && numerator_.degree_x() > 0) {
    // The root's polynomial may be reducible: its part in common with the numerator does not vanish.
    const Polynomial common = greatest_common_divisor(numerator_, root_->polynomial());
    if (common.degree_x() > 0) {
      Polynomial rest;
      divides(common, root_->polynomial(), rest);
      root_->reduce_to(rest);
      return AlgebraicElement(numerator_, denominator_, root_).inverse();
    }
    // Euclid's algorithm: remainder = cofactor * numerator modulo the polynomial.
    Polynomial previous = root_->polynomial(), remainder = numerator_, before, cofactor(1);
    while (remainder.degree_x() > 0) {
      Polynomial next = previous, next_cofactor = before;
      while (!next.is_zero() && next.degree_x() >= remainder.degree_x()) {
        std::vector<Integer> shifted(index(next.degree_x() - remainder.degree_x() + 1));
        shifted.back() = next.leading();
        const auto factor = Polynomial::in_x(std::move(shifted));
        const Polynomial up(remainder.leading());
        next = up * next - factor * remainder;
        next_cofactor = up * next_cofactor - factor * cofactor;
      }
      const Polynomial content(gcd(next.content(), next_cofactor.content()));
      Polynomial part;
      divides(content, next, part);
      next = part;
      divides(content, next_cofactor, part);
      previous = std::exchange(remainder, std::move(next));
      before = std::exchange(cofactor, std::move(part));
    }
    Integer divisor = remainder.leading();
    assert(divisor != 0);
    if (divisor < 0) divisor = -divisor, cofactor = -cofactor;
    return {Polynomial(denominator_) * cofactor, std::move(divisor), root_};
  }
  Integer divisor = numerator_.leading(), up = denominator_;
  if (divisor < 0) divisor = -divisor, up = -up;
  return {Polynomial(std::move(up)), std::move(divisor), root_};
}

}  // namespace schelling
