#include "json_games.hpp"
#include "json_result.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/json.hpp>

#include <boost/json/serialize.hpp>

namespace schelling {

namespace json = boost::json;

namespace {

json::string text_of(std::string_view text) { return json::string(text.data(), text.size()); }

json::array json_rows(const std::vector<std::vector<double>>& rows) {
  json::array out;
  for (const auto& row : rows) out.push_back(json_numbers(row));
  return out;
}

std::vector<std::vector<double>> read_rows(const JsonPlace& place) {
  std::vector<std::vector<double>> rows;
  for (const auto& row : place.elements()) rows.push_back(row.numbers());
  return rows;
}

/// Without the game, which a result holds once.
json::object json_body(const CutoffEquilibrium& e) {
  json::array strategy, beliefs, reached;
  for (const auto& s : e.strategy)
    strategy.push_back(json::object{
        {"cutoffs", json_numbers(s.cutoffs)}, {"cells", json_rows(s.cells)}, {"atoms", json_rows(s.atoms)}});
  for (const auto& belief : e.beliefs) beliefs.push_back(belief ? json_of(*belief) : json::value());
  for (const bool r : e.reached) reached.push_back(r);
  return {{"kind", text_of(to_string(e.kind))},
          {"strategy", std::move(strategy)},
          {"probabilities", json_numbers(e.probabilities)},
          {"beliefs", std::move(beliefs)},
          {"reached", std::move(reached)},
          {"outcome", json_numbers(e.outcome)},
          {"payoff", json_numbers(e.payoff)},
          {"certificate", json_of(e.certificate)}};
}

CutoffEquilibrium read_body(const JsonPlace& place, const PrivateTypeGame& game) {
  const auto& tree = game.tree();
  const auto check = [](const JsonPlace& at, std::size_t found, Index expected) {
    if (found != static_cast<std::size_t>(expected))
      at.fail(std::to_string(expected) + " entries", std::to_string(found));
  };
  CutoffEquilibrium e{game,
                      {},
                      place.at("probabilities").numbers(),
                      {},
                      {},
                      place.at("outcome").numbers(),
                      place.at("payoff").numbers(),
                      read_name(place.at("kind"), {CutoffKind::pooling, CutoffKind::mixed, CutoffKind::cutoff,
                                                   CutoffKind::intervals}),
                      read_certificate(place.at("certificate"))};
  for (const auto& s : place.at("strategy").elements()) {
    const Index set = static_cast<Index>(e.strategy.size());
    e.strategy.push_back({s.at("cutoffs").numbers(), read_rows(s.at("cells")), read_rows(s.at("atoms"))});
    if (set >= tree.information_sets()) continue;
    check(s.at("cells"), e.strategy.back().cells.size(),
          static_cast<Index>(e.strategy.back().cutoffs.size()) + 1);
    check(s.at("atoms"), e.strategy.back().atoms.size(),
          static_cast<Index>(game.types(tree.set_player(set)).atoms().size()));
    for (const auto* rows : {&e.strategy.back().cells, &e.strategy.back().atoms})
      for (const auto& row : *rows) check(s, row.size(), tree.actions(set));
  }
  for (const auto& belief : place.at("beliefs").elements())
    e.beliefs.push_back(belief.is_null() ? std::optional<Distribution>() : read_distribution(belief));
  for (const auto& r : place.at("reached").elements()) e.reached.push_back(r.boolean());
  check(place.at("strategy"), e.strategy.size(), tree.information_sets());
  check(place.at("probabilities"), e.probabilities.size(), tree.actions());
  check(place.at("beliefs"), e.beliefs.size(), tree.actions());
  check(place.at("reached"), e.reached.size(), tree.actions());
  check(place.at("outcome"), e.outcome.size(), tree.terminals());
  check(place.at("payoff"), e.payoff.size(), tree.players());
  return e;
}

}  // namespace

std::string to_json(const CutoffEquilibrium& equilibrium) {
  auto document = json_head("schelling/equilibrium");
  document["game"] = json_of(equilibrium.game);
  document["equilibrium"] = json_body(equilibrium);
  return std::string(json::serialize(document));
}

template <>
CutoffEquilibrium from_json<CutoffEquilibrium>(std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/equilibrium");
  return read_body(place.at("equilibrium"), read_private_type_game(place.at("game")));
}

std::string to_json(const CutoffResult& result) {
  const auto& o = result.options;
  auto document = json_head("schelling/result");
  document["solver"] = "solve_cutoff";
  document["options"] = json::object{{"belief", text_of(to_string(o.belief))},
                                     {"tolerance", o.tolerance},
                                     {"resolution", o.resolution},
                                     {"starts", o.starts},
                                     {"limit", o.limit},
                                     {"seed", o.seed},
                                     {"threads", o.threads}};
  write_info(document, result.info);
  document["game"] = json_of(result.game);
  json::array equilibria;
  for (const auto& e : result.equilibria) equilibria.push_back(json_body(e));
  document["equilibria"] = std::move(equilibria);
  return std::string(json::serialize(document));
}

template <>
CutoffResult from_json<CutoffResult>(std::string_view text) {
  const auto value = parse_json(text);
  const JsonPlace place(value, "");
  check_head(place, "schelling/result");
  if (const auto solver = place.at("solver").text(); solver != "solve_cutoff")
    place.at("solver").fail("'solve_cutoff'", "'" + solver + "'");
  const auto options = place.at("options");
  CutoffResult result{read_private_type_game(place.at("game")), {}, {}, {}};
  result.options.belief =
      read_name(options.at("belief"), {BeliefRule::any, BeliefRule::passive, BeliefRule::d1});
  result.options.tolerance = options.at("tolerance").number();
  result.options.resolution = options.at("resolution").integer();
  result.options.starts = options.at("starts").integer();
  result.options.limit = options.at("limit").integer();
  result.options.seed = options.at("seed").integer();
  result.options.threads = static_cast<unsigned>(options.at("threads").integer());
  result.info = read_info(place);
  for (const auto& e : place.at("equilibria").elements())
    result.equilibria.push_back(read_body(e, result.game));
  return result;
}

}  // namespace schelling
