#pragma once

#include <string>
#include <string_view>

namespace schelling {

/// Text as content or attribute of an XML or HTML document.
std::string markup_text(std::string_view text);

}  // namespace schelling
