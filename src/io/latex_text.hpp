#pragma once

#include <string>
#include <string_view>

namespace schelling {

/// A text with LaTeX's own characters made harmless.
std::string latex_text(std::string_view text);

}  // namespace schelling
