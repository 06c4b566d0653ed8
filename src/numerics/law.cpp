#include "law.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

namespace policies = boost::math::policies;
// Plain double throughout, and infinities in place of exceptions: arguments have been checked.
using Policy =
    policies::policy<policies::promote_double<false>, policies::overflow_error<policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, Policy>;

double standard_cdf(double z) { return boost::math::cdf(Normal(), z); }
double standard_pdf(double z) { return std::isinf(z) ? 0 : boost::math::pdf(Normal(), z); }

/// Gauss-Legendre quadrature with five nodes (Abramowitz and Stegun 1964, table 25.4).
template <class Function>
double quadrature(const Function& f, double a, double b) {
  constexpr double node[] = {0.538469310105683091, 0.906179845938663993};
  constexpr double weight[] = {0.568888888888888889, 0.478628670499366468, 0.236926885056189088};
  const double centre = a + (b - a) / 2, half = (b - a) / 2;
  double sum = weight[0] * f(centre);
  for (int k = 0; k < 2; ++k)
    sum += weight[k + 1] * (f(centre - half * node[k]) + f(centre + half * node[k]));
  return half * sum;
}
}  // namespace

std::pair<double, double> Law::support() const {
  switch (family) {
    case Family::uniform:
      return {parameters[0], parameters[1]};
    case Family::normal:
      return {-infinity, infinity};
    case Family::lognormal:
      return {0, infinity};
    case Family::beta:
      return {parameters[2], parameters[3]};
    case Family::triangular:
      return {parameters[0], parameters[2]};
  }
  return {};
}

double Law::pdf(double x) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return 1 / (q - p);
    case Family::normal:
      return standard_pdf((x - p) / q) / q;
    case Family::lognormal:
      return x > 0 && x < infinity ? standard_pdf(std::log(x / p) / q) / (q * x) : 0;
    case Family::beta: {
      const double u = (x - r) / (s - r);
      if ((u <= 0 && p < 1) || (u >= 1 && q < 1)) return infinity;
      return boost::math::ibeta_derivative(p, q, std::clamp(u, 0.0, 1.0), Policy()) / (s - r);
    }
    case Family::triangular:
      if (x < q) return 2 * (x - p) / ((r - p) * (q - p));
      if (x > q) return 2 * (r - x) / ((r - p) * (r - q));
      return 2 / (r - p);
  }
  return 0;
}

double Law::cdf(double x) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return (x - p) / (q - p);
    case Family::normal:
      return standard_cdf((x - p) / q);
    case Family::lognormal:
      return x <= 0 ? 0 : standard_cdf(std::log(x / p) / q);
    case Family::beta:
      return boost::math::ibeta(p, q, std::clamp((x - r) / (s - r), 0.0, 1.0), Policy());
    case Family::triangular:
      return x <= q ? (x > p ? (x - p) * (x - p) / ((r - p) * (q - p)) : 0) : 1 - complement(x);
  }
  return 0;
}

double Law::complement(double x) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return (q - x) / (q - p);
    case Family::normal:
      return standard_cdf((p - x) / q);
    case Family::lognormal:
      return x <= 0 ? 1 : standard_cdf(-std::log(x / p) / q);
    case Family::beta:
      return boost::math::ibetac(p, q, std::clamp((x - r) / (s - r), 0.0, 1.0), Policy());
    case Family::triangular:
      return x >= q ? (x < r ? (r - x) * (r - x) / ((r - p) * (r - q)) : 0) : 1 - cdf(x);
  }
  return 0;
}

double Law::mass(double a, double b) const {
  if (family == Family::uniform) return (b - a) / (parameters[1] - parameters[0]);
  if (family == Family::triangular) {
    // Each side of the mode is a trapezium: no difference of nearly equal numbers.
    const double mode = parameters[1];
    const auto side = [&](double from, double to) {
      return from < to ? (to - from) * (pdf(from) + pdf(to)) / 2 : 0;
    };
    return side(a, std::min(b, mode)) + side(std::max(a, mode), b);
  }
  double from = cdf(a), to = cdf(b);
  if (from > 0.5) from = complement(b), to = complement(a);
  // On an interval so narrow that the difference loses digits, the density is smooth enough for quadrature.
  if (to - from < 1e-3 * from) return quadrature([&](double x) { return pdf(x); }, a, b);
  return to - from;
}

double Law::partial_mean(double a, double b) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return (b - a) / (q - p) * (a + (b - a) / 2);
    case Family::normal: {
      // mean * mass + sd (phi(z_a) - phi(z_b)), the difference through expm1.
      const double za = (a - p) / q, zb = (b - p) / q, width = (b - a) / q;
      double difference;
      if (std::isinf(za) || std::isinf(zb))
        difference = standard_pdf(za) - standard_pdf(zb);
      else if (std::abs(za) <= std::abs(zb))
        difference = -standard_pdf(za) * std::expm1(-width * (zb + za) / 2);
      else
        difference = standard_pdf(zb) * std::expm1(width * (zb + za) / 2);
      return p * mass(a, b) + q * difference;
    }
    case Family::lognormal:  // the law weighted by t is lognormal again, its log mean higher by the variance
      return p * std::exp(q * q / 2) * Law{family, {p * std::exp(q * q), q}}.mass(a, b);
    case Family::beta:  // the law weighted by t is Beta(alpha + 1, beta)
      return r * mass(a, b) + (s - r) * p / (p + q) * Law{family, {p + 1, q, r, s}}.mass(a, b);
    case Family::triangular: {
      // t is affine on each side of the mode and so is the density: Simpson's rule is exact.
      const auto side = [&](double from, double to, double density_from, double density_to) {
        const double middle = from + (to - from) / 2;
        return (to - from) / 6 *
               (from * density_from + 4 * middle * (density_from + density_to) / 2 + to * density_to);
      };
      double sum = 0;
      if (a < q) sum += side(a, std::min(b, q), pdf(a), pdf(std::min(b, q)));
      if (b > q) sum += side(std::max(a, q), b, pdf(std::max(a, q)), pdf(b));
      return sum;
    }
  }
  return 0;
}

double Law::inverse_cdf(double v) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return p + v * (q - p);
    case Family::normal:
      return p + q * boost::math::quantile(Normal(), v);
    case Family::lognormal:
      return p * std::exp(q * boost::math::quantile(Normal(), v));
    case Family::beta:
      return r + (s - r) * boost::math::ibeta_inv(p, q, v, Policy());
    case Family::triangular: {
      const double at_mode = (q - p) / (r - p);
      return v <= at_mode ? p + std::sqrt(v * (r - p) * (q - p)) : r - std::sqrt((1 - v) * (r - p) * (r - q));
    }
  }
  return 0;
}

double Law::inverse_complement(double v) const {
  const auto [p, q, r, s] = parameters;
  switch (family) {
    case Family::uniform:
      return q - v * (q - p);
    case Family::normal:
      return p - q * boost::math::quantile(Normal(), v);
    case Family::lognormal:
      return p * std::exp(-q * boost::math::quantile(Normal(), v));
    case Family::beta:
      return r + (s - r) * boost::math::ibetac_inv(p, q, v, Policy());
    case Family::triangular: {
      const double beyond_mode = (r - q) / (r - p);
      return v <= beyond_mode ? r - std::sqrt(v * (r - p) * (r - q))
                              : p + std::sqrt((1 - v) * (r - p) * (q - p));
    }
  }
  return 0;
}

double Law::quantile(double a, double b, double p) const {
  const double inside = mass(a, b), below = cdf(a) + p * inside, above = complement(b) + (1 - p) * inside;
  return below <= above ? inverse_cdf(below) : inverse_complement(above);
}

double Law::upper_quantile(double a, double b, double q) const {
  const double inside = mass(a, b), below = cdf(a) + (1 - q) * inside, above = complement(b) + q * inside;
  return below <= above ? inverse_cdf(below) : inverse_complement(above);
}

}  // namespace schelling
