#include <schelling/core/error.hpp>
#include <schelling/models/model.hpp>

#include "models/mixing.hpp"

#include <cassert>
#include <string>

namespace schelling {

std::size_t outcome_index(std::span<const OutcomeInfo> schema, std::string_view name) {
  for (std::size_t k = 0; k < schema.size(); ++k)
    if (schema[k].name == name) return k;
  std::string known;
  for (const auto& outcome : schema) known.append(known.empty() ? "" : ", ").append(outcome.name);
  throw InvalidArgument("unknown outcome '" + std::string(name) + "': the model has " + known);
}

void mix(std::span<const OutcomeInfo> schema, std::span<const WeightedRow> phases, std::span<double> out) {
  assert(out.size() == schema.size());
  mix_outcomes(schema, phases, out);
}

}  // namespace schelling
