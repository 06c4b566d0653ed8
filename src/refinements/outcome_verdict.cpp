#include "outcome_verdict.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <cmath>

namespace schelling::refinements {

bool is_cheap_talk(const SignalingGame<Rational>& game) {
  for (int t = 0; t < game.types(); ++t)
    for (int m = 1; m < game.messages(); ++m)
      for (int a = 0; a < game.actions(); ++a)
        if (game.sender(t, m, a) != game.sender(t, 0, a) || game.receiver(t, m, a) != game.receiver(t, 0, a))
          return false;
  return true;
}

namespace {

/// How many linear programs a message may take where that grows exponentially with the types.
double work(const UnsentMessage& message, Refinement refinement) {
  const double base = refinement == Refinement::perfect_sequential ? 3 : 2;
  return std::pow(base, message.game().types());
}

bool is_exponential(Refinement refinement) {
  return refinement == Refinement::divinity || refinement == Refinement::perfect_sequential ||
         refinement == Refinement::neologism_proof;
}

}  // namespace

MessageVerdict test_message(const UnsentMessage& message, Refinement refinement,
                            const RefinementOptions& options) {
  if (is_exponential(refinement) && work(message, refinement) > options.work_limit)
    throw TooMuchWork(expectation("work_limit",
                                  "at least " + to_text(work(message, refinement)) + " for " +
                                      std::to_string(message.game().types()) + " types",
                                  to_text(options.work_limit)));
  switch (refinement) {
    case Refinement::intuitive:
      return test_intuitive(message, false);
    case Refinement::intuitive_iterated:
      return test_intuitive(message, true);
    case Refinement::equilibrium_dominance:
      return test_equilibrium_dominance(message);
    case Refinement::d1:
      return test_temptation(message, Temptation::d1, false);
    case Refinement::d2:
      return test_temptation(message, Temptation::d2, false);
    case Refinement::nwbr:
      return test_temptation(message, Temptation::nwbr, false);
    case Refinement::d1_iterated:
      return test_temptation(message, Temptation::d1, true);
    // Divine for every prior is D2 repeated: a type with a reply that tempts it alone, or that leaves it
    // indifferent and tempts nobody, has a point mass among the posteriors for every prior; any other type's
    // weight goes to zero with its prior probability.
    case Refinement::universal_divinity:
      return test_temptation(message, Temptation::d2, true);
    case Refinement::nwbr_iterated:
      return test_temptation(message, Temptation::nwbr, true);
    case Refinement::divinity:
      return test_divinity(message);
    case Refinement::perfect_sequential:
      return test_perfect_sequential(message);
    case Refinement::neologism_proof:
      return test_neologism_proof(message);
    case Refinement::undefeated:
      break;
  }
  throw std::logic_error("undefeated is not decided message by message alone");
}

Verdict<Rational> without_answer(Refinement refinement, Survival status, std::string reason) {
  Verdict<Rational> verdict;
  verdict.refinement = refinement;
  verdict.status = status;
  verdict.reason = std::move(reason);
  return verdict;
}

namespace {

/// The messages to test: those that nobody sends, but for cheap talk one new message that means what the
/// group claims.
std::vector<int> tested_messages(const ExactOutcome& outcome, Refinement refinement) {
  if (refinement == Refinement::neologism_proof) return {0};
  return outcome.unsent();
}

}  // namespace

Verdict<Rational> outcome_verdict(BestReplies& best_replies, const ExactOutcome& outcome,
                                  Refinement refinement, const RefinementOptions& options,
                                  const std::function<const std::vector<PureOutcome>*()>& rivals) {
  if (refinement == Refinement::neologism_proof && !is_cheap_talk(best_replies.game()))
    return without_answer(refinement, Survival::not_applicable,
                          "payoffs depend on the message, so talk is not cheap");
  const auto messages = tested_messages(outcome, refinement);
  const std::vector<PureOutcome>* known = nullptr;
  if (refinement == Refinement::undefeated) {
    if (!outcome.is_pure)
      return without_answer(refinement, Survival::not_applicable,
                            "the outcome is not pure; the concept compares pure equilibria");
    for (const int m : messages)
      if (!has_pure_deterrent(UnsentMessage(best_replies, outcome.payoffs, m)))
        return without_answer(refinement, Survival::not_applicable,
                              "no pure reply to " +
                                  best_replies.game().labels().messages[static_cast<std::size_t>(m)] +
                                  " supports the outcome; the concept compares pure equilibria");
    if (!messages.empty() && !(known = rivals()))
      return without_answer(refinement, Survival::undecided,
                            "all equilibria are needed to find those that may defeat this one");
  }

  Verdict<Rational> verdict;
  verdict.refinement = refinement;
  verdict.status = Survival::all;
  std::string ambiguity;
  for (const int m : messages) {
    const UnsentMessage message(best_replies, outcome.payoffs, m);
    auto tested = refinement == Refinement::undefeated ? test_undefeated(message, outcome.payoffs, *known)
                                                       : test_message(message, refinement, options);
    verdict.rounds = std::max(verdict.rounds, tested.rounds);
    if (tested.ambiguous) {
      ambiguity = tested.witness.explanation;
      continue;
    }
    if (!tested.passes()) {
      verdict.status = Survival::none;
      verdict.reason = tested.witness.explanation;
      verdict.witness = {std::move(tested.witness)};
      return verdict;
    }
    verdict.reason += (verdict.reason.empty() ? "" : "; ") + tested.witness.explanation;
    verdict.witness.push_back(std::move(tested.witness));
  }
  if (!ambiguity.empty()) {
    verdict.status = Survival::not_applicable;
    verdict.witness.clear();
    verdict.reason = ambiguity + ambiguous_ending;
  }
  if (messages.empty()) verdict.reason = "every message is sent";
  return verdict;
}

Verdict<Rational> decided(Refinement refinement, const std::function<Verdict<Rational>()>& decide) {
  try {
    return decide();
  } catch (const UnclearComparison& unclear) {
    return without_answer(refinement, Survival::undecided,
                          std::string(unclear.what()) + ": use exact arithmetic");
  } catch (const TooMuchWork& limit) {
    return without_answer(refinement, Survival::undecided, limit.what());
  }
}

Verdict<double> rounded(const Verdict<Rational>& verdict) {
  Verdict<double> result;
  result.refinement = verdict.refinement;
  result.status = verdict.status;
  result.reason = verdict.reason;
  result.rounds = verdict.rounds;
  const auto round = [](const std::vector<Rational>& values) {
    std::vector<double> numbers;
    for (const auto& value : values) numbers.push_back(to_double(value));
    return numbers;
  };
  for (const auto& witness : verdict.witness) {
    RefinementWitness<double> rounded_witness{witness.message,       witness.passes,       witness.types,
                                              round(witness.belief), round(witness.reply), {},
                                              witness.explanation};
    for (const auto& exclusion : witness.excluded)
      rounded_witness.excluded.push_back({exclusion.type, exclusion.by, exclusion.round});
    result.witness.push_back(std::move(rounded_witness));
  }
  for (const auto& part : verdict.part) {
    SurvivingPart<double> rounded_part{part.product, {}};
    for (const auto& cell : part.cells) {
      SurvivingPart<double>::Cell rounded_cell{{}, round(cell.payoff)};
      for (const auto& condition : cell.conditions)
        rounded_cell.conditions.push_back(
            {round(condition.coefficients), to_double(condition.constant), condition.sign, condition.strict});
      rounded_part.cells.push_back(std::move(rounded_cell));
    }
    result.part.push_back(std::move(rounded_part));
  }
  return result;
}

}  // namespace schelling::refinements
