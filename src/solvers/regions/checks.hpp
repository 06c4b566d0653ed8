#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/solvers/solve_pbe_regions.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace schelling::regions {

/// Throws where a family has another number of parameters, or is larger than the options allow.
void require_size(const SignalingFamily& family, std::size_t parameters, const PbeRegionOptions& options);

/// Throws std::logic_error unless `solve_pbe`, by its own method, finds the same supports at a point.
void require_agreement(const SignalingFamily& family, const std::vector<SignalingSupport>& supports,
                       std::span<const Rational> point, const std::vector<int>& claimed, Monitor& monitor);

}  // namespace schelling::regions
