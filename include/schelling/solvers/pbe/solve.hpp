#pragma once

#include <schelling/solvers/pbe/components.hpp>
#include <schelling/solvers/pbe/search.hpp>
#include <schelling/solvers/pbe/solution.hpp>
#include <schelling/solvers/pbe/vertex_method.hpp>

#include <schelling/core/error.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <string>

namespace schelling::pbe {

/// Two digits are all that an estimate is worth.
inline std::string rounded(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return to_text(std::round(value / unit) * unit);
}

/// Whether both players' polyhedra start from few enough vertices for the vertex method.
template <class Number>
bool has_few_vertices(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best) {
  constexpr double few = 81;
  double replies = 1;
  for (const auto& b : best) replies *= std::popcount(b.undominated);
  return std::pow(game.messages, game.types) <= few && replies <= few;
}

/// Refuses a search whose estimate is beyond the limit, before it starts.
template <class Search>
void require_work(Search& search, const PbeOptions& options) {
  if (search.combinations() <= options.work_limit) return;
  const double estimate = search.estimate();
  if (estimate > options.work_limit)
    throw InvalidOptions(expectation("work_limit",
                                     "at least the estimate of the nodes to visit, " + rounded(estimate),
                                     to_text(options.work_limit)));
}

/// Finds the products by the method asked for, or the one that suits; false if the monitor stopped it.
template <class Number, class Bits>
bool find_products(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best,
                   const PbeOptions& options, Monitor& monitor, Products<Number, Bits>& products,
                   Workspace<Number, Bits>& workspace, PbeMethod& method) {
  const bool few_vertices = has_few_vertices(game, best);
  const bool change = few_vertices && method == PbeMethod::automatic;
  if (method != PbeMethod::vertices) {
    Search<Number, Bits, Products<Number, Bits>> search(game, best, monitor, products, workspace);
    if (!few_vertices || method == PbeMethod::search) require_work(search, options);
    // Many nodes in a small game mean ties, to which the vertex method is indifferent.
    constexpr double enough_for_small_games = 50'000;
    method = PbeMethod::search;
    const bool finished =
        search.run(change ? enough_for_small_games : std::numeric_limits<double>::infinity());
    if (finished || !change || integer_overflow || monitor.stopped()) return finished;
    method = PbeMethod::vertices;
  }
  products.clear();
  return VertexMethod<Number, Bits, Products<Number, Bits>>(game, best, monitor, products).run();
}

/// Solves with sets of 64 * Words bits.
template <class Number, class Scalar, int Words>
std::optional<Solution<Scalar>> solve_in(const ScaledGame<Number>& game, const PbeOptions& options,
                                         Monitor& monitor) {
  using Bits = BitSet<Words>;
  integer_overflow = false;
  std::vector<BestReplies<Number>> best(static_cast<std::size_t>(game.messages));
  BorrowedWorkspace<Number, Bits> workspace;
  Pace pace(monitor);
  Products<Number, Bits> products(game, best, *workspace, pace);
  Solution<Scalar> solution;
  solution.method = options.method;
  bool finished = false;
  try {
    for (int m = 0; m < game.messages; ++m)
      find_best_replies(game, m, (*workspace).best_replies, best[static_cast<std::size_t>(m)], pace);
    finished =
        find_products<Number, Bits>(game, best, options, monitor, products, *workspace, solution.method);
  } catch (const Stopped&) {
    if (solution.method == PbeMethod::automatic) solution.method = PbeMethod::search;
  }
  if (integer_overflow) return std::nullopt;
  // What was found until a stop is stated within a short time of grace.
  std::optional<Monitor> grace;
  const auto stop = [&] {
    finished = false;
    grace.emplace(std::chrono::duration<double>(grace_seconds));
  };
  if (!finished) stop();
  try {
    products.set_pace(Pace(grace ? *grace : monitor));
    products.keep_maximal();
  } catch (const Stopped&) {
    stop();
  }
  if (integer_overflow) return std::nullopt;
  for (const auto& replies : best) solution.uncertain |= replies.uncertain;
  auto& found = products.found();
  if (found.size() > options.limit) {
    found.resize(options.limit);
    solution.stopped = Status::truncated;
  }
  for (const auto& product : found) solution.uncertain |= product.uncertain;
  finished &=
      Components<Number, Scalar>(game, best, found, Pace(grace ? *grace : monitor)).make(solution.components);
  if (!finished) solution.stopped = monitor.stopped();
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
