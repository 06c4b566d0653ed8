#pragma once

#include <schelling/core/result.hpp>

#include <pybind11/pybind11.h>

#include <string>

namespace schelling::python {

/// The properties that every result has, read off its `info`.
template <class Result, class... Options>
void register_info(pybind11::class_<Result, Options...>& result) {
  result
      .def_property_readonly("status", [](const Result& r) { return std::string(to_string(r.info.status)); })
      .def_property_readonly("message", [](const Result& r) { return r.info.message; })
      .def_property_readonly("method", [](const Result& r) { return r.info.method; })
      .def_property_readonly("arithmetic",
                             [](const Result& r) { return std::string(to_string(r.info.arithmetic)); })
      .def_property_readonly("coverage",
                             [](const Result& r) { return std::string(to_string(r.info.coverage)); })
      .def_property_readonly("proven", [](const Result& r) { return r.info.proven; })
      .def_property_readonly("complete", [](const Result& r) { return r.info.complete(); })
      .def_property_readonly("is_usable", [](const Result& r) { return r.info.is_usable(); })
      .def_property_readonly("seed", [](const Result& r) { return r.info.seed; })
      .def_property_readonly("version", [](const Result& r) { return r.info.version; });
}

}  // namespace schelling::python
