#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <string_view>

/// Games in the text formats of the Gambit project (McKelvey, McLennan and Turocy, "Gambit: file formats"),
/// whose numbers are exact: integers, decimals and fractions.
///
/// Labels keep games apart from each other, so where a file has an empty or a repeated label the reader makes
/// one: actions and events "1", "2", ..., information sets "player:number", players "player 1", and a
/// repeated label gets a number behind it. Payoffs of outcomes at inner nodes are added to those of the
/// terminals below. Writing a game and reading it again gives the same game.
namespace schelling {

/// Reads the extensive form (.efg, version 2).
/// @throws ParseError naming line and what was expected, also for a text that is not UTF-8, for probabilities
/// that do not
///   sum to one, and for games without perfect recall
ExtensiveGame<Rational> read_efg(std::string_view text);

/// Reads the normal form (.nfg), in its payoff and its outcome version.
/// @throws ParseError naming line and what was expected
NormalFormGame<Rational> read_nfg(std::string_view text);

std::string write_efg(const ExtensiveGame<Rational>& game);
std::string write_nfg(const NormalFormGame<Rational>& game);

}  // namespace schelling
