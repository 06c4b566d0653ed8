#include "json_games.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/json.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace schelling {

namespace json = boost::json;

namespace {

json::string text_of(std::string_view text) { return json::string(text.data(), text.size()); }

Family read_family(const JsonPlace& place) {
  const auto name = place.text();
  for (const auto family :
       {Family::uniform, Family::normal, Family::lognormal, Family::beta, Family::triangular})
    if (name == to_string(family)) return family;
  place.fail("uniform, normal, lognormal, beta or triangular", "'" + name + "'");
}

/// A lone set shows its path where it has no name; only a name is worth writing down.
bool has_name(const GameTree& tree, Index set) {
  const auto nodes = tree.set_nodes(set);
  return nodes.size() > 1 || tree.set_label(set) != tree.path(nodes.front());
}

}  // namespace

json::value json_of(const Distribution& distribution) {
  json::array atoms, parts;
  for (const auto& atom : distribution.atoms())
    atoms.push_back(json::object{{"value", json_number(atom.value)}, {"weight", json_number(atom.weight)}});
  for (const auto& part : distribution.parts()) {
    json::object parameters;
    const auto names = parameter_names(part.family);
    for (std::size_t k = 0; k < names.size(); ++k)
      parameters[json::string_view(names[k].data(), names[k].size())] = part.parameters[k];
    parts.push_back(json::object{{"family", text_of(to_string(part.family))},
                                 {"parameters", std::move(parameters)},
                                 {"lower", json_number(part.lower)},
                                 {"upper", json_number(part.upper)},
                                 {"weight", json_number(part.weight)}});
  }
  return json::object{{"atoms", std::move(atoms)}, {"parts", std::move(parts)}};
}

Distribution read_distribution(const JsonPlace& place) {
  std::vector<Distribution::Atom> atoms;
  std::vector<Distribution::Part> parts;
  for (const auto& atom : place.at("atoms").elements())
    atoms.push_back({atom.at("value").number(), atom.at("weight").number()});
  for (const auto& entry : place.at("parts").elements()) {
    Distribution::Part part{read_family(entry.at("family")),
                            {},
                            entry.at("lower").number(),
                            entry.at("upper").number(),
                            entry.at("weight").number()};
    const auto names = parameter_names(part.family);
    for (std::size_t k = 0; k < names.size(); ++k)
      part.parameters[k] = entry.at("parameters").at(names[k]).number();
    parts.push_back(part);
  }
  return Distribution(std::move(atoms), std::move(parts));
}

json::value json_of(const GameTree& tree) {
  json::array players, nodes;
  for (Index i = 0; i < tree.players(); ++i) players.push_back(text_of(tree.player_label(i)));
  // Nodes in depth-first order, which is how trees are numbered: each fills the first place still open.
  for (Index n = 0; n < tree.nodes(); ++n) {
    json::array labels;
    for (Index k = 0; k < tree.moves(n); ++k) labels.push_back(text_of(tree.move_label(n, k)));
    json::object node;
    if (tree.kind(n) == NodeKind::decision) {
      const Index set = tree.information_set(n);
      node = {{"player", text_of(tree.player_label(tree.player(n)))}, {"actions", std::move(labels)}};
      if (has_name(tree, set)) node["information_set"] = text_of(tree.set_label(set));
    } else if (tree.kind(n) == NodeKind::chance) {
      node = {{"events", std::move(labels)}, {"label", text_of(tree.node_label(n))}};
    } else {
      node = {{"terminal", text_of(tree.node_label(n))}};
    }
    nodes.push_back(std::move(node));
  }
  return json::object{{"players", std::move(players)}, {"nodes", std::move(nodes)}};
}

GameTree read_tree(const JsonPlace& place) {
  std::vector<std::string> players;
  for (const auto& player : place.at("players").elements()) players.push_back(player.text());
  GameTreeBuilder builder(std::move(players));
  std::vector<GameTreeBuilder::Place> open{builder.root()};
  for (const auto& node : place.at("nodes").elements()) {
    if (open.empty()) node.fail("no further node: every move leads somewhere already", "one more");
    const auto here = open.back();
    open.pop_back();
    std::vector<GameTreeBuilder::Place> next;
    const auto texts = [&](std::string_view key) {
      std::vector<std::string> out;
      for (const auto& label : node.at(key).elements()) out.push_back(label.text());
      return out;
    };
    if (node.has("player"))
      next = builder.decision(here, node.at("player").text(), texts("actions"),
                              node.has("information_set") ? node.at("information_set").text() : "");
    else if (node.has("events"))
      next = builder.chance(here, texts("events"), node.at("label").text());
    else
      builder.terminal(here, node.at("terminal").text());
    open.insert(open.end(), next.rbegin(), next.rend());
  }
  return builder.build();
}

json::value json_of(const PrivateTypeGame& game) {
  json::array chance, payoffs, types;
  for (const double p : game.chance()) chance.push_back(p);
  for (const auto& payoff : game.payoffs()) payoffs.push_back(json::array{payoff.intercept, payoff.slope});
  for (Index i = 0; i < game.players(); ++i) types.push_back(json_of(game.types(i)));
  return json::object{{"kind", "private_type_game"},
                      {"tree", json_of(game.tree())},
                      {"chance", std::move(chance)},
                      {"payoffs", std::move(payoffs)},
                      {"types", std::move(types)}};
}

PrivateTypeGame read_private_type_game(const JsonPlace& place) {
  if (const auto kind = place.at("kind").text(); kind != "private_type_game")
    place.at("kind").fail("'private_type_game'", "'" + kind + "'");
  std::vector<AffinePayoff> payoffs;
  for (const auto& payoff : place.at("payoffs").elements()) {
    const auto pair = payoff.numbers();
    if (pair.size() != 2) payoff.fail("intercept and slope", std::to_string(pair.size()) + " numbers");
    payoffs.emplace_back(pair[0], pair[1]);
  }
  std::vector<Distribution> types;
  for (const auto& law : place.at("types").elements()) types.push_back(read_distribution(law));
  return PrivateTypeGame(read_tree(place.at("tree")), place.at("chance").numbers(), std::move(payoffs),
                         std::move(types));
}

namespace {

template <class T>
std::string document(std::string_view schema, const char* key, const T& content) {
  auto head = json_head(schema);
  head[key] = json_of(content);
  return std::string(json::serialize(head));
}

template <class Read>
auto read_document(std::string_view text, std::string_view schema, std::string_view key, Read read) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, schema);
  return read(place.at(key));
}

}  // namespace

std::string to_json(const Distribution& distribution) {
  return document("schelling/distribution", "distribution", distribution);
}
std::string to_json(const GameTree& tree) { return document("schelling/tree", "tree", tree); }
std::string to_json(const PrivateTypeGame& game) { return document("schelling/game", "game", game); }

template <>
Distribution from_json<Distribution>(std::string_view text) {
  return read_document(text, "schelling/distribution", "distribution", read_distribution);
}
template <>
GameTree from_json<GameTree>(std::string_view text) {
  return read_document(text, "schelling/tree", "tree", read_tree);
}
template <>
PrivateTypeGame from_json<PrivateTypeGame>(std::string_view text) {
  return read_document(text, "schelling/game", "game", read_private_type_game);
}

}  // namespace schelling
