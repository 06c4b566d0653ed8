#include "bindings.hpp"
#include "result_info.hpp"

#include <schelling/io/json.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace py::literals;

namespace schelling::python {

void register_solvers(py::module_& module) {
  const CutoffOptions defaults;
  py::class_<CutoffResult> result(
      module, "CutoffResult",
      "Equilibria of a private-type game: a sequence of CutoffEquilibrium, each certified.");
  register_info(result);
  result.def("__len__", [](const CutoffResult& r) { return r.equilibria.size(); })
      .def(
          "__getitem__",
          [](const CutoffResult& r, py::ssize_t k) {
            const auto size = static_cast<py::ssize_t>(r.equilibria.size());
            if (k < 0) k += size;
            if (k < 0 || k >= size) throw py::index_error();
            return r.equilibria[static_cast<std::size_t>(k)];
          },
          "number"_a)
      .def_readonly("game", &CutoffResult::game)
      .def_property_readonly("options",
                             [](const CutoffResult& r) {
                               const auto& o = r.options;
                               return py::dict("belief"_a = to_string(o.belief), "tolerance"_a = o.tolerance,
                                               "resolution"_a = o.resolution, "starts"_a = o.starts,
                                               "limit"_a = o.limit, "seed"_a = o.seed,
                                               "threads"_a = o.threads);
                             })
      .def("to_text", &CutoffResult::to_text, py::kw_only(), "full"_a = false)
      .def("to_json", [](const CutoffResult& r) { return to_json(r); })
      .def_static("from_json", &from_json<CutoffResult>, "text"_a)
      .def(
          "save",
          [](const CutoffResult& r, const py::object& path) {
            py::module_::import("pathlib").attr("Path")(path).attr("write_text")(to_json(r),
                                                                                 "encoding"_a = "utf-8");
          },
          "path"_a, "Writes the result, game and options included, as JSON.")
      .def_static(
          "load",
          [](const py::object& path) {
            return from_json<CutoffResult>(py::module_::import("pathlib")
                                               .attr("Path")(path)
                                               .attr("read_text")("encoding"_a = "utf-8")
                                               .cast<std::string>());
          },
          "path"_a, "Reads what `save` wrote. Raises ParseError.")
      .def(py::pickle([](const CutoffResult& r) { return to_json(r); },
                      [](const std::string& text) { return from_json<CutoffResult>(text); }))
      .def("__repr__", [](const CutoffResult& r) { return r.to_text(); })
      .def("_repr_html_", [](const CutoffResult& r) {
        return "<pre>" + py::module_::import("html").attr("escape")(r.to_text(true)).cast<std::string>() +
               "</pre>";
      });

  module.def(
      "solve_cutoff",
      [](const PrivateTypeGame& game, const std::string& belief, double tolerance, std::size_t resolution,
         std::size_t starts, std::size_t limit, std::uint64_t seed, unsigned threads,
         std::optional<double> time_limit, const py::object& progress) {
        const CutoffOptions options{belief_rule(belief), tolerance, resolution, starts, limit, seed, threads};
        return monitored(time_limit, progress,
                         [&](Monitor& monitor) { return solve_cutoff(game, options, monitor); });
      },
      "game"_a, py::kw_only(), "belief"_a = std::string(to_string(defaults.belief)),
      "tolerance"_a = defaults.tolerance, "resolution"_a = defaults.resolution, "starts"_a = defaults.starts,
      "limit"_a = defaults.limit, "seed"_a = defaults.seed, "threads"_a = defaults.threads,
      "time_limit"_a = py::none(), "progress"_a = py::none(),
      R"(Perfect Bayesian equilibria of a private-type game, one for each outcome class that is found.

Parameters
----------
belief : {"any", "passive", "d1"}
    Which beliefs are admitted after an action that no type takes: every one (sampled), the belief held before, or only on the
    types most willing to take the action (Cho and Kreps 1987).
tolerance : largest relative regret and Bayes gap of what is returned
resolution : points at which one unknown is looked at; more of them find equilibria that lie closer together
starts : starting points of Newton's method where there is more than one unknown
limit : largest number of equilibria returned
seed : of starting points and sampled beliefs
threads : 0 means all there are; the answer does not depend on it
time_limit : seconds; what was found by then is returned
progress : called with (done, total) about twenty times a second

Coverage is "some", never proven: the message says what may be missing. Raises InvalidOptions.)");
}

}  // namespace schelling::python
