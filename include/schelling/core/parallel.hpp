#pragma once

#include <schelling/core/config.hpp>
#include <schelling/core/monitor.hpp>

#include <cstddef>
#include <functional>

namespace schelling {

/// Number of threads that `threads = 0` stands for: what the machine has.
unsigned default_threads();

/// Calls `body(begin, end)` for chunks that together cover [0, count), on `threads` threads (0: all there are).
///
/// Chunks are handed out as threads become free; the calling thread works too, and it alone runs the monitor's callback.
/// A body writes its results by index and reduces nothing, so that every thread count gives the same bits. After the
/// monitor stops no new chunk begins. The first exception that a body throws ends the loop and is thrown again.
///
/// @return the number of items whose chunk was completed; they need not be the first ones.
std::size_t parallel_for(std::size_t count, std::size_t chunk, unsigned threads, Monitor& monitor,
                         const std::function<void(std::size_t begin, std::size_t end)>& body);

}  // namespace schelling

#ifndef SCHELLING_COMPILED
#include <schelling/core/parallel.tpp>
#endif
