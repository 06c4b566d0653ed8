#pragma once

#include <schelling/core/config.hpp>
#include <schelling/core/result.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

namespace schelling {

/// What a long computation is asked while it runs: to stop (cancel, deadline), and to say how far it is.
///
/// One monitor belongs to one computation and may be used by all of its threads. Solvers call `keep_going()` at least
/// twenty times a second and stop, keeping what they have, when it answers false.
class Monitor {
 public:
  /// Called with (done, total), total 0 if unknown; returning false cancels. Never called from two threads at once, and
  /// only from the thread that made the monitor, so that it may hold a language runtime's lock.
  using Callback = std::function<bool(std::size_t done, std::size_t total)>;

  Monitor() = default;
  /// No limit, or one that the clock cannot hold, infinity included, means none. InvalidOptions for a limit that is
  /// negative or not a number.
  explicit Monitor(std::optional<std::chrono::duration<double>> time_limit, Callback callback = {});
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }

  /// Sets how much work there is; `advance` counts it.
  void expect(std::size_t total) { total_.store(total, std::memory_order_relaxed); }
  void advance(std::size_t steps) { done_.fetch_add(steps, std::memory_order_relaxed); }
  std::size_t done() const { return done_.load(std::memory_order_relaxed); }
  std::size_t total() const { return total_.load(std::memory_order_relaxed); }

  /// True while the computation may go on. Cheap enough for inner loops of a microsecond.
  bool keep_going();

  /// Status::cancelled, Status::time_limit, or nothing while the computation may go on.
  std::optional<Status> stopped() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> expired_{false};
  std::atomic<std::size_t> done_{0}, total_{0};
  std::optional<Clock::time_point> deadline_;
  Callback callback_;
  std::atomic<Clock::rep> next_look_{0};
  std::size_t owner_ = this_thread();
  static std::size_t this_thread();
};

}  // namespace schelling

#ifndef SCHELLING_COMPILED
#include <schelling/core/monitor.tpp>
#endif
