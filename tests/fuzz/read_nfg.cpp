#include "parse.hpp"

#include <schelling/io/gambit_files.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return schelling::fuzz::round_trip(data, size, schelling::read_nfg, schelling::write_nfg);
}
