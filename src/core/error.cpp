#include <schelling/core/error.hpp>

#include <charconv>
#include <cmath>

namespace schelling {

std::string expectation(std::string_view what, std::string_view expected, std::string_view found) {
  std::string text;
  text.reserve(what.size() + expected.size() + found.size() + 20);
  return text.append(what).append(": expected ").append(expected).append(", found ").append(found);
}

std::string to_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

}  // namespace schelling
