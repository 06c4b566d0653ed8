#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schelling {

/// One parameter of a model, described once: validation, the Python signature, the documentation and the
/// coordinates of a sweep are all made from this row.
struct ParameterInfo {
  std::string_view name;
  /// The letter used in the model's mathematics.
  std::string_view symbol;
  std::string_view unit;
  double lower, upper;
  bool lower_open, upper_open;
  double default_value;
  std::string_view meaning;
  /// Where the default comes from.
  std::string_view source;

  /// False for everything that is not finite.
  constexpr bool contains(double value) const {
    return value - value == 0 && (lower_open ? value > lower : value >= lower) &&
           (upper_open ? value < upper : value <= upper);
  }
  /// The domain in words, e.g. "a number in [0, 1)".
  std::string domain() const;
};

/// Position of `name` in the table.
/// @throws InvalidArgument naming the closest parameter and listing all that exist.
std::size_t parameter_index(std::span<const ParameterInfo> table, std::string_view name);

std::vector<double> default_point(std::span<const ParameterInfo> table);

/// The defaults with some values replaced by name.
/// @throws InvalidArgument for a name that does not exist or a value outside its domain.
std::vector<double> make_point(std::span<const ParameterInfo> table,
                               std::span<const std::pair<std::string_view, double>> values);

/// @throws InvalidArgument if the number of values is wrong, or naming the first one outside its domain, with
/// the domain.
void check_point(std::span<const ParameterInfo> table, std::span<const double> point);

}  // namespace schelling
