#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_regions.hpp>

namespace schelling {

struct PbeRegionOptions {
  /// Whether `solve_pbe` repeats every sample and every rational point by its own method.
  bool certify = true;
  /// Most combinations of senders and replies with which the solver starts.
  double work_limit = 1e6;

  /// Throws InvalidOptions naming the field.
  void validate() const;
};

/// Where along one parameter each support of an equilibrium exists: the exact points at which the set of
/// supports changes, and the supports between and at them.
///
/// A support exists where linear systems with coefficients that are affine in the parameter have a solution.
/// Each system is decided on the whole interval by certificates (a basis, or a combination of rows by Farkas'
/// lemma) whose conditions are polynomials, valid up to the next root of one of them; at the roots, which are
/// algebraic numbers, by exact arithmetic. No change can be missed: certificates cover everything between.
///
/// Coverage: all. Throws InvalidArgument for a family with two parameters, bounds that are not in order, and
/// priors that are not positive between them; InvalidOptions for a family beyond `work_limit`. An end at which
/// some prior is zero is left out. Known to be right by `solve_pbe` at many points and by closed forms.
SignalingIntervals solve_pbe_intervals(const SignalingFamily& family, const Rational& lower,
                                       const Rational& upper, const PbeRegionOptions& options,
                                       Monitor& monitor);
SignalingIntervals solve_pbe_intervals(const SignalingFamily& family, const Rational& lower,
                                       const Rational& upper, const PbeRegionOptions& options = {});

}  // namespace schelling
