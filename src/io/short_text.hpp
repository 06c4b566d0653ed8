#pragma once

#include <schelling/numerics/rational.hpp>

#include <cmath>
#include <cstdio>
#include <string>

namespace schelling {

/// A number for a picture: an integer or a fraction as it is where it is short, rounded otherwise.
inline std::string short_text(double value) {
  char text[32];
  const bool is_short_integer = value == std::round(value) && std::abs(value) < 1e9;
  std::snprintf(text, sizeof text, is_short_integer ? "%.0f" : "%.4g", value == 0 ? 0.0 : value);
  return text;
}
inline std::string short_text(const Rational& value) {
  auto text = to_text(value);
  return text.size() <= (denominator(value) == 1 ? 10u : 7u) ? text : short_text(to_double(value));
}

}  // namespace schelling
