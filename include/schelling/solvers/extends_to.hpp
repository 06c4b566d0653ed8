#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/nash_equilibria.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace schelling {

struct ExtensionOptions {
  /// Largest number of partial supports off the path that are tried for one equilibrium before it stays undecided.
  std::size_t support_limit = 20'000;

  /// Throws InvalidOptions naming the field.
  void validate() const;
};

/// Whether an equilibrium of a tree can be completed off its path to one of a finer concept.
template <class Scalar>
struct ExtensionVerdict {
  enum class Answer { yes, no, undecided };
  Answer answer = Answer::undecided;
  Concept concept_ = Concept::sequential;
  /// no: which information set or subgame stands in the way; undecided: what is missing.
  std::string reason;
  /// yes: the assessment, certified at the concept by `certify`.
  std::optional<ExtensiveEquilibrium<Scalar>> witness;
  /// Partial supports off the path that were refuted, each by linear programs whose certificates are verified.
  std::size_t refuted = 0;
};

/// Decides whether a pair of realisation plans extends to a subgame-perfect or to a sequential equilibrium: whether
/// there are behaviour at the information sets that a player's own moves exclude, and beliefs, under which the
/// plans are part of one.
///
/// In a two-player game with perfect recall the nodes of an information set have one own sequence, so that its
/// beliefs depend on the other player's trembles and on chance alone. By Kuhn (1953) and by Blume, Brandenburger
/// and Dekel (1991) these trembles are a list of plans x0, x1, ..., each infinitely more likely than the next: an
/// information set is judged by the first of them that reaches it. With the supports at all information sets
/// fixed, what is asked of each plan is linear, and the sets that it can reach have a greatest union, so that the
/// list is found from the front, one linear program a step, for each player apart from the other. Supports are
/// tried depth first, refuting partial ones; where every information set is allowed by its player's own plan, as
/// in signalling games, there is one support and nothing to try. For subgame perfection the same holds with
/// subgames in the place of information sets.
///
/// The search is exact and answers yes or no, but for more supports than `options.support_limit`, for more than
/// 12 actions at an information set that no plan fixes, for a game in which chance moves of probability zero lead
/// to decisions, and if the monitor stops it.
///
/// @param pair numbers of the plans in `equilibria.strategies`, e.g. from a component's `extreme`
/// @param concept_ Concept::subgame_perfect or Concept::sequential
/// @throws InvalidArgument for another concept
template <class Scalar>
ExtensionVerdict<Scalar> extends_to(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                    std::array<std::size_t, 2> pair, Concept concept_,
                                    const ExtensionOptions& options, Monitor& monitor);

/// The same for a component: yes if some equilibrium of it extends. It is enough to look at the pairs of plans
/// that the component lists: the equilibria that extend with given supports form a product of faces of the
/// players' polyhedra, whose vertices extend as well.
template <class Scalar>
ExtensionVerdict<Scalar> extends_to(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                    const NashComponent& component, Concept concept_,
                                    const ExtensionOptions& options, Monitor& monitor);

template <class Scalar, class Of>
ExtensionVerdict<Scalar> extends_to(const ExtensiveNashEquilibria<Scalar>& equilibria, const Of& of,
                                    Concept concept_, const ExtensionOptions& options = {}) {
  Monitor monitor;
  return extends_to(equilibria, of, concept_, options, monitor);
}

extern template ExtensionVerdict<double> extends_to(const ExtensiveNashEquilibria<double>&,
                                                    std::array<std::size_t, 2>, Concept,
                                                    const ExtensionOptions&, Monitor&);
extern template ExtensionVerdict<Rational> extends_to(const ExtensiveNashEquilibria<Rational>&,
                                                      std::array<std::size_t, 2>, Concept,
                                                      const ExtensionOptions&, Monitor&);
extern template ExtensionVerdict<double> extends_to(const ExtensiveNashEquilibria<double>&,
                                                    const NashComponent&, Concept, const ExtensionOptions&,
                                                    Monitor&);
extern template ExtensionVerdict<Rational> extends_to(const ExtensiveNashEquilibria<Rational>&,
                                                      const NashComponent&, Concept, const ExtensionOptions&,
                                                      Monitor&);

}  // namespace schelling
