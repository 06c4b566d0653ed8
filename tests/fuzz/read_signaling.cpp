#include "parse.hpp"

#include <schelling/io/signaling_text.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return schelling::fuzz::round_trip(data, size, schelling::read_signaling,
                                     [](const auto& game) { return schelling::write_signaling(game); });
}
