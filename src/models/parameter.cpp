#include <schelling/core/error.hpp>
#include <schelling/models/parameter.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace schelling {

namespace {

/// Levenshtein distance: the fewest insertions, deletions and substitutions that turn one word into the
/// other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string ParameterInfo::domain() const {
  const bool below = std::isfinite(lower), above = std::isfinite(upper);
  if (!below && !above) return "a finite number";
  if (!above)
    return std::string("a finite number ") + (lower_open ? "above " : "of at least ") + to_text(lower);
  if (!below)
    return std::string("a finite number ") + (upper_open ? "below " : "of at most ") + to_text(upper);
  return std::string("a number in ") + (lower_open ? "(" : "[") + to_text(lower) + ", " + to_text(upper) +
         (upper_open ? ")" : "]");
}

std::size_t parameter_index(std::span<const ParameterInfo> table, std::string_view name) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].name == name) return i;
  std::string known;
  std::string_view closest;
  std::size_t least = std::string_view::npos;
  for (const auto& row : table) {
    known.append(known.empty() ? "" : ", ").append(row.name);
    if (const auto distance = edit_distance(name, row.name); distance < least) {
      least = distance;
      closest = row.name;
    }
  }
  throw InvalidArgument("unknown parameter '" + std::string(name) + "': did you mean '" +
                        std::string(closest) + "'? The model has " + known);
}

std::vector<double> default_point(std::span<const ParameterInfo> table) {
  std::vector<double> point;
  point.reserve(table.size());
  for (const auto& row : table) point.push_back(row.default_value);
  return point;
}

std::vector<double> make_point(std::span<const ParameterInfo> table,
                               std::span<const std::pair<std::string_view, double>> values) {
  auto point = default_point(table);
  for (const auto& [name, value] : values) point[parameter_index(table, name)] = value;
  check_point(table, point);
  return point;
}

void check_point(std::span<const ParameterInfo> table, std::span<const double> point) {
  if (point.size() != table.size())
    throw InvalidArgument(expectation("point", std::to_string(table.size()) + " parameter values",
                                      std::to_string(point.size())));
  for (std::size_t i = 0; i < table.size(); ++i)
    if (!table[i].contains(point[i]))
      throw InvalidArgument(
          expectation("parameter " + std::string(table[i].name), table[i].domain(), to_text(point[i])));
}

}  // namespace schelling
