#include "outcome_verdict.hpp"

#include <schelling/core/error.hpp>

namespace schelling {

std::string_view to_string(Survival survival) {
  switch (survival) {
    case Survival::all:
      return "all";
    case Survival::part:
      return "part";
    case Survival::none:
      return "none";
    case Survival::undecided:
      return "undecided";
    case Survival::not_applicable:
      return "not_applicable";
  }
  return "";
}

void RefinementOptions::validate() const {
  if (!(work_limit > 0))
    throw InvalidOptions(expectation("work_limit", "a positive number", to_text(work_limit)));
  if (cell_limit == 0) throw InvalidOptions(expectation("cell_limit", "at least one cell", "0"));
}

template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingOutcome<Scalar>& outcome,
                         Refinement refinement, const RefinementOptions& options,
                         const SignalingEquilibria<Scalar>* equilibria) {
  using namespace refinements;
  options.validate();
  if (equilibria && !(equilibria->game == game))
    throw InvalidArgument(expectation("equilibria", "those of the same game", "those of another one"));
  BestReplies best_replies(exact_game(game));
  std::optional<std::vector<PureOutcome>> rivals;
  const auto find_rivals = [&]() -> const std::vector<PureOutcome>* {
    if (!equilibria || !equilibria->complete()) return nullptr;
    if (!rivals) rivals = pure_outcomes(best_replies, *equilibria);
    return &*rivals;
  };
  const auto verdict = decided(refinement, [&] {
    return outcome_verdict(best_replies, read_outcome(best_replies, game, outcome), refinement, options,
                           find_rivals);
  });
  return rounded_to(verdict, static_cast<const Scalar*>(nullptr));
}

template <class Scalar>
Verdict<Scalar> survives(const SignalingGame<Scalar>& game, const SignalingAssessment<Scalar>& assessment,
                         Refinement refinement, const RefinementOptions& options,
                         const SignalingEquilibria<Scalar>* equilibria) {
  return survives(game, outcome(game, assessment), refinement, options, equilibria);
}

template Verdict<double> survives(const SignalingGame<double>&, const SignalingOutcome<double>&, Refinement,
                                  const RefinementOptions&, const SignalingEquilibria<double>*);
template Verdict<Rational> survives(const SignalingGame<Rational>&, const SignalingOutcome<Rational>&,
                                    Refinement, const RefinementOptions&,
                                    const SignalingEquilibria<Rational>*);
template Verdict<double> survives(const SignalingGame<double>&, const SignalingAssessment<double>&,
                                  Refinement, const RefinementOptions&, const SignalingEquilibria<double>*);
template Verdict<Rational> survives(const SignalingGame<Rational>&, const SignalingAssessment<Rational>&,
                                    Refinement, const RefinementOptions&,
                                    const SignalingEquilibria<Rational>*);

}  // namespace schelling
