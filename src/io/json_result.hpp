#pragma once

#include "json_document.hpp"

#include <schelling/core/result.hpp>

#include <initializer_list>
#include <string>

namespace schelling {

/// The enumerator whose name stands there.
template <class Enum>
Enum read_name(const JsonPlace& place, std::initializer_list<Enum> values) {
  const auto name = place.text();
  std::string names;
  for (const auto value : values) {
    if (name == to_string(value)) return value;
    names += (names.empty() ? "" : ", ") + std::string(to_string(value));
  }
  place.fail("one of " + names, "'" + name + "'");
}

boost::json::value json_of(const Certificate& certificate);
Certificate read_certificate(const JsonPlace& place);

/// What every result says of itself, as entries of its document.
void write_info(boost::json::object& document, const ResultInfo& info);
ResultInfo read_info(const JsonPlace& document);

}  // namespace schelling
