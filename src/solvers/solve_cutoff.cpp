#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_cutoff.hpp>
#include <schelling/numerics/tolerance.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include "solvers/cutoff/newton_search.hpp"
#include "solvers/cutoff/play.hpp"
#include "solvers/cutoff/scalar_search.hpp"

#include <algorithm>
#include <cmath>

namespace schelling {

namespace {

using namespace cutoff;

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

/// The ways of choosing off-path beliefs that are tried; under `any` a sample of what is admitted.
std::vector<OffPathRule> rules_of(BeliefRule rule) {
  using Kind = OffPathRule::Kind;
  switch (rule) {
    case BeliefRule::d1:
      return {{Kind::most_willing}};
    case BeliefRule::passive:
      return {{Kind::unchanged}};
    case BeliefRule::any:
      break;
  }
  std::vector<OffPathRule> rules{{Kind::most_willing}, {Kind::unchanged}};
  for (const double q : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) rules.push_back({Kind::quantile, q});
  return rules;
}

CutoffEquilibrium complete(const PrivateTypeGame& game, const Play& play) {
  const auto& tree = game.tree();
  double beyond = 0;
  for (const auto& s : play.strategy)
    for (const double c : s.cutoffs) beyond = std::max(beyond, std::abs(c));
  std::vector<std::optional<Distribution>> beliefs(index(tree.actions()));
  for (Index a = 0; a < tree.actions(); ++a)
    if (const auto& belief = play.beliefs[index(a)]; belief && belief->chosen)
      beliefs[index(a)] = belief->law(game.types(tree.set_player(tree.set_of_action(a))), beyond);
  auto equilibrium = assess(game, play.strategy, beliefs);
  equilibrium.certificate = certify(game, equilibrium);
  return equilibrium;
}

bool same_class(const CutoffEquilibrium& a, const CutoffEquilibrium& b) {
  for (std::size_t z = 0; z < a.outcome.size(); ++z)
    if (std::abs(a.outcome[z] - b.outcome[z]) > tolerance::same_outcome) return false;
  // Outcomes can agree only because something else has probability 0 or the types never matter: then the reached
  // choices have to agree as well.
  for (std::size_t k = 0; k < a.probabilities.size(); ++k)
    if (a.reached[k] != b.reached[k]) return false;
  return true;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string unknowns_text(const PlayMap& map) {
  const auto& tree = map.game().tree();
  std::string text;
  for (const auto& [what, set] : map.dependency().unknowns)
    text += (text.empty() ? "" : ", ") +
            std::string(what == Dependency::What::policy ? "the cutoff at '" : "the probabilities at '") +
            tree.set_label(set) + "'";
  return text.empty()
             ? "no unknown: one sweep"
             : counted(static_cast<std::size_t>(map.dependency().dimension), "unknown: ", "unknowns: ") +
                   text;
}

}  // namespace

std::string_view to_string(BeliefRule rule) {
  switch (rule) {
    case BeliefRule::any:
      return "any";
    case BeliefRule::passive:
      return "passive";
    case BeliefRule::d1:
      return "d1";
  }
  return "";
}

BeliefRule belief_rule(std::string_view name) {
  for (const auto rule : {BeliefRule::any, BeliefRule::passive, BeliefRule::d1})
    if (name == to_string(rule)) return rule;
  throw InvalidOptions(expectation(
      "belief", "'any', 'passive' or 'd1'",
      "'" + std::string(name) + "'" + (name == "intuitive" ? ", which solve_cutoff does not offer" : "")));
}

void CutoffOptions::validate() const {
  const auto require = [](bool holds, std::string_view field, std::string_view range,
                          const std::string& found) {
    if (!holds) throw InvalidOptions(expectation(field, range, found));
  };
  require(std::isfinite(tolerance) && tolerance > 0 && tolerance < 1, "tolerance", "a number between 0 and 1",
          schelling::to_text(tolerance));
  require(resolution >= 16 && resolution <= 1'000'000, "resolution", "16 to 1000000",
          std::to_string(resolution));
  require(starts >= 1, "starts", "at least 1", std::to_string(starts));
  require(limit >= 1, "limit", "at least 1", std::to_string(limit));
}

CutoffResult solve_cutoff(const PrivateTypeGame& game, const CutoffOptions& options, Monitor& monitor) {
  options.validate();
  CutoffResult result{game, options, {}, {}};
  result.info.seed = options.seed;
  const PlayMap map(game, find_dependency(game));
  const auto dimension = map.dependency().dimension;
  result.info.method = "best replies on upper envelopes; " + unknowns_text(map) +
                       (dimension > 1    ? "; Newton from many starts"
                        : dimension == 1 ? "; all sign changes on a refined grid"
                                         : "");

  SearchOutcome found;
  const auto rules = rules_of(options.belief);
  for (const auto& rule : rules) {
    if (!monitor.keep_going()) break;
    if (dimension == 0) {
      found.candidates.push_back(map.at({}, rule));
      found.off_path = found.off_path || found.candidates.back().off_path;
      ++found.evaluations;
    } else if (dimension == 1) {
      search_one_unknown(map, rule, options.resolution, monitor, found);
    } else {
      search_several_unknowns(map, rule, options, monitor, found);
    }
    // Beliefs that were never chosen make no difference.
    if (!found.off_path) break;
  }

  std::size_t refused = 0, undecided = 0;
  bool truncated = false;
  for (const auto& play : found.candidates) {
    if (options.belief == BeliefRule::d1 && play.undecided) {
      ++undecided;
      continue;
    }
    auto equilibrium = complete(game, play);
    if (!equilibrium.certificate.passes(options.tolerance)) {
      ++refused;
      continue;
    }
    const auto same = std::find_if(result.equilibria.begin(), result.equilibria.end(),
                                   [&](const auto& e) { return same_class(e, equilibrium); });
    if (same == result.equilibria.end()) {
      if (result.equilibria.size() < options.limit)
        result.equilibria.push_back(std::move(equilibrium));
      else
        truncated = true;
    } else if (std::max(equilibrium.certificate.max_regret, equilibrium.certificate.bayes_gap) <
               std::max(same->certificate.max_regret, same->certificate.bayes_gap)) {
      *same = std::move(equilibrium);
    }
  }
  std::sort(result.equilibria.begin(), result.equilibria.end(),
            [](const auto& a, const auto& b) { return a.outcome > b.outcome; });

  auto& info = result.info;
  info.status = truncated                   ? Status::truncated
                : result.equilibria.empty() ? Status::incomplete
                                            : Status::solved;
  if (const auto stopped = monitor.stopped()) info.status = *stopped;
  info.message = counted(result.equilibria.size(), "outcome class", "outcome classes") + " from " +
                 counted(found.evaluations, "evaluation", "evaluations") + " of the best-reply map";
  if (refused > 0)
    info.message += "; " + counted(refused, "candidate", "candidates") + " did not pass the certificate";
  if (undecided > 0)
    info.message += "; " + counted(undecided, "candidate", "candidates") +
                    " left out because D1 was not decided for them";
  if (found.lost_jumps > 0)
    info.message += "; " + counted(found.lost_jumps, "jump", "jumps") + " of off-path beliefs not followed";
  if (found.continuum) info.message += "; a continuum of equilibria showed, of which a few are returned";
  if (options.belief == BeliefRule::any && found.off_path) info.message += "; off-path beliefs were sampled";
  info.message += dimension == 0 ? "; ties that no player minds are broken one way"
                                 : "; equilibria between the points looked at can be missed";
  return result;
}

CutoffResult solve_cutoff(const PrivateTypeGame& game, const CutoffOptions& options) {
  Monitor monitor;
  return solve_cutoff(game, options, monitor);
}

std::string CutoffResult::to_text(bool full) const {
  std::string text = std::string(to_string(info.status)) + ": " + info.message + "\n(" + info.method +
                     "; coverage " + std::string(to_string(info.coverage)) + ", " +
                     (info.proven ? "proven" : "not proven") + ")\n";
  for (const auto& e : equilibria) text += e.to_text(full);
  return text;
}

}  // namespace schelling
