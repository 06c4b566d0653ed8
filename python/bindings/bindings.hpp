#pragma once

/// The binding units: one `register_*` per folder of headers, called in the order of the layers.

#include <schelling/core/monitor.hpp>

#include <pybind11/pybind11.h>

#include <optional>

namespace schelling::python {

void register_core(pybind11::module_& module);
void register_signaling(pybind11::module_& module);
void register_signaling_batch(pybind11::module_& module);
void register_finite_games(pybind11::module_& module);
void register_finite_tables(pybind11::module_& module);
void register_nash_all(pybind11::module_& module);
void register_pictures(pybind11::module_& module);
void register_quantal_response(pybind11::module_& module);
void register_signaling_regions(pybind11::module_& module);
void register_linear_program(pybind11::module_& module);
void register_linear_solvers(pybind11::module_& module);
void register_numerics(pybind11::module_& module);
void register_games(pybind11::module_& module);
void register_equilibria(pybind11::module_& module);
void register_refinements(pybind11::module_& module);
void register_solvers(pybind11::module_& module);
void register_models(pybind11::module_& module);
void register_analysis(pybind11::module_& module);

/// Runs `body(monitor)` without Python's lock. `progress`, None or a callable (done, total), is called about twenty
/// times a second with it; pending signals are looked at as often, so that Ctrl-C ends the work. An exception that the
/// callable or a signal handler raises is raised again once the computation has stopped.
template <class Body>
auto monitored(std::optional<double> time_limit, const pybind11::object& progress, Body&& body) {
  std::optional<pybind11::error_already_set> raised;
  Monitor monitor(time_limit ? std::optional(std::chrono::duration<double>(*time_limit)) : std::nullopt,
                  [&](std::size_t done, std::size_t total) {
                    const pybind11::gil_scoped_acquire lock;
                    try {
                      if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
                      if (!progress.is_none()) progress(done, total);
                    } catch (pybind11::error_already_set& error) {
                      raised = error;
                      return false;
                    }
                    return true;
                  });
  auto result = [&] {
    const pybind11::gil_scoped_release unlock;
    return body(monitor);
  }();
  if (!progress.is_none() && !raised) progress(monitor.done(), monitor.total());
  if (raised) throw *raised;
  return result;
}

}  // namespace schelling::python
