#pragma once

#include <schelling/io/svg.hpp>

#include <string>

namespace schelling {

/// The tree as a LaTeX document of the class standalone, drawn by TikZ with the layout of `to_svg`: compile it alone, or
/// copy its `tikzpicture` into a paper that loads the packages tikz and xcolor.
/// @throws InvalidArgument as `to_svg` does
std::string to_tikz(const GameTree& tree, const TreeDrawing& drawing = {});

}  // namespace schelling
