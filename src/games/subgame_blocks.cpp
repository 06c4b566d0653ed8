#include "games/subgame_blocks.hpp"

#include <algorithm>
#include <utility>

namespace schelling::subgames {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

Block make_block(const GameTree& tree, Index root, const std::vector<char>& is_root,
                 const std::vector<std::size_t>& block_of) {
  std::vector<std::string> players;
  for (Index i = 0; i < tree.players(); ++i) players.emplace_back(tree.player_label(i));
  GameTreeBuilder builder(std::move(players));
  std::vector<std::pair<Index, GameTreeBuilder::Place>> open{{root, builder.root()}}, all;
  while (!open.empty()) {
    const auto [node, place] = open.back();
    open.pop_back();
    all.emplace_back(node, place);
    if (tree.kind(node) == NodeKind::terminal || (node != root && is_root[at(node)])) {
      builder.terminal(place);
      continue;
    }
    std::vector<std::string> labels;
    for (Index k = 0; k < tree.moves(node); ++k) labels.emplace_back(tree.move_label(node, k));
    const Index set = tree.information_set(node);
    // Named by number: labels of sets without names could repeat here.
    const auto places = set == none ? builder.chance(place, labels)
                                    : builder.decision(place, tree.player_label(tree.set_player(set)), labels,
                                                       std::to_string(set));
    for (Index k = 0; k < tree.moves(node); ++k) open.emplace_back(tree.child(node, k), places[at(k)]);
  }
  Block block{root, builder.build(), {}, {}, {}, {}};
  const GameTree& own = block.tree;
  const auto number = builder.numbering();
  block.sets.resize(at(own.information_sets()));
  block.chance_move.assign(at(own.moves()), none);
  block.terminal.assign(at(own.terminals()), none);
  block.inner.assign(at(own.terminals()), 0);
  for (const auto& [node, place] : all) {
    const Index here = number[at(place)];
    if (own.kind(here) == NodeKind::decision)
      block.sets[at(own.information_set(here))] = tree.information_set(node);
    if (own.kind(here) == NodeKind::chance)
      for (Index k = 0; k < own.moves(here); ++k)
        block.chance_move[at(own.first_move(here) + k)] = tree.first_move(node) + k;
    if (own.kind(here) != NodeKind::terminal) continue;
    block.terminal[at(own.terminal(here))] = tree.terminal(node);
    if (tree.terminal(node) == none) block.inner[at(own.terminal(here))] = block_of[at(node)];
  }
  return block;
}

}  // namespace

std::vector<char> roots(const GameTree& tree) {
  const auto count = at(tree.nodes());
  std::vector<Index> end(count), first(count), last(count);
  std::vector<char> is_root(count, 0);
  for (Index node = tree.nodes(); node-- > 0;) {
    end[at(node)] = node + 1;
    first[at(node)] = last[at(node)] = node;
    if (const Index set = tree.information_set(node); set != none) {
      first[at(node)] = tree.set_nodes(set).front();
      last[at(node)] = tree.set_nodes(set).back();
    }
    for (const Index child : tree.children(node)) {
      end[at(node)] = std::max(end[at(node)], end[at(child)]);
      first[at(node)] = std::min(first[at(node)], first[at(child)]);
      last[at(node)] = std::max(last[at(node)], last[at(child)]);
    }
    is_root[at(node)] =
        tree.kind(node) != NodeKind::terminal && first[at(node)] >= node && last[at(node)] < end[at(node)];
  }
  is_root[0] = 1;
  return is_root;
}

std::vector<Block> blocks(const GameTree& tree) {
  const auto is_root = roots(tree);
  std::vector<std::size_t> block_of(at(tree.nodes()), 0);
  std::vector<Block> blocks;
  for (Index node = tree.nodes(); node-- > 0;) {
    if (!is_root[at(node)]) continue;
    block_of[at(node)] = blocks.size();
    blocks.push_back(make_block(tree, node, is_root, block_of));
  }
  return blocks;
}

}  // namespace schelling::subgames
