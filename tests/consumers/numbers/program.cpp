// Beer and quiche (Cho and Kreps 1987) over number types that the compiled library does not know, headers alone: two that
// round, the library's fractions, and a user's own fraction of machine integers that refuses to overflow.
#include <schelling/solvers/solve_pbe.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <compare>
#include <iostream>
#include <numeric>
#include <stdexcept>

class Fraction {
 public:
  Fraction(long long value = 0) : above_(value) {}

  friend Fraction operator+(Fraction a, Fraction b) {
    return {sum(product(a.above_, b.below_), product(b.above_, a.below_)), product(a.below_, b.below_)};
  }
  friend Fraction operator-(Fraction a, Fraction b) { return a + -b; }
  friend Fraction operator*(Fraction a, Fraction b) {
    return {product(a.above_, b.above_), product(a.below_, b.below_)};
  }
  friend Fraction operator/(Fraction a, Fraction b) {
    return {product(a.above_, b.below_), product(a.below_, b.above_)};
  }
  Fraction operator-() const { return {-above_, below_}; }
  Fraction& operator+=(Fraction b) { return *this = *this + b; }
  Fraction& operator-=(Fraction b) { return *this = *this - b; }
  Fraction& operator*=(Fraction b) { return *this = *this * b; }
  Fraction& operator/=(Fraction b) { return *this = *this / b; }
  friend bool operator==(Fraction a, Fraction b) { return a.above_ == b.above_ && a.below_ == b.below_; }
  friend std::strong_ordering operator<=>(Fraction a, Fraction b) {
    return product(a.above_, b.below_) <=> product(b.above_, a.below_);
  }
  explicit operator double() const { return static_cast<double>(above_) / static_cast<double>(below_); }
  friend std::ostream& operator<<(std::ostream& out, Fraction x) {
    return out << x.above_ << '/' << x.below_;
  }

 private:
  long long above_ = 0, below_ = 1;

  Fraction(long long above, long long below) : above_(above), below_(below) {
    if (below == 0) throw std::domain_error("division by zero");
    const long long common = std::gcd(above, below) * (below < 0 ? -1 : 1);
    above_ /= common;
    below_ /= common;
  }
  static long long product(long long a, long long b) {
    long long result;
    if (__builtin_mul_overflow(a, b, &result)) throw std::overflow_error("fraction");
    return result;
  }
  static long long sum(long long a, long long b) {
    long long result;
    if (__builtin_add_overflow(a, b, &result)) throw std::overflow_error("fraction");
    return result;
  }
};

template <class Number>
void solve(const char* name, double tolerance) {
  const auto table = [](const int(&payoffs)[2][2][2]) {
    typename schelling::SignalingGame<Number>::Table result;
    for (const auto& type : payoffs) {
      auto& rows = result.emplace_back();
      for (const auto& message : type) rows.push_back({Number(message[0]), Number(message[1])});
    }
    return result;
  };
  const schelling::SignalingGame<Number> game({Number(9) / Number(10), Number(1) / Number(10)},
                                              table({{{1, 3}, {0, 2}}, {{0, 2}, {1, 3}}}),
                                              table({{{0, 1}, {0, 1}}, {{1, 0}, {1, 0}}}));
  const auto equilibria = schelling::solve_pbe(game);
  std::cout << name << ':';
  for (const auto& component : equilibria.components)
    std::cout << ' ' << to_string(component.kinds.front()) << " pays "
              << schelling::to_double(component.outcomes.front().sender_payoff[0]);
  std::cout << (equilibria.complete() ? ", complete" : ", not complete")
            << (equilibria.certificate.passes(tolerance) ? ", certified\n" : ", not certified\n");
}

int main() {
  solve<long double>("long double", 1e-17);
  solve<boost::multiprecision::cpp_bin_float_50>("fifty digits", 1e-45);
  solve<schelling::Rational>("fractions", 0);
  solve<Fraction>("own fractions", 0);
}
