#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <vector>

namespace schelling {

template <class Scalar>
class ExtensiveGame;

/// The game whose payoffs are the fractions that the shortest decimals of `game` stand for, and whose prior is read by
/// `exact_distribution`; `notes`, if there is one, is told of a prior whose decimals do not sum to one.
SignalingGame<Rational> exact(const SignalingGame<double>& game, std::vector<std::string>* notes = nullptr);
/// The game rounded to doubles.
SignalingGame<double> to_double(const SignalingGame<Rational>& game);

/// The same game as a tree: a chance move draws the type, the sender moves in one information set for each type, the
/// receiver in one for each message (include games/extensive_game.hpp to use it). Sets are named after type and message, players "Sender" and "Receiver".
template <class Scalar>
ExtensiveGame<Scalar> to_extensive(const SignalingGame<Scalar>& game);

}  // namespace schelling
