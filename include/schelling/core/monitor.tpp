#pragma once

#include <schelling/core/error.hpp>
#include <schelling/core/monitor.hpp>

#include <thread>

namespace schelling {

SCHELLING_INLINE Monitor::Monitor(std::optional<std::chrono::duration<double>> time_limit, Callback callback)
    : callback_(std::move(callback)) {
  if (!time_limit) return;
  constexpr double unlimited = 1e9;  // seconds, thirty years; the clock counts nanoseconds in 64 bits
  const double seconds = time_limit->count();
  if (!(seconds >= 0))
    throw InvalidOptions(expectation("time_limit", "seconds, at least 0, or none", to_text(seconds)));
  if (seconds < unlimited)
    deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*time_limit);
}

SCHELLING_INLINE std::size_t Monitor::this_thread() {
  return std::hash<std::thread::id>{}(std::this_thread::get_id());
}

SCHELLING_INLINE bool Monitor::keep_going() {
  if (cancelled_.load(std::memory_order_relaxed) || expired_.load(std::memory_order_relaxed)) return false;
  if (!deadline_ && !callback_) return true;
  constexpr auto look_interval = std::chrono::milliseconds(20);
  const auto now = Clock::now();
  if (deadline_ && now >= *deadline_) {
    expired_.store(true, std::memory_order_relaxed);
    return false;
  }
  if (callback_ && this_thread() == owner_ &&
      now.time_since_epoch().count() >= next_look_.load(std::memory_order_relaxed)) {
    next_look_.store((now + look_interval).time_since_epoch().count(), std::memory_order_relaxed);
    if (!callback_(done(), total())) cancel();
  }
  return !cancelled_.load(std::memory_order_relaxed);
}

SCHELLING_INLINE std::optional<Status> Monitor::stopped() const {
  if (cancelled_.load(std::memory_order_relaxed)) return Status::cancelled;
  if (expired_.load(std::memory_order_relaxed)) return Status::time_limit;
  return std::nullopt;
}

}  // namespace schelling
