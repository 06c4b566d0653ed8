#include <schelling/numerics/linear_program.hpp>
#include <schelling/solvers/eliminate_dominated.hpp>

#include "solvers/nash/integer_payoffs.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace schelling {

std::string_view to_string(Dominance dominance) { return dominance == Dominance::strict ? "strict" : "weak"; }

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// A game of which some strategies are left.
template <class Scalar>
class Reduction {
 public:
  Reduction(const NormalFormGame<Scalar>& game, Dominance dominance)
      : game_(game), dominance_(dominance), stride_(at(game.players()), 1) {
    for (int i = game.players() - 1; i-- > 0;)
      stride_[at(i)] = stride_[at(i + 1)] * at(game.strategies(i + 1));
    for (int i = 0; i < game.players(); ++i) {
      auto& own = remaining_.emplace_back();
      for (int s = 0; s < game.strategies(i); ++s) own.push_back(s);
    }
    for (const auto& payoff : game.payoffs()) payoffs_.push_back(nash::as_exact(payoff));
  }

  const std::vector<std::vector<int>>& remaining() const { return remaining_; }

  /// The eliminations of one round; nothing if the monitor stopped it.
  std::optional<std::vector<Elimination<Scalar>>> round(int number, Monitor& monitor) {
    std::vector<Elimination<Scalar>> result;
    for (int i = 0; i < game_.players(); ++i) {
      if (remaining_[at(i)].size() == 1) continue;
      list_others(i);
      for (const int strategy : remaining_[at(i)]) {
        if (!monitor.keep_going()) return std::nullopt;
        const auto mixture = dominating(i, strategy, monitor);
        if (monitor.stopped()) return std::nullopt;
        if (mixture.empty()) continue;
        auto& elimination = result.emplace_back(Elimination<Scalar>{
            number, i, strategy, std::vector<Scalar>(at(game_.strategies(i)), Scalar(0))});
        for (std::size_t k = 0; k < mixture.size(); ++k) {
          auto& share = elimination.dominated_by[at(remaining_[at(i)][k])];
          if constexpr (std::is_same_v<Scalar, double>)
            share = to_double(mixture[k]);
          else
            share = mixture[k];
        }
      }
    }
    for (const auto& gone : result) std::erase(remaining_[at(gone.player)], gone.strategy);
    return result;
  }

 private:
  /// The pure profiles of the others that are left, each by the number of its profile with strategy 0 of player i.
  void list_others(int i) {
    others_ = {0};
    for (int j = 0; j < game_.players(); ++j) {
      if (j == i) continue;
      std::vector<std::size_t> longer;
      longer.reserve(others_.size() * remaining_[at(j)].size());
      for (const std::size_t base : others_)
        for (const int s : remaining_[at(j)]) longer.push_back(base + at(s) * stride_[at(j)]);
      others_ = std::move(longer);
    }
  }

  const Rational& payoff(int i, int strategy, std::size_t other) const {
    return payoffs_[(other + at(strategy) * stride_[at(i)]) * at(game_.players()) + at(i)];
  }

  /// Whether the mixture of the player's remaining strategies dominates one of them, by the definition.
  bool dominates(int i, int strategy, const std::vector<Rational>& mixture) const {
    bool better = false;
    for (const std::size_t other : others_) {
      Rational gain = -payoff(i, strategy, other);
      for (std::size_t k = 0; k < mixture.size(); ++k)
        if (mixture[k] != 0) gain += mixture[k] * payoff(i, remaining_[at(i)][k], other);
      if (gain < 0 || (gain == 0 && dominance_ == Dominance::strict)) return false;
      better |= gain > 0;
    }
    return better;
  }

  /// Whether some play of the others leaves no strategy that does better (weak: none that does as well), so that nothing can
  /// dominate.
  bool is_best_somewhere(int i, int strategy) const {
    return std::any_of(others_.begin(), others_.end(), [&](std::size_t other) {
      const Rational& own = payoff(i, strategy, other);
      return std::all_of(remaining_[at(i)].begin(), remaining_[at(i)].end(), [&](int s) {
        if (s == strategy) return true;
        const Rational& worth = payoff(i, s, other);
        return dominance_ == Dominance::strict ? worth <= own : worth < own;
      });
    });
  }

  /// A mixture of the player's remaining strategies, in their order, that dominates one of them; empty if there is none.
  std::vector<Rational> dominating(int i, int strategy, Monitor& monitor) const {
    if (is_best_somewhere(i, strategy)) return {};
    const auto& own = remaining_[at(i)];
    for (std::size_t k = 0; k < own.size(); ++k) {
      std::vector<Rational> pure(own.size(), Rational(0));
      pure[k] = 1;
      if (own[k] != strategy && dominates(i, strategy, pure)) return pure;
    }
    // Unknowns: the shares of the other strategies, and for strict dominance the least gain over the strategy.
    const bool strict = dominance_ == Dominance::strict;
    std::vector<int> rivals = own;
    std::erase(rivals, strategy);
    LinearProgram<Rational> program(rivals.size() + (strict ? 1 : 0));
    std::vector<Rational> row(program.variables()), total(program.variables(), Rational(0));
    for (const std::size_t other : others_) {
      for (std::size_t k = 0; k < rivals.size(); ++k) {
        row[k] = payoff(i, rivals[k], other) - payoff(i, strategy, other);
        total[k] += row[k];
      }
      if (strict) row.back() = -1;
      program.add(row, Relation::greater_equal, 0);
    }
    std::fill(row.begin(), row.end(), Rational(1));
    if (strict) {
      row.back() = 0;
      std::fill(total.begin(), total.end(), Rational(0));
      total.back() = 1;
    }
    program.add(row, Relation::equal, 1);
    program.maximize(total);
    const auto solution = solve_linear_program(program, std::span<const std::size_t>(), &monitor);
    if (solution.status != LinearProgramStatus::optimal || solution.value == 0) return {};
    std::vector<Rational> mixture(own.size(), Rational(0));
    for (std::size_t k = 0, rival = 0; k < own.size(); ++k)
      if (own[k] != strategy) mixture[k] = solution.point[rival++];
    if (!dominates(i, strategy, mixture))
      throw std::logic_error("a mixture that should dominate does not by the definition");
    return mixture;
  }

  const NormalFormGame<Scalar>& game_;
  Dominance dominance_;
  std::vector<std::size_t> stride_;
  std::vector<std::vector<int>> remaining_;
  std::vector<Rational> payoffs_;
  std::vector<std::size_t> others_;
};

template <class Scalar>
NormalFormGame<Scalar> restricted(const NormalFormGame<Scalar>& game,
                                  const std::vector<std::vector<int>>& remaining) {
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> labels;
  for (int i = 0; i < game.players(); ++i) {
    players.push_back(game.player_label(i));
    auto& own = labels.emplace_back();
    for (const int s : remaining[at(i)]) own.push_back(game.strategy_label(i, s));
  }
  std::vector<Scalar> payoffs;
  std::vector<std::size_t> place(remaining.size(), 0);
  std::vector<int> pure(remaining.size());
  for (bool more = true; more;) {
    for (std::size_t i = 0; i < pure.size(); ++i) pure[i] = remaining[i][place[i]];
    for (int i = 0; i < game.players(); ++i) payoffs.push_back(game.payoff(game.profile(pure), i));
    more = false;
    for (std::size_t i = place.size(); i-- > 0 && !more;) {
      more = ++place[i] < remaining[i].size();
      if (!more) place[i] = 0;
    }
  }
  return {std::move(players), std::move(labels), std::move(payoffs), game.title()};
}

}  // namespace

template <class Scalar>
EliminationResult<Scalar> eliminate_dominated(const NormalFormGame<Scalar>& game,
                                              const EliminationOptions& options, Monitor& monitor) {
  Reduction<Scalar> reduction(game, options.dominance);
  EliminationResult<Scalar> result{game, {}, {}, {}, game};
  auto& info = result.info;
  info.method = "linear programs, all dominated strategies in each round";
  info.arithmetic = std::numeric_limits<Scalar>::is_exact ? Arithmetic::exact : Arithmetic::double_precision;
  info.coverage = Coverage::all;
  info.proven = true;
  for (int number = 1;; ++number) {
    auto round = reduction.round(number, monitor);
    if (!round) {
      info.status = *monitor.stopped();
      info.coverage = Coverage::some;
      info.proven = false;
      info.message = "stopped in round " + std::to_string(number);
      break;
    }
    if (round->empty()) break;
    std::move(round->begin(), round->end(), std::back_inserter(result.eliminations));
  }
  result.remaining = reduction.remaining();
  result.reduced = restricted(game, result.remaining);
  return result;
}

template EliminationResult<double> eliminate_dominated(const NormalFormGame<double>&,
                                                       const EliminationOptions&, Monitor&);
template EliminationResult<Rational> eliminate_dominated(const NormalFormGame<Rational>&,
                                                         const EliminationOptions&, Monitor&);

}  // namespace schelling
