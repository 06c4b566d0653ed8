#pragma once

#include <schelling/solvers/pbe/scaled_game.hpp>
#include "solvers/regions/parametric_system.hpp"

#include <schelling/games/signaling_family.hpp>

#include <vector>

namespace schelling::regions {

using pbe::Mask;

/// Who sends a message and which actions answer it: on the path with positive probability, off it (without
/// senders) possibly.
struct Option {
  Mask senders = 0, replies = 0;
};
using Cell = std::vector<Option>;  ///< [m]; an option without replies leaves its message open

/// The linear systems that decide whether supports exist in a family, with integer polynomials: prior, each
/// type's payoffs and the receiver's are multiplied by their common denominators. Quantities that are to be
/// positive are asked to be at least one, in homogeneous unknowns.
class SupportSystems {
 public:
  explicit SupportSystems(const SignalingFamily& family);

  int types() const { return types_; }
  int messages() const { return messages_; }
  int actions() const { return actions_; }
  const Polynomial& prior(int t) const { return prior_[static_cast<std::size_t>(t)]; }

  /// Priors, and differences of payoffs that a type or the receiver compares: what boundaries that are lines
  /// tend to be made of.
  std::vector<Polynomial> differences() const;

  /// A belief after m, positive on exactly `senders`, at which all `replies` are best. Without senders: any
  /// belief.
  ParametricSystem belief(int m, const Option& option) const;
  /// Strategies of the sender with the cell's supports that make its replies best after every message sent.
  ParametricSystem strategies(const Cell& cell) const;
  /// Replies with the cell's supports that make every type want to send what it sends, as far as messages
  /// are not left open; only types that send something are looked at.
  ParametricSystem replies(const Cell& cell) const;

 private:
  int types_, messages_, actions_;
  std::vector<Polynomial> prior_, sender_, receiver_;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  std::size_t index(int t, int m, int a) const { return index((t * messages_ + m) * actions_ + a); }
  /// How much better than a the first of the replies is against t.
  Polynomial advantage(int t, int m, const Option& option, int a) const {
    return receiver_[index(t, m, pbe::lowest(option.replies))] - receiver_[index(t, m, a)];
  }
};

}  // namespace schelling::regions
