#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/refinements/verdict.hpp>

#include <cstddef>

namespace schelling {

struct RefinementOptions {
  /// Most linear programs that one message may cost. Divinity looks at all 2^T groups of types and perfect sequentiality
  /// at 3^T sign patterns; games with more types than that are answered `undecided` unless this is raised.
  double work_limit = 1e6;

  /// @throws InvalidOptions naming the field.
  void validate() const;
  friend bool operator==(const RefinementOptions&, const RefinementOptions&) = default;
};

/// Whether one equilibrium outcome survives a refinement; `status` is all, none, undecided or not_applicable.
///
/// Decided exactly by linear programs in rational arithmetic over the facets of the complex of best replies. Payoffs in
/// double are read by their shortest decimals; the equilibrium's mixing is then known up to rounding only, and where the
/// verdict depends on it the status is undecided, with the hint to use exact arithmetic.
///
/// `undefeated` compares with the other pure equilibria: it is undecided unless all `equilibria` are given, and not
/// applicable to outcomes that are not pure. `perfect_sequential` is not applicable where its readings differ: a
/// deviation confirms itself with a type that gains, while another belief, on indifferent types only, deters.
/// `neologism_proof` is not applicable unless talk is cheap.
///
/// @throws InvalidArgument if the outcome is not that of an equilibrium of the game, naming who deviates and how; or if
///   the game has more than 64 types or actions.
///
/// Known to be right by an oracle that evaluates the definitions on the exact arrangement of all indifferences.
template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingOutcome<Scalar>& outcome, Refinement refinement,
                         const RefinementOptions& options = {}, const SignalingEquilibria<Scalar>* equilibria = nullptr);
template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingAssessment<Scalar>& assessment,
                         Refinement refinement, const RefinementOptions& options = {},
                         const SignalingEquilibria<Scalar>* equilibria = nullptr);

}  // namespace schelling
