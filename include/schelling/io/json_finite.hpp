#pragma once

#include <schelling/equilibria/extensive_equilibria.hpp>
#include <schelling/equilibria/profile.hpp>
#include <schelling/io/json.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace schelling {

/// Finite games and their equilibria as JSON, in the form of io/json.hpp; exact numbers are texts such as "1/3".
std::string to_json(const ExtensiveGame<double>& game);
std::string to_json(const ExtensiveGame<Rational>& game);
std::string to_json(const NormalFormGame<double>& game);
std::string to_json(const NormalFormGame<Rational>& game);
std::string to_json(const ExtensiveEquilibria<double>& equilibria);
std::string to_json(const ExtensiveEquilibria<Rational>& equilibria);
std::string to_json(const Profiles<double>& profiles);
std::string to_json(const Profiles<Rational>& profiles);

/// What a document holds whose arithmetic is known only when it is read.
template <template <class> class Of>
using InEitherArithmetic = std::variant<Of<double>, Of<Rational>>;

/// @throws ParseError and InvalidGame as in io/json.hpp
template <>
InEitherArithmetic<ExtensiveGame> from_json<InEitherArithmetic<ExtensiveGame>>(std::string_view text);
template <>
InEitherArithmetic<NormalFormGame> from_json<InEitherArithmetic<NormalFormGame>>(std::string_view text);
template <>
InEitherArithmetic<ExtensiveEquilibria> from_json<InEitherArithmetic<ExtensiveEquilibria>>(
    std::string_view text);
template <>
InEitherArithmetic<Profiles> from_json<InEitherArithmetic<Profiles>>(std::string_view text);

}  // namespace schelling
