#include <schelling/games/sequence_form.hpp>

#include <algorithm>

namespace schelling {

namespace {

void require_two_players(Index players) {
  if (players != 2)
    throw InvalidGame(expectation("the sequence form", "two players", std::to_string(players)));
}

}  // namespace

template <class Scalar>
SequenceForm<Scalar>::SequenceForm(const ExtensiveGame<Scalar>& game) {
  const GameTree& tree = game.tree();
  require_two_players(tree.players());
  actions_ = tree.actions();
  std::vector<Index> sequence_of(at(tree.actions()));  // by last action
  for (const int i : {0, 1}) {
    length_[at(i)] = {0};
    action_[at(i)] = {none};
  }
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const std::size_t i = at(tree.set_player(set));
    const Index before = tree.previous_action(set), first = static_cast<Index>(action_[i].size());
    const Index parent = before == none ? 0 : sequence_of[at(before)];
    sets_[i].push_back({parent, first, tree.actions(set)});
    for (Index k = 0; k < tree.actions(set); ++k) {
      sequence_of[at(tree.first_action(set) + k)] = first + k;
      action_[i].push_back(tree.first_action(set) + k);
      length_[i].push_back(length_[i][at(parent)] + 1);
    }
  }

  struct Reached {
    Index sequence[2];
    Scalar probability;
  };
  std::vector<Reached> reached(at(tree.nodes()), Reached{{0, 0}, Scalar(1)});
  for (Index node = 0; node < tree.nodes(); ++node) {
    Reached& here = reached[at(node)];
    if (const Index parent = tree.parent(node); parent != none) {
      here = reached[at(parent)];
      const Index move = tree.move_from_parent(node), set = tree.information_set(parent);
      if (set == none)
        here.probability *= game.chance(parent, move);
      else
        here.sequence[tree.set_player(set)] = sequence_of[at(tree.first_action(set) + move)];
    }
    const Index terminal = tree.terminal(node);
    if (terminal == none || here.probability == Scalar(0)) continue;
    entries_.push_back({here.sequence[0],
                        here.sequence[1],
                        here.probability,
                        {Scalar(here.probability * game.payoff(terminal, 0)),
                         Scalar(here.probability * game.payoff(terminal, 1))}});
  }
  merge_entries();
  for (Index i = 0; i < 2; ++i) {
    auto& [low, high] = payoff_range_[at(i)];
    low = high = game.payoff(0, i);
    for (Index terminal = 1; terminal < tree.terminals(); ++terminal) {
      low = std::min(low, game.payoff(terminal, i));
      high = std::max(high, game.payoff(terminal, i));
    }
  }
}

template <class Scalar>
SequenceForm<Scalar>::SequenceForm(const NormalFormGame<Scalar>& game) {
  require_two_players(game.players());
  for (const int i : {0, 1}) {
    sets_[at(i)] = {{0, 1, game.strategies(i)}};
    length_[at(i)] = {0};
    action_[at(i)] = {none};
    for (int s = 0; s < game.strategies(i); ++s) {
      length_[at(i)].push_back(1);
      action_[at(i)].push_back(actions_++);
    }
    payoff_range_[at(i)] = {game.payoff(0, i), game.payoff(0, i)};
  }
  std::size_t profile = 0;
  for (int row = 1; row <= game.strategies(0); ++row)
    for (int column = 1; column <= game.strategies(1); ++column, ++profile) {
      entries_.push_back({row, column, Scalar(1), {game.payoff(profile, 0), game.payoff(profile, 1)}});
      for (const int i : {0, 1}) {
        auto& [low, high] = payoff_range_[at(i)];
        low = std::min(low, game.payoff(profile, i));
        high = std::max(high, game.payoff(profile, i));
      }
    }
}

template <class Scalar>
void SequenceForm<Scalar>::merge_entries() {
  // Stable, so that the sums of rounded numbers do not depend on the library's sort.
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  std::size_t kept = 0;
  for (std::size_t k = 1; k < entries_.size(); ++k) {
    Entry &last = entries_[kept], &next = entries_[k];
    if (last.row == next.row && last.column == next.column) {
      last.probability += next.probability;
      for (const int i : {0, 1}) last.payoff[at(i)] += next.payoff[at(i)];
    } else if (++kept != k) {
      entries_[kept] = std::move(next);
    }
  }
  if (!entries_.empty()) entries_.resize(kept + 1);
}

template <class Scalar>
std::vector<Scalar> SequenceForm<Scalar>::plan(int player, std::span<const Scalar> strategy) const {
  std::vector<Scalar> plan(at(sequences(player)), Scalar(1));
  for (const Set& set : sets(player))
    for (Index s = set.first; s < set.first + set.count; ++s)
      plan[at(s)] = plan[at(set.parent)] * strategy[at(action(player, s))];
  return plan;
}

template <class Scalar>
void SequenceForm<Scalar>::write_behaviour(int player, std::span<const Scalar> plan,
                                           std::span<Scalar> strategy) const {
  for (const Set& set : sets(player)) {
    Scalar total(0);
    for (Index s = set.first; s < set.first + set.count; ++s) total += plan[at(s)];
    if (total == Scalar(0)) continue;
    for (Index s = set.first; s < set.first + set.count; ++s)
      strategy[at(action(player, s))] = plan[at(s)] / total;
  }
}

template class SequenceForm<double>;
template class SequenceForm<Rational>;

}  // namespace schelling
