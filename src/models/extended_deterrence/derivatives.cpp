#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include "models/extended_deterrence/outcomes.hpp"
#include "models/extended_deterrence/policy_phases.hpp"
#include "models/mixing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace schelling {

using namespace extended_deterrence;

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/// A double zero that rounding (1e-16) splits has its halves 1e-8 apart and a slope of that size in log x:
/// ten times as much is a slope that can be believed.
constexpr double least_slope = 1e-7;
/// A gain of the marginal attacker up to this is none.
constexpr double least_gain = certificate_tolerance;

/// Moves one parameter to one side, and the cutoff with it, along the equilibrium.
class OneSided {
 public:
  OneSided(std::span<const double> point, double cutoff, EscalationTiming timing)
      : point_(point.begin(), point.end()), cutoff_(cutoff), timing_(timing) {}

  /// Partials [in the parameter] of the outcomes, or nothing where the gain has no slope in the cutoff.
  std::optional<std::array<double, outcome_count>> operator()(std::size_t parameter, double side) {
    // Which branch is meant at a kink depends on where the cutoff moves, and that on the branch: a few
    // rounds.
    double movement = 0;
    for (int round = 0; round < 8; ++round) {
      const auto state = at(parameter, side, movement);
      const auto& gain = state.gain;
      const double slope = gain.partial[1];
      double next = 0;
      if (cutoff_ > 0) {
        if (std::abs(cutoff_ * slope) < least_slope) return std::nullopt;
        next = -side * gain.partial[0] / slope;
      } else if (std::abs(gain.value) <= least_gain) {
        // Nobody attacks, but the most willing type is indifferent: it begins to if the gain rises.
        next = std::max(0.0, -side * gain.partial[0] / slope);
      }
      if (next != movement) {
        movement = next;
        continue;
      }
      std::array<double, outcome_count> result;
      for (std::size_t k = 0; k < outcome_count; ++k)
        result[k] = state.outcomes[k].partial[0] + state.outcomes[k].partial[1] * side * movement;
      result[out_at("attack_gain_slope")] = undefined;
      return result;
    }
    return std::nullopt;
  }

 private:
  struct State {
    Directed gain;
    std::array<Directed, outcome_count> outcomes;
  };

  State at(std::size_t parameter, double side, double movement) {
    auto& moved = point_[parameter];
    moved.partial = {1, 0, side};
    Directed x(cutoff_);
    x.partial = {0, 1, movement};
    const PhaseGame<Directed> game(std::span<const Directed>(point_), timing_);
    const Piece piece = piece_at(game, x);
    const auto reply = best_replies(game, escalator_beliefs(game, x, piece), piece.aids);
    State state{attack_gain(game, x, reply, piece), {}};
    fill_outcomes<Directed>(game, x, reply, piece, Directed(undefined), state.outcomes);
    moved.partial = {};
    return state;
  }

  std::vector<Directed> point_;
  double cutoff_;
  EscalationTiming timing_;
};

Derivatives blank(std::size_t parameters) {
  Derivatives result{outcome_count, parameters, false, {}, {}};
  result.left.assign(outcome_count * parameters, undefined);
  result.right = result.left;
  return result;
}

}  // namespace

Derivatives ExtendedDeterrence::derivatives(std::span<const double> point,
                                            std::span<const double> row) const {
  const auto certificate = certify(point, row);
  if (!certificate.passes(certificate_tolerance))
    throw InvalidArgument(expectation("row", "the outcomes of an equilibrium of this point",
                                      "one with regret " + to_text(certificate.max_regret) +
                                          " and Bayes gap " + to_text(certificate.bayes_gap)));
  auto result = blank(parameter_count);
  OneSided moved(point, row[out_at("attack_cutoff")], timing_);
  for (std::size_t p = 0; p < parameter_count && !result.singular; ++p)
    for (const double side : {-1.0, 1.0}) {
      const auto column = moved(p, side);
      if (!column) {
        result = blank(parameter_count);
        result.singular = true;
        break;
      }
      auto& table = side < 0 ? result.left : result.right;
      for (std::size_t k = 0; k < outcome_count; ++k) table[k * parameter_count + p] = (*column)[k];
    }
  return result;
}

Derivatives ExtendedDeterrencePolicy::derivatives(std::span<const double> point,
                                                  std::span<const double> window_row,
                                                  std::span<const double> end_row) const {
  check_point(policy_table, point);
  const auto split = phases(point);
  const Derivatives window = phase_.derivatives(split.window, window_row),
                    end = phase_.derivatives(split.end, end_row);
  auto result = blank(policy_table.size());
  result.singular = window.singular || end.singular;
  if (result.singular) return result;

  // The chain rule: parameters move the phases' parameters and weights, these the rows, and these the
  // mixture.
  using D = Dual<1>;
  std::vector<D> moved(point.begin(), point.end()), rows(2 * outcome_count), mixed(outcome_count);
  struct Weighted {
    D weight;
    std::span<const D> row;
  };
  for (std::size_t p = 0; p < policy_table.size(); ++p)
    for (const bool rising : {false, true}) {
      moved[p].partial[0] = 1;
      const auto phase = policy_phases(std::span<const D>(moved));
      moved[p].partial[0] = 0;
      const auto row_of = [&](std::span<const double> values, const Derivatives& in, const auto& parameters,
                              D* out) {
        for (std::size_t k = 0; k < outcome_count; ++k) {
          out[k] = values[k];
          for (std::size_t i = 0; i < parameter_count; ++i) {
            const double speed = parameters[i].partial[0];
            if (speed == 0) continue;
            const auto& table = (speed > 0) == rising ? in.right : in.left;
            out[k].partial[0] += table[k * parameter_count + i] * speed;
          }
        }
        return std::span<const D>(out, outcome_count);
      };
      const Weighted pair[] = {
          {phase.window_weight, row_of(window_row, window, phase.window, rows.data())},
          {1.0 - phase.window_weight, row_of(end_row, end, phase.end, rows.data() + outcome_count)}};
      mix_outcomes(std::span<const OutcomeInfo>(outcome_table), std::span<const Weighted>(pair),
                   std::span<D>(mixed));
      auto& table = rising ? result.right : result.left;
      for (std::size_t k = 0; k < outcome_count; ++k)
        table[k * policy_table.size() + p] = std::isnan(mixed[k].value) ? undefined : mixed[k].partial[0];
    }
  return result;
}

}  // namespace schelling
