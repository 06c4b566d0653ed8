#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>

namespace schelling {

SCHELLING_INLINE std::string_view to_string(SignalingKind kind) {
  switch (kind) {
    case SignalingKind::pooling:
      return "pooling";
    case SignalingKind::separating:
      return "separating";
    case SignalingKind::semi_separating:
      return "semi_separating";
    case SignalingKind::partially_pooling:
      return "partially_pooling";
  }
  return "";
}

SCHELLING_INLINE std::string_view to_string(PbeMethod method) {
  switch (method) {
    case PbeMethod::automatic:
      return "automatic";
    case PbeMethod::vertices:
      return "vertices";
    case PbeMethod::search:
      return "search";
  }
  return "";
}

SCHELLING_INLINE void PbeOptions::validate() const {
  if (limit == 0) throw InvalidOptions(expectation("limit", "at least one product", "0"));
  if (!(work_limit > 0))
    throw InvalidOptions(expectation("work_limit", "a positive number", to_text(work_limit)));
}

}  // namespace schelling
