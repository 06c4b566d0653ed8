#include <schelling/solvers/solve_nash_all.hpp>

#include "solvers/nash/components.hpp"
#include "solvers/nash/exact_game.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace schelling {

namespace {

/// A plan over sequences as the result states it.
std::vector<Rational> stated(const NormalFormGame<Rational>&, const SequenceForm<Rational>&, int,
                             std::vector<Rational> plan) {
  plan.erase(plan.begin());
  return plan;
}
std::vector<Rational> stated(const ExtensiveGame<Rational>&, const SequenceForm<Rational>& form, int player,
                             std::vector<Rational> plan) {
  std::vector<Rational> weights(static_cast<std::size_t>(form.actions()), Rational(0));
  for (Index s = 1; s < form.sequences(player); ++s)
    weights[static_cast<std::size_t>(form.action(player, s))] = std::move(plan[static_cast<std::size_t>(s)]);
  return weights;
}

template <template <class> class Game, class Scalar>
Certificate certify_all(const NashEquilibria<Game, Scalar>& result) {
  Certificate worst{0, 0, "not examined"};
  for (const auto& component : result.components)
    for (const auto& pair : component.extreme) {
      const auto certificate = equilibrium(result, pair).certificate;
      worst.max_regret = std::max(worst.max_regret, certificate.max_regret);
      worst.bayes_gap = std::max(worst.bayes_gap, certificate.bayes_gap);
    }
  return worst;
}

template <template <class> class Game, class Scalar>
NashEquilibria<Game, Scalar> solve(const Game<Scalar>& game, const NashAllOptions& options,
                                   Monitor& monitor) {
  options.validate();
  std::string note;
  NashEquilibria<Game, Scalar> result{game, nash::in_fractions(game, note), {}, options, {}, {}, {}};
  const SequenceForm<Rational> form(result.solved_game);
  auto& info = result.info;
  info.method = "vertices of the best-reply polyhedra";
  info.arithmetic = std::is_same_v<Scalar, double> ? Arithmetic::double_precision : Arithmetic::exact;

  auto found = nash::find_equilibrium_points(form, options.limit, monitor);
  auto components = nash::find_components(form, found, monitor);
  if (!components) {
    found.stopped = true;
    found.points = {};
  } else {
    result.components = std::move(*components);
  }
  for (const int player : {0, 1})
    for (auto& point : found.points[static_cast<std::size_t>(player)])
      result.strategies[static_cast<std::size_t>(player)].push_back(
          stated(result.solved_game, form, player, std::move(point.plan)));

  info.coverage = Coverage::all;
  info.proven = note.empty();
  if (found.stopped || found.truncated) {
    info.coverage = Coverage::some;
    info.proven = false;
    info.status = found.stopped ? *monitor.stopped() : Status::truncated;
    info.message = found.stopped ? "stopped before all vertices were seen"
                                 : "there are more than " + std::to_string(options.limit) +
                                       " equilibria; raise limit for more";
  } else if (!note.empty()) {
    info.message = note + "; fractions decide which ties are real";
  }
  result.certificate = certify_all(result);
  if (!result.certificate.passes(default_certificate_tolerance<Scalar>)) {
    if constexpr (std::is_same_v<Scalar, Rational>)
      throw std::logic_error("solve_nash_all: an exact equilibrium fails its certificate");
    info.status = Status::degenerate;
    info.proven = false;
    info.message = "rounded equilibria fail their certificate; solve the game in exact arithmetic";
  }
  return result;
}

}  // namespace

template <class Scalar>
NormalFormEquilibria<Scalar> solve_nash_all(const NormalFormGame<Scalar>& game, const NashAllOptions& options,
                                            Monitor& monitor) {
  return solve<NormalFormGame, Scalar>(game, options, monitor);
}
template <class Scalar>
ExtensiveNashEquilibria<Scalar> solve_nash_all(const ExtensiveGame<Scalar>& game,
                                               const NashAllOptions& options, Monitor& monitor) {
  return solve<ExtensiveGame, Scalar>(game, options, monitor);
}

template NormalFormEquilibria<double> solve_nash_all(const NormalFormGame<double>&, const NashAllOptions&,
                                                     Monitor&);
template NormalFormEquilibria<Rational> solve_nash_all(const NormalFormGame<Rational>&, const NashAllOptions&,
                                                       Monitor&);
template ExtensiveNashEquilibria<double> solve_nash_all(const ExtensiveGame<double>&, const NashAllOptions&,
                                                        Monitor&);
template ExtensiveNashEquilibria<Rational> solve_nash_all(const ExtensiveGame<Rational>&,
                                                          const NashAllOptions&, Monitor&);

}  // namespace schelling
