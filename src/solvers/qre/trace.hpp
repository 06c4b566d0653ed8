#pragma once

#include "limit.hpp"

#include <schelling/core/result.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace schelling::qre {

/// A branch from lambda 0 on, as far as it was traced.
struct Trace {
  std::vector<BranchPoint> points;
  std::vector<std::size_t> turning_points, crossings;
  std::optional<Limit> limit;
  Status status = Status::solved;
  std::string message;
};

struct TraceOptions {
  /// Largest lambda, in units of 1 / payoff range: the last point is exactly there.
  double lambda_max;
  std::size_t limit;  ///< most points
};

/// Traces the principal branch up to `lambda_max`, or until two of its points, the second farther out, give the same limit,
/// which passes `accepts`.
Trace trace_branch(BranchTracer& tracer, const TraceOptions& options, Monitor& monitor,
                   const std::function<bool(const Limit&, const BranchPoint&)>& accepts);

}  // namespace schelling::qre
