#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/rational.hpp>

#include <bit>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace schelling::refinements {

/// Sets of actions or of types as bits; games with more than 64 of either are refused by name.
using IndexSet = std::uint64_t;

constexpr IndexSet singleton(int index) { return IndexSet{1} << index; }
constexpr bool contains(IndexSet set, int index) { return (set >> index & 1) != 0; }
constexpr int first(IndexSet set) { return std::countr_zero(set); }
constexpr IndexSet first_indices(int count) { return count == 64 ? ~IndexSet{0} : singleton(count) - 1; }
std::vector<int> elements(IndexSet set);

/// The convex hull of the prior restricted to each of these sets of types. All beliefs on a set of types are
/// the hull of its single types.
using BeliefHull = std::vector<IndexSet>;
BeliefHull beliefs_on(IndexSet types);

/// A largest set of actions that are best replies to one belief of a hull, and such a belief.
struct BestReplyFacet {
  IndexSet actions;
  std::vector<Rational> belief;
};

/// The sets of actions that are jointly best replies to one belief, message by message and for any hull of
/// beliefs.
///
/// They form a simplicial complex, given by its facets; the mixed best replies are the union of the simplices
/// over them. Results are kept, because criteria ask for the same hulls again and again. Not for use by two
/// threads at once.
class BestReplies {
 public:
  explicit BestReplies(SignalingGame<Rational> game);

  const SignalingGame<Rational>& game() const { return game_; }
  IndexSet all_types() const { return first_indices(game_.types()); }

  const std::vector<BestReplyFacet>& facets(int message, const BeliefHull& hull);

 private:
  std::vector<BestReplyFacet> find_facets(int message, const BeliefHull& hull) const;

  SignalingGame<Rational> game_;
  std::map<std::pair<int, BeliefHull>, std::vector<BestReplyFacet>> known_;
};

}  // namespace schelling::refinements
