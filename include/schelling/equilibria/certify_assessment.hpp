#pragma once

#include <schelling/core/result.hpp>
#include <schelling/equilibria/consistency.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace schelling {

/// Equilibrium concepts of extensive games, each implied by the ones after it but for weak_pbe, which a
/// subgame-perfect equilibrium need not be, nor the reverse.
enum class Concept { nash, subgame_perfect, weak_pbe, sequential };
std::string_view to_string(Concept concept_);

/// Whether an assessment satisfies a concept: nothing where it cannot be decided. `reason` is the violation,
/// or what is missing; empty where it holds.
struct ConceptVerdict {
  std::optional<bool> holds;
  std::string reason;
};

/// What is known of an assessment of an extensive game. Gains are relative to the range of the player's
/// payoffs over the terminals.
template <class Scalar>
struct AssessmentCertificate {
  /// The largest one-shot gain over information sets that state beliefs or need none, the largest distance of
  /// a stated belief from Bayes' rule on the path of play, and consistency in words.
  Certificate summary;
  /// Per information set: the largest gain from another action there, given the beliefs and play thereafter
  /// as stated; nothing where beliefs are missing.
  std::vector<std::optional<Scalar>> one_shot_gain;
  /// Per player: the largest gain from another strategy in the whole game.
  std::vector<Scalar> ex_ante_gain;
  ConsistencyVerdict<Scalar> consistency;
  /// In the order of the enumeration.
  std::array<ConceptVerdict, 4> concepts;

  const ConceptVerdict& operator[](Concept concept_) const {
    return concepts[static_cast<std::size_t>(concept_)];
  }
};

template <class Scalar>
inline constexpr double default_certificate_tolerance =
    std::numeric_limits<Scalar>::is_exact ? 0.0 : tolerance::certificate;

/// Examines an assessment: gains by recursion over the tree (never through the normal form), Bayes' rule,
/// consistency.
///
/// nash: no gain from another strategy. subgame_perfect: none in any subgame, inner subgames being worth what
/// play gives. weak_pbe: at every information set no gain from another continuation given the beliefs, which
/// follow Bayes' rule on the path; by the one-shot principle the gain from another action suffices where all
/// later own sets are single nodes, elsewhere whole continuations are compared. sequential: the same, and
/// beliefs are consistent (`decide_consistency`).
///
/// @param tolerance largest gain (and distance from Bayes' rule) that counts as none; zero in exact
/// arithmetic
/// @throws InvalidArgument as `check_assessment` does
///
/// Shares no code with solvers. Cost: linear in the tree for each pass; whole continuations cost the sum of
/// the sizes of the subtrees below the information sets where they are compared.
template <class Scalar>
AssessmentCertificate<Scalar> certify(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment,
                                      double tolerance = default_certificate_tolerance<Scalar>);

/// The summary alone: the largest one-shot gain and the distance from Bayes' rule, in two passes over the tree. Where every
/// information set is a single node this decides subgame perfection. Consistency is not examined.
/// @throws InvalidArgument as `check_assessment` does
template <class Scalar>
Certificate certify_one_shot(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment);

/// The largest gain of a player from another strategy in the whole game, which decides Nash equilibrium, and the distance
/// from Bayes' rule. Consistency is not examined. Cost: a pass over the tree for each player.
/// @throws InvalidArgument as `check_assessment` does
template <class Scalar>
Certificate certify_ex_ante(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment);

extern template AssessmentCertificate<double> certify(const ExtensiveGame<double>&, const Assessment<double>&,
                                                      double);
extern template AssessmentCertificate<Rational> certify(const ExtensiveGame<Rational>&,
                                                        const Assessment<Rational>&, double);

extern template Certificate certify_one_shot(const ExtensiveGame<double>&, const Assessment<double>&);
extern template Certificate certify_one_shot(const ExtensiveGame<Rational>&, const Assessment<Rational>&);

extern template Certificate certify_ex_ante(const ExtensiveGame<double>&, const Assessment<double>&);
extern template Certificate certify_ex_ante(const ExtensiveGame<Rational>&, const Assessment<Rational>&);

}  // namespace schelling
