#include <schelling/core/error.hpp>
#include <schelling/models/model.hpp>

#include <algorithm>
#include <cassert>
#include <limits>
#include <string>

namespace schelling {

namespace {
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
}

std::size_t outcome_index(std::span<const OutcomeInfo> schema, std::string_view name) {
  for (std::size_t k = 0; k < schema.size(); ++k)
    if (schema[k].name == name) return k;
  std::string known;
  for (const auto& outcome : schema) known.append(known.empty() ? "" : ", ").append(outcome.name);
  throw InvalidArgument("unknown outcome '" + std::string(name) + "': the model has " + known);
}

void mix(std::span<const OutcomeInfo> schema, std::span<const WeightedRow> phases, std::span<double> out) {
  assert(out.size() == schema.size());
  if (phases.size() == 1) {
    std::copy(phases[0].row.begin(), phases[0].row.end(), out.begin());
    return;
  }
  const auto mean = [&](std::size_t k) {
    double sum = 0;
    for (const auto& phase : phases) sum += phase.weight * phase.row[k];
    return sum;
  };
  for (std::size_t k = 0; k < schema.size(); ++k) {
    const auto& outcome = schema[k];
    switch (outcome.mixing) {
      case Mixing::average: out[k] = mean(k); break;
      case Mixing::conditional: {
        const auto event = outcome_index(schema, outcome.weight_or_numerator);
        double sum = 0, total = 0;
        for (const auto& phase : phases) {
          const double weight = phase.weight * phase.row[event];
          // A phase without weight may be undefined there; it has no say.
          if (weight > 0) sum += weight * phase.row[k];
          total += weight;
        }
        out[k] = total > 0 ? sum / total : undefined;
        break;
      }
      case Mixing::ratio: {
        const double denominator = mean(outcome_index(schema, outcome.denominator));
        out[k] = denominator != 0 ? mean(outcome_index(schema, outcome.weight_or_numerator)) / denominator : undefined;
        break;
      }
      case Mixing::none: out[k] = undefined; break;
    }
  }
}

}  // namespace schelling
