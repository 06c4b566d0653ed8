#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_regions.hpp>

namespace schelling {

struct PbeRegionOptions {
  /// Whether `solve_pbe` repeats every sample and every rational point by its own method.
  bool certify = true;
  /// Most combinations of senders and replies with which the solver starts.
  double work_limit = 1e6;

  /// How often a part of the plane in which boundaries that are not straight meet may be halved; raise it for
  /// finer pictures of such places.
  int depth = 10;

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

/// Where over a rectangle of two parameters each support of an equilibrium exists, as convex polygons.
///
/// The rectangle is cut along lines on which a certificate of existence or non-existence ends, so that regions
/// with straight boundaries come out as polygons with exact vertices. A boundary of higher degree is kept as
/// its polynomial: the pieces along it are certified on both sides of its curve. Only where several such
/// curves meet are pieces halved, to `options.depth`; what is left there is marked undecided.
///
/// Coverage: all, off finitely many curves, where no piece is left undecided; else some. Throws as
/// `solve_pbe_intervals`. Known to be right by `solve_pbe` on grids and by closed forms.
SignalingPolygons solve_pbe_polygons(const SignalingFamily& family, const SignalingPolygons::Point& lower,
                                     const SignalingPolygons::Point& upper, const PbeRegionOptions& options,
                                     Monitor& monitor);
SignalingPolygons solve_pbe_polygons(const SignalingFamily& family, const SignalingPolygons::Point& lower,
                                     const SignalingPolygons::Point& upper,
                                     const PbeRegionOptions& options = {});

}  // namespace schelling
