#pragma once

#include <schelling/core/config.hpp>
#include <schelling/core/version.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace schelling {

/// Why a solver stopped.
enum class Status {
  solved,           ///< the search ended as it was meant to
  none_exists,      ///< the method proves that there is no equilibrium of the asked kind
  truncated,        ///< a limit on the number of equilibria was reached
  incomplete,       ///< part of the search space is left, named in the message
  iteration_limit,  ///< iterations used up
  time_limit,       ///< time used up; what was found stands
  degenerate,       ///< double arithmetic cannot decide; exact arithmetic can
  not_finite,       ///< numbers left the range of double
  cancelled         ///< the caller stopped the search; what was found stands
};

/// Which share of the equilibria a method looks for.
enum class Coverage { one, some, all };

enum class Arithmetic { exact, double_precision };

std::string_view to_string(Status status);
std::string_view to_string(Coverage coverage);
std::string_view to_string(Arithmetic arithmetic);

/// How far an assessment is from equilibrium, computed by code that shares nothing with the solvers.
///
/// `max_regret` is the largest gain of any type at any information set, relative to the player's payoff scale;
/// `bayes_gap` the largest distance of a belief (or of a stated choice probability) from the one Bayes' rule gives.
struct Certificate {
  double max_regret = std::numeric_limits<double>::quiet_NaN();
  double bayes_gap = std::numeric_limits<double>::quiet_NaN();
  /// In words: what is known of the beliefs' consistency off the path.
  std::string consistency;

  /// False also where a number is not finite.
  bool passes(double tolerance) const {
    return std::abs(max_regret) <= tolerance && std::abs(bayes_gap) <= tolerance;
  }
};

/// What every result says of itself, whatever game it belongs to.
struct ResultInfo {
  Status status = Status::solved;
  std::string message;
  std::string method;
  Arithmetic arithmetic = Arithmetic::double_precision;
  Coverage coverage = Coverage::some;
  /// True only if the method proves its coverage.
  bool proven = false;
  std::uint64_t seed = 0;
  std::string version = version_string;

  bool complete() const { return coverage == Coverage::all && proven; }
  /// Every equilibrium in the result is certified, whatever the status; this says that the search itself ended well.
  bool is_usable() const { return status == Status::solved || status == Status::none_exists; }
};

}  // namespace schelling

#ifndef SCHELLING_COMPILED
#include <schelling/core/result.tpp>
#endif
