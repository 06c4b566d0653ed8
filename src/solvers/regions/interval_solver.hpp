#pragma once

#include "solvers/regions/line_set.hpp"
#include "solvers/regions/parametric_system.hpp"

#include <schelling/core/monitor.hpp>

#include <vector>

namespace schelling::regions {

/// The points of `domain` at which a system in one parameter is feasible.
///
/// Every open interval of the answer is covered by the certificates of feasibility or infeasibility that hold
/// on it, up to the roots of their conditions; the roots themselves are decided by certificates that hold
/// there or by exact linear programs over the field that the root generates.
LineSet feasible_points(const ParametricSystem& system, const LineSet& domain, Line& line, Monitor& monitor);

}  // namespace schelling::regions
