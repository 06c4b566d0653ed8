#include "utf8.hpp"

#include <schelling/core/error.hpp>

#include <cstddef>
#include <string>

namespace schelling {

namespace {

/// Length of the UTF-8 sequence that begins at `at`, 0 if there is none (RFC 3629).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned lead = byte(at);
  const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF)
    return continues(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && continues(at + 2) ? 3
                                                                                                          : 0;
  if (lead >= 0xF0 && lead <= 0xF4)
    return continues(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && continues(at + 2) &&
                   continues(at + 3)
               ? 4
               : 0;
  return 0;
}

}  // namespace

void require_utf8(std::string_view text) {
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = sequence_length(text, at);
    if (length == 0)
      throw ParseError("line " + std::to_string(line) + ": " +
                           expectation("text", "UTF-8",
                                       "the byte " + std::to_string(static_cast<unsigned char>(text[at]))),
                       line);
    if (text[at] == '\n') ++line;
    at += length;
  }
}

}  // namespace schelling
