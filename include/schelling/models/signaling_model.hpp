#pragma once

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/models/model.hpp>
#include <schelling/numerics/rational.hpp>

#include <span>
#include <string>
#include <vector>

namespace schelling {

/// An equilibrium that a paper or a closed form states. It serves as an oracle for the solvers, which do not use it.
struct KnownEquilibrium {
  std::string name;
  SignalingAssessment<Rational> assessment;
};

/// A published signalling game with named parameters.
class SignalingModel {
 public:
  virtual ~SignalingModel() = default;
  virtual const ModelInfo& info() const = 0;
  virtual std::span<const ParameterInfo> parameters() const = 0;

  /// @throws InvalidArgument if the number of values is wrong or one lies outside its domain.
  SignalingGame<Rational> game(std::span<const Rational> point) const;
  /// Equilibria in closed form at the point, as the model's documentation lists them: vertices where there is a
  /// continuum; empty where none is stated. Payoffs and beliefs are complete.
  std::vector<KnownEquilibrium> known_equilibria(std::span<const Rational> point) const;

 protected:
  virtual SignalingGame<Rational> make_game(std::span<const Rational> point) const = 0;
  /// Strategies, replies, and beliefs after messages that nobody sends; the rest is filled in.
  virtual std::vector<KnownEquilibrium> state_equilibria(std::span<const Rational> point) const = 0;
};

/// All models of this kind.
std::span<const SignalingModel* const> signaling_models();

}  // namespace schelling
