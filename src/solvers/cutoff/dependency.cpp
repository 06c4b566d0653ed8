#include "dependency.hpp"

#include "best_reply.hpp"

#include <algorithm>
#include <optional>

namespace schelling::cutoff {

namespace {

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

/// Vertices 2h (policy of h) and 2h + 1 (probabilities of h); `inputs[v]` lists what v follows from.
class Graph {
 public:
  explicit Graph(const PrivateTypeGame& game) : game_(game) {
    const auto& tree = game.tree();
    inputs_.resize(2 * index(tree.information_sets()));
    cost_.resize(inputs_.size());
    for (Index set = 0; set < tree.information_sets(); ++set) {
      const Index player = tree.set_player(set);
      for (Index other = 0; other < tree.information_sets(); ++other)
        if (tree.set_player(other) != player && below(game.public_node(other), game.public_node(set)))
          inputs_[2 * index(set)].push_back(2 * other + 1);
      inputs_[2 * index(set) + 1].push_back(2 * set);
      for (Index a = tree.previous_action(set); a != none; a = tree.previous_action(tree.set_of_action(a)))
        inputs_[2 * index(set) + 1].push_back(2 * tree.set_of_action(a));
      cost_[2 * index(set)] = cutoff_order(game, set).low == none ? impossible : 1;
      cost_[2 * index(set) + 1] = std::max<Index>(tree.actions(set) - 1, 1);
    }
    chosen_.assign(inputs_.size(), false);
  }

  /// Marks vertices of total cost at most `budget` whose removal leaves no cycle, or says that there are none.
  bool cut_cycles(Index budget) {
    const auto cycle = find_cycle();
    if (cycle.empty()) return true;
    for (const Index v : cycle) {
      if (cost_[index(v)] == impossible || cost_[index(v)] > budget) continue;
      chosen_[index(v)] = true;
      if (cut_cycles(budget - cost_[index(v)])) return true;
      chosen_[index(v)] = false;
    }
    return false;
  }

  void choose_all_probabilities() {
    for (Index v = 1; v < size(); v += 2) chosen_[index(v)] = reaches(v, v);
  }

  bool chosen(Index v) const { return chosen_[index(v)]; }
  Index cost(Index v) const { return cost_[index(v)]; }
  const std::vector<Index>& inputs(Index v) const { return inputs_[index(v)]; }
  Index size() const { return static_cast<Index>(inputs_.size()); }

 private:
  static constexpr Index impossible = -1;

  bool below(Index node, Index ancestor) const {
    while (node > ancestor) node = game_.tree().parent(node);
    return node == ancestor;
  }

  bool reaches(Index start, Index goal) const {
    std::vector<bool> seen(inputs_.size(), false);
    std::vector<Index> open{start};
    while (!open.empty()) {
      const Index v = open.back();
      open.pop_back();
      for (const Index w : inputs_[index(v)]) {
        if (w == goal) return true;
        if (!seen[index(w)]) seen[index(w)] = true, open.push_back(w);
      }
    }
    return false;
  }

  /// A shortest cycle among the vertices not chosen (short ones branch least), cheapest vertices first.
  std::vector<Index> find_cycle() const {
    std::vector<Index> best;
    for (Index start = 0; start < size(); ++start) {
      if (chosen_[index(start)]) continue;
      std::vector<Index> from(index(size()), none), queue{start};
      bool closed = false;
      for (std::size_t head = 0; head < queue.size() && !closed; ++head)
        for (const Index v : inputs_[index(queue[head])]) {
          if (chosen_[index(v)]) continue;
          if (v == start) {
            std::vector<Index> cycle;
            for (Index w = queue[head]; w != start; w = from[index(w)]) cycle.push_back(w);
            cycle.push_back(start);
            if (best.empty() || cycle.size() < best.size()) best = std::move(cycle);
            closed = true;
            break;
          }
          if (from[index(v)] == none) from[index(v)] = queue[head], queue.push_back(v);
        }
    }
    std::sort(best.begin(), best.end(), [&](Index a, Index b) {
      return std::pair(cost_[index(a)], a) < std::pair(cost_[index(b)], b);
    });
    return best;
  }

  const PrivateTypeGame& game_;
  std::vector<std::vector<Index>> inputs_;
  std::vector<Index> cost_;
  std::vector<bool> chosen_;
};

}  // namespace

CutoffOrder cutoff_order(const PrivateTypeGame& game, Index set) {
  const auto& tree = game.tree();
  const auto& law = game.types(tree.set_player(set));
  if (tree.actions(set) != 2 || law.parts().empty()) return {};
  const BestReplies replies(game);
  const auto first = replies.slopes(tree.first_action(set)),
             second = replies.slopes(tree.first_action(set) + 1);
  if (first.second < second.first) return {0, 1};
  if (second.second < first.first) return {1, 0};
  return {};
}

Dependency find_dependency(const PrivateTypeGame& game) {
  Graph graph(game);
  if (!graph.cut_cycles(0) && !graph.cut_cycles(1)) graph.choose_all_probabilities();
  Dependency result;
  const auto item = [](Index v) {
    return Dependency::Item{v % 2 == 0 ? Dependency::What::policy : Dependency::What::probabilities, v / 2};
  };
  std::vector<bool> done(index(graph.size()), false);
  for (Index v = 0; v < graph.size(); ++v)
    if (graph.chosen(v)) {
      result.unknowns.push_back(item(v));
      result.dimension += graph.cost(v);
      done[index(v)] = true;
    }
  for (bool progress = true; progress;) {
    progress = false;
    for (Index v = 0; v < graph.size(); ++v) {
      const auto& inputs = graph.inputs(v);
      if (done[index(v)] ||
          !std::all_of(inputs.begin(), inputs.end(), [&](Index w) { return done[index(w)]; }))
        continue;
      done[index(v)] = progress = true;
      result.order.push_back(item(v));
    }
  }
  return result;
}

}  // namespace schelling::cutoff
