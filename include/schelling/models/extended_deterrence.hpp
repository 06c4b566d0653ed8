#pragma once

#include <schelling/core/result.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>
#include <schelling/models/model.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace schelling {

/// When the challenger can escalate a war that the defender fights or aids.
enum class EscalationTiming {
  failing,  ///< when its campaign fails: gambling for resurrection
  onset     ///< as soon as the defender is engaged
};

std::string_view to_string(EscalationTiming timing);
/// @throws InvalidOptions for another word than "failing" or "onset".
EscalationTiming escalation_timing(std::string_view word);

/// Exact derivatives of an equilibrium's outcomes in the parameters, by the implicit function theorem.
///
/// `left` and `right` are row-major [outcomes, parameters], one-sided; they differ only where the equilibrium
/// lies on a kink. At a fold, where two equilibria meet and the theorem fails, `singular` is set and every
/// number is NaN. The last outcome, a derivative itself, has none: NaN.
struct Derivatives {
  std::size_t outcomes = 0, parameters = 0;
  bool singular = false;
  std::vector<double> left, right;
};

/// Deterrence of an attack on a protege whom a defender may aid or fight for, with the challenger's, the
/// defender's and the protege's cost of war private and lognormal.
///
/// The challenger attacks or refrains; the protege concedes or resists; forward presence may engage the
/// defender, who otherwise intervenes, aids or abandons; the challenger may escalate. An equilibrium under D1
/// is a zero x of the gain R(x) of the marginal attacker when all types up to x attack, or x = 0 (nobody
/// attacks) where R(0+) <= 0. R is affine up to the smallest positive escalation cutoff and smooth between
/// finitely many known kinks; the solver takes the affine piece in closed form and separates the other zeros
/// by interpolation with an error estimate, so its coverage is `some`: what it can miss are pairs of zeros
/// that almost touch, and those it reports as `degenerate`.
///
/// Every equilibrium is certified by a walk through the game from its terminal payoffs, which shares no code
/// with the solver; a point where a certificate fails has the status `incomplete`.
class ExtendedDeterrence final : public Model {
 public:
  explicit ExtendedDeterrence(EscalationTiming timing = EscalationTiming::failing) : timing_(timing) {}

  EscalationTiming timing() const { return timing_; }
  const ModelInfo& info() const override;
  std::span<const ParameterInfo> parameters() const override;
  std::span<const OutcomeInfo> outcomes() const override;
  void solve(std::span<const double> point, Records& out) const override;

  /// The phase as a game tree. Its information sets are "attack", "resistance", "defender's choice" and
  /// "escalation after intervention", "... engagement" (with forward presence) and "... aid".
  PrivateTypeGame game(std::span<const double> point) const;

  /// The equilibrium with the cutoffs of a row of outcomes, as an assessment of `game(point)` with its certificate.
  CutoffEquilibrium assessment(std::span<const double> point, std::span<const double> row) const;

  /// R(x): what the type x gains by attacking, relative to refraining, when all types up to x attack.
  double attack_gain(std::span<const double> point, double cutoff) const;

  /// Regret and Bayes gap of a row of outcomes as an equilibrium of this point, computed from the terminal
  /// payoffs by the row's cutoffs, beliefs and choice probabilities alone.
  Certificate certify(std::span<const double> point, std::span<const double> row) const;

  /// Comparative statics at the equilibrium whose outcomes are `row`.
  /// @throws InvalidArgument if the row is not an equilibrium of this point.
  Derivatives derivatives(std::span<const double> point, std::span<const double> row) const;

 private:
  EscalationTiming timing_;
};

/// A policy that becomes effective after a lag: one phase before accession (the window), one after it (the
/// end state).
///
/// The challenger has one opportunity to attack, which falls into the window with the probability of an
/// exponential waiting time; which phase it is, is common knowledge. Each phase is a game of
/// `ExtendedDeterrence`; letting an opportunity in the window pass means living with the alignment of window
/// and end state, discounted. The parameters are those of one phase (the end state), the window's attributes,
/// the lag, the mean waiting time and the discount rate. Equilibria are all pairs (window, end), window by
/// window; outcomes are formed from each pair by `mix`.
class ExtendedDeterrencePolicy final : public Model {
 public:
  explicit ExtendedDeterrencePolicy(EscalationTiming timing = EscalationTiming::failing) : phase_(timing) {}

  EscalationTiming timing() const { return phase_.timing(); }
  const ModelInfo& info() const override { return phase_.info(); }
  std::span<const ParameterInfo> parameters() const override;
  std::span<const OutcomeInfo> outcomes() const override { return phase_.outcomes(); }
  void solve(std::span<const double> point, Records& out) const override;

  /// The two phases' points of `ExtendedDeterrence` and the probability of the window.
  struct Phases {
    double window_weight;
    std::vector<double> window, end;
  };
  Phases phases(std::span<const double> point) const;

  /// Comparative statics of the pair of equilibria with these outcomes in the window and in the end state.
  Derivatives derivatives(std::span<const double> point, std::span<const double> window_row,
                          std::span<const double> end_row) const;

 private:
  ExtendedDeterrence phase_;
};

}  // namespace schelling
