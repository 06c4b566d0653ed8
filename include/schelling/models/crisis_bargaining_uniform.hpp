#pragma once

#include <schelling/games/private_type_game.hpp>
#include <schelling/models/model.hpp>
#include <schelling/solvers/solve_cutoff.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace schelling {

/// A crisis in which the challenger pays an audience cost for backing down, with uniform values of war.
///
/// The challenger stays out or challenges; the defender concedes the prize or resists; the challenger then backs down or
/// fights. The tree is that of Schultz (1999); the uniform types and the closed form are derived here, so that no
/// proposition of a paper is cited for them.
///
/// `solve` asks the generic engine, for which the closed form of `known_equilibria` is the oracle.
class CrisisBargainingUniform final : public Model {
 public:
  explicit CrisisBargainingUniform(BeliefRule belief = BeliefRule::any) : belief_(belief) {}

  BeliefRule belief() const { return belief_; }
  const ModelInfo& info() const override;
  std::span<const ParameterInfo> parameters() const override;
  std::span<const OutcomeInfo> outcomes() const override;
  void solve(std::span<const double> point, Records& out) const override;

  /// Information sets "challenge", "resistance" and "fight".
  PrivateTypeGame game(std::span<const double> point) const;

  struct KnownEquilibrium {
    /// "no bluff", "bluff", "all challenge" or "nobody challenges".
    std::string_view regime;
    /// In the order of the schema.
    std::vector<double> outcomes;
  };
  /// The equilibria in closed form, beliefs off the path free: one with challenges if there is one, and "nobody
  /// challenges" where no type of the challenger would gain against the most resistance that some belief justifies.
  std::vector<KnownEquilibrium> known_equilibria(std::span<const double> point) const;

 private:
  BeliefRule belief_;
};

}  // namespace schelling
