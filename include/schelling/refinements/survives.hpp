#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/refinements/verdict.hpp>

#include <cstddef>
#include <vector>

namespace schelling {

struct RefinementOptions {
  /// Most linear programs that one message may cost. Divinity looks at all 2^T groups of types and perfect
  /// sequentiality at 3^T sign patterns; games with more types than that are answered `undecided` unless this
  /// is raised.
  double work_limit = 1e6;
  /// Most cells into which the payoffs of one product are cut where they are not constant; beyond it the
  /// answer is `undecided`.
  std::size_t cell_limit = 10'000;

  /// @throws InvalidOptions naming the field.
  void validate() const;
  friend bool operator==(const RefinementOptions&, const RefinementOptions&) = default;
};

/// Whether one equilibrium outcome survives a refinement; `status` is all, none, undecided or not_applicable.
///
/// Decided exactly by linear programs in rational arithmetic over the facets of the complex of best replies.
/// Payoffs in double are read by their shortest decimals; the equilibrium's mixing is then known up to
/// rounding only, and where the verdict depends on it the status is undecided, with the hint to use exact
/// arithmetic.
///
/// `undefeated` compares with the other pure equilibria: it is undecided unless all `equilibria` are given,
/// and not applicable to outcomes that are not pure. `perfect_sequential` is not applicable where its
/// readings differ: a deviation confirms itself with a type that gains, while another belief, on indifferent
/// types only, deters. `neologism_proof` is not applicable unless talk is cheap.
///
/// @throws InvalidArgument if the outcome is not that of an equilibrium of the game, naming who deviates and
/// how; if the equilibria are those of another game; or if the game has more than 64 types or actions.
///
/// Known to be right by an oracle that evaluates the definitions on the exact arrangement of all
/// indifferences.
template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingOutcome<Scalar>& outcome,
                         Refinement refinement, const RefinementOptions& options = {},
                         const SignalingEquilibria<Scalar>* equilibria = nullptr);
template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingAssessment<Scalar>& assessment,
                         Refinement refinement, const RefinementOptions& options = {},
                         const SignalingEquilibria<Scalar>* equilibria = nullptr);

/// How much of a component of `equilibria` survives: all, part or none of its outcomes, undecided or
/// not_applicable.
///
/// Verdicts belong to outcomes, and in a component both the types' payoffs v and the unsent messages may
/// vary. A message sent somewhere in a product is tested where it is not. Where v varies it is cut into
/// relatively open cells between hyperplanes of indifference; all criteria are constant on each, so that one
/// point decides it (exact arithmetic only). `part` then says what survives, product by product. `undefeated`
/// is not applicable to components with more than one outcome, which are not pure.
///
/// @throws InvalidArgument if there is no such component.
template <class Scalar>
Verdict<Scalar> survives(const SignalingEquilibria<Scalar>& equilibria, std::size_t component,
                         Refinement refinement, const RefinementOptions& options = {});

/// The verdicts on all components, at less cost than one by one; undecided where the monitor stops the work.
template <class Scalar>
std::vector<Verdict<Scalar>> survives(const SignalingEquilibria<Scalar>& equilibria, Refinement refinement,
                                      const RefinementOptions& options, Monitor& monitor);

/// Which components `refine` keeps.
enum class Keep {
  all,  ///< those all of whose outcomes survive
  part  ///< those of which at least part survives
};

/// The components that survive. The result's message counts those that are left out because the refinement
/// does not say; if any is undecided the status is incomplete. Unless all survive the coverage is no longer
/// `all`: refine by `undefeated`, which compares equilibria, first.
template <class Scalar>
SignalingEquilibria<Scalar> refine(const SignalingEquilibria<Scalar>& equilibria, Refinement refinement,
                                   Keep keep, const RefinementOptions& options, Monitor& monitor);

}  // namespace schelling
