#pragma once

#include "row.hpp"

#include <schelling/core/monitor.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace schelling::batch {

/// The equilibria of one game, solved exactly, as the numbers of rows.
struct ExactRows {
  struct Entry {
    std::uint8_t kind = 0;
    std::vector<double> sender, receiver, beliefs, sender_payoff;
    double receiver_payoff = 0;
    std::vector<std::uint32_t> off_path_facet;
    std::vector<double> off_path_bounds;
  };
  std::vector<Entry> entries;
  bool continuum = false;  ///< an entry stands for a component with several outcomes
  bool complete = false;
};

/// Solves the game that these doubles are, with the prior divided by its sum. `limit` bounds the products
/// that the solver keeps.
ExactRows solve_exactly(const GameNumbers& game, int types, int messages, int actions, std::size_t limit,
                        Monitor& monitor);

void copy(const ExactRows::Entry& entry, const Row& row);

}  // namespace schelling::batch
