#pragma once

#include <schelling/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace schelling::fuzz {

/// Reads the bytes. What is wrong with them must be told by an exception of the library; what is read must be read as the
/// same again once it is written.
template <class Read, class Write>
int round_trip(const std::uint8_t* data, std::size_t size, Read&& read, Write&& write) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto first = read(text);
    const auto written = write(first);
    if (write(read(written)) != written) std::abort();
  } catch (const Error&) {
  }
  return 0;
}

}  // namespace schelling::fuzz
