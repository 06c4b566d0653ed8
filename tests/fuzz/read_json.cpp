#include "parse.hpp"

#include <schelling/io/json.hpp>

namespace {

template <class T>
void try_as(const std::uint8_t* data, std::size_t size) {
  schelling::fuzz::round_trip(
      data, size, [](std::string_view text) { return schelling::from_json<T>(text); },
      [](const T& value) { return schelling::to_json(value); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_as<schelling::Distribution>(data, size);
  try_as<schelling::GameTree>(data, size);
  try_as<schelling::PrivateTypeGame>(data, size);
  try_as<schelling::CutoffEquilibrium>(data, size);
  try_as<schelling::CutoffResult>(data, size);
  return 0;
}
