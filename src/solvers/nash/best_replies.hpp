#pragma once

#include <schelling/games/sequence_form.hpp>

#include "solvers/nash/sequence_lemke.hpp"

namespace schelling::nash {

/// At each of the player's information sets the sequence that does best against a plan of the other, by backward induction
/// on the player's own tree; the first of several.
template <class Scalar>
std::vector<Index> best_replies(const SequenceForm<Scalar>& form, int player,
                                std::span<const Scalar> other_plan) {
  const auto at = [](Index i) { return static_cast<std::size_t>(i); };
  std::vector<Scalar> worth(at(form.sequences(player)), Scalar(0));
  for (const auto& entry : form.entries()) {
    const auto& weight = other_plan[at(player == 0 ? entry.column : entry.row)];
    if (weight != Scalar(0))
      worth[at(player == 0 ? entry.row : entry.column)] += weight * entry.payoff[at(player)];
  }
  const auto sets = form.sets(player);
  std::vector<Index> result(sets.size());
  for (std::size_t h = sets.size(); h-- > 0;) {
    const auto first = worth.begin() + sets[h].first;
    const auto best = std::max_element(first, first + sets[h].count);
    result[h] = static_cast<Index>(best - worth.begin());
    worth[at(sets[h].parent)] += *best;
  }
  return result;
}

/// The realisation plan that chooses every action of an information set equally often.
template <class Scalar>
std::vector<Scalar> uniform_plan(const SequenceForm<Scalar>& form, int player) {
  std::vector<Scalar> plan(static_cast<std::size_t>(form.sequences(player)), Scalar(1));
  for (const auto& set : form.sets(player))
    for (Index s = set.first; s < set.first + set.count; ++s)
      plan[static_cast<std::size_t>(s)] = plan[static_cast<std::size_t>(set.parent)] / Scalar(set.count);
  return plan;
}

/// The best replies to uniform play; at each information set moved on by a digit of `number` in the mixed radix of the
/// numbers of actions, so that every pair of pure strategies has a number.
template <class Scalar>
PureStrategies starting_strategies(const SequenceForm<Scalar>& form, std::uint64_t number) {
  PureStrategies start;
  for (const int i : {0, 1}) {
    auto& own = start[static_cast<std::size_t>(i)];
    own = best_replies<Scalar>(form, i, uniform_plan(form, 1 - i));
    for (std::size_t h = 0; h < own.size() && number > 0; ++h) {
      const auto& set = form.sets(i)[h];
      const auto count = static_cast<std::uint64_t>(set.count);
      const auto moved = (static_cast<std::uint64_t>(own[h] - set.first) + number % count) % count;
      own[h] = set.first + static_cast<Index>(moved);
      number /= count;
    }
  }
  return start;
}

/// The strategies, as the sequence form arranges them, of two realisation plans. Where a player's own plan excludes an
/// information set, the best reply to the other's plan.
template <class Scalar>
std::vector<Scalar> strategy_of(const SequenceForm<Scalar>& form,
                                const std::array<std::vector<Scalar>, 2>& plans) {
  std::vector<Scalar> strategy(static_cast<std::size_t>(form.actions()), Scalar(0));
  for (const int i : {0, 1}) {
    for (const Index sequence : best_replies<Scalar>(form, i, plans[static_cast<std::size_t>(1 - i)]))
      strategy[static_cast<std::size_t>(form.action(i, sequence))] = Scalar(1);
    form.write_behaviour(i, plans[static_cast<std::size_t>(i)], strategy);
  }
  return strategy;
}

}  // namespace schelling::nash
