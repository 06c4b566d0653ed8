#pragma once

#include <schelling/core/monitor.hpp>
#include <schelling/equilibria/cutoff_equilibrium.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schelling {

/// Which beliefs are admitted after an action that no type takes.
enum class BeliefRule {
  any,      ///< every belief on the prior's support
  passive,  ///< the belief held before the action
  d1        ///< only on the types most willing to take it (Cho and Kreps 1987; Banks and Sobel 1987)
};
std::string_view to_string(BeliefRule rule);
/// Throws InvalidOptions for another name; `intuitive` is named as not offered.
BeliefRule belief_rule(std::string_view name);

struct CutoffOptions {
  BeliefRule belief = BeliefRule::any;
  /// Largest relative regret and Bayes gap of what is returned. Raise it only for games whose payoffs are themselves
  /// rounded more coarsely.
  double tolerance = 1e-9;
  /// Points at which the best-reply map is looked at between the ends of one unknown. More of them find equilibria
  /// that lie closer together.
  std::size_t resolution = 256;
  /// Starting points of Newton's method where there is more than one unknown.
  std::size_t starts = 400;
  /// Largest number of equilibria returned.
  std::size_t limit = 1000;
  /// Of the starting points and of sampled off-path beliefs.
  std::uint64_t seed = 0;
  /// Threads for the starting points; 0 means all there are. The answer does not depend on it.
  unsigned threads = 0;

  /// Throws InvalidOptions naming the field, its range and its value.
  void validate() const;
  bool operator==(const CutoffOptions&) const = default;
};

/// Equilibria of a private-type game, sorted by their outcome, each certified.
struct CutoffResult {
  PrivateTypeGame game;
  CutoffOptions options;
  ResultInfo info;
  std::vector<CutoffEquilibrium> equilibria;

  std::string to_text(bool full = false) const;
};

/// Perfect Bayesian equilibria of a private-type game, one for each outcome class that is found.
///
/// Each player's reply is computed exactly for all types at once, as an upper envelope of affine functions. What others
/// see of it are probabilities; a feedback set of "what follows from what" reduces them to few unknowns. With one
/// unknown, every sign change of (reply - unknown) on a grid that is refined at kinks and at near misses is followed to
/// adjacent doubles. Where the reply jumps there, types are indifferent between plans, or the mover's atom is: then any
/// mixture is a reply, and the mixture that closes the gap is searched in the same way. With several unknowns, Newton's
/// method runs from many starting points on the same map, jumps included.
///
/// Coverage is `some`, never proven: equilibria between grid points, or that no start reaches, can be missed. With
/// `any`, off-path beliefs are sampled, so that classes that only other beliefs support can be missed too. Whatever is
/// returned passed `certify` within the tolerance; the message counts candidates that did not.
///
/// Tests: the closed forms of a Schultz-type crisis game to 1e-10, all equilibria of the volunteer's dilemma with private
/// and with known costs and of the hawk-dove game, and equilibria of a three-player deterrence game that two other
/// programs computed.
/// @throws InvalidOptions
CutoffResult solve_cutoff(const PrivateTypeGame& game, const CutoffOptions& options, Monitor& monitor);
CutoffResult solve_cutoff(const PrivateTypeGame& game, const CutoffOptions& options = {});

}  // namespace schelling
