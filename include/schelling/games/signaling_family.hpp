#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <span>
#include <string>
#include <vector>

namespace schelling {

/// Signalling games whose prior and payoffs are affine in one or two parameters, with rational coefficients:
/// number = base + sum_k slope_k * parameter_k. The prior sums to one for all parameters.
class SignalingFamily {
 public:
  /// What a game has, in row-major order [t, m, a].
  struct Numbers {
    std::vector<Rational> prior, sender, receiver;
  };

  /// `slopes` has one entry for each parameter. Throws InvalidGame for arrays of other sizes, parameters that
  /// are not one or two or whose names are empty or repeated, labels that do not fit, and a prior that does
  /// not sum to one identically.
  SignalingFamily(int types, int messages, int actions, std::vector<std::string> parameters, Numbers base,
                  std::vector<Numbers> slopes, SignalingLabels labels = {});

  int types() const { return types_; }
  int messages() const { return messages_; }
  int actions() const { return actions_; }
  const std::vector<std::string>& parameters() const { return parameters_; }
  const SignalingLabels& labels() const { return labels_; }
  const Numbers& base() const { return base_; }
  const std::vector<Numbers>& slopes() const { return slopes_; }

  /// The game at one point. Throws InvalidArgument for a point of another dimension, InvalidGame where the
  /// prior is not positive.
  SignalingGame<Rational> at(std::span<const Rational> point) const;

 private:
  int types_, messages_, actions_;
  std::vector<std::string> parameters_;
  Numbers base_;
  std::vector<Numbers> slopes_;
  SignalingLabels labels_;
};

}  // namespace schelling
