#pragma once

namespace schelling {

/// The library's version; the build systems of both languages read it from this line.
inline constexpr const char* version_string = "0.1.0";

}  // namespace schelling
