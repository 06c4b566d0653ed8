#include "json_games.hpp"
#include "json_result.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/json_finite.hpp>

#include <boost/json/serialize.hpp>

namespace schelling {

namespace json = boost::json;

namespace {

json::value json_scalar(double value) { return json_number(value); }
json::value json_scalar(const Rational& value) { return json::string(to_text(value)); }

template <class Scalar>
Scalar read_scalar(const JsonPlace& place);
template <>
double read_scalar<double>(const JsonPlace& place) {
  return place.number();
}
template <>
Rational read_scalar<Rational>(const JsonPlace& place) {
  try {
    return parse_rational(place.text());
  } catch (const InvalidArgument&) {
    place.fail("an integer, a fraction or a decimal", "'" + place.text() + "'");
  }
}

template <class Scalars>
json::array json_scalars(const Scalars& values) {
  json::array out;
  for (const auto& value : values) out.push_back(json_scalar(value));
  return out;
}

template <class Scalar>
std::vector<Scalar> read_scalars(const JsonPlace& place) {
  std::vector<Scalar> values;
  for (const auto& element : place.elements()) values.push_back(read_scalar<Scalar>(element));
  return values;
}

template <class Scalar>
constexpr const char* arithmetic = std::numeric_limits<Scalar>::is_exact ? "exact" : "double";

template <class Scalar>
json::value json_of(const ExtensiveGame<Scalar>& game) {
  // Probabilities belong to chance moves alone.
  json::array chance;
  for (Index node = 0; node < game.tree().nodes(); ++node)
    if (game.tree().kind(node) == NodeKind::chance)
      for (Index move = 0; move < game.tree().moves(node); ++move)
        chance.push_back(json_scalar(game.chance(node, move)));
  return json::object{{"kind", "extensive_game"},    {"arithmetic", arithmetic<Scalar>},
                      {"title", game.title()},       {"tree", json_of(game.tree())},
                      {"chance", std::move(chance)}, {"payoffs", json_scalars(game.payoffs())}};
}

template <class Scalar>
json::value json_of(const NormalFormGame<Scalar>& game) {
  json::array players;
  for (int i = 0; i < game.players(); ++i) {
    json::array strategies;
    for (int s = 0; s < game.strategies(i); ++s) strategies.emplace_back(game.strategy_label(i, s));
    players.push_back(json::object{{"name", game.player_label(i)}, {"strategies", std::move(strategies)}});
  }
  return json::object{{"kind", "normal_form_game"},
                      {"arithmetic", arithmetic<Scalar>},
                      {"title", game.title()},
                      {"players", std::move(players)},
                      {"payoffs", json_scalars(game.payoffs())}};
}

void check_kind(const JsonPlace& place, const std::string& kind) {
  if (const auto found = place.at("kind").text(); found != kind)
    place.at("kind").fail("'" + kind + "'", "'" + found + "'");
}

bool is_exact(const JsonPlace& game) {
  const auto name = game.at("arithmetic").text();
  if (name != "exact" && name != "double")
    game.at("arithmetic").fail("'exact' or 'double'", "'" + name + "'");
  return name == "exact";
}

template <class Scalar>
ExtensiveGame<Scalar> read_extensive_game(const JsonPlace& place) {
  check_kind(place, "extensive_game");
  const GameTree tree = read_tree(place.at("tree"));
  const auto stated = read_scalars<Scalar>(place.at("chance"));
  std::vector<Scalar> chance(static_cast<std::size_t>(tree.moves()), Scalar(0));
  std::size_t next = 0;
  for (Index node = 0; node < tree.nodes(); ++node)
    if (tree.kind(node) == NodeKind::chance)
      for (Index move = 0; move < tree.moves(node); ++move, ++next)
        if (next < stated.size())
          chance[static_cast<std::size_t>(tree.first_move(node) + move)] = stated[next];
  if (next != stated.size())
    place.at("chance").fail(std::to_string(next) + " numbers, one for each chance move",
                            std::to_string(stated.size()));
  return {tree, std::move(chance), read_scalars<Scalar>(place.at("payoffs")), place.at("title").text()};
}

template <class Scalar>
NormalFormGame<Scalar> read_normal_form_game(const JsonPlace& place) {
  check_kind(place, "normal_form_game");
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> strategies;
  for (const auto& player : place.at("players").elements()) {
    players.push_back(player.at("name").text());
    auto& labels = strategies.emplace_back();
    for (const auto& strategy : player.at("strategies").elements()) labels.push_back(strategy.text());
  }
  return {std::move(players), std::move(strategies), read_scalars<Scalar>(place.at("payoffs")),
          place.at("title").text()};
}

template <class Scalar>
json::value json_of(const ExtensiveEquilibrium<Scalar>& e, const GameTree& tree) {
  json::array beliefs;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    if (!e.assessment.has_beliefs[static_cast<std::size_t>(set)]) {
      beliefs.emplace_back(nullptr);
      continue;
    }
    json::array at_nodes;
    for (const Index node : tree.set_nodes(set))
      at_nodes.push_back(json_scalar(e.assessment.beliefs[static_cast<std::size_t>(node)]));
    beliefs.push_back(std::move(at_nodes));
  }
  const auto name = to_string(e.concept_);
  return json::object{{"concept", json::string(name.data(), name.size())},
                      {"strategy", json_scalars(e.assessment.strategy)},
                      {"beliefs", std::move(beliefs)},
                      {"payoff", json_scalars(e.payoff)},
                      {"certificate", json_of(e.certificate)}};
}

template <class Scalar>
ExtensiveEquilibrium<Scalar> read_equilibrium(const JsonPlace& place, const ExtensiveGame<Scalar>& game) {
  const GameTree& tree = game.tree();
  ExtensiveEquilibrium<Scalar> e;
  e.concept_ = read_name(place.at("concept"),
                         {Concept::nash, Concept::subgame_perfect, Concept::weak_pbe, Concept::sequential});
  e.assessment.strategy = read_scalars<Scalar>(place.at("strategy"));
  e.assessment.beliefs.assign(static_cast<std::size_t>(tree.nodes()), Scalar(0));
  e.assessment.has_beliefs.assign(static_cast<std::size_t>(tree.information_sets()), 0);
  const auto beliefs = place.at("beliefs").elements();
  if (beliefs.size() != static_cast<std::size_t>(tree.information_sets()))
    place.at("beliefs").fail(
        std::to_string(tree.information_sets()) + " entries, one for each information set",
        std::to_string(beliefs.size()));
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto& entry = beliefs[static_cast<std::size_t>(set)];
    if (entry.is_null()) continue;
    e.assessment.has_beliefs[static_cast<std::size_t>(set)] = 1;
    const auto values = read_scalars<Scalar>(entry);
    const auto nodes = tree.set_nodes(set);
    if (values.size() != nodes.size())
      entry.fail(std::to_string(nodes.size()) + " numbers, one for each node", std::to_string(values.size()));
    for (std::size_t k = 0; k < nodes.size(); ++k)
      e.assessment.beliefs[static_cast<std::size_t>(nodes[k])] = values[k];
  }
  check_assessment(game, e.assessment);
  e.payoff = read_scalars<Scalar>(place.at("payoff"));
  if (e.payoff.size() != static_cast<std::size_t>(tree.players()))
    place.at("payoff").fail(std::to_string(tree.players()) + " numbers, one for each player",
                            std::to_string(e.payoff.size()));
  e.certificate = read_certificate(place.at("certificate"));
  return e;
}

template <class Scalar>
ExtensiveEquilibria<Scalar> read_equilibria(const JsonPlace& place) {
  ExtensiveEquilibria<Scalar> result{read_extensive_game<Scalar>(place.at("game")), read_info(place), {}};
  for (const auto& e : place.at("equilibria").elements())
    result.equilibria.push_back(read_equilibrium(e, result.game));
  return result;
}

template <class Scalar>
json::value json_of(const Profile<Scalar>& profile) {
  json::array strategies;
  for (const auto& strategy : profile.strategies) strategies.push_back(json_scalars(strategy));
  return json::object{{"strategies", std::move(strategies)},
                      {"payoff", json_scalars(profile.payoff)},
                      {"certificate", json_of(profile.certificate)}};
}

/// Payoffs and certificate follow from the strategies, which are checked on the way.
template <class Scalar>
Profile<Scalar> read_profile(const JsonPlace& place, const NormalFormGame<Scalar>& game) {
  std::vector<std::vector<Scalar>> strategies;
  for (const auto& strategy : place.at("strategies").elements())
    strategies.push_back(read_scalars<Scalar>(strategy));
  return certify(game, std::move(strategies));
}

template <class Scalar>
Profiles<Scalar> read_profiles(const JsonPlace& place) {
  Profiles<Scalar> result{read_normal_form_game<Scalar>(place.at("game")), read_info(place), {}};
  for (const auto& profile : place.at("equilibria").elements())
    result.profiles.push_back(read_profile(profile, result.game));
  return result;
}

template <class T>
std::string game_document(const T& game) {
  auto document = json_head("schelling/game");
  document["game"] = json_of(game);
  return std::string(json::serialize(document));
}

template <class Scalar>
std::string result_document(const ExtensiveEquilibria<Scalar>& equilibria) {
  auto document = json_head("schelling/result");
  write_info(document, equilibria.info);
  document["game"] = json_of(equilibria.game);
  json::array list;
  for (const auto& e : equilibria.equilibria) list.push_back(json_of(e, equilibria.game.tree()));
  document["equilibria"] = std::move(list);
  return std::string(json::serialize(document));
}

template <class Scalar>
std::string result_document(const Profiles<Scalar>& profiles) {
  auto document = json_head("schelling/result");
  write_info(document, profiles.info);
  document["game"] = json_of(profiles.game);
  json::array list;
  for (const auto& profile : profiles.profiles) list.push_back(json_of(profile));
  document["equilibria"] = std::move(list);
  return std::string(json::serialize(document));
}

}  // namespace

std::string to_json(const ExtensiveGame<double>& game) { return game_document(game); }
std::string to_json(const ExtensiveGame<Rational>& game) { return game_document(game); }
std::string to_json(const NormalFormGame<double>& game) { return game_document(game); }
std::string to_json(const NormalFormGame<Rational>& game) { return game_document(game); }
std::string to_json(const ExtensiveEquilibria<double>& equilibria) { return result_document(equilibria); }
std::string to_json(const ExtensiveEquilibria<Rational>& equilibria) { return result_document(equilibria); }
std::string to_json(const Profiles<double>& profiles) { return result_document(profiles); }
std::string to_json(const Profiles<Rational>& profiles) { return result_document(profiles); }

template <>
InEitherArithmetic<ExtensiveGame> from_json<InEitherArithmetic<ExtensiveGame>>(std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/game");
  const auto game = place.at("game");
  check_kind(game, "extensive_game");
  if (is_exact(game)) return read_extensive_game<Rational>(game);
  return read_extensive_game<double>(game);
}

template <>
InEitherArithmetic<NormalFormGame> from_json<InEitherArithmetic<NormalFormGame>>(std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/game");
  const auto game = place.at("game");
  check_kind(game, "normal_form_game");
  if (is_exact(game)) return read_normal_form_game<Rational>(game);
  return read_normal_form_game<double>(game);
}

template <>
InEitherArithmetic<ExtensiveEquilibria> from_json<InEitherArithmetic<ExtensiveEquilibria>>(
    std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/result");
  if (is_exact(place.at("game"))) return read_equilibria<Rational>(place);
  return read_equilibria<double>(place);
}

template <>
InEitherArithmetic<Profiles> from_json<InEitherArithmetic<Profiles>>(std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/result");
  if (is_exact(place.at("game"))) return read_profiles<Rational>(place);
  return read_profiles<double>(place);
}

}  // namespace schelling
