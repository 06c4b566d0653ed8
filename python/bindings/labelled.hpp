#pragma once

/// Python values that are looked up by label or by number; see schelling/labelled.py.

#include <schelling/games/game_tree.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <vector>

namespace schelling::python {

inline pybind11::object by_label(const char* kind, const std::vector<std::string>& labels,
                                 pybind11::object values) {
  return pybind11::module_::import("schelling.labelled").attr("ByLabel")(kind, labels, values);
}

std::vector<std::string> player_labels(const GameTree& tree);
std::vector<std::string> set_labels(const GameTree& tree);
std::vector<std::string> action_labels(const GameTree& tree, Index set);
/// A terminal's own label where no other has it, its path otherwise.
std::vector<std::string> terminal_labels(const GameTree& tree);

/// The number of a player or an information set that is given by label or number.
Index player_number(const GameTree& tree, const pybind11::object& key);
Index set_number(const GameTree& tree, const pybind11::object& key);

}  // namespace schelling::python
