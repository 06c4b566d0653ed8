#pragma once

#include <cstdint>

namespace schelling::batch {

/// Where the numbers of one equilibrium go; the shapes are those of SignalingEquilibriaBatch.
struct Row {
  std::uint8_t* kind;
  double *sender, *receiver, *beliefs, *sender_payoff, *receiver_payoff;
  std::uint32_t* off_path_facet;
  double* off_path_bounds;  ///< null unless there are two actions
};

/// One game's numbers in row-major order.
struct GameNumbers {
  const double *prior, *sender, *receiver;
};

}  // namespace schelling::batch
