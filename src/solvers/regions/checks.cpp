#include "solvers/regions/checks.hpp"

#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace schelling {

void PbeRegionOptions::validate() const {
  if (!(work_limit > 0))
    throw InvalidOptions(expectation("work_limit", "a positive number", to_text(work_limit)));
  if (depth < 0) throw InvalidOptions(expectation("depth", "at least 0", std::to_string(depth)));
}

namespace regions {

void require_size(const SignalingFamily& family, std::size_t parameters, const PbeRegionOptions& options) {
  options.validate();
  if (family.parameters().size() != parameters)
    throw InvalidArgument(expectation("parameters of the family", std::to_string(parameters),
                                      std::to_string(family.parameters().size())));
  const auto sets = [](int n) { return std::ldexp(1.0, n) - 1; };
  const double work = std::pow(1 + sets(family.types()) * sets(family.actions()), family.messages());
  if (work > options.work_limit)
    throw InvalidOptions(expectation("work_limit",
                                     "at least the estimate " + to_text(work) + " for this family",
                                     to_text(options.work_limit)));
}

void require_agreement(const SignalingFamily& family, const std::vector<SignalingSupport>& supports,
                       std::span<const Rational> point, const std::vector<int>& claimed, Monitor& monitor) {
  const auto found = schelling::supports(solve_pbe(family.at(point), {.certify = false}, monitor));
  if (monitor.stopped()) return;
  std::vector<SignalingSupport> expected;
  for (const int k : claimed) expected.push_back(supports[static_cast<std::size_t>(k)]);
  std::sort(expected.begin(), expected.end());
  if (found != expected)
    throw std::logic_error("supports by certificates and by solve_pbe differ at " + to_text(point.front()) +
                           (point.size() > 1 ? ", " + to_text(point.back()) : ""));
}

}  // namespace regions
}  // namespace schelling
