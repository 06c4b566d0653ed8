#pragma once

#include <schelling/refinements/refinement.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// How much of what was asked about survives a refinement.
enum class Survival {
  all,            ///< every outcome
  part,           ///< some outcomes; `Verdict::part` says which
  none,           ///< no outcome
  undecided,      ///< `Verdict::reason` says what is missing
  not_applicable  ///< the concept does not say; `Verdict::reason` says why
};
std::string_view to_string(Survival survival);

/// What decides a refinement after one message that no type sends.
///
/// `belief` is admissible under the refinement and `reply` a best reply to it. If the refinement fails here,
/// `reply` is the least tempting such reply and `types` are those it still tempts; if it passes, `types` is
/// empty and `reply` keeps every type where it is. Perfect sequentiality, neologism proofness and
/// undefeatedness fail by a belief that confirms itself: `types` are then the types who gain by the message
/// and are believed to.
template <class Scalar>
struct RefinementWitness {
  struct Exclusion {
    int type = 0;
    std::optional<int> by;  ///< the type that is tempted whenever `type` is, where one type alone is
    int round = 1;
  };
  int message = 0;
  bool passes = false;
  std::vector<int> types;
  std::vector<Scalar> belief;       ///< [t]; empty if no belief is admissible
  std::vector<Scalar> reply;        ///< [a]; empty if no belief is admissible
  std::vector<Exclusion> excluded;  ///< types on whom the belief may not rest
  std::string explanation;          ///< one sentence, in the labels of the game
};

/// A restriction on the types' equilibrium payoffs v: with h = sum_t coefficients[t] v_t + constant, h = 0 if
/// `sign` is 0, else sign * h > 0, or >= 0 unless `strict`.
template <class Scalar>
struct PayoffCondition {
  std::vector<Scalar> coefficients;
  Scalar constant;
  int sign = 0;
  bool strict = true;
};

/// A part of a product that survives: all of its sender strategies, with those of its reply rules that give
/// payoffs in one of the cells; with all of them if there are no cells.
template <class Scalar>
struct SurvivingPart {
  struct Cell {
    std::vector<PayoffCondition<Scalar>> conditions;  ///< within the payoffs of the product
    std::vector<Scalar> payoff;                       ///< [t] a point of the cell
  };
  std::size_t product = 0;
  std::vector<Cell> cells;
};

/// Whether outcomes survive a refinement, and why.
template <class Scalar>
struct Verdict {
  Refinement refinement = Refinement::intuitive;
  Survival status = Survival::undecided;
  std::string reason;
  /// The first message at which an outcome fails; if all survive, one entry for each unsent message.
  std::vector<RefinementWitness<Scalar>> witness;
  /// If only part of a component survives: which part.
  std::vector<SurvivingPart<Scalar>> part;
  /// The largest number of rounds of exclusion after which nothing changed any more, over the messages
  /// tested.
  int rounds = 0;

  bool survives() const { return status == Survival::all; }
  bool fails() const { return status == Survival::none; }
};

}  // namespace schelling
