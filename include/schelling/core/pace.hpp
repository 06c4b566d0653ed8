#pragma once

#include <schelling/core/monitor.hpp>

#include <cstddef>

namespace schelling {

/// Thrown by `Pace` where a monitor says stop, for work too deep to hand back an answer at every level. The solver that
/// was given the monitor catches it; no user sees it.
struct Stopped {};

/// Checks a monitor, if there is one, once in some ten thousand elementary steps, so that loops of a nanosecond
/// can count theirs.
class Pace {
 public:
  Pace() = default;
  explicit Pace(Monitor& monitor) : monitor_(&monitor) {}

  /// Counts `steps`, each about a comparison of two small numbers. Throws Stopped.
  void operator()(std::size_t steps = 1) {
    steps_ += steps;
    if (steps_ >= between) look();
  }

 private:
  static constexpr std::size_t between = 1 << 15;
  Monitor* monitor_ = nullptr;
  std::size_t steps_ = 0;
  void look() {
    steps_ = 0;
    if (monitor_ && !monitor_->keep_going()) throw Stopped();
  }
};

}  // namespace schelling
