#pragma once

#include <schelling/core/error.hpp>
#include <schelling/games/game_tree.hpp>
#include <schelling/numerics/number.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <limits>
#include <span>
#include <string>

/// Checks of numbers that every game with exact or floating-point numbers makes.
namespace schelling {

inline std::string quoted_path(const GameTree& tree, Index node) {
  return node == 0 ? tree.path(node) : "'" + tree.path(node) + "'";
}

/// @throws InvalidGame, naming `what()`, unless the numbers are not negative and sum to one.
template <class Scalar, class What>
void check_distribution(std::span<const Scalar> probabilities, What&& what) {
  Scalar sum(0);
  for (const Scalar& p : probabilities) {
    if (!is_finite(p) || p < Scalar(0) || p > Scalar(1))
      throw InvalidGame(expectation(what(), "numbers in [0, 1]", number_text(p)));
    sum += p;
  }
  const Scalar gap = sum > Scalar(1) ? Scalar(sum - Scalar(1)) : Scalar(Scalar(1) - sum);
  if (gap > (std::numeric_limits<Scalar>::is_exact ? Scalar(0) : Scalar(tolerance::probability_sum)))
    throw InvalidGame(expectation(what(), "the sum 1", number_text(sum)));
}

}  // namespace schelling
