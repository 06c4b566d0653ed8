#pragma once

#include <schelling/equilibria/profile.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>

namespace schelling {

/// The payoff table of a game: the first player's strategies are rows, the second's columns, and there is a table for
/// each choice of the others. A payoff is underlined where its player's strategy is a best reply to the others' in that
/// profile, and a profile in which all are, a pure Nash equilibrium, is shaded. With `profile`, strategies carry its
/// probabilities. A game of more than 4000 profiles is described in a sentence instead.
template <class Scalar>
std::string payoff_table_html(const NormalFormGame<Scalar>& game, const Profile<Scalar>* profile = nullptr);

/// The same as LaTeX `tabular`s, which need the package xcolor with the option table.
template <class Scalar>
std::string payoff_table_latex(const NormalFormGame<Scalar>& game, const Profile<Scalar>* profile = nullptr);

extern template std::string payoff_table_html(const NormalFormGame<double>&, const Profile<double>*);
extern template std::string payoff_table_html(const NormalFormGame<Rational>&, const Profile<Rational>*);
extern template std::string payoff_table_latex(const NormalFormGame<double>&, const Profile<double>*);
extern template std::string payoff_table_latex(const NormalFormGame<Rational>&, const Profile<Rational>*);

}  // namespace schelling
