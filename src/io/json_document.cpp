#include "json_document.hpp"

#include <schelling/core/error.hpp>
#include <schelling/core/number_text.hpp>
#include <schelling/core/version.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling {

namespace json = boost::json;

namespace {

constexpr std::uint64_t schema_version = 1;

/// Builds the value as Boost.JSON does, but each number to the double nearest to it.
struct PreciseHandler {
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  using Code = json::error_code;

  json::value_stack stack;
  std::string number;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t n, Code&) { return stack.push_array(n), true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t n, Code&) { return stack.push_object(n), true; }
  bool on_string_part(json::string_view s, std::size_t, Code&) { return stack.push_chars(s), true; }
  bool on_string(json::string_view s, std::size_t, Code&) { return stack.push_string(s), true; }
  bool on_key_part(json::string_view s, std::size_t, Code&) { return stack.push_chars(s), true; }
  bool on_key(json::string_view s, std::size_t, Code&) { return stack.push_key(s), true; }
  bool on_number_part(json::string_view s, Code&) { return number.append(s.data(), s.size()), true; }
  bool on_int64(std::int64_t i, json::string_view, Code&) {
    return number.clear(), stack.push_int64(i), true;
  }
  bool on_uint64(std::uint64_t u, json::string_view, Code&) {
    return number.clear(), stack.push_uint64(u), true;
  }
  bool on_double(double near, json::string_view s, Code& error) {
    number.append(s.data(), s.size());
    const auto exact = parse_double(number);
    number.clear();
    // Beyond the doubles: too small a number is zero, too large a one none.
    if (!exact && std::abs(near) > 1) return error = json::error::exponent_overflow, false;
    return stack.push_double(exact.value_or(0.0)), true;
  }
  bool on_bool(bool b, Code&) { return stack.push_bool(b), true; }
  bool on_null(Code&) { return stack.push_null(), true; }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }
};

std::string described(const json::value& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  return std::string(json::serialize(value));
}

}  // namespace

json::value json_number(double value) {
  if (std::isfinite(value)) return value;
  return json::string(to_text(value));
}

json::array json_numbers(const std::vector<double>& values) {
  json::array out;
  for (const double v : values) out.push_back(json_number(v));
  return out;
}

json::value parse_json(std::string_view text) {
  json::basic_parser<PreciseHandler> parser{json::parse_options()};
  auto& handler = parser.handler();
  handler.stack.reset();
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  const auto rest = text.substr(std::min(read, text.size()));
  if (!error && rest.find_first_not_of(" \t\r\n") != std::string_view::npos) error = json::error::extra_data;
  if (error) {
    const auto line = static_cast<int>(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(read, text.size())),
                       '\n'));
    throw ParseError("line " + std::to_string(line) + ": expected JSON, found " + error.message(), line);
  }
  return handler.stack.release();
}

json::object json_head(std::string_view schema) {
  return {{"schema", json::string_view(schema.data(), schema.size())},
          {"schema_version", schema_version},
          {"version", version_string}};
}

void check_head(const JsonPlace& document, std::string_view schema) {
  const auto found = document.at("schema").text();
  if (found != schema) document.at("schema").fail("\"" + std::string(schema) + "\"", "\"" + found + "\"");
  const auto version = document.at("schema_version").integer();
  if (version < 1 || version > schema_version)
    document.at("schema_version")
        .fail("a version up to " + std::to_string(schema_version), std::to_string(version));
}

void JsonPlace::fail(std::string_view expected, std::string_view found) const {
  throw ParseError(expectation(path_.empty() ? "document" : path_, expected, found), 0);
}

bool JsonPlace::has(std::string_view key) const {
  return value_->is_object() && value_->get_object().contains(json::string_view(key.data(), key.size()));
}

JsonPlace JsonPlace::at(std::string_view key) const {
  if (!value_->is_object()) fail("an object", described(*value_));
  const auto* found = value_->get_object().if_contains(json::string_view(key.data(), key.size()));
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  if (!found) JsonPlace(*value_, path).fail("a value", "nothing");
  return {*found, path};
}

std::vector<JsonPlace> JsonPlace::elements() const {
  if (!value_->is_array()) fail("a list", described(*value_));
  std::vector<JsonPlace> places;
  for (const auto& element : value_->get_array())
    places.emplace_back(element, path_ + "[" + std::to_string(places.size()) + "]");
  return places;
}

double JsonPlace::number() const {
  if (value_->is_double()) return value_->get_double();
  if (value_->is_int64()) return static_cast<double>(value_->get_int64());
  if (value_->is_uint64()) return static_cast<double>(value_->get_uint64());
  if (value_->is_string()) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (value_->get_string() == "inf") return infinity;
    if (value_->get_string() == "-inf") return -infinity;
    if (value_->get_string() == "nan") return std::numeric_limits<double>::quiet_NaN();
  }
  fail("a number", described(*value_));
}

std::vector<double> JsonPlace::numbers() const {
  std::vector<double> out;
  for (const auto& element : elements()) out.push_back(element.number());
  return out;
}

std::uint64_t JsonPlace::integer() const {
  if (value_->is_uint64()) return value_->get_uint64();
  if (value_->is_int64() && value_->get_int64() >= 0) return static_cast<std::uint64_t>(value_->get_int64());
  fail("a non-negative integer", described(*value_));
}

bool JsonPlace::boolean() const {
  if (!value_->is_bool()) fail("true or false", described(*value_));
  return value_->get_bool();
}

std::string JsonPlace::text() const {
  if (!value_->is_string()) fail("a text", described(*value_));
  return std::string(value_->get_string().c_str(), value_->get_string().size());
}

}  // namespace schelling
