#include "play.hpp"

#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::cutoff {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
/// Below this a conditional probability would be a quotient of denormal numbers: the action counts as unreached.
constexpr double smallest_mass = 1e-290;

std::size_t index(Index i) { return static_cast<std::size_t>(i); }
}  // namespace

TypeBelief TypeBelief::prior(const Distribution& law) {
  TypeBelief belief;
  if (!law.parts().empty()) {
    // Atoms may lie outside the continuous part, which does not matter: those pieces have mass 0.
    const double mass = law.continuous_mass(-infinity, infinity);
    belief.cells.push_back({law.lower(), law.upper(), 1, mass});
    belief.total += mass;
  }
  for (const auto& atom : law.atoms()) belief.atoms.push_back(atom.weight), belief.total += atom.weight;
  return belief;
}

TypeBelief TypeBelief::at(double type) {
  TypeBelief belief;
  belief.points.push_back({type, 1});
  belief.total = 1;
  belief.chosen = true;
  return belief;
}

std::vector<TypeBelief> TypeBelief::split(const Distribution& law, const StepStrategy& strategy,
                                          std::size_t actions) const {
  std::vector<TypeBelief> after(actions);
  for (auto& belief : after) belief.chosen = chosen, belief.atoms.assign(atoms.size(), 0.0);
  const auto add = [&](const Cell& cell, const std::vector<double>& choice) {
    for (std::size_t a = 0; a < actions; ++a) {
      if (!(choice[a] > 0)) continue;
      after[a].cells.push_back({cell.lower, cell.upper, cell.weight * choice[a], cell.mass * choice[a]});
      after[a].total += cell.mass * choice[a];
    }
  };
  for (const auto& cell : cells) {
    std::size_t k = strategy.cell_of(cell.lower);
    while (k < strategy.cutoffs.size() && strategy.cutoffs[k] <= cell.lower) ++k;
    if (k == strategy.cutoffs.size() || strategy.cutoffs[k] >= cell.upper) {
      add(cell, strategy.cells[k]);
      continue;
    }
    for (double from = cell.lower; from < cell.upper; ++k) {
      const double to = k < strategy.cutoffs.size() ? std::min(strategy.cutoffs[k], cell.upper) : cell.upper;
      if (from < to)
        add({from, to, cell.weight, cell.weight * law.continuous_mass(from, to)}, strategy.cells[k]);
      from = to;
    }
  }
  for (std::size_t k = 0; k < atoms.size(); ++k)
    for (std::size_t a = 0; a < actions; ++a) {
      after[a].atoms[k] = atoms[k] * strategy.atoms[k][a];
      after[a].total += after[a].atoms[k];
    }
  const auto prior_atoms = law.atoms();
  for (const auto& point : points) {
    const auto own = std::find_if(prior_atoms.begin(), prior_atoms.end(),
                                  [&](const auto& atom) { return atom.value == point.value; });
    const auto& choice = own == prior_atoms.end()
                             ? strategy.cells[strategy.cell_of(point.value)]
                             : strategy.atoms[static_cast<std::size_t>(own - prior_atoms.begin())];
    for (std::size_t a = 0; a < actions; ++a)
      if (const double weight = point.weight * choice[a]; weight > 0)
        after[a].points.push_back({point.value, weight}), after[a].total += weight;
  }
  return after;
}

Distribution TypeBelief::law(const Distribution& prior, double beyond) const {
  std::vector<Distribution::Atom> law_atoms;
  std::vector<Distribution::Part> parts;
  for (const auto& part : prior.parts()) {
    const Distribution alone({}, {{part.family, part.parameters, part.lower, part.upper, 1}});
    for (const auto& cell : cells) {
      const double low = std::max(cell.lower, part.lower), high = std::min(cell.upper, part.upper);
      if (!(low < high)) continue;
      const double weight = cell.weight * part.weight * alone.continuous_mass(low, high);
      if (weight > smallest_mass) parts.push_back({part.family, part.parameters, low, high, weight});
    }
  }
  for (std::size_t k = 0; k < atoms.size(); ++k)
    if (atoms[k] > 0) law_atoms.push_back({prior.atoms()[k].value, atoms[k]});
  for (const auto& point : points)
    law_atoms.push_back(
        {std::isfinite(point.value) ? point.value : std::copysign(1 + 2 * std::abs(beyond), point.value),
         point.weight});
  double sum = 0;
  for (const auto& atom : law_atoms) sum += atom.weight;
  for (const auto& part : parts) sum += part.weight;
  for (auto& atom : law_atoms) atom.weight /= sum;
  for (auto& part : parts) part.weight /= sum;
  return Distribution(std::move(law_atoms), std::move(parts));
}

MostWilling most_willing(const Envelope& stay, std::pair<double, double> deviation_slopes, double lower,
                         double upper, double rounding) {
  // Slopes of a convex function ascend: first pieces on which the gain rises, last those on which it falls.
  const auto& lines = stay.lines;
  std::size_t rising = 0;
  while (rising < lines.size() && lines[rising].slope <= deviation_slopes.first + rounding) ++rising;
  std::size_t falling = lines.size();
  while (falling > rising && lines[falling - 1].slope >= deviation_slopes.second - rounding) --falling;
  const double from = rising == 0 ? lower : rising == lines.size() ? upper : stay.cuts[rising - 1];
  if (rising == falling) return {from, true};
  const double to = falling == lines.size() ? upper : stay.cuts[falling - 1];
  const double inside = std::isinf(from) ? std::isinf(to) ? 0 : to - 1
                        : std::isinf(to) ? from + 1
                                         : from + (to - from) / 2;
  return {inside, false};
}

PlayMap::PlayMap(const PrivateTypeGame& game, Dependency dependency)
    : game_(game), replies_(game), dependency_(std::move(dependency)) {
  const auto& tree = game.tree();
  for (Index set = 0; set < tree.information_sets(); ++set) cutoff_order_.push_back(cutoff_order(game, set));
  for (Index i = 0; i < tree.players(); ++i) prior_.push_back(TypeBelief::prior(game.types(i)));
  leads_to_own_.assign(index(tree.actions()), false);
  for (Index set = 0; set < tree.information_sets(); ++set)
    if (const Index before = tree.previous_action(set); before != none) leads_to_own_[index(before)] = true;
}

bool PlayMap::is_unknown_policy(Index set) const {
  const auto& unknowns = dependency_.unknowns;
  return std::find(unknowns.begin(), unknowns.end(), Dependency::Item{Dependency::What::policy, set}) !=
         unknowns.end();
}

StepStrategy PlayMap::cutoff_strategy(Index set, double cutoff) const {
  const auto& law = game_.types(game_.tree().set_player(set));
  const auto [low, high] = cutoff_order_[index(set)];
  std::vector<double> take_low(2, 0.0), take_high(2, 0.0);
  take_low[index(low)] = take_high[index(high)] = 1;
  StepStrategy strategy;
  if (cutoff <= law.lower())
    strategy.cells = {take_high};
  else if (cutoff >= law.upper())
    strategy.cells = {take_low};
  else
    strategy.cutoffs = {cutoff}, strategy.cells = {take_low, take_high};
  for (const auto& atom : law.atoms()) strategy.atoms.push_back(atom.value < cutoff ? take_low : take_high);
  return strategy;
}

TypeBelief PlayMap::choose_belief(Play& play, Index set, Index move, const TypeBelief& before,
                                  const OffPathRule& rule) const {
  const Index player = game_.tree().set_player(set);
  const auto& law = game_.types(player);
  play.off_path = true;
  switch (rule.kind) {
    case OffPathRule::Kind::unchanged: {
      TypeBelief same = before;
      same.chosen = true;
      return same;
    }
    case OffPathRule::Kind::quantile:
      return TypeBelief::at(law.quantile(rule.quantile));
    case OffPathRule::Kind::most_willing:
      break;
  }
  const auto slopes = replies_.slopes(game_.tree().first_action(set) + move);
  // A set whose policy is an unknown has its actions ordered by slope, which is all that the rule needs.
  if (play.reply[index(set)].actions.empty())
    return TypeBelief::at(move == cutoff_order_[index(set)].low ? law.lower() : law.upper());
  const auto willing = most_willing(play.reply[index(set)].value, slopes, law.lower(), law.upper(),
                                    tolerance::indifference * replies_.payoff_size(player).slope);
  play.undecided = play.undecided || !willing.decided;
  return TypeBelief::at(willing.type);
}

const TypeBelief& PlayMap::belief_after(Play& play, Index action, const OffPathRule& rule) const {
  auto& belief = play.beliefs[index(action)];
  if (belief) return *belief;
  const auto& tree = game_.tree();
  const Index set = tree.set_of_action(action), player = tree.set_player(set),
              before = tree.previous_action(set);
  const TypeBelief& previous = before == none ? prior_[index(player)] : belief_after(play, before, rule);
  auto after = previous.split(game_.types(player), play.strategy[index(set)], index(tree.actions(set)));
  for (Index k = 0; k < tree.actions(set); ++k) {
    const Index a = tree.first_action(set) + k;
    if (!leads_to_own_[index(a)]) continue;
    if (after[index(k)].total > smallest_mass)
      play.beliefs[index(a)] = std::move(after[index(k)]);
    else
      play.beliefs[index(a)] = choose_belief(play, set, k, previous, rule);
  }
  return *belief;
}

void PlayMap::set_probabilities(Play& play, Index set, const OffPathRule& rule, std::span<double> out) const {
  const auto& tree = game_.tree();
  const Index player = tree.set_player(set), before = tree.previous_action(set);
  const TypeBelief& belief = before == none ? prior_[index(player)] : belief_after(play, before, rule);
  const auto after = belief.split(game_.types(player), play.strategy[index(set)], out.size());
  double total = 0;
  for (const auto& a : after) total += a.total;
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = after[k].total / total;
}

void PlayMap::set_policy(Play& play, Index set, std::span<const Imposed> imposed,
                         const Selection& selection) const {
  auto& reply = play.reply[index(set)];
  reply = replies_.at(set, play.probabilities);
  play.strategy[index(set)] = selection ? selection(set, reply) : reply.strategy;
  for (const auto& fixed : imposed)
    if (fixed.set == set) play.strategy[index(set)] = fixed.strategy;
}

Play PlayMap::at(std::span<const double> unknowns, const OffPathRule& rule, std::span<const Imposed> imposed,
                 const Selection& selection) const {
  const auto& tree = game_.tree();
  Play play;
  play.unknowns.assign(unknowns.begin(), unknowns.end());
  play.strategy.resize(index(tree.information_sets()));
  play.reply.resize(index(tree.information_sets()));
  play.probabilities.assign(index(tree.actions()), 0.0);
  play.beliefs.resize(index(tree.actions()));
  std::size_t position = 0;
  for (const auto& [what, set] : dependency_.unknowns) {
    if (what == Dependency::What::policy) {
      play.strategy[index(set)] = cutoff_strategy(set, unknowns[position++]);
      for (const auto& fixed : imposed)
        if (fixed.set == set) play.strategy[index(set)] = fixed.strategy;
      continue;
    }
    double rest = 1;
    const auto first = index(tree.first_action(set));
    const auto count = index(tree.actions(set));
    for (std::size_t k = 0; k + 1 < count; ++k) rest -= play.probabilities[first + k] = unknowns[position++];
    play.probabilities[first + count - 1] = std::max(rest, 0.0);
  }
  const auto probabilities_of = [&](Index set) {
    return std::span(play.probabilities).subspan(index(tree.first_action(set)), index(tree.actions(set)));
  };
  for (const auto& [what, set] : dependency_.order) {
    if (what == Dependency::What::policy)
      set_policy(play, set, imposed, selection);
    else
      set_probabilities(play, set, rule, probabilities_of(set));
  }
  // What the unknowns themselves should be, given everything else.
  for (const auto& [what, set] : dependency_.unknowns) {
    if (what == Dependency::What::policy) {
      const Index player = tree.set_player(set);
      const auto& law = game_.types(player);
      const double cutoff = std::clamp(play.unknowns[play.residual.size()], law.lower(), law.upper());
      auto& reply = play.reply[index(set)];
      reply = replies_.at(set, play.probabilities);
      const auto [low, high] = cutoff_order_[index(set)];
      const double spread = law.interquartile_range(), scale = game_.payoff_scale(player);
      if (std::isinf(cutoff)) {
        play.residual.push_back(cutoff > 0 ? -1 : 1);  // the steeper action wins in the limit
      } else {
        const double gain = reply.actions[index(low)].at(cutoff) - reply.actions[index(high)].at(cutoff);
        play.residual.push_back(gain / (scale * (spread > 0 ? 1 + std::abs(cutoff) / spread : 1)));
      }
      continue;
    }
    std::vector<double> implied(index(tree.actions(set)));
    set_probabilities(play, set, rule, implied);
    for (std::size_t k = 0; k + 1 < implied.size(); ++k)
      play.residual.push_back(implied[k] - play.unknowns[play.residual.size()]);
  }
  return play;
}

}  // namespace schelling::cutoff
