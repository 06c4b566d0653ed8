#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include "models/extended_deterrence/audit.hpp"
#include "models/extended_deterrence/cutoffs.hpp"
#include "models/extended_deterrence/outcomes.hpp"

namespace schelling {

using namespace extended_deterrence;

std::string_view to_string(EscalationTiming timing) {
  return timing == EscalationTiming::failing ? "failing" : "onset";
}

EscalationTiming escalation_timing(std::string_view word) {
  for (const auto timing : {EscalationTiming::failing, EscalationTiming::onset})
    if (word == to_string(timing)) return timing;
  throw InvalidOptions(expectation("timing", "'failing' or 'onset'", "'" + std::string(word) + "'"));
}

const ModelInfo& ExtendedDeterrence::info() const {
  static constexpr std::string_view assumptions[] = {
      "the three costs of war are private, lognormal and independent; everything else is common knowledge",
      "each player values its own stake at 1; payoffs of different players are compared at the exchange rate "
      "only",
      "one opportunity to attack; the policy is given, not chosen",
      "engagement by forward presence cannot be reversed",
      "off the path the belief is that of D1: an attacker is the type with the lowest cost"};
  static constexpr std::string_view not_for[] = {
      "forecasts: the defaults are an analyst's judgement and none is estimated",
      "wars that are already under way",
      "resolve that differs in the value of the prize rather than in the cost of war",
      "which policy the defender would choose, or what a choice would signal"};
  static constexpr ModelInfo info{
      .name = "ExtendedDeterrence",
      .title = "Extended deterrence of an attack on a protege, with aid, escalation and private costs of war",
      .citation = "schelling contributors (2026), model ExtendedDeterrence of the library schelling",
      .bibtex =
          "@misc{schelling_extended_deterrence,\n  author = {{schelling contributors}},\n  title = {Extended "
          "deterrence "
          "of an attack on a protege, with aid, escalation and private costs of war},\n  year = {2026},\n  "
          "note = "
          "{Model ExtendedDeterrence of the library schelling}\n}",
      .assumptions = assumptions,
      .not_for = not_for,
      .engine =
          "zeros of the marginal attacker's gain: the affine piece in closed form, the smooth pieces by "
          "adaptive "
          "interpolation; coverage some; every equilibrium certified from the terminal payoffs"};
  return info;
}

std::span<const ParameterInfo> ExtendedDeterrence::parameters() const { return parameter_table; }
std::span<const OutcomeInfo> ExtendedDeterrence::outcomes() const { return outcome_table; }

void ExtendedDeterrence::solve(std::span<const double> point, Records& out) const {
  out.clear();
  const PhaseGame<double> game(point, timing_);
  const CutoffList found = find_cutoffs(game);
  const Audit audit(point, timing_);
  out.status = found.status;
  for (std::size_t i = 0; i < found.size; ++i) {
    const auto& [x, piece, slope] = found.items[i];
    std::array<double, outcome_count> row;
    const auto reply = best_replies(game, escalator_beliefs(game, x, piece), piece.aids);
    fill_outcomes<double>(game, x, reply, piece, slope, row);
    const auto [max_regret, bayes_gap] = audit(row);
    std::copy(row.begin(), row.end(), out.append(max_regret, bayes_gap).begin());
    const bool certified = max_regret <= certificate_tolerance && bayes_gap <= certificate_tolerance;
    if (!certified && out.status == Status::solved) out.status = Status::incomplete;
  }
}

double ExtendedDeterrence::attack_gain(std::span<const double> point, double cutoff) const {
  check_point(parameter_table, point);
  const PhaseGame<double> game(point, timing_);
  return extended_deterrence::attack_gain(game, cutoff, piece_at(game, cutoff));
}

Certificate ExtendedDeterrence::certify(std::span<const double> point, std::span<const double> row) const {
  check_point(parameter_table, point);
  if (row.size() != outcome_count)
    throw InvalidArgument(
        expectation("row", std::to_string(outcome_count) + " outcomes", std::to_string(row.size())));
  const auto [max_regret, bayes_gap] = Audit(point, timing_)(row);
  return {max_regret, bayes_gap,
          "off the path the belief of D1: an attacker is the type with the lowest cost"};
}

}  // namespace schelling
