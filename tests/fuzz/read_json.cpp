#include "parse.hpp"

#include <schelling/io/json_finite.hpp>

namespace {

template <class T>
void try_as(const std::uint8_t* data, std::size_t size) {
  schelling::fuzz::round_trip(
      data, size, [](std::string_view text) { return schelling::from_json<T>(text); },
      [](const T& value) { return schelling::to_json(value); });
}

template <template <class> class Of>
void try_in_either_arithmetic(const std::uint8_t* data, std::size_t size) {
  using Either = schelling::InEitherArithmetic<Of>;
  schelling::fuzz::round_trip(
      data, size, [](std::string_view text) { return schelling::from_json<Either>(text); },
      [](const Either& either) {
        return std::visit([](const auto& value) { return schelling::to_json(value); }, either);
      });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_as<schelling::Distribution>(data, size);
  try_as<schelling::GameTree>(data, size);
  try_as<schelling::PrivateTypeGame>(data, size);
  try_as<schelling::CutoffEquilibrium>(data, size);
  try_as<schelling::CutoffResult>(data, size);
  try_in_either_arithmetic<schelling::ExtensiveGame>(data, size);
  try_in_either_arithmetic<schelling::NormalFormGame>(data, size);
  try_in_either_arithmetic<schelling::ExtensiveEquilibria>(data, size);
  try_in_either_arithmetic<schelling::Profiles>(data, size);
  return 0;
}
