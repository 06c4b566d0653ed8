#pragma once

#include "lanes.hpp"

#include <cstddef>

namespace schelling::batch::SCHELLING_KERNELS {

inline void to_columns(const double* rows, std::size_t games, std::size_t width, double* columns,
                       std::size_t stride) {
  for (std::size_t g = 0; g < games; g += lane_count) {
    const std::size_t last = games - 1 - g;
    const auto row = [&](int i) {
      const auto offset = static_cast<std::size_t>(i);
      return rows + (g + (offset < last ? offset : last)) * width;
    };
    std::size_t k = 0;
    for (; k + lane_count <= width; k += lane_count) {
      Lanes tile[lane_count];
      for (int i = 0; i < lane_count; ++i) tile[i] = load(row(i) + k);
      transpose(tile);
      for (int i = 0; i < lane_count; ++i)
        store(columns + (k + static_cast<std::size_t>(i)) * stride + g, tile[i]);
    }
    for (; k < width; ++k)
      for (int i = 0; i < lane_count; ++i) columns[k * stride + g + static_cast<std::size_t>(i)] = row(i)[k];
  }
}

}  // namespace schelling::batch::SCHELLING_KERNELS
