#pragma once

#include <schelling/core/result.hpp>

namespace schelling {

SCHELLING_INLINE std::string_view to_string(Status status) {
  switch (status) {
    case Status::solved:
      return "solved";
    case Status::none_exists:
      return "none_exists";
    case Status::truncated:
      return "truncated";
    case Status::incomplete:
      return "incomplete";
    case Status::iteration_limit:
      return "iteration_limit";
    case Status::time_limit:
      return "time_limit";
    case Status::degenerate:
      return "degenerate";
    case Status::not_finite:
      return "not_finite";
    case Status::cancelled:
      return "cancelled";
  }
  return "";
}

SCHELLING_INLINE std::string_view to_string(Coverage coverage) {
  switch (coverage) {
    case Coverage::one:
      return "one";
    case Coverage::some:
      return "some";
    case Coverage::all:
      return "all";
  }
  return "";
}

SCHELLING_INLINE std::string_view to_string(Arithmetic arithmetic) {
  switch (arithmetic) {
    case Arithmetic::exact:
      return "exact";
    case Arithmetic::double_precision:
      return "double";
  }
  return "";
}

}  // namespace schelling
