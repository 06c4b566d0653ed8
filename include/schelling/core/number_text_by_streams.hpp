#pragma once

#include <algorithm>
#include <cmath>
#include <locale>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

// Floating numbers as text where the standard library lacks std::to_chars or std::from_chars for them; the same
// answers, more slowly.
namespace schelling {

/// Like std::from_chars, of a text that is a decimal as a whole.
inline std::optional<double> parse_by_streams(std::string_view text) {
  // Streams would accept a plus sign, blanks and hexadecimal digits.
  if (text.empty() || text[0] == '+' || text.find_first_not_of("0123456789+-.eE") != text.npos)
    return std::nullopt;
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  double value = 0;
  stream >> value;
  // The least of the doubles are an error of range to some libraries.
  if (std::fpclassify(value) == FP_SUBNORMAL) stream.clear(stream.rdstate() & ~std::ios::failbit);
  if (!stream || stream.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  // So is what would become zero.
  const auto mantissa = text.substr(0, text.find_first_of("eE"));
  if (value == 0 && mantissa.find_first_of("123456789") != mantissa.npos) return std::nullopt;
  return value;
}

/// Like std::to_chars, of a finite number: the fewest digits that read back as the same number, without an exponent
/// where that is not longer.
inline std::string shortest_by_streams(double value) {
  const auto written = [value](bool scientific, int digits) {
    std::ostringstream stream;
    stream.imbue(std::locale::classic());
    stream.setf(scientific ? std::ios::scientific : std::ios::fixed, std::ios::floatfield);
    stream.precision(digits);
    stream << value;
    return stream.str();
  };
  int digits = 0;  // after the first
  std::string scientific = written(true, digits);
  while (digits < 16 && parse_by_streams(scientific) != value) scientific = written(true, ++digits);
  const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (std::abs(exponent) > 40) return scientific;  // without exponent it is longer
  std::string fixed = written(false, std::max(0, digits - exponent));
  return fixed.size() <= scientific.size() ? fixed : scientific;
}

}  // namespace schelling
