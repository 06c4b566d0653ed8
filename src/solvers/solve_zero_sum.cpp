#include <schelling/games/scalar_checks.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/solvers/solve_zero_sum.hpp>

#include "solvers/nash/best_replies.hpp"
#include "solvers/nash/certified_result.hpp"

#include <cmath>

namespace schelling {

namespace {

/// Sums of payoffs in double may differ by this share of the largest payoff: the rounding of decimals.
constexpr double constant_sum = 1e-12;

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// @param payoff payoff(k, player) of outcome k; name(k) is how the outcome is called
template <class Scalar, class Payoff, class Name>
void require_constant_sum(std::size_t outcomes, Payoff&& payoff, Name&& name) {
  const Scalar sum = payoff(0, 0) + payoff(0, 1);
  Scalar slack(0);
  if constexpr (!std::numeric_limits<Scalar>::is_exact)
    for (std::size_t k = 0; k < outcomes; ++k)
      slack = std::max(slack, constant_sum * std::max(std::abs(payoff(k, 0)), std::abs(payoff(k, 1))));
  for (std::size_t k = 1; k < outcomes; ++k) {
    const Scalar own = payoff(k, 0) + payoff(k, 1);
    if (own - sum > slack || sum - own > slack)
      throw InvalidGame(
          expectation("solve_zero_sum", "payoffs that have the same sum at every terminal",
                      number_text(sum) + " at " + name(0) + " and " + number_text(own) + " at " + name(k)));
  }
}

/// The plan whose shares at each information set are those of the weights; the first action where there are none.
template <class Scalar>
std::vector<Scalar> normalised(const SequenceForm<Scalar>& form, int player,
                               const std::vector<Scalar>& weights) {
  std::vector<Scalar> behaviour(at(form.actions()), Scalar(0));
  for (const auto& set : form.sets(player)) behaviour[at(form.action(player, set.first))] = Scalar(1);
  form.write_behaviour(player, weights, behaviour);
  return form.plan(player, behaviour);
}

/// Optimal plans; nothing if stopped or undecided.
///
/// With x the plan of the first player and q_h what the second player concedes from the information set h on,
///   maximise the sum of q_h over first sets h + sum_s a(s, 0) x_s
///   subject to q_h <= sum_s a(s, t) x_s + sum of q_k over sets k after t, for each sequence t that ends at h,
///   and, for each set of the first player, sum of x_s over its sequences <= x of the sequence before it.
/// Payoffs a are shifted so that the least is zero: then x and q may be taken not negative and the plan's equations as
/// inequalities, because more weight never hurts, and the origin is feasible. Shares at each set are optimal behaviour, of
/// the solution and, by the same argument, of its dual.
template <class Number, class Scalar>
std::optional<std::array<std::vector<Scalar>, 2>> optimal_plans(const SequenceForm<Scalar>& form,
                                                                Monitor& monitor) {
  const auto number = [](const Scalar& x) {
    if constexpr (std::is_same_v<Number, Scalar>)
      return x;
    else
      return nash::as_exact(x);
  };
  const Number low = number(form.payoff_range(0)[0]);
  const std::size_t own = at(form.sequences(0)) - 1, sets = form.sets(1).size(), variables = own + sets;
  const std::size_t other = at(form.sequences(1)) - 1;
  RowTable<Number> rows(static_cast<int>(other + form.sets(0).size()), static_cast<int>(variables),
                        Number(0));
  std::vector<Number> right(other + form.sets(0).size(), Number(0)), objective(variables, Number(0));
  for (const auto& entry : form.entries()) {
    const Number payoff = number(entry.payoff[0]) - low * number(entry.probability);
    if (entry.column == 0) {
      if (entry.row > 0) objective[at(entry.row) - 1] += payoff;
    } else if (entry.row == 0) {
      right[at(entry.column) - 1] += payoff;
    } else {
      rows(entry.column - 1, entry.row - 1) -= payoff;
    }
  }
  for (std::size_t h = 0; h < sets; ++h) {
    const auto& set = form.sets(1)[h];
    const auto q = static_cast<int>(own + h);
    for (Index t = set.first; t < set.first + set.count; ++t) rows(t - 1, q) += Number(1);
    if (set.parent > 0)
      rows(set.parent - 1, q) -= Number(1);
    else
      objective[own + h] = Number(1);
  }
  for (std::size_t g = 0; g < form.sets(0).size(); ++g) {
    const auto& set = form.sets(0)[g];
    const auto row = static_cast<int>(other + g);
    for (Index s = set.first; s < set.first + set.count; ++s) rows(row, s - 1) = Number(1);
    if (set.parent > 0)
      rows(row, set.parent - 1) = Number(-1);
    else
      right[other + g] = Number(1);
  }
  LinearProgram<Number> program(variables);
  program.maximize(objective);
  for (int r = 0; r < rows.rows(); ++r)
    program.add(rows.row(r), Relation::less_equal, right[static_cast<std::size_t>(r)]);
  const auto solution = solve_linear_program(program, std::span<const std::size_t>(), &monitor);
  if (solution.status != LinearProgramStatus::optimal) return std::nullopt;

  std::array<std::vector<Scalar>, 2> weights;
  const auto append = [&](int player, const Number& weight) {
    if constexpr (std::is_same_v<Number, Scalar>)
      weights[at(player)].push_back(weight > Number(0) ? weight : Number(0));
    else
      weights[at(player)].push_back(to_double(weight));
  };
  append(0, Number(1));
  append(1, Number(1));
  for (std::size_t s = 0; s < own; ++s) append(0, solution.point[s]);
  for (std::size_t t = 0; t < other; ++t) append(1, solution.multipliers[t]);
  return std::array{normalised(form, 0, weights[0]), normalised(form, 1, weights[1])};
}

template <class Scalar, class Accept>
void solve(ResultInfo& info, Monitor& monitor, const SequenceForm<Scalar>& form, Accept&& accept) {
  std::array<std::vector<Scalar>, 2> plans;
  nash::find_certified<Scalar>(
      info, monitor,
      [&]<class Number>(const Number&) {
        using Field = std::conditional_t<std::is_same_v<Number, double>, double, Rational>;
        auto found = optimal_plans<Field>(form, monitor);
        if (!found) return monitor.stopped() ? nash::End::stopped : nash::End::failed;
        plans = std::move(*found);
        return nash::End::solved;
      },
      [&] { return accept(nash::strategy_of(form, plans)); });
}

}  // namespace

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_zero_sum(const ExtensiveGame<Scalar>& game, Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  const GameTree& tree = game.tree();
  require_constant_sum<Scalar>(
      at(tree.terminals()),
      [&](std::size_t k, Index player) { return game.payoff(static_cast<Index>(k), player); },
      [&](std::size_t k) { return quoted_path(tree, tree.terminal_node(static_cast<Index>(k))); });
  ExtensiveEquilibria<Scalar> result{
      game, nash::information<Scalar>("a linear program on the sequence form"), {}};
  solve(result.info, monitor, form,
        [&](std::vector<Scalar> strategy) { return nash::add_nash(result, std::move(strategy)); });
  return result;
}

template <class Scalar>
Profiles<Scalar> solve_zero_sum(const NormalFormGame<Scalar>& game, Monitor& monitor) {
  const SequenceForm<Scalar> form(game);
  const auto columns = static_cast<std::size_t>(game.strategies(1));
  require_constant_sum<Scalar>(
      game.profiles(), [&](std::size_t k, int player) { return game.payoff(k, player); },
      [&](std::size_t k) {
        return "(" + game.strategy_label(0, static_cast<int>(k / columns)) + ", " +
               game.strategy_label(1, static_cast<int>(k % columns)) + ")";
      });
  Profiles<Scalar> result{game, nash::information<Scalar>("a linear program"), {}};
  solve(result.info, monitor, form, [&](const std::vector<Scalar>& strategy) {
    const auto middle = strategy.begin() + game.strategies(0);
    return nash::add_nash(result, {{strategy.begin(), middle}, {middle, strategy.end()}});
  });
  return result;
}

template ExtensiveEquilibria<double> solve_zero_sum(const ExtensiveGame<double>&, Monitor&);
template ExtensiveEquilibria<Rational> solve_zero_sum(const ExtensiveGame<Rational>&, Monitor&);
template Profiles<double> solve_zero_sum(const NormalFormGame<double>&, Monitor&);
template Profiles<Rational> solve_zero_sum(const NormalFormGame<Rational>&, Monitor&);

}  // namespace schelling
