#include <schelling/games/game_tree.hpp>

#include <algorithm>
#include <unordered_set>

namespace schelling {

namespace {

template <class Labels, class Text>
std::string listed(const Labels& labels, Text&& text) {
  std::string out;
  for (const auto& label : labels) {
    if (!out.empty()) out += ", ";
    if (out.size() > 200) return out + "...";
    out += '\'';
    out += text(label);
    out += '\'';
  }
  return out;
}

}  // namespace

std::string_view GameTree::move_label(Index node, Index move) const {
  const Index set = information_set(node);
  return set != none ? action_label(set, move) : text(data().chance_label[at(first_move(node) + move)]);
}

Index GameTree::find_player(std::string_view label) const {
  const auto found = std::find(data().players.begin(), data().players.end(), label);
  if (found == data().players.end())
    throw InvalidArgument(expectation("player", "one of " + listed(data().players, [](auto& p) { return p; }),
                                      "'" + std::string(label) + "'"));
  return static_cast<Index>(found - data().players.begin());
}

std::string GameTree::set_label(Index set) const {
  const auto label = text(data().set_label[at(set)]);
  return label.empty() ? path(set_nodes(set).front()) : std::string(label);
}

Index GameTree::find_set(std::string_view label) const {
  std::vector<Index> numbers;
  for (Index set = 0; set < information_sets(); ++set) {
    if (set_label(set) == label) return set;
    numbers.push_back(set);
  }
  throw InvalidArgument(expectation("information set",
                                    "one of " + listed(numbers, [&](Index set) { return set_label(set); }),
                                    "'" + std::string(label) + "'"));
}

Index GameTree::find_action(Index set, std::string_view label) const {
  std::vector<std::string_view> labels;
  for (Index a = 0; a < actions(set); ++a) {
    if (action_label(set, a) == label) return a;
    labels.push_back(action_label(set, a));
  }
  throw InvalidArgument(expectation("action at '" + std::string(set_label(set)) + "'",
                                    "one of " + listed(labels, [](auto l) { return l; }),
                                    "'" + std::string(label) + "'"));
}

std::string GameTree::path(Index node) const {
  std::vector<std::string_view> labels;
  for (Index n = node; parent(n) != none; n = parent(n))
    labels.push_back(move_label(parent(n), move_from_parent(n)));
  if (labels.empty()) return "the start";
  std::string out(labels.back());
  for (auto label = labels.rbegin() + 1; label != labels.rend(); ++label) out.append(", ").append(*label);
  return out;
}

bool GameTree::has_perfect_information() const { return data().set_node.size() == data().set_player.size(); }

bool operator==(const GameTree& a, const GameTree& b) { return a.data_ == b.data_ || a.data() == b.data(); }

GameTreeBuilder::GameTreeBuilder(std::vector<std::string> players) : players_(std::move(players)) {
  if (players_.empty()) throw InvalidGame("players: expected at least one, found none");
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < players_.size(); ++i) {
    if (players_[i].empty())
      throw InvalidGame("players[" + std::to_string(i) + "]: expected a name, found an empty text");
    if (!seen.insert(players_[i]).second)
      throw InvalidGame(
          expectation("players[" + std::to_string(i) + "]", "distinct names", "'" + players_[i] + "' again"));
  }
  nodes_.emplace_back();
}

std::int32_t GameTreeBuilder::intern(std::string_view text) {
  const auto [entry, is_new] =
      text_number_.try_emplace(std::string(text), static_cast<std::int32_t>(texts_.size()));
  if (is_new) texts_.emplace_back(text);
  return entry->second;
}

std::string GameTreeBuilder::describe(Place place) const {
  std::vector<std::string> labels;
  for (Index n = place; nodes_[n].parent != none; n = nodes_[n].parent) {
    const Node& above = nodes_[nodes_[n].parent];
    const auto move = static_cast<std::size_t>(nodes_[n].move);
    labels.push_back(
        texts_[above.set != none ? sets_[above.set].actions[move] : events_[above.first_event + move]]);
  }
  if (labels.empty()) return "the start";
  std::string out = "'" + labels.back();
  for (auto label = labels.rbegin() + 1; label != labels.rend(); ++label) out.append(", ").append(*label);
  return out + "'";
}

GameTreeBuilder::Node& GameTreeBuilder::open_place(Place place, std::string_view what) {
  if (place < 0 || place >= static_cast<Index>(nodes_.size()))
    throw InvalidGame(expectation(std::string(what) + ": place", "0 to " + std::to_string(nodes_.size() - 1),
                                  std::to_string(place)));
  if (!nodes_[place].open)
    throw InvalidGame(expectation(std::string(what) + " after " + describe(place), "an open place",
                                  "one that has a node already"));
  return nodes_[place];
}

std::vector<GameTreeBuilder::Place> GameTreeBuilder::add_children(Place place, std::size_t count) {
  nodes_[place].first_child = static_cast<Index>(nodes_.size());
  nodes_[place].child_count = static_cast<Index>(count);
  std::vector<Place> places;
  for (std::size_t k = 0; k < count; ++k) {
    places.push_back(static_cast<Place>(nodes_.size()));
    nodes_.emplace_back();
    nodes_.back().parent = place;
    nodes_.back().move = static_cast<Index>(k);
  }
  return places;
}

namespace {

template <class What>
void check_labels(const std::vector<std::string>& labels, What&& what) {
  if (labels.empty()) throw InvalidGame(expectation(what(), "at least one", "none"));
  // Most lists have a few labels, where comparing is faster than hashing.
  constexpr std::size_t few = 8;
  std::unordered_set<std::string_view> seen;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const auto& label = labels[k];
    if (label.empty()) throw InvalidGame(expectation(what(), "a label for each", "an empty text"));
    const auto before = labels.begin() + static_cast<std::ptrdiff_t>(k);
    if (labels.size() <= few ? std::find(labels.begin(), before, label) != before
                             : !seen.insert(label).second)
      throw InvalidGame(expectation(what(), "distinct labels", "'" + label + "' twice"));
  }
}

}  // namespace

std::vector<GameTreeBuilder::Place> GameTreeBuilder::decision(Place place, std::string_view player,
                                                              const std::vector<std::string>& actions,
                                                              std::string_view information_set) {
  open_place(place, "decision");
  const auto mover = std::find(players_.begin(), players_.end(), player);
  if (mover == players_.end())
    throw InvalidGame(expectation("player after " + describe(place),
                                  "one of " + listed(players_, [](auto& p) { return p; }),
                                  "'" + std::string(player) + "'"));
  check_labels(actions, [&] { return "actions after " + describe(place); });

  Set set{static_cast<Index>(mover - players_.begin()), 0, {}, !information_set.empty()};
  for (const auto& action : actions) set.actions.push_back(intern(action));
  Index number = static_cast<Index>(sets_.size());
  if (set.named) {
    const auto [entry, is_new] = set_number_.try_emplace(std::string(information_set), number);
    number = entry->second;
    if (!is_new) {
      const Set& other = sets_[number];
      const std::string what = "information set '" + std::string(information_set) + "'";
      if (other.player != set.player)
        throw InvalidGame(expectation(what, "the player '" + players_[other.player] + "' at all of its nodes",
                                      "'" + std::string(player) + "' after " + describe(place)));
      if (other.actions != set.actions)
        throw InvalidGame(
            expectation(what,
                        "the actions " + listed(other.actions, [&](auto t) { return texts_[t]; }) +
                            " at all of its nodes",
                        listed(actions, [](auto& a) { return a; }) + " after " + describe(place)));
    }
    set.label = intern(information_set);
  }
  if (number == static_cast<Index>(sets_.size())) sets_.push_back(std::move(set));
  Node& node = nodes_[place];
  node.open = false;
  node.kind = NodeKind::decision;
  node.set = number;
  return add_children(place, actions.size());
}

std::vector<GameTreeBuilder::Place> GameTreeBuilder::chance(Place place,
                                                            const std::vector<std::string>& events,
                                                            std::string_view label) {
  open_place(place, "chance");
  check_labels(events, [&] { return "events after " + describe(place); });
  Node& node = nodes_[place];
  node.open = false;
  node.kind = NodeKind::chance;
  node.label = intern(label);
  node.first_event = static_cast<std::int32_t>(events_.size());
  for (const auto& event : events) events_.push_back(intern(event));
  return add_children(place, events.size());
}

void GameTreeBuilder::terminal(Place place, std::string_view label) {
  Node& node = open_place(place, "terminal");
  node.open = false;
  node.label = intern(label);
}

std::vector<Index> GameTreeBuilder::depth_first() const {
  std::vector<Index> order, open{0};
  order.reserve(nodes_.size());
  while (!open.empty()) {
    const Index place = open.back();
    open.pop_back();
    order.push_back(place);
    const Node& node = nodes_[place];
    for (Index k = node.child_count; k-- > 0;) open.push_back(node.first_child + k);
  }
  return order;
}

std::vector<Index> GameTreeBuilder::numbering() const {
  const auto order = depth_first();
  std::vector<Index> number(nodes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<Index>(i);
  return number;
}

GameTree GameTreeBuilder::build() const {
  const auto order = depth_first();
  for (const Index place : order)
    if (nodes_[place].open)
      throw InvalidGame(
          expectation("after " + describe(place), "a decision, a chance move or a terminal", "nothing"));
  std::vector<Index> number(nodes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<Index>(i);

  auto data = std::make_shared<GameTree::Data>();
  data->players = players_;
  // Texts are numbered by first use, so that equal trees are equal arrays whatever the order of the builder's
  // calls.
  data->texts.assign(1, "");
  std::vector<std::int32_t> text_number(texts_.size(), none);
  text_number[0] = 0;
  const auto text = [&](std::int32_t old) {
    auto& number_of = text_number[old];
    if (number_of == none) {
      number_of = static_cast<std::int32_t>(data->texts.size());
      data->texts.push_back(texts_[old]);
    }
    return number_of;
  };
  const auto count = order.size();
  for (auto* array : {&data->parent, &data->move_index, &data->set_of, &data->terminal_of})
    array->assign(count, none);
  data->kind.resize(count);
  data->node_label.resize(count);
  // Trees are large: no array grows by copying itself.
  data->move_begin.reserve(count + 1);
  data->move_begin.assign(1, 0);
  for (auto* array : {&data->child, &data->chance_label}) array->reserve(count - 1);
  data->terminal_node.reserve(static_cast<std::size_t>(std::count_if(
      nodes_.begin(), nodes_.end(), [](const Node& n) { return n.kind == NodeKind::terminal; })));

  // Information sets in the order in which the numbered nodes meet them.
  std::vector<Index> set_number(sets_.size(), none), set_order;
  set_order.reserve(sets_.size());
  for (std::size_t n = 0; n < count; ++n) {
    const Node& node = nodes_[order[n]];
    data->kind[n] = node.kind;
    data->node_label[n] = text(node.label);
    if (node.parent != none) data->parent[n] = number[node.parent];
    data->move_index[n] = node.move;
    for (Index k = 0; k < node.child_count; ++k) {
      data->child.push_back(number[node.first_child + k]);
      data->chance_label.push_back(node.kind == NodeKind::chance ? text(events_[node.first_event + k]) : 0);
    }
    data->move_begin.push_back(static_cast<Index>(data->child.size()));
    if (node.kind == NodeKind::terminal) {
      data->terminal_of[n] = static_cast<Index>(data->terminal_node.size());
      data->terminal_node.push_back(static_cast<Index>(n));
    }
    if (node.kind == NodeKind::chance) ++data->chance_nodes;
    if (node.set == none) continue;
    if (set_number[node.set] == none) {
      set_number[node.set] = static_cast<Index>(set_order.size());
      set_order.push_back(node.set);
    }
    data->set_of[n] = set_number[node.set];
  }

  std::size_t action_count = 0;
  for (const Set& set : sets_) action_count += set.actions.size();
  for (auto* array : {&data->set_action, &data->action_set}) array->reserve(action_count);
  for (auto* array : {&data->set_player, &data->set_label}) array->reserve(set_order.size());
  for (auto* array : {&data->set_action_begin, &data->set_node_begin}) array->reserve(set_order.size() + 1);
  data->set_action_begin.assign(1, 0);
  std::vector<Index> set_size(set_order.size(), 0);
  for (const Index set : data->set_of)
    if (set != none) ++set_size[set];
  data->set_node_begin.assign(1, 0);
  for (std::size_t s = 0; s < set_order.size(); ++s) {
    const Set& set = sets_[set_order[s]];
    data->set_player.push_back(set.player);
    data->set_label.push_back(text(set.label));
    for (const auto action : set.actions) {
      data->set_action.push_back(text(action));
      data->action_set.push_back(static_cast<Index>(s));
    }
    data->set_action_begin.push_back(static_cast<Index>(data->set_action.size()));
    data->set_node_begin.push_back(data->set_node_begin.back() + set_size[s]);
  }
  data->set_node.resize(static_cast<std::size_t>(data->set_node_begin.back()));
  std::vector<Index> filled(set_order.size(), 0);
  for (std::size_t n = 0; n < count; ++n)
    if (const Index set = data->set_of[n]; set != none)
      data->set_node[data->set_node_begin[set] + filled[set]++] = static_cast<Index>(n);

  // Perfect recall: all nodes of a set come after the same own action. One pass in depth-first order carries,
  // for each player, the last own action on the path; the stack holds what the path's decision nodes have
  // overwritten.
  data->set_previous_action.assign(set_order.size(), none);
  std::vector<char> seen(set_order.size(), 0);
  std::vector<Index> last(players_.size(), none);
  struct Undo {
    Index node, player, action;
  };
  std::vector<Undo> undo;
  const auto set_name = [&](Index set) {
    const auto& label = data->texts[data->set_label[set]];
    return label.empty() ? "after " + describe(order[data->set_node[data->set_node_begin[set]]])
                         : "'" + label + "'";
  };
  for (std::size_t n = 0; n < count; ++n) {
    const Index parent = data->parent[n];
    while (!undo.empty() && undo.back().node > parent) {
      last[undo.back().player] = undo.back().action;
      undo.pop_back();
    }
    if (parent != none && data->set_of[parent] != none) {
      const Index set = data->set_of[parent], player = data->set_player[set];
      if (undo.empty() || undo.back().node != parent) undo.push_back({parent, player, last[player]});
      last[player] = data->set_action_begin[set] + data->move_index[n];
    }
    const Index set = data->set_of[n];
    if (set == none) continue;
    const Index own = last[data->set_player[set]];
    if (!seen[set]) {
      seen[set] = 1;
      data->set_previous_action[set] = own;
    } else if (data->set_previous_action[set] != own) {
      throw ImperfectRecall(
          expectation("information set " + set_name(set),
                      "perfect recall: the same own earlier moves of '" + players_[data->set_player[set]] +
                          "' at all of its nodes",
                      "different ones after " + describe(order[data->set_node[data->set_node_begin[set]]]) +
                          " and after " + describe(order[n])),
          order[n]);
    }
  }

  return GameTree(std::move(data));
}

}  // namespace schelling
