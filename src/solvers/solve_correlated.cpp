#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/tolerance.hpp>
#include <schelling/solvers/solve_correlated.hpp>

#include "solvers/nash/integer_payoffs.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace schelling {

namespace {

/// The distributions over profiles from which nobody gains by playing one strategy whenever told another, with payoffs
/// as `Number`.
template <class Number, class Scalar>
class CorrelatedProgram {
 public:
  explicit CorrelatedProgram(const NormalFormGame<Scalar>& game)
      : players_(static_cast<std::size_t>(game.players())), program_(game.profiles()) {
    for (const auto& payoff : game.payoffs()) {
      if constexpr (std::is_same_v<Number, Scalar>)
        payoffs_.push_back(payoff);
      else
        payoffs_.push_back(nash::as_exact(payoff));
    }
    std::vector<Number> row(game.profiles(), Number(1));
    program_.add(row, Relation::equal, Number(1));
    std::size_t stride = game.profiles();
    for (std::size_t i = 0; i < players_; ++i) {
      const auto count = static_cast<std::size_t>(game.strategies(static_cast<int>(i)));
      stride /= count;
      for (std::size_t told = 0; told < count; ++told)
        for (std::size_t played = 0; played < count; ++played) {
          if (played == told) continue;
          for (std::size_t p = 0; p < row.size(); ++p)
            row[p] = p / stride % count == told
                         ? Number(payoff(p, i) - payoff(p - told * stride + played * stride, i))
                         : Number(0);
          program_.add(row, Relation::greater_equal, Number(0));
        }
    }
  }

  /// A distribution that maximises sum_i weights[i] * (payoff of i); nothing if stopped or undecided.
  std::optional<std::vector<Scalar>> maximise(const std::vector<int>& weights, Monitor& monitor) {
    std::vector<Number> objective(program_.variables(), Number(0));
    for (std::size_t p = 0; p < objective.size(); ++p)
      for (std::size_t i = 0; i < players_; ++i)
        if (weights[i] != 0) objective[p] += Number(weights[i]) * payoff(p, i);
    program_.maximize(objective);
    const auto solution = solve_linear_program(program_, std::span<const std::size_t>(basis_), &monitor);
    if (solution.status != LinearProgramStatus::optimal) return std::nullopt;
    basis_ = solution.basis;
    std::vector<Scalar> distribution;
    for (const auto& p : solution.point) {
      if constexpr (std::is_same_v<Number, Scalar>)
        distribution.push_back(p);
      else
        distribution.push_back(to_double(p));
    }
    if constexpr (std::is_same_v<Scalar, double>) {
      double total = 0;
      for (const double p : distribution) total += p;
      for (double& p : distribution) p /= total;
    }
    return distribution;
  }

 private:
  const Number& payoff(std::size_t profile, std::size_t player) const {
    return payoffs_[profile * players_ + player];
  }

  std::size_t players_;
  std::vector<Number> payoffs_;
  LinearProgram<Number> program_;
  std::vector<std::size_t> basis_;  // of the last optimum: the next one is near
};

}  // namespace

template <class Scalar>
CorrelatedEquilibria<Scalar> solve_correlated(const NormalFormGame<Scalar>& game, Monitor& monitor) {
  constexpr bool in_double = !std::numeric_limits<Scalar>::is_exact;
  constexpr double tolerance = in_double ? schelling::tolerance::certificate : 0;
  const int players = game.players();
  CorrelatedEquilibria<Scalar> result{game, {}, {}, {}, {}};
  auto& info = result.info;
  info.method = "linear programs over the profiles";
  info.arithmetic = in_double ? Arithmetic::double_precision : Arithmetic::exact;
  info.proven = true;
  monitor.expect(static_cast<std::size_t>(1 + 2 * players));

  CorrelatedProgram<Scalar, Scalar> program(game);
  std::optional<CorrelatedProgram<Rational, Scalar>> exact_program;
  const auto optimum = [&](const std::vector<int>& weights,
                           std::vector<CorrelatedEquilibrium<Scalar>>& found) {
    const auto accept = [&](std::optional<std::vector<Scalar>> distribution) {
      if (!distribution) return false;
      auto equilibrium = certify_correlated(game, std::move(*distribution));
      if (!equilibrium.certificate.passes(tolerance)) return false;
      found.push_back(std::move(equilibrium));
      return true;
    };
    bool accepted = accept(program.maximise(weights, monitor));
    if (in_double && !accepted && !monitor.stopped()) {
      if (!exact_program) exact_program.emplace(game);
      accepted = accept(exact_program->maximise(weights, monitor));
      info.message = "rounding left a linear program undecided; it was solved in exact arithmetic";
    }
    monitor.advance(1);
    if (accepted) return true;
    info.proven = false;
    if (monitor.stopped()) {
      info.status = *monitor.stopped();
      info.message = "stopped before all optima were found";
    } else {
      if (!in_double) throw std::logic_error("an exact correlated equilibrium fails its certificate");
      info.status = Status::degenerate;
      info.message =
          "a correlated equilibrium, rounded to double, fails its certificate; solve the game in exact "
          "arithmetic";
    }
    return false;
  };
  std::vector<int> weights(static_cast<std::size_t>(players), 1);
  if (!optimum(weights, result.welfare_best)) return result;
  for (int i = 0; i < players; ++i) {
    std::fill(weights.begin(), weights.end(), 0);
    weights[static_cast<std::size_t>(i)] = 1;
    if (!optimum(weights, result.best)) return result;
    weights[static_cast<std::size_t>(i)] = -1;
    if (!optimum(weights, result.worst)) return result;
  }
  return result;
}

template CorrelatedEquilibria<double> solve_correlated(const NormalFormGame<double>&, Monitor&);
template CorrelatedEquilibria<Rational> solve_correlated(const NormalFormGame<Rational>&, Monitor&);

}  // namespace schelling
