#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/models/model.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace schelling {

struct SweepOptions {
  /// Number of threads; 0: all that the machine has. The answer does not depend on it.
  unsigned threads = 0;
};

/// The equilibria of many points, ragged in compressed rows: those of point i are rows offsets[i] to
/// offsets[i+1].
struct SweepResult {
  std::size_t width = 0;
  std::vector<std::size_t> offsets;
  /// Outcomes, row-major.
  std::vector<double> values;
  std::vector<double> max_regret, bayes_gap;
  /// Why each point has the rows it has; a point that is not `solved` has none.
  std::vector<Status> status;

  std::size_t points() const { return status.size(); }
  std::size_t equilibria() const { return max_regret.size(); }
};

/// Solves the model at every point (row-major, one parameter vector each). A row that its certificate does
/// not pass never enters the result. Stopped by the monitor, the points that were not reached have its status
/// and the others stand.
/// @throws InvalidArgument if a point lies outside the domain, naming the point and the parameter.
SweepResult sweep(const Model& model, std::span<const double> points, const SweepOptions& options,
                  Monitor& monitor);

}  // namespace schelling
