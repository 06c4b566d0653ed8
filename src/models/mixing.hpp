#pragma once

#include <schelling/models/model.hpp>
#include <schelling/numerics/dual.hpp>

#include <algorithm>
#include <limits>
#include <span>

namespace schelling {

/// What `mix` says, for numbers and for numbers with partial derivatives; a phase has a `weight` and a `row`.
template <class S, class Phase>
void mix_outcomes(std::span<const OutcomeInfo> schema, std::span<const Phase> phases, std::span<S> out) {
  const S undefined(std::numeric_limits<double>::quiet_NaN());
  if (phases.size() == 1) {
    std::copy(phases[0].row.begin(), phases[0].row.end(), out.begin());
    return;
  }
  const auto mean = [&](std::size_t k) {
    S sum(0.0);
    for (const auto& phase : phases) sum += phase.weight * phase.row[k];
    return sum;
  };
  for (std::size_t k = 0; k < schema.size(); ++k) {
    const auto& outcome = schema[k];
    switch (outcome.mixing) {
      case Mixing::average:
        out[k] = mean(k);
        break;
      case Mixing::conditional: {
        const auto event = outcome_index(schema, outcome.weight_or_numerator);
        S sum(0.0), total(0.0);
        for (const auto& phase : phases) {
          const S weight = phase.weight * phase.row[event];
          // A phase without weight may be undefined there; it has no say.
          if (value_of(weight) > 0) sum += weight * phase.row[k];
          total += weight;
        }
        out[k] = value_of(total) > 0 ? sum / total : undefined;
        break;
      }
      case Mixing::ratio: {
        const S denominator = mean(outcome_index(schema, outcome.denominator));
        const S numerator = mean(outcome_index(schema, outcome.weight_or_numerator));
        out[k] = value_of(denominator) != 0 ? numerator / denominator : undefined;
        break;
      }
      case Mixing::unmixed:
        out[k] = undefined;
        break;
    }
  }
}

}  // namespace schelling
