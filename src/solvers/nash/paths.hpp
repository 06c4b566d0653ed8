#pragma once

#include "solvers/nash/best_replies.hpp"
#include "solvers/nash/lemke_howson.hpp"

namespace schelling::nash {

/// Payoffs of a player as numbers of the path: in double shifted and divided so that they lie in [0, 1], otherwise integers;
/// nothing if they are too large.
template <class Number, class Scalar>
std::optional<std::vector<Number>> path_payoffs(const SequenceForm<Scalar>& form, int player) {
  const auto i = static_cast<std::size_t>(player);
  std::vector<Scalar> payoffs;
  payoffs.reserve(form.entries().size());
  if constexpr (std::is_same_v<Number, double>) {
    const auto& [low, high] = form.payoff_range(player);
    const double range = high > low ? high - low : 1;
    for (const auto& entry : form.entries())
      payoffs.push_back((entry.payoff[i] - low * entry.probability) / range);
    return payoffs;
  } else {
    for (const auto& entry : form.entries()) payoffs.push_back(entry.payoff[i]);
    return integer_payoffs<Number>(payoffs);
  }
}

template <class Number, class Scalar>
End follow(const SequenceForm<Scalar>& form, const PureStrategies& start, bool trembling, Monitor& monitor,
           Plans<Scalar>& plans) {
  auto row = path_payoffs<Number>(form, 0), column = path_payoffs<Number>(form, 1);
  if (!row || !column) return End::overflow;
  SequenceLemke<Number> path(form, {std::move(*row), std::move(*column)}, start, trembling);
  const End end = path.solve(monitor);
  if (end == End::solved) plans = path.template plans<Scalar>();
  return end;
}

}  // namespace schelling::nash
