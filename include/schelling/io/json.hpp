#pragma once

#include <schelling/solvers/solve_cutoff.hpp>

#include <string>
#include <string_view>

namespace schelling {

/// Games, equilibria and results as JSON, the form in which both languages save and load them; Python pickles by it.
///
/// A document is an object with "schema" ("schelling/result" for a result), "schema_version" and the library's "version".
/// A result holds its solver, options, seed, arithmetic, status, message, the game and the equilibria; numbers are
/// doubles that read back as the same bits, infinities the texts "inf" and "-inf". Readers accept all older versions.
std::string to_json(const Distribution& distribution);
std::string to_json(const GameTree& tree);
std::string to_json(const PrivateTypeGame& game);
std::string to_json(const CutoffEquilibrium& equilibrium);
std::string to_json(const CutoffResult& result);

/// Reads what `to_json` wrote.
/// @throws ParseError naming the line of a text that is no JSON, or the place in the document, what was expected there and
///   what was found; InvalidGame or InvalidArgument where the numbers make no game.
template <class T>
T from_json(std::string_view text);

template <>
Distribution from_json<Distribution>(std::string_view text);
template <>
GameTree from_json<GameTree>(std::string_view text);
template <>
PrivateTypeGame from_json<PrivateTypeGame>(std::string_view text);
template <>
CutoffEquilibrium from_json<CutoffEquilibrium>(std::string_view text);
template <>
CutoffResult from_json<CutoffResult>(std::string_view text);

}  // namespace schelling
