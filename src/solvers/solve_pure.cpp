#include <schelling/games/reduced_normal_form.hpp>
#include <schelling/solvers/solve_backward_induction.hpp>
#include <schelling/solvers/solve_pure.hpp>

#include "games/subgame_blocks.hpp"
#include "solvers/pure/profiles.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace schelling {

void PureOptions::validate() const {
  if (concept_ != Concept::nash && concept_ != Concept::subgame_perfect)
    throw InvalidOptions(
        expectation("concept", "nash or subgame_perfect", "'" + std::string(to_string(concept_)) + "'"));
  if (limit == 0) throw InvalidOptions("limit: expected at least 1, found 0");
  if (!(work_limit >= 1)) throw InvalidOptions(expectation("work_limit", "at least 1", to_text(work_limit)));
}

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

template <class Scalar>
ResultInfo start_info(const char* method) {
  ResultInfo info;
  info.method = method;
  info.arithmetic = std::numeric_limits<Scalar>::is_exact ? Arithmetic::exact : Arithmetic::double_precision;
  info.coverage = Coverage::all;
  info.proven = true;
  return info;
}

void end_early(ResultInfo& info, Status status, std::string message) {
  info.status = status;
  info.message = std::move(message);
  info.coverage = Coverage::some;
  info.proven = false;
}

std::string too_many_profiles(double profiles) {
  return "about " + to_text(std::round(profiles)) + " pure profiles; raise work_limit to look at them all";
}
std::string too_many_equilibria(std::size_t limit) {
  return "there are more than " + std::to_string(limit) + " equilibria; raise limit for more";
}

/// The pure subgame-perfect equilibria of every subgame, the inner ones first.
template <class Scalar>
class PerfectProfiles {
 public:
  PerfectProfiles(const ExtensiveGame<Scalar>& game, const PureOptions& options, Monitor& monitor)
      : game_(game), options_(options), monitor_(monitor), blocks_(subgames::blocks(game.tree())) {}

  /// Strategies over the actions of the tree.
  std::vector<std::vector<Scalar>> run(ResultInfo& info) {
    found_.resize(blocks_.size());
    for (std::size_t b = 0; b < blocks_.size() && info.status == Status::solved; ++b) solve(b, info);
    std::vector<std::vector<Scalar>> strategies;
    for (std::size_t k = 0; k < found_.back().size(); ++k) {
      strategies.emplace_back(at(game_.tree().actions()), Scalar(0));
      write(blocks_.size() - 1, k, strategies.back());
    }
    return strategies;
  }

 private:
  struct Equilibrium {
    std::vector<Scalar> payoff, behaviour;  // of each player; over the actions of the block
    std::vector<std::size_t> inner;         // equilibrium of the subgame at each terminal of the block
  };

  void solve(std::size_t b, ResultInfo& info) {
    const subgames::Block& block = blocks_[b];
    const GameTree& tree = block.tree;
    const auto players = at(tree.players());
    double profiles = 1;
    for (Index i = 0; i < tree.players(); ++i) profiles *= count_reduced_strategies(tree, i);
    double combinations = 1;
    for (std::size_t t = 0; t < block.inner.size(); ++t)
      if (block.terminal[t] == none) combinations *= static_cast<double>(found_[block.inner[t]].size());
    looked_at_ += profiles * combinations;
    if (looked_at_ > options_.work_limit) {
      end_early(info, Status::incomplete, too_many_profiles(looked_at_));
      return;
    }
    std::vector<Scalar> chance(at(tree.moves()), Scalar(0));
    for (std::size_t move = 0; move < chance.size(); ++move)
      if (block.chance_move[move] != none) chance[move] = game_.chance()[at(block.chance_move[move])];
    std::vector<std::size_t> choice(block.inner.size(), 0);
    if (combinations == 0) return;  // a subgame inside has no pure equilibrium
    for (bool more = true; more;) {
      if (!monitor_.keep_going())
        return end_early(info, *monitor_.stopped(), "stopped before the start of the game was reached");
      std::vector<Scalar> payoffs;
      for (std::size_t t = 0; t < choice.size(); ++t)
        for (std::size_t i = 0; i < players; ++i)
          payoffs.push_back(block.terminal[t] != none ? game_.payoff(block.terminal[t], static_cast<Index>(i))
                                                      : found_[block.inner[t]][choice[t]].payoff[i]);
      add(b, ExtensiveGame<Scalar>(tree, chance, std::move(payoffs)), choice, info);
      more = false;
      for (std::size_t t = 0; t < choice.size() && !more; ++t) {
        if (block.terminal[t] != none) continue;
        more = ++choice[t] < found_[block.inner[t]].size();
        if (!more) choice[t] = 0;
      }
      if (info.status == Status::truncated) break;
    }
    if (info.status == Status::truncated && b + 1 < blocks_.size()) info.status = Status::solved, cut_ = true;
    if (b + 1 == blocks_.size() && cut_) info.status = Status::truncated;
  }

  void add(std::size_t b, const ExtensiveGame<Scalar>& game, const std::vector<std::size_t>& choice,
           ResultInfo& info) {
    const ReducedNormalForm<Scalar> form(game, static_cast<std::size_t>(options_.work_limit));
    for (const std::size_t profile : pure::equilibria(form.game(), monitor_)) {
      if (found_[b].size() == options_.limit)
        return end_early(info, Status::truncated, too_many_equilibria(options_.limit));
      std::vector<std::vector<Scalar>> mixed;
      const auto strategies = pure::strategies_of(form.game(), profile);
      Equilibrium equilibrium;
      for (int i = 0; i < form.game().players(); ++i) {
        mixed.emplace_back(static_cast<std::size_t>(form.game().strategies(i)), Scalar(0));
        mixed.back()[static_cast<std::size_t>(strategies[static_cast<std::size_t>(i)])] = 1;
        equilibrium.payoff.push_back(form.game().payoff(profile, i));
      }
      equilibrium.behaviour = form.behavior(mixed);
      equilibrium.inner = choice;
      found_[b].push_back(std::move(equilibrium));
    }
  }

  void write(std::size_t block_number, std::size_t number, std::vector<Scalar>& strategy) const {
    std::vector<std::pair<std::size_t, std::size_t>> open{{block_number, number}};
    while (!open.empty()) {
      const auto [b, k] = open.back();
      open.pop_back();
      const subgames::Block& block = blocks_[b];
      const Equilibrium& equilibrium = found_[b][k];
      for (Index set = 0; set < block.tree.information_sets(); ++set)
        for (Index a = 0; a < block.tree.actions(set); ++a)
          strategy[at(game_.tree().first_action(block.sets[at(set)]) + a)] =
              equilibrium.behaviour[at(block.tree.first_action(set) + a)];
      for (std::size_t t = 0; t < block.inner.size(); ++t)
        if (block.terminal[t] == none) open.emplace_back(block.inner[t], equilibrium.inner[t]);
    }
  }

  const ExtensiveGame<Scalar>& game_;
  const PureOptions& options_;
  Monitor& monitor_;
  std::vector<subgames::Block> blocks_;
  std::vector<std::vector<Equilibrium>> found_;
  double looked_at_ = 0;
  bool cut_ = false;
};

template <class Scalar>
std::vector<std::vector<Scalar>> nash_strategies(const ExtensiveGame<Scalar>& game,
                                                 const PureOptions& options, Monitor& monitor,
                                                 ResultInfo& info) {
  double profiles = 1;
  for (Index i = 0; i < game.players(); ++i) profiles *= count_reduced_strategies(game.tree(), i);
  if (profiles > options.work_limit) {
    end_early(info, Status::incomplete, too_many_profiles(profiles));
    return {};
  }
  const ReducedNormalForm<Scalar> form(game, static_cast<std::size_t>(options.work_limit));
  std::vector<std::vector<Scalar>> found;
  for (const std::size_t profile : pure::equilibria(form.game(), monitor)) {
    if (found.size() == options.limit) {
      end_early(info, Status::truncated, too_many_equilibria(options.limit));
      break;
    }
    std::vector<Scalar> strategy(at(game.tree().actions()), Scalar(0));
    const auto chosen = pure::strategies_of(form.game(), profile);
    for (Index i = 0; i < game.players(); ++i)
      for (const Index action : form.actions(i, chosen[at(i)])) strategy[at(action)] = 1;
    for (Index set = 0; set < game.tree().information_sets(); ++set) {
      const auto first = strategy.begin() + game.tree().first_action(set);
      if (std::find(first, first + game.tree().actions(set), Scalar(1)) == first + game.tree().actions(set))
        *first = 1;
    }
    found.push_back(std::move(strategy));
  }
  return found;
}

}  // namespace

template <class Scalar>
Profiles<Scalar> solve_pure(const NormalFormGame<Scalar>& game, const PureOptions& options,
                            Monitor& monitor) {
  options.validate();
  if (options.concept_ != Concept::nash)
    throw InvalidOptions(expectation("concept", "nash for a game in normal form",
                                     "'" + std::string(to_string(options.concept_)) + "'"));
  Profiles<Scalar> result{game, start_info<Scalar>("all pure profiles"), {}};
  const auto profiles = static_cast<double>(game.profiles());
  if (profiles > options.work_limit) {
    end_early(result.info, Status::incomplete, too_many_profiles(profiles));
    return result;
  }
  for (const std::size_t profile : pure::equilibria(game, monitor)) {
    if (result.profiles.size() == options.limit) {
      end_early(result.info, Status::truncated, too_many_equilibria(options.limit));
      break;
    }
    if (!monitor.keep_going()) break;
    const auto chosen = pure::strategies_of(game, profile);
    std::vector<std::vector<Scalar>> strategies;
    for (int i = 0; i < game.players(); ++i) {
      strategies.emplace_back(static_cast<std::size_t>(game.strategies(i)), Scalar(0));
      strategies.back()[static_cast<std::size_t>(chosen[static_cast<std::size_t>(i)])] = 1;
    }
    result.profiles.push_back(certify(game, std::move(strategies)));
  }
  if (const auto stopped = monitor.stopped()) end_early(result.info, *stopped, "stopped before the end");
  if (result.info.status == Status::solved && result.profiles.empty()) {
    result.info.status = Status::none_exists;
    result.info.message = "no pure profile is an equilibrium";
  }
  return result;
}

template <class Scalar>
ExtensiveEquilibria<Scalar> solve_pure(const ExtensiveGame<Scalar>& game, const PureOptions& options,
                                       Monitor& monitor) {
  options.validate();
  const bool perfect = options.concept_ == Concept::subgame_perfect;
  if (perfect && game.tree().has_perfect_information())
    return solve_backward_induction(game, {.limit = options.limit}, monitor);
  ExtensiveEquilibria<Scalar> result{
      game, start_info<Scalar>(perfect ? "pure profiles of the subgames" : "all pure profiles"), {}};
  const auto strategies = perfect ? PerfectProfiles<Scalar>(game, options, monitor).run(result.info)
                                  : nash_strategies(game, options, monitor, result.info);
  for (const auto& strategy : strategies) {
    if (!monitor.keep_going()) break;
    auto assessment = with_bayes_beliefs(game, strategy);
    const auto values = continuation_payoffs<Scalar>(game, strategy);
    // A subgame-perfect equilibrium may leave gains at information sets that no subgame begins with.
    const Certificate certificate = certify_ex_ante(game, assessment);
    const bool holds = perfect ? certify(game, assessment)[Concept::subgame_perfect].holds == true
                               : certificate.passes(default_certificate_tolerance<Scalar>);
    if (!holds) throw std::logic_error("solve_pure: an equilibrium fails its certificate");
    result.equilibria.push_back({std::move(assessment),
                                 {values.begin(), values.begin() + game.players()},
                                 options.concept_,
                                 certificate});
  }
  if (const auto stopped = monitor.stopped()) end_early(result.info, *stopped, "stopped before the end");
  if (result.info.status == Status::solved && result.equilibria.empty()) {
    result.info.status = Status::none_exists;
    result.info.message = "no pure profile is an equilibrium of the concept";
  }
  return result;
}

template Profiles<double> solve_pure(const NormalFormGame<double>&, const PureOptions&, Monitor&);
template Profiles<Rational> solve_pure(const NormalFormGame<Rational>&, const PureOptions&, Monitor&);
template ExtensiveEquilibria<double> solve_pure(const ExtensiveGame<double>&, const PureOptions&, Monitor&);
template ExtensiveEquilibria<Rational> solve_pure(const ExtensiveGame<Rational>&, const PureOptions&,
                                                  Monitor&);

}  // namespace schelling
