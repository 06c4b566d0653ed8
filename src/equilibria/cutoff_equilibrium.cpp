#include <schelling/core/error.hpp>
#include <schelling/equilibria/cutoff_equilibrium.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace schelling {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Below this a conditional probability would be a quotient of denormal numbers.
constexpr double smallest_mass = 1e-290;

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// The types of a law that are left when each is kept with the probability that its choice gives.
struct Kept {
  std::vector<Distribution::Atom> atoms;
  std::vector<Distribution::Part> parts;
  double mass = 0;
};

Kept keep(const Distribution& law, const Distribution& prior, const StepStrategy& strategy,
          std::size_t action) {
  Kept kept;
  for (const auto& part : law.parts()) {
    const Distribution alone({}, {{part.family, part.parameters, part.lower, part.upper, 1}});
    for (std::size_t k = 0; k < strategy.cells.size(); ++k) {
      const double choice = strategy.cells[k][action];
      const double low = std::max(part.lower, k == 0 ? -infinity : strategy.cutoffs[k - 1]);
      const double high = std::min(part.upper, k == strategy.cutoffs.size() ? infinity : strategy.cutoffs[k]);
      if (!(choice > 0 && low < high)) continue;
      const double weight = part.weight * choice * alone.continuous_mass(low, high);
      if (weight < smallest_mass) continue;
      kept.parts.push_back({part.family, part.parameters, low, high, weight});
      kept.mass += weight;
    }
  }
  const auto prior_atoms = prior.atoms();
  for (const auto& atom : law.atoms()) {
    const auto own = std::find_if(prior_atoms.begin(), prior_atoms.end(),
                                  [&](const auto& a) { return a.value == atom.value; });
    const auto& choice = own == prior_atoms.end()
                             ? strategy.cells[strategy.cell_of(atom.value)]
                             : strategy.atoms[static_cast<std::size_t>(own - prior_atoms.begin())];
    const double weight = atom.weight * choice[action];
    if (weight < smallest_mass) continue;
    kept.atoms.push_back({atom.value, weight});
    kept.mass += weight;
  }
  return kept;
}

Distribution conditional(Kept kept) {
  for (auto& atom : kept.atoms) atom.weight /= kept.mass;
  for (auto& part : kept.parts) part.weight /= kept.mass;
  return Distribution(std::move(kept.atoms), std::move(kept.parts));
}

void check_strategy(const PrivateTypeGame& game, Index set, const StepStrategy& s) {
  const auto& tree = game.tree();
  const std::string what = "strategy at '" + tree.set_label(set) + "'";
  const auto expect = [&](std::string_view field, std::size_t expected, std::size_t found) {
    if (expected != found)
      throw InvalidArgument(expectation(what + ": number of " + std::string(field), std::to_string(expected),
                                        std::to_string(found)));
  };
  expect("cells", s.cutoffs.size() + 1, s.cells.size());
  expect("atoms", game.types(tree.set_player(set)).atoms().size(), s.atoms.size());
  if (!std::is_sorted(s.cutoffs.begin(), s.cutoffs.end()))
    throw InvalidArgument(expectation(what + ": cutoffs", "ascending numbers", "others"));
  for (const auto* rows : {&s.cells, &s.atoms})
    for (const auto& row : *rows) {
      expect("choice probabilities", at(tree.actions(set)), row.size());
      double sum = 0;
      for (const double p : row) {
        if (!(p >= 0 && p <= 1))
          throw InvalidArgument(expectation(what + ": choice probability", "a number in [0, 1]", to_text(p)));
        sum += p;
      }
      if (!(std::abs(sum - 1) <= tolerance::probability_sum))
        throw InvalidArgument(expectation(what + ": choice probabilities", "a sum of 1", to_text(sum)));
    }
}

/// Reads the kind from the sets that play reaches, counting only types that are there.
CutoffKind kind_of(const CutoffEquilibrium& e) {
  const auto& tree = e.game.tree();
  std::vector<double> reach(at(tree.nodes()), 1.0);
  for (Index n = 1; n < tree.nodes(); ++n) {
    const Index parent = tree.parent(n), set = tree.information_set(parent), move = tree.move_from_parent(n);
    reach[at(n)] =
        reach[at(parent)] * (set == none ? e.game.probability(parent, move) : e.probability(set, move));
  }
  bool varies = false, mixes = false, several = false;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    if (!(reach[at(e.game.public_node(set))] > 0)) continue;
    const auto belief = e.belief(set);
    if (!belief) continue;
    const auto& s = e.strategy[at(set)];
    std::vector<std::pair<double, const std::vector<double>*>> present;
    for (std::size_t k = 0; k < s.cells.size(); ++k) {
      const double low = k == 0 ? -infinity : s.cutoffs[k - 1],
                   high = k == s.cutoffs.size() ? infinity : s.cutoffs[k];
      if (belief->continuous_mass(low, high) > 0) present.emplace_back(high, &s.cells[k]);
    }
    const auto atoms = e.game.types(tree.set_player(set)).atoms();
    for (std::size_t k = 0; k < atoms.size(); ++k)
      if (belief->atom_weight(atoms[k].value) > 0) {
        present.emplace_back(atoms[k].value, &s.atoms[k]);
        mixes = mixes ||
                std::any_of(s.atoms[k].begin(), s.atoms[k].end(), [](double p) { return p > 0 && p < 1; });
      }
    std::sort(present.begin(), present.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& entry : present) varies = varies || *entry.second != *present[0].second;
    for (Index a = 0; a < tree.actions(set); ++a) {
      int runs = 0;
      bool inside = false;
      for (const auto& entry : present) {
        const bool takes = (*entry.second)[at(a)] > 0;
        runs += takes && !inside;
        inside = takes;
      }
      several = several || runs > 1;
    }
  }
  if (!varies && !mixes) return CutoffKind::pooling;
  return mixes ? CutoffKind::mixed : several ? CutoffKind::intervals : CutoffKind::cutoff;
}

std::string rounded(double x) {
  if (!std::isfinite(x)) return to_text(x);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", x);
  return buffer;
}

std::string choice_text(const GameTree& tree, Index set, const std::vector<double>& choice) {
  std::string text;
  for (Index a = 0; a < tree.actions(set); ++a) {
    const double p = choice[at(a)];
    if (p == 0) continue;
    if (!text.empty()) text += " or ";
    text += tree.action_label(set, a);
    if (p < 1) text += " (" + rounded(p) + ")";
  }
  return text;
}

}  // namespace

std::string_view to_string(CutoffKind kind) {
  switch (kind) {
    case CutoffKind::pooling:
      return "pooling";
    case CutoffKind::mixed:
      return "mixed";
    case CutoffKind::cutoff:
      return "cutoff";
    case CutoffKind::intervals:
      return "intervals";
  }
  return "";
}

std::size_t StepStrategy::cell_of(double type) const {
  return static_cast<std::size_t>(std::lower_bound(cutoffs.begin(), cutoffs.end(), type) - cutoffs.begin());
}

CutoffEquilibrium assess(const PrivateTypeGame& game, std::vector<StepStrategy> strategy,
                         const std::vector<std::optional<Distribution>>& off_path_beliefs) {
  const auto& tree = game.tree();
  if (strategy.size() != at(tree.information_sets()))
    throw InvalidArgument(expectation("strategy: number of information sets",
                                      std::to_string(tree.information_sets()),
                                      std::to_string(strategy.size())));
  if (!off_path_beliefs.empty() && off_path_beliefs.size() != at(tree.actions()))
    throw InvalidArgument(expectation("off_path_beliefs: number of actions", std::to_string(tree.actions()),
                                      std::to_string(off_path_beliefs.size())));
  for (Index set = 0; set < tree.information_sets(); ++set) check_strategy(game, set, strategy[at(set)]);

  CutoffEquilibrium e{game,
                      std::move(strategy),
                      std::vector<double>(at(tree.actions()), 0.0),
                      std::vector<std::optional<Distribution>>(at(tree.actions())),
                      std::vector<bool>(at(tree.actions()), false),
                      std::vector<double>(at(tree.terminals()), 0.0),
                      std::vector<double>(at(tree.players()), 0.0),
                      CutoffKind::pooling,
                      {}};
  std::vector<bool> leads_to_own(at(tree.actions()), false);
  for (Index set = 0; set < tree.information_sets(); ++set)
    if (const Index before = tree.previous_action(set); before != none) leads_to_own[at(before)] = true;

  // Sets are numbered in the order of play, so that the belief after a player's last action is there when it is needed.
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const Index before = tree.previous_action(set), first = tree.first_action(set);
    const auto& prior = game.types(tree.set_player(set));
    if (before != none && !e.beliefs[at(before)])
      throw InvalidArgument(expectation(
          "belief after the unreached action '" +
              std::string(tree.action_label(tree.set_of_action(before),
                                            before - tree.first_action(tree.set_of_action(before)))) +
              "' at '" + tree.set_label(tree.set_of_action(before)) + "'",
          "a law of the type", "none"));
    const Distribution& belief = before == none ? prior : *e.beliefs[at(before)];
    std::vector<Kept> kept;
    double total = 0;
    for (Index a = 0; a < tree.actions(set); ++a) {
      kept.push_back(keep(belief, prior, e.strategy[at(set)], at(a)));
      total += kept.back().mass;
    }
    for (Index a = 0; a < tree.actions(set); ++a) {
      const auto action = at(first + a);
      e.probabilities[action] = kept[at(a)].mass / total;
      e.reached[action] = kept[at(a)].mass > 0 && (before == none || e.reached[at(before)]);
      if (kept[at(a)].mass > 0)
        e.beliefs[action] = conditional(std::move(kept[at(a)]));
      else if (!off_path_beliefs.empty() && leads_to_own[action])
        e.beliefs[action] = off_path_beliefs[action];
    }
  }

  // The probability of a terminal is the product of what is on its path: each choice is conditional on the own earlier ones.
  for (Index z = 0; z < tree.terminals(); ++z) {
    double p = 1;
    std::vector<double> type(at(tree.players()));
    std::vector<bool> moved(at(tree.players()), false);
    for (Index n = tree.terminal_node(z); tree.parent(n) != none; n = tree.parent(n)) {
      const Index parent = tree.parent(n), set = tree.information_set(parent),
                  move = tree.move_from_parent(n);
      p *= set == none ? game.probability(parent, move) : e.probability(set, move);
      if (set == none || moved[at(tree.set_player(set))]) continue;
      moved[at(tree.set_player(set))] = true;
      const auto& belief = e.beliefs[at(tree.first_action(set) + move)];
      type[at(tree.set_player(set))] = belief ? belief->mean() : 0;
    }
    e.outcome[at(z)] = p;
    if (p == 0) continue;
    for (Index i = 0; i < tree.players(); ++i)
      e.payoff[at(i)] += p * game.payoff(z, i).at(moved[at(i)] ? type[at(i)] : game.types(i).mean());
  }
  e.kind = kind_of(e);
  return e;
}

std::optional<Distribution> CutoffEquilibrium::belief(Index set) const {
  const Index before = game.tree().previous_action(set);
  return before == none ? std::optional(game.types(game.tree().set_player(set))) : beliefs[at(before)];
}

double CutoffEquilibrium::interim_payoff(Index player, double type) const {
  const auto& tree = game.tree();
  if (player < 0 || player >= tree.players())
    throw InvalidArgument(
        expectation("player", "a number below " + std::to_string(tree.players()), std::to_string(player)));
  const auto& law = game.types(player);
  if (!(type >= law.lower() && type <= law.upper()))
    throw InvalidArgument(expectation(
        "type of '" + std::string(tree.player_label(player)) + "'",
        "a number in [" + schelling::to_text(law.lower()) + ", " + schelling::to_text(law.upper()) + "]",
        schelling::to_text(type)));
  const auto atoms = law.atoms();
  const auto atom = std::find_if(atoms.begin(), atoms.end(), [&](const auto& a) { return a.value == type; });
  std::vector<double> reach(at(tree.nodes()), 1.0);
  double sum = 0;
  for (Index n = 0; n < tree.nodes(); ++n) {
    if (const Index parent = tree.parent(n); parent != none) {
      const Index set = tree.information_set(parent), move = tree.move_from_parent(n);
      double p = 0;
      if (set == none)
        p = game.probability(parent, move);
      else if (tree.set_player(set) != player)
        p = probability(set, move);
      else if (const auto& s = strategy[at(set)]; atom != atoms.end())
        p = s.atoms[static_cast<std::size_t>(atom - atoms.begin())][at(move)];
      else
        p = s.cells[s.cell_of(type)][at(move)];
      reach[at(n)] = reach[at(parent)] * p;
    }
    if (tree.kind(n) == NodeKind::terminal)
      sum += reach[at(n)] * game.payoff(tree.terminal(n), player).at(type);
  }
  return sum;
}

std::string CutoffEquilibrium::to_text(bool full) const {
  const auto& tree = game.tree();
  std::string text = std::string(to_string(kind)) + " equilibrium (regret " +
                     rounded(certificate.max_regret) + ", Bayes gap " + rounded(certificate.bayes_gap) +
                     ")\n";
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto& s = strategy[at(set)];
    const auto& law = game.types(tree.set_player(set));
    text +=
        "  " + std::string(tree.player_label(tree.set_player(set))) + " at '" + tree.set_label(set) + "': ";
    std::string cells;
    if (!law.parts().empty())
      for (std::size_t k = 0; k < s.cells.size(); ++k) {
        if (!cells.empty()) cells += "; ";
        cells += choice_text(tree, set, s.cells[k]);
        if (k < s.cutoffs.size())
          cells += " up to " + rounded(s.cutoffs[k]);
        else if (k > 0)
          cells += " above";
      }
    for (std::size_t k = 0; k < s.atoms.size(); ++k) {
      if (!cells.empty()) cells += "; ";
      cells += choice_text(tree, set, s.atoms[k]);
      if (!law.is_degenerate()) cells += " at " + rounded(law.atoms()[k].value);
    }
    text += cells + "\n";
    if (!full) continue;
    text += "    probabilities:";
    for (Index a = 0; a < tree.actions(set); ++a)
      text += (a ? ", " : " ") + std::string(tree.action_label(set, a)) + " " + rounded(probability(set, a));
    text += "\n";
    for (Index a = 0; a < tree.actions(set); ++a) {
      const auto action = at(tree.first_action(set) + a);
      if (!reached[action] && beliefs[action])
        text += "    belief after " + std::string(tree.action_label(set, a)) +
                ", chosen: " + beliefs[action]->to_text() + "\n";
    }
  }
  if (!full) return text;
  text += "  outcome:\n";
  for (Index z = 0; z < tree.terminals(); ++z) {
    const auto label = tree.node_label(tree.terminal_node(z));
    text += "    " + rounded(outcome[at(z)]) + "  " +
            (label.empty() ? tree.path(tree.terminal_node(z)) : std::string(label)) + "\n";
  }
  text += "  payoff:";
  for (Index i = 0; i < tree.players(); ++i)
    text += (i ? ", " : " ") + std::string(tree.player_label(i)) + " " + rounded(payoff[at(i)]);
  return text + "\n  beliefs: " + certificate.consistency + "\n";
}

}  // namespace schelling
