#pragma once

#include "solvers/pbe/components.hpp"
#include "solvers/pbe/search.hpp"
#include "solvers/pbe/vertex_method.hpp"

#include <schelling/core/error.hpp>

#include <optional>
#include <string>

namespace schelling::pbe {

/// What a solver with one kind of numbers hands back.
template <class Scalar>
struct Solution {
  std::vector<SignalingComponent<Scalar>> components;
  PbeMethod method = PbeMethod::search;
  bool uncertain = false;
  std::optional<Status> stopped;
};

/// Solves in the given numbers; nothing if they overflowed.
template <class Number, class Scalar, int Words>
std::optional<Solution<Scalar>> solve_in(const ScaledGame<Number>& game, const PbeOptions& options,
                                         Monitor& monitor) {
  using Bits = BitSet<Words>;
  integer_overflow = false;
  std::vector<BestReplies<Number>> best(static_cast<std::size_t>(game.messages));
  Polyhedron<Number, Bits> cone;
  for (int m = 0; m < game.messages; ++m) find_best_replies(game, m, cone, best[static_cast<std::size_t>(m)]);
  Products<Number, Bits> products(game, best);
  Solution<Scalar> solution;
  solution.method = options.method == PbeMethod::vertices ? PbeMethod::vertices : PbeMethod::search;
  bool finished;
  if (solution.method == PbeMethod::vertices) {
    finished = VertexMethod<Number, Bits, Products<Number, Bits>>(game, best, monitor, products).run();
  } else {
    finished = Search<Number, Bits, Products<Number, Bits>>(game, best, monitor, products).run();
  }
  if (!finished) solution.stopped = monitor.stopped();
  products.keep_maximal();
  if (integer_overflow) return std::nullopt;
  for (const auto& replies : best) solution.uncertain |= replies.uncertain;
  auto& found = products.found();
  if (found.size() > options.limit) {
    found.resize(options.limit);
    solution.stopped = Status::truncated;
  }
  for (const auto& product : found) solution.uncertain |= product.uncertain;
  solution.components = Components<Number, Scalar>(game, best, found).make();
  if (integer_overflow) return std::nullopt;
  return solution;
}

template <class Number, class Scalar>
std::optional<Solution<Scalar>> solve_in(const ScaledGame<Number>& game, const PbeOptions& options,
                                         Monitor& monitor) {
  const int bits = game.messages * (game.types + game.actions);
  // Large numbers are slow enough not to notice the larger sets.
  if constexpr (!std::is_same_v<Number, Integer>)
    if (bits <= 64) return solve_in<Number, Scalar, 1>(game, options, monitor);
  return solve_in<Number, Scalar, 16>(game, options, monitor);
}

}  // namespace schelling::pbe
