#include <schelling/core/parallel.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace schelling {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnce) {
  for (unsigned threads : {1u, 2u, 5u}) {
    std::vector<int> visits(1003, 0);
    Monitor monitor;
    const auto done =
        parallel_for(visits.size(), 10, threads, monitor, [&](std::size_t begin, std::size_t end) {
          for (auto i = begin; i < end; ++i) ++visits[i];
        });
    EXPECT_EQ(done, visits.size());
    EXPECT_EQ(monitor.done(), visits.size());
    EXPECT_EQ(visits, std::vector<int>(1003, 1));
  }
}

TEST(ParallelFor, ThrowsWhatABodyThrows) {
  Monitor monitor;
  EXPECT_THROW(parallel_for(100, 1, 4, monitor,
                            [](std::size_t begin, std::size_t) {
                              if (begin == 57) throw std::runtime_error("57");
                            }),
               std::runtime_error);
}

TEST(ParallelFor, StopsWhenTheCallbackSaysSo) {
  Monitor monitor(std::nullopt, [](std::size_t, std::size_t) { return false; });
  // The bodies take a while: only the thread that made the monitor asks the callback, and the other must not be done by then.
  const auto done = parallel_for(1000, 1, 2, monitor, [](std::size_t, std::size_t) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  });
  EXPECT_LT(done, 1000u);
  EXPECT_EQ(monitor.stopped(), Status::cancelled);
}

TEST(Monitor, ReportsAnExpiredDeadline) {
  Monitor monitor(std::chrono::duration<double>(0.0));
  EXPECT_FALSE(monitor.keep_going());
  EXPECT_EQ(monitor.stopped(), Status::time_limit);
}

}  // namespace
}  // namespace schelling
