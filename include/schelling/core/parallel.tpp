#pragma once

#include <schelling/core/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace schelling {

SCHELLING_INLINE unsigned default_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

SCHELLING_INLINE std::size_t parallel_for(std::size_t count, std::size_t chunk, unsigned threads,
                                          Monitor& monitor,
                                          const std::function<void(std::size_t, std::size_t)>& body) {
  if (count == 0) return 0;
  chunk = std::max<std::size_t>(chunk, 1);
  const std::size_t chunks = (count + chunk - 1) / chunk;
  threads = static_cast<unsigned>(std::min<std::size_t>(threads ? threads : default_threads(), chunks));

  std::atomic<std::size_t> next{0}, completed{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    while (!failed.load(std::memory_order_relaxed) && monitor.keep_going()) {
      const std::size_t begin = next.fetch_add(1, std::memory_order_relaxed) * chunk;
      if (begin >= count) return;
      const std::size_t end = std::min(begin + chunk, count);
      try {
        body(begin, end);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failed.exchange(true)) failure = std::current_exception();
        return;
      }
      completed.fetch_add(end - begin, std::memory_order_relaxed);
      monitor.advance(end - begin);
    }
  };

  std::vector<std::thread> helpers;
  std::atomic<unsigned> running{threads - 1};
  for (unsigned i = 1; i < threads; ++i)
    helpers.emplace_back([&] {
      work();
      running.fetch_sub(1, std::memory_order_release);
    });
  work();
  // The callback belongs to this thread: it goes on being asked while other threads finish their last chunk.
  while (running.load(std::memory_order_acquire) > 0) {
    monitor.keep_going();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (auto& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
  return completed.load();
}

}  // namespace schelling
