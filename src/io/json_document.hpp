#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// A number as JSON: infinities are the texts "inf" and "-inf", which JSON has no numbers for.
boost::json::value json_number(double value);
boost::json::array json_numbers(const std::vector<double>& values);

/// Parses a document; every number becomes the double nearest to its decimal, which Boost.JSON alone does not promise.
/// @throws ParseError with the line
boost::json::value parse_json(std::string_view text);

/// The head of every document: schema, its version, the library's version.
boost::json::object json_head(std::string_view schema);

/// A place in a document, which knows its path for messages. Every accessor throws ParseError naming the place, what was
/// expected there and what was found.
class JsonPlace {
 public:
  JsonPlace(const boost::json::value& value, std::string path) : value_(&value), path_(std::move(path)) {}

  JsonPlace at(std::string_view key) const;
  bool has(std::string_view key) const;
  bool is_null() const { return value_->is_null(); }
  std::vector<JsonPlace> elements() const;
  double number() const;
  std::vector<double> numbers() const;
  std::uint64_t integer() const;
  bool boolean() const;
  std::string text() const;
  const std::string& path() const { return path_; }

  [[noreturn]] void fail(std::string_view expected, std::string_view found) const;

 private:
  const boost::json::value* value_;
  std::string path_;
};

/// Refuses documents of another schema, or of a version that this library does not know yet.
void check_head(const JsonPlace& document, std::string_view schema);

}  // namespace schelling
