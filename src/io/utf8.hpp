#pragma once

#include <string_view>

namespace schelling {

/// @throws ParseError naming the line of the first byte that does not belong to UTF-8
void require_utf8(std::string_view text);

}  // namespace schelling
