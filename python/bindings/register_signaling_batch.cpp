#include "bindings.hpp"
#include "result_info.hpp"

#include <schelling/core/error.hpp>
#include <schelling/equilibria/signaling_equilibria_batch.hpp>
#include <schelling/solvers/solve_pbe_batch.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace py = pybind11;

namespace schelling::python {

namespace {

using Array = py::array_t<double>;
using Owner = std::shared_ptr<SignalingEquilibriaBatch>;

/// A read-only view of numbers that the result owns; None if it has none of them.
template <class Number>
py::object view(const ResultArray<Number>& numbers, std::vector<py::ssize_t> shape, const Owner& owner) {
  if (numbers.empty() && owner->size() > 0) return py::none();
  py::array_t<Number> array(std::move(shape), numbers.data(), py::cast(owner));
  array.attr("flags").attr("writeable") = false;
  return array;
}

template <class Enum>
Enum parse(const char* option, const std::string& word, std::initializer_list<Enum> values) {
  std::string expected;
  for (const Enum value : values) {
    if (word == to_string(value)) return value;
    expected += (expected.empty() ? "" : ", ") + std::string(to_string(value));
  }
  throw InvalidOptions(expectation(option, expected, "'" + word + "'"));
}

/// The arrays are of shape [n, t] and [n, t, m, a], or have n last; either way contiguous.
SignalingGameBatch batch(const Array& prior, const Array& sender, const Array& receiver, bool games_last) {
  const py::ssize_t first = games_last ? 0 : 1;
  SignalingGameBatch games;
  games.games = static_cast<std::size_t>(sender.shape(games_last ? 3 : 0));
  games.types = static_cast<int>(sender.shape(first));
  games.messages = static_cast<int>(sender.shape(first + 1));
  games.actions = static_cast<int>(sender.shape(first + 2));
  games.prior = prior.data();
  games.sender = sender.data();
  games.receiver = receiver.data();
  games.layout = games_last ? BatchLayout::games_last : BatchLayout::games_first;
  return games;
}

Owner solve(const Array& prior, const Array& sender, const Array& receiver, bool games_last,
            const std::string& outputs, const std::string& arithmetic, std::size_t limit, unsigned threads,
            std::size_t block, const std::string& instructions, std::optional<double> time_limit,
            const py::object& progress) {
  PbeBatchOptions options;
  options.outputs =
      parse("outputs", outputs, {BatchOutputs::counts, BatchOutputs::summary, BatchOutputs::full});
  options.arithmetic =
      parse("arithmetic", arithmetic,
            {BatchArithmetic::automatic, BatchArithmetic::double_precision, BatchArithmetic::exact});
  options.instructions = parse(
      "instructions", instructions,
      {InstructionSet::automatic, InstructionSet::portable, InstructionSet::avx2, InstructionSet::avx512});
  options.limit = limit;
  options.threads = threads;
  options.block = block;
  const SignalingGameBatch games = batch(prior, sender, receiver, games_last);
  return std::make_shared<SignalingEquilibriaBatch>(monitored(
      time_limit, progress, [&](Monitor& monitor) { return solve_pbe_batch(games, options, monitor); }));
}

}  // namespace

void register_signaling_batch(py::module_& module) {
  auto signaling = module.attr("signaling").cast<py::module_>();

  const PbeBatchOptions defaults;
  signaling.attr("batch_limit") = defaults.limit;
  signaling.attr("batch_block") = defaults.block;
  py::dict flags;
  flags["exact_path"] = static_cast<int>(batch_flag::exact_path);
  flags["degenerate"] = static_cast<int>(batch_flag::degenerate);
  flags["truncated"] = static_cast<int>(batch_flag::truncated);
  flags["invalid_input"] = static_cast<int>(batch_flag::invalid_input);
  flags["continuum"] = static_cast<int>(batch_flag::continuum);
  flags["unsolved"] = static_cast<int>(batch_flag::unsolved);
  signaling.attr("batch_flags") = flags;

  using Batch = SignalingEquilibriaBatch;
  const auto rows = [](const Owner& r) { return static_cast<py::ssize_t>(r->size()); };
  const auto games = [](const Owner& r) { return static_cast<py::ssize_t>(r->games); };
  py::class_<Batch, Owner> result(signaling, "SignalingEquilibriaBatch");
  register_info(result);
  result
      .def_property_readonly("flags",
                             [=](const Owner& r) {
                               py::array_t<std::uint8_t> array({games(r)}, r->flags.data(), py::cast(r));
                               array.attr("flags").attr("writeable") = false;
                               return array;
                             })
      .def_property_readonly(
          "kind_counts",
          [=](const Owner& r) {
            py::array_t<std::uint16_t> array({games(r), py::ssize_t{4}}, r->kind_counts.data(), py::cast(r));
            array.attr("flags").attr("writeable") = false;
            return array;
          })
      .def_property_readonly("offsets",
                             [=](const Owner& r) -> py::object {
                               if (r->offsets.empty()) return py::none();
                               return view(r->offsets, {games(r) + 1}, r);
                             })
      .def_property_readonly("kind", [=](const Owner& r) { return view(r->kind, {rows(r)}, r); })
      .def_property_readonly("sender_payoff",
                             [=](const Owner& r) {
                               return view(r->sender_payoff, {rows(r), r->types}, r);
                             })
      .def_property_readonly("receiver_payoff",
                             [=](const Owner& r) { return view(r->receiver_payoff, {rows(r)}, r); })
      .def_property_readonly("sender",
                             [=](const Owner& r) {
                               return view(r->sender, {rows(r), r->types, r->messages}, r);
                             })
      .def_property_readonly("receiver",
                             [=](const Owner& r) {
                               return view(r->receiver, {rows(r), r->messages, r->actions}, r);
                             })
      .def_property_readonly("beliefs",
                             [=](const Owner& r) {
                               return view(r->beliefs, {rows(r), r->messages, r->types}, r);
                             })
      .def_property_readonly("off_path_facet",
                             [=](const Owner& r) {
                               return view(r->off_path_facet, {rows(r), r->messages}, r);
                             })
      .def_property_readonly("off_path_bounds", [=](const Owner& r) -> py::object {
        if (r->actions != 2) return py::none();
        return view(r->off_path_bounds, {rows(r), r->messages, py::ssize_t{2}}, r);
      });

  signaling.def("solve_pbe_batch", &solve, py::arg("prior").noconvert(), py::arg("sender").noconvert(),
                py::arg("receiver").noconvert(), py::kw_only(), py::arg("games_last"), py::arg("outputs"),
                py::arg("arithmetic"), py::arg("limit"), py::arg("threads"), py::arg("block"),
                py::arg("instructions"), py::arg("time_limit"), py::arg("progress"));
  signaling.def(
      "certify_batch",
      [](const Array& prior, const Array& sender, const Array& receiver, bool games_last,
         const Owner& equilibria) {
        const BatchCertificates certificates =
            certify_batch(batch(prior, sender, receiver, games_last), *equilibria);
        const auto count = static_cast<py::ssize_t>(equilibria->size());
        return py::make_tuple(py::array_t<double>(count, certificates.max_regret.data()),
                              py::array_t<double>(count, certificates.bayes_gap.data()));
      },
      py::arg("prior").noconvert(), py::arg("sender").noconvert(), py::arg("receiver").noconvert(),
      py::kw_only(), py::arg("games_last"), py::arg("equilibria"));
}

}  // namespace schelling::python
