#include "bindings.hpp"

#include <schelling/solvers/solve_pbe_regions.hpp>

#include <pybind11/stl.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace schelling::python {

namespace {

// Fractions and large integers travel as texts: Python's Fraction reads the same ones.
using Texts = std::vector<std::string>;
using Tables = std::tuple<Texts, Texts, Texts>;

std::vector<Rational> numbers(const Texts& texts) {
  std::vector<Rational> result;
  result.reserve(texts.size());
  for (const auto& text : texts) result.push_back(parse_rational(text));
  return result;
}
SignalingFamily::Numbers numbers(const Tables& tables) {
  return {numbers(std::get<0>(tables)), numbers(std::get<1>(tables)), numbers(std::get<2>(tables))};
}

/// Coefficients [i][j] of x^i y^j.
std::vector<Texts> coefficients(const Polynomial& polynomial) {
  std::vector<Texts> table;
  for (int i = 0; i <= polynomial.degree_x(); ++i) {
    table.emplace_back();
    for (int j = 0; j <= polynomial.degree_y(); ++j)
      table.back().push_back(polynomial.coefficient(i, j).str());
  }
  return table;
}

py::dict state(const AlgebraicNumber& number) {
  py::dict result;
  result["value"] = number.approximate();
  result["polynomial"] = coefficients(number.polynomial());
  result["lower"] = to_text(number.lower());
  result["upper"] = to_text(number.upper());
  return result;
}

py::tuple state(const SignalingPolygons::Point& point) {
  return py::make_tuple(to_text(point.x), to_text(point.y));
}

py::dict state(const SignalingPolygons::Piece& piece) {
  py::list vertices;
  for (const auto& vertex : piece.vertices) vertices.append(state(vertex));
  py::dict result;
  result["vertices"] = vertices;
  result["sample"] = state(piece.sample);
  result["curve"] = piece.curve;
  result["supports"] = piece.supports;
  result["below"] = piece.below;
  result["decided"] = piece.decided;
  result["undecided"] = piece.undecided;
  return result;
}

template <class Result>
py::dict describe(const Result& result) {
  py::dict state;
  state["status"] = to_string(result.info.status);
  state["message"] = result.info.message;
  state["method"] = result.info.method;
  state["version"] = result.info.version;
  state["complete"] = result.info.complete();
  py::list supports;
  for (const auto& support : result.supports)
    supports.append(py::make_tuple(to_string(support.kind()), support.senders, support.replies));
  state["supports"] = supports;
  return state;
}

}  // namespace

void register_signaling_regions(py::module_& parent) {
  py::module_ module = parent.def_submodule("signaling_regions");
  const PbeRegionOptions defaults;
  module.attr("work_limit") = defaults.work_limit;
  module.attr("depth") = defaults.depth;

  py::class_<SignalingFamily>(module, "SignalingFamily")
      .def(py::init([](int types, int messages, int actions, std::vector<std::string> parameters,
                       const Tables& base, const std::vector<Tables>& slopes,
                       std::tuple<Texts, Texts, Texts> labels) {
        std::vector<SignalingFamily::Numbers> tables;
        std::transform(slopes.begin(), slopes.end(), std::back_inserter(tables),
                       [](const Tables& table) { return numbers(table); });
        return SignalingFamily(types, messages, actions, std::move(parameters), numbers(base),
                               std::move(tables),
                               {std::get<0>(labels), std::get<1>(labels), std::get<2>(labels)});
      }))
      .def_property_readonly("labels", [](const SignalingFamily& family) {
        return py::make_tuple(family.labels().types, family.labels().messages, family.labels().actions);
      });

  module.def(
      "solve_pbe_intervals",
      [](const SignalingFamily& family, const std::string& lower, const std::string& upper, bool certify,
         double work_limit, std::optional<double> time_limit, const py::object& progress) {
        const PbeRegionOptions options{.certify = certify, .work_limit = work_limit};
        const auto result = monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_pbe_intervals(family, parse_rational(lower), parse_rational(upper), options, monitor);
        });
        py::dict found = describe(result);
        py::list points;
        for (const auto& point : result.points) points.append(state(point));
        found["points"] = points;
        found["inside"] = std::vector<bool>(result.inside.begin(), result.inside.end());
        found["at"] = result.at;
        found["between"] = result.between;
        Texts samples;
        for (const auto& sample : result.samples) samples.push_back(to_text(sample));
        found["samples"] = samples;
        return found;
      },
      py::arg("family"), py::arg("lower"), py::arg("upper"), py::kw_only(), py::arg("certify"),
      py::arg("work_limit"), py::arg("time_limit"), py::arg("progress"));

  module.def(
      "solve_pbe_polygons",
      [](const SignalingFamily& family, const std::pair<std::string, std::string>& lower,
         const std::pair<std::string, std::string>& upper, int depth, bool certify, double work_limit,
         std::optional<double> time_limit, const py::object& progress) {
        const PbeRegionOptions options{.certify = certify, .work_limit = work_limit, .depth = depth};
        const auto point = [](const auto& texts) {
          return SignalingPolygons::Point{parse_rational(texts.first), parse_rational(texts.second)};
        };
        const auto result = monitored(time_limit, progress, [&](Monitor& monitor) {
          return solve_pbe_polygons(family, point(lower), point(upper), options, monitor);
        });
        py::dict found = describe(result);
        py::list curves, pieces, segments;
        for (const auto& curve : result.curves) curves.append(coefficients(curve));
        for (const auto& piece : result.pieces) pieces.append(state(piece));
        for (const auto& segment : result.segments)
          segments.append(py::make_tuple(segment.curve, state(segment.from), state(segment.to)));
        found["curves"] = curves;
        found["pieces"] = pieces;
        found["segments"] = segments;
        return found;
      },
      py::arg("family"), py::arg("lower"), py::arg("upper"), py::kw_only(), py::arg("depth"),
      py::arg("certify"), py::arg("work_limit"), py::arg("time_limit"), py::arg("progress"));
}

}  // namespace schelling::python
