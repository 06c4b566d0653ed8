#pragma once

#include <schelling/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace schelling {

/// Index of a node, information set, player or move; `none` where there is none.
using Index = std::int32_t;
inline constexpr Index none = -1;

enum class NodeKind : std::uint8_t { decision, chance, terminal };

/// An information set whose player would have to forget an own earlier move (Kuhn 1953).
class ImperfectRecall : public InvalidGame {
 public:
  ImperfectRecall(const std::string& message, Index place) : InvalidGame(message), place_(place) {}
  /// The builder's place of the node that does not fit the set's first one.
  Index place() const { return place_; }

 private:
  Index place_;
};

/// The structure of a finite game in extensive form and its labels, without any number: probabilities and
/// payoffs are arrays of the games over it.
///
/// Nodes are numbered so that a parent comes before its children, the root is node 0, and the children of a
/// node are in the order of its moves. Moves (edges) are numbered so that those of one node are consecutive:
/// move `first_move(node) + k` leads to `child(node, k)`. A decision node belongs to an information set,
/// which has a player and one list of action labels; a chance node has labels of its own. Terminals are
/// numbered 0, 1, ... in node order. Immutable once built, and cheap to share: copies share the arrays. Every
/// array is flat, so that trees of millions of nodes are fine, and no function recurses.
///
/// Perfect recall (Kuhn 1953) is checked by the builder.
class GameTree {
 public:
  Index players() const { return static_cast<Index>(data().players.size()); }
  Index nodes() const { return static_cast<Index>(data().kind.size()); }
  Index information_sets() const { return static_cast<Index>(data().set_player.size()); }
  Index terminals() const { return static_cast<Index>(data().terminal_node.size()); }
  Index chance_nodes() const { return data().chance_nodes; }
  Index moves() const { return static_cast<Index>(data().child.size()); }

  NodeKind kind(Index node) const { return data().kind[at(node)]; }
  Index parent(Index node) const { return data().parent[at(node)]; }
  /// Which of the parent's moves leads here; `none` at the root.
  Index move_from_parent(Index node) const { return data().move_index[at(node)]; }
  Index moves(Index node) const { return data().move_begin[at(node) + 1] - data().move_begin[at(node)]; }
  /// Number of the node's first move among all moves of the tree: where arrays over moves begin.
  Index first_move(Index node) const { return data().move_begin[at(node)]; }
  Index child(Index node, Index move) const { return data().child[at(data().move_begin[at(node)] + move)]; }
  std::span<const Index> children(Index node) const {
    return {data().child.data() + data().move_begin[at(node)], at(moves(node))};
  }
  /// The information set of a decision node, `none` elsewhere.
  Index information_set(Index node) const { return data().set_of[at(node)]; }
  /// Number of a terminal among the terminals, `none` elsewhere.
  Index terminal(Index node) const { return data().terminal_of[at(node)]; }
  Index terminal_node(Index terminal) const { return data().terminal_node[at(terminal)]; }
  /// Who moves at a decision node, `none` elsewhere.
  Index player(Index node) const {
    const Index set = information_set(node);
    return set == none ? none : set_player(set);
  }

  Index set_player(Index set) const { return data().set_player[at(set)]; }
  std::span<const Index> set_nodes(Index set) const {
    return {data().set_node.data() + data().set_node_begin[at(set)],
            at(data().set_node_begin[at(set) + 1] - data().set_node_begin[at(set)])};
  }
  Index actions(Index set) const {
    return data().set_action_begin[at(set) + 1] - data().set_action_begin[at(set)];
  }
  /// Number of the set's first action among all actions: where arrays over (information set, action) begin.
  Index first_action(Index set) const { return data().set_action_begin[at(set)]; }
  Index actions() const { return static_cast<Index>(data().set_action.size()); }
  /// The player's own last action before this set, as a number among all actions; `none` if the player has
  /// not moved. Well defined by perfect recall.
  Index previous_action(Index set) const { return data().set_previous_action[at(set)]; }
  /// The information set to which an action belongs.
  Index set_of_action(Index action) const { return data().action_set[at(action)]; }

  std::string_view player_label(Index player) const { return data().players[at(player)]; }
  /// The set's name, or the path of its first node where it has none.
  std::string set_label(Index set) const;
  bool has_set_name(Index set) const { return data().set_label[at(set)] != 0; }
  std::string_view action_label(Index set, Index action) const {
    return text(data().set_action[at(data().set_action_begin[at(set)] + action)]);
  }
  /// Label of a move of a decision or chance node.
  std::string_view move_label(Index node, Index move) const;
  /// Label of a node: of the outcome at a terminal, of the event at a chance node; may be empty.
  std::string_view node_label(Index node) const { return text(data().node_label[at(node)]); }

  /// Index of a label; throws InvalidArgument, naming what exists, where there is none.
  Index find_player(std::string_view label) const;
  Index find_set(std::string_view label) const;
  Index find_action(Index set, std::string_view label) const;

  /// The moves from the root to a node in words, e.g. "attack, resist, aid"; "the start" for the root.
  std::string path(Index node) const;

  /// True if every information set is a single node.
  bool has_perfect_information() const;

  friend bool operator==(const GameTree& a, const GameTree& b);

 private:
  friend class GameTreeBuilder;
  using Text = std::int32_t;
  struct Data {
    std::vector<std::string> players;
    std::vector<NodeKind> kind;
    std::vector<Index> parent, move_index, move_begin, child, set_of, terminal_of, terminal_node;
    std::vector<Text> node_label;
    std::vector<Index> set_player, set_node_begin, set_node, set_action_begin, set_previous_action,
        action_set;
    std::vector<Text> set_label, set_action;
    std::vector<Text> chance_label;  // per move; 0 for moves of decision nodes
    std::vector<std::string> texts;  // interned; 0 is the empty text
    Index chance_nodes = 0;
    bool operator==(const Data&) const = default;
  };
  explicit GameTree(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  const Data& data() const { return *data_; }
  std::string_view text(Text t) const { return data().texts[at(t)]; }

  std::shared_ptr<const Data> data_;
};

/// Builds a GameTree move by move, as one tells the story:
///
///     GameTreeBuilder b({"Challenger", "Defender"});
///     auto attack = b.decision(b.root(), "Challenger", {"refrain", "attack"});
///     b.terminal(attack[0], "peace");
///     auto reply = b.decision(attack[1], "Defender", {"resist", "concede"});
///     ...
///     GameTree tree = b.build();
///
/// `decision` and `chance` turn an open place into a node and return the open places after it. Nodes that
/// name the same information set belong to it; without a name a node is a set of its own. Nodes of `build()`
/// are numbered in depth-first order, moves first to last, whatever the order of the calls.
class GameTreeBuilder {
 public:
  /// An open place, or the node that was put there.
  using Place = Index;

  /// @throws InvalidGame for no player, an empty or a repeated name.
  explicit GameTreeBuilder(std::vector<std::string> players);

  Place root() const { return 0; }

  /// @throws InvalidGame if the place is taken, the player unknown, the actions fewer than one, empty or
  /// repeated, or if
  ///   they differ from those of the information set's other nodes.
  std::vector<Place> decision(Place place, std::string_view player, const std::vector<std::string>& actions,
                              std::string_view information_set = {});
  std::vector<Place> chance(Place place, const std::vector<std::string>& events, std::string_view label = {});
  void terminal(Place place, std::string_view label = {});

  /// Checks that nothing is open, and perfect recall.
  /// @throws InvalidGame naming the open place
  /// @throws ImperfectRecall naming the information set and two histories that its player would have to
  /// forget
  GameTree build() const;

  /// Node numbers of `build()` by place.
  std::vector<Index> numbering() const;

 private:
  struct Node {
    NodeKind kind = NodeKind::terminal;
    bool open = true;
    Index parent = none, move = none, set = none;
    Index first_child = none;  // children are consecutive places
    Index child_count = 0;
    std::int32_t label = 0;
    std::int32_t first_event = none;  // into events_, for chance nodes
  };
  struct Set {
    Index player;
    std::int32_t label;
    std::vector<std::int32_t> actions;
    bool named;
  };
  Node& open_place(Place place, std::string_view what);
  std::vector<Place> add_children(Place place, std::size_t count);
  std::int32_t intern(std::string_view text);
  std::string describe(Place place) const;
  std::vector<Index> depth_first() const;

  std::vector<std::string> players_;
  std::vector<Node> nodes_;
  std::vector<Set> sets_;
  std::vector<std::int32_t> events_;
  std::vector<std::string> texts_{""};
  std::unordered_map<std::string, std::int32_t> text_number_{{"", 0}};
  std::unordered_map<std::string, Index> set_number_;
};

}  // namespace schelling
