#pragma once

#include <schelling/core/error.hpp>

#include <cmath>
#include <sstream>
#include <string>
#include <type_traits>

/// What every check of a number needs, whatever its type.
namespace schelling {

template <class Scalar>
std::string number_text(const Scalar& value) {
  if constexpr (std::is_same_v<Scalar, double>) {
    return to_text(value);
  } else {
    std::ostringstream out;
    out << value;
    return out.str();
  }
}

template <class Scalar>
bool is_finite(const Scalar& value) {
  if constexpr (std::is_floating_point_v<Scalar>)
    return std::isfinite(value);
  else
    return value == value;
}

}  // namespace schelling
