#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace schelling {

/// A finite game in normal (strategic) form with dense payoffs.
///
/// An immutable value; copies share their numbers. Scalar is double or Rational. A pure profile is numbered
/// with the last player's strategy running fastest: profile = (...(s_0 n_1 + s_1) n_2 + ...) + s_last.
template <class Scalar>
class NormalFormGame {
 public:
  /// @param strategies per player, the labels of the strategies
  /// @param payoffs [profile, player] in row-major order
  /// @throws InvalidGame for no player, no strategy, labels that are empty or repeated, a payoff array of the
  /// wrong
  ///   length, and payoffs that are not finite
  NormalFormGame(std::vector<std::string> players, std::vector<std::vector<std::string>> strategies,
                 std::vector<Scalar> payoffs, std::string title = {});

  /// A game of two players from their payoff tables in row-major order [row, column]; labels r0, r1, ... and
  /// c0, c1, ....
  static NormalFormGame bimatrix(int rows, int columns, const std::vector<Scalar>& row_payoffs,
                                 const std::vector<Scalar>& column_payoffs);

  int players() const { return static_cast<int>(data_->players.size()); }
  int strategies(int player) const {
    return static_cast<int>(data_->strategies[static_cast<std::size_t>(player)].size());
  }
  std::size_t profiles() const { return data_->payoffs.size() / data_->players.size(); }
  const std::string& player_label(int player) const {
    return data_->players[static_cast<std::size_t>(player)];
  }
  const std::string& strategy_label(int player, int strategy) const {
    return data_->strategies[static_cast<std::size_t>(player)][static_cast<std::size_t>(strategy)];
  }
  const std::string& title() const { return data_->title; }

  /// Number of a pure profile, given one strategy for each player.
  std::size_t profile(std::span<const int> strategies) const;
  const Scalar& payoff(std::size_t profile, int player) const {
    return data_->payoffs[profile * data_->players.size() + static_cast<std::size_t>(player)];
  }
  /// [profile, player] in row-major order.
  std::span<const Scalar> payoffs() const { return data_->payoffs; }

  /// Equal labels and payoffs; titles do not count.
  friend bool operator==(const NormalFormGame& a, const NormalFormGame& b) {
    return a.data_ == b.data_ ||
           (a.data_->players == b.data_->players && a.data_->strategies == b.data_->strategies &&
            a.data_->payoffs == b.data_->payoffs);
  }

 private:
  struct Data {
    std::vector<std::string> players;
    std::vector<std::vector<std::string>> strategies;
    std::vector<Scalar> payoffs;
    std::string title;
  };
  std::shared_ptr<const Data> data_;
};

}  // namespace schelling

#include <schelling/games/normal_form_game.tpp>
