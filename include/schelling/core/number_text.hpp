#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <version>

// The one place that asks whether the standard library converts floating numbers: libc++ learnt it late.
#ifdef __cpp_lib_to_chars
#include <charconv>
#include <system_error>
#else
#include <schelling/core/number_text_by_streams.hpp>
#endif

namespace schelling {

/// The shortest decimal that reads back as the same number; "nan", "inf" and "-inf" otherwise.
inline std::string to_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
#ifdef __cpp_lib_to_chars
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
#else
  return shortest_by_streams(value);
#endif
}

/// The double nearest to a decimal such as "-0.5" or "1e-3", whatever the locale. Nothing if the text is anything else
/// or the number is beyond the doubles: larger than all of them, or so small that it would become zero.
inline std::optional<double> parse_double(std::string_view text) {
#ifdef __cpp_lib_to_chars
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != text.npos) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
#else
  return parse_by_streams(text);
#endif
}

}  // namespace schelling
