#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <string_view>

namespace schelling {

/// Reads a signalling game from the format that `write_signaling` writes:
///
///     signaling game                        # everything from # to the end of a line is a remark
///     types strong 9/10, weak 1/10          # with their probabilities
///     messages beer, quiche
///     actions duel, not
///     strong beer:   1 0, 3 1               # for each action: the sender's payoff, the receiver's
///     strong quiche: 0 0, 2 1
///     weak beer:     0 1, 2 0
///     weak quiche:   1 1, 3 0
///
/// Numbers are integers, p/q or decimals and are read without rounding. Labels with spaces, commas, colons, # or quotes
/// stand in double quotes, with \" and \\ for these two characters, \n for a line break and \r for a carriage return. Rows may come in any order.
/// @throws ParseError with the line, for a text that is not of this form or not UTF-8, and for a prior that is no positive
///   distribution.
SignalingGame<Rational> read_signaling(std::string_view text);

/// Doubles are written by their shortest decimals, a prior whose decimals do not sum to one by `exact_distribution`.
template <class Scalar>
std::string write_signaling(const SignalingGame<Scalar>& game);

}  // namespace schelling
