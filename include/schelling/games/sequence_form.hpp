#pragma once

#include <schelling/games/extensive_game.hpp>
#include <schelling/games/normal_form_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <array>
#include <span>
#include <vector>

namespace schelling {

/// The sequence form of a two-player game with perfect recall (von Stengel 1996): linear in the tree where the
/// normal form is exponential.
///
/// A sequence of a player is the list of own actions on some path; by perfect recall it is the empty one (number 0) or
/// is known by its last action. Sequences that end at one information set are consecutive, and an information set comes
/// after the own ones before it, so that a loop over sets goes down the player's own tree and a loop backwards up.
///
/// A realisation plan x gives each sequence the product of its actions' probabilities: x_0 = 1, and at each information
/// set the weights of its sequences sum to that of the sequence that leads there. Expected payoffs are bilinear in the
/// two plans, sum over entries of payoff * x_row * y_column, where chance is multiplied in.
///
/// A game in normal form is the case of one information set for each player.
template <class Scalar>
class SequenceForm {
 public:
  /// Where a player chooses: sequences first, ..., first + count - 1 continue the sequence `parent`.
  struct Set {
    Index parent, first, count;
  };
  /// The terminals that are compatible with one sequence of each player.
  struct Entry {
    Index row, column;             ///< sequence of player 0, of player 1
    Scalar probability;            ///< of chance's moves on the way, summed over the terminals
    std::array<Scalar, 2> payoff;  ///< of each player, multiplied by that probability
  };

  /// @throws InvalidGame unless the game has two players
  explicit SequenceForm(const ExtensiveGame<Scalar>& game);
  explicit SequenceForm(const NormalFormGame<Scalar>& game);

  Index sequences(int player) const { return static_cast<Index>(length_[at(player)].size()); }
  std::span<const Set> sets(int player) const { return sets_[at(player)]; }
  /// Number of actions in a sequence.
  Index length(int player, Index sequence) const { return length_[at(player)][at(sequence)]; }
  /// By row, then column; those that chance never reaches are left out.
  std::span<const Entry> entries() const { return entries_; }
  /// Least and greatest payoff over the terminals.
  const std::array<Scalar, 2>& payoff_range(int player) const { return payoff_range_[at(player)]; }

  /// Where the last action of a sequence stands in an array of strategies: as GameTree numbers actions; for a
  /// game in normal form the strategies of player 0, then those of player 1. `none` for the empty sequence.
  Index action(int player, Index sequence) const { return action_[at(player)][at(sequence)]; }
  /// Length of an array of strategies.
  Index actions() const { return actions_; }

  /// The realisation plan of a behaviour strategy (an array of strategies as above; the other player's part is
  /// not read).
  std::vector<Scalar> plan(int player, std::span<const Scalar> strategy) const;

  /// Writes the behaviour of a realisation plan into an array of strategies: at each information set that the plan does
  /// not exclude, the shares of its sequences. The rest of the array is left as it is.
  void write_behaviour(int player, std::span<const Scalar> plan, std::span<Scalar> strategy) const;

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  void merge_entries();

  std::array<std::vector<Set>, 2> sets_;
  std::array<std::vector<Index>, 2> length_, action_;
  std::vector<Entry> entries_;
  std::array<std::array<Scalar, 2>, 2> payoff_range_;
  Index actions_ = 0;
};

extern template class SequenceForm<double>;
extern template class SequenceForm<Rational>;

}  // namespace schelling
