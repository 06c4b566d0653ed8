#include "solvers/nash/tremble_levels.hpp"

#include "games/subgame_blocks.hpp"

#include <schelling/numerics/linear_program.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace schelling::nash {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

bool has(Support support, Index action) { return (support >> action & 1) != 0; }

using Row = std::vector<Rational>;

void add(Row& to, const Row& what, int times = 1) {
  for (std::size_t k = 0; k < to.size(); ++k)
    if (what[k] != 0) to[k] += times * what[k];
}

class LevelSearch {
 public:
  LevelSearch(const ExtensionGame& game, int player, const Supports& supports, Monitor& monitor)
      : game_(game),
        monitor_(monitor),
        form_(game.form),
        player_(player),
        opponent_(1 - player),
        own_sets_(form_.sets(player)),
        other_sets_(form_.sets(1 - player)),
        own_(supports[static_cast<std::size_t>(player)]),
        tight_(supports[static_cast<std::size_t>(1 - player)]),
        units_(game.units[static_cast<std::size_t>(1 - player)]),
        unit_of_(game.unit_of[static_cast<std::size_t>(1 - player)]),
        own_reached_(own_sets_.size(), 0),
        unit_reached_(units_.size(), 0) {}

  TrembleLevels run(const std::vector<Rational>& first) {
    TrembleLevels levels;
    if (const auto violated = violated_set(first); violated < other_sets_.size()) {
      levels.stuck = unit_of_[violated];
      return levels;
    }
    mark(first);
    levels.plans.push_back(first);
    while (!all_reached(levels)) {
      auto plan = next_plan();
      levels.stopped = plan.empty();
      if (levels.stopped || !mark(plan)) return levels;
      levels.plans.push_back(std::move(plan));
    }
    levels.complete = true;
    return levels;
  }

 private:
  Rational weight(std::size_t unit, const std::vector<Rational>& plan) const {
    Rational total = 0;
    for (const auto& [sequence, chance] : units_[unit].weight)
      if (plan[at(sequence)] != 0) total += chance * plan[at(sequence)];
    return total;
  }
  bool is_active(std::size_t g) const { return !unit_reached_[unit_of_[g]]; }

  /// The first active set of the opponent at which the support is not optimal against the plan.
  std::size_t violated_set(const std::vector<Rational>& plan) const {
    std::vector<Rational> worth(at(form_.sequences(opponent_)), Rational(0));
    for (const auto& entry : form_.entries())
      if (const auto& x = plan[at(player_ == 0 ? entry.row : entry.column)]; x != 0)
        worth[at(player_ == 0 ? entry.column : entry.row)] +=
            x * entry.payoff[static_cast<std::size_t>(opponent_)];
    std::size_t violated = other_sets_.size();
    for (std::size_t g = other_sets_.size(); g-- > 0;) {
      const auto& set = other_sets_[g];
      const auto begin = worth.begin() + set.first;
      const Rational best = *std::max_element(begin, begin + set.count);
      for (Index k = 0; k < set.count; ++k)
        if (has(tight_[g], k) && begin[k] != best) violated = g;
      worth[at(set.parent)] += best;
    }
    return violated;
  }

  /// Whether the plan reaches anything new; remembers it.
  bool mark(const std::vector<Rational>& plan) {
    bool some = false;
    for (std::size_t u = 0; u < units_.size(); ++u)
      if (!unit_reached_[u] && weight(u, plan) != 0) unit_reached_[u] = some = true;
    for (std::size_t h = 0; h < own_sets_.size(); ++h)
      if (!own_reached_[h] && plan[at(own_sets_[h].parent)] != 0) own_reached_[h] = some = true;
    return some;
  }

  bool all_reached(TrembleLevels& levels) const {
    for (const auto& [reached, own] : {std::pair(&unit_reached_, false), std::pair(&own_reached_, true)})
      if (const auto missing = std::find(reached->begin(), reached->end(), 0); missing != reached->end()) {
        levels.stuck = static_cast<std::size_t>(missing - reached->begin());
        levels.own = own;
        return false;
      }
    return true;
  }

  /// The flow that reaches as many new things at once as any: the conditions are those of a convex cone, so that
  /// a sum reaches what its terms reach. Empty if the monitor stopped it.
  std::vector<Rational> next_plan() const {
    const std::size_t length = at(form_.sequences(player_)), goals_begin = length + other_sets_.size();
    std::vector<Row> goals;  // weights of what is not yet reached
    const std::size_t most = goals_begin + units_.size() + own_sets_.size();
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (unit_reached_[u]) continue;
      auto& goal = goals.emplace_back(most, Rational(0));
      for (const auto& [sequence, chance] : units_[u].weight) goal[at(sequence)] += chance;
    }
    for (std::size_t h = 0; h < own_sets_.size(); ++h)
      if (!own_reached_[h]) goals.emplace_back(most, Rational(0))[at(own_sets_[h].parent)] = 1;
    const std::size_t variables = goals_begin + goals.size();

    LinearProgram<Rational> program(variables);
    for (std::size_t h = 0; h < own_sets_.size(); ++h) {
      const auto& set = own_sets_[h];
      Row flow(variables, Rational(0));
      flow[at(set.parent)] = -1;
      for (Index s = set.first; s < set.first + set.count; ++s) {
        if (own_reached_[h] || own_[h] == 0 || has(own_[h], s - set.first)) {
          flow[at(s)] += 1;
        } else {
          Row closed(variables, Rational(0));
          closed[at(s)] = 1;
          program.add(closed, Relation::equal, Rational(0));
        }
      }
      program.add(flow, Relation::equal, Rational(0));
    }
    // Worth of the opponent's sequences; the value of a set is that of a reply in its support, or at an open set that
    // of its first action and a slack.
    std::vector<Row> worth(at(form_.sequences(opponent_)), Row(variables, Rational(0)));
    for (const auto& entry : form_.entries())
      worth[at(player_ == 0 ? entry.column : entry.row)][at(player_ == 0 ? entry.row : entry.column)] +=
          entry.payoff[static_cast<std::size_t>(opponent_)];
    for (std::size_t g = other_sets_.size(); g-- > 0;) {
      if (!is_active(g)) continue;
      const auto& set = other_sets_[g];
      const Index reply = tight_[g] == 0 ? 0 : std::countr_zero(tight_[g]);
      Row value = worth[at(set.first + reply)];
      if (tight_[g] == 0) value[length + g] = 1;
      for (Index k = 0; k < set.count; ++k) {
        if (k == reply) continue;
        Row gap = value;
        add(gap, worth[at(set.first + k)], -1);
        program.add(gap, has(tight_[g], k) ? Relation::equal : Relation::greater_equal, Rational(0));
      }
      add(worth[at(set.parent)], value);
    }
    Row objective(variables, Rational(0));
    for (std::size_t k = 0; k < goals.size(); ++k) {
      goals[k].resize(variables);
      goals[k][goals_begin + k] = -1;
      program.add(goals[k], Relation::greater_equal, Rational(0));
      Row bound(variables, Rational(0));
      bound[goals_begin + k] = objective[goals_begin + k] = 1;
      program.add(bound, Relation::less_equal, Rational(1));
    }
    program.maximize(objective);
    const auto solution = solve_linear_program(program, {}, &monitor_);
    if (solution.status != LinearProgramStatus::optimal) return {};
    return {solution.point.begin(), solution.point.begin() + static_cast<std::ptrdiff_t>(length)};
  }

  const ExtensionGame& game_;
  Monitor& monitor_;
  const SequenceForm<Rational>& form_;
  int player_, opponent_;
  std::span<const SequenceForm<Rational>::Set> own_sets_, other_sets_;
  const std::vector<Support>&own_, &tight_;
  const std::vector<ExtensionGame::Unit>& units_;
  const std::vector<std::size_t>& unit_of_;
  std::vector<char> own_reached_, unit_reached_;
};

}  // namespace

ExtensionGame::ExtensionGame(const ExtensiveGame<Rational>& tree_game, bool subgames)
    : game(tree_game), form(tree_game), in_subgames(subgames) {
  const GameTree& tree = game.tree();
  std::vector<Index> sequence_of(at(tree.actions()));
  for (const int player : {0, 1})
    for (Index s = 1; s < form.sequences(player); ++s) sequence_of[at(form.action(player, s))] = s;
  for (auto& sequences : sequence_at) sequences.assign(at(tree.nodes()), 0);
  chance_at.assign(at(tree.nodes()), Rational(1));
  for (Index node = 0; node < tree.nodes(); ++node) {
    if (node > 0) {
      const Index parent = tree.parent(node), move = tree.move_from_parent(node),
                  set = tree.information_set(parent);
      for (auto& sequences : sequence_at) sequences[at(node)] = sequences[at(parent)];
      chance_at[at(node)] = chance_at[at(parent)];
      if (set == none)
        chance_at[at(node)] *= game.chance(parent, move);
      else
        sequence_at[at(tree.set_player(set))][at(node)] = sequence_of[at(tree.first_action(set) + move)];
    }
    if (tree.kind(node) == NodeKind::decision && chance_at[at(node)] == 0) has_impossible_decisions = true;
  }
  const auto is_root = subgames::roots(tree);
  std::array<std::map<Index, std::size_t>, 2> unit_at;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const std::size_t player = at(tree.set_player(set));
    Index place = set;
    if (in_subgames)
      for (place = tree.set_nodes(set).front(); !is_root[at(place)];) place = tree.parent(place);
    const auto [known, added] = unit_at[player].emplace(place, units[player].size());
    tree_set[player].push_back(set);
    unit_of[player].push_back(known->second);
    if (!added) continue;
    auto& unit = units[player].emplace_back(Unit{{}, place});
    const auto& other = sequence_at[1 - player];
    if (in_subgames)
      unit.weight.emplace_back(other[at(place)], chance_at[at(place)]);
    else
      for (const Index node : tree.set_nodes(set))
        unit.weight.emplace_back(other[at(node)], chance_at[at(node)]);
  }
}

Index ExtensionGame::start_of_unit(int player, std::size_t set) const {
  const auto p = static_cast<std::size_t>(player);
  return in_subgames ? sequence_at[p][at(units[p][unit_of[p][set]].place)] : form.sets(player)[set].parent;
}

TrembleLevels find_levels(const ExtensionGame& game, int player, const std::vector<Rational>& plan,
                          const Supports& supports, Monitor& monitor) {
  return LevelSearch(game, player, supports, monitor).run(plan);
}

}  // namespace schelling::nash
