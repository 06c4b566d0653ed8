#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schelling {

/// The continuous laws that distributions are made of.
enum class Family { uniform, normal, lognormal, beta, triangular };

std::string_view to_string(Family family);
/// Names of a family's parameters, in the order in which `Distribution::Part` stores them.
std::span<const std::string_view> parameter_names(Family family);

/// The law of a scalar type: atoms plus continuous parts, F(x) = sum_k w_k 1{x >= t_k} + sum_c w_c F_c(x).
///
/// An immutable value, cheap to copy. Atoms are sorted and distinct; a continuous part may be truncated to an interval.
/// Probabilities are computed on the side of the smaller tail, so that they keep their relative accuracy there.
/// Made by `uniform`, `normal`, `lognormal`, `beta`, `triangular`, `atom` and `mixture`, which throw InvalidArgument for
/// parameters outside their domain. Tests compare all functions with SciPy's values, tails and truncations included,
/// and integrals with quadrature of the density.
class Distribution {
 public:
  struct Atom {
    double value, weight;
    bool operator==(const Atom&) const = default;
  };
  struct Part {
    Family family;
    std::array<double, 4> parameters;  ///< as `parameter_names` lists them; the rest is 0
    double lower, upper;               ///< ends of the support, truncation included
    double weight;
    bool operator==(const Part&) const = default;
  };

  /// The general constructor; weights are positive and sum to 1.
  Distribution(std::vector<Atom> atoms, std::vector<Part> parts);

  std::span<const Atom> atoms() const;
  std::span<const Part> parts() const;

  /// Pr(t <= x).
  double cdf(double x) const;
  /// Pr(t > x).
  double complement(double x) const;
  /// Pr(t = x).
  double atom_weight(double x) const;
  /// Pr(lower < t <= upper).
  double mass(double lower, double upper) const;
  /// The same without the atoms.
  double continuous_mass(double lower, double upper) const;
  /// Density of the continuous parts, weights included.
  double pdf(double x) const;
  /// Smallest x with cdf(x) >= p, for p in [0, 1]; the ends give the ends of the support.
  double quantile(double p) const;
  /// Smallest x with complement(x) <= q: quantile(1 - q) without the loss of a small q.
  double upper_quantile(double q) const;
  double mean() const;
  /// E[t; lower < t <= upper], the integral of t over the event.
  double partial_mean(double lower, double upper) const;
  /// The same without the atoms.
  double continuous_partial_mean(double lower, double upper) const;
  /// Ends of the support, possibly infinite.
  double lower() const;
  double upper() const;
  double median() const;
  double interquartile_range() const;
  /// True for a single atom: no private information.
  bool is_degenerate() const;

  /// The conditional law given lower <= t <= upper. Throws InvalidArgument if that has no probability.
  Distribution truncated(double lower, double upper) const;

  /// The call that makes it, e.g. "lognormal(median=1.5, log_sd=0.8)".
  std::string to_text() const;

  bool operator==(const Distribution& other) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

/// Uniform on [lower, upper].
Distribution uniform(double lower, double upper);
/// Normal with the given mean and standard deviation.
Distribution normal(double mean, double sd);
/// ln t normal with mean ln median and standard deviation log_sd.
Distribution lognormal(double median, double log_sd);
/// Beta(alpha, beta) stretched to [lower, upper].
Distribution beta(double alpha, double beta, double lower = 0, double upper = 1);
/// Triangular on [lower, upper] with its peak at mode.
Distribution triangular(double lower, double mode, double upper);
/// All probability at one value: a player without private information.
Distribution atom(double value);
/// Finite mixture of distributions with positive weights that sum to 1.
Distribution mixture(std::span<const std::pair<double, Distribution>> components);

}  // namespace schelling
