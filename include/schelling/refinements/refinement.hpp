#pragma once

#include <span>
#include <string_view>

namespace schelling {

/// Refinements of equilibrium outcomes in signalling games, all by what the receiver may believe after a
/// message that nobody sends.
///
/// Notation: v_t is what type t gets in equilibrium; the replies considered are the best replies, pure and
/// mixed, to some belief over the types that are left; D(t) are those at which t gets more than v_t, D0(t)
/// exactly v_t. The outcome passes if after every unsent message some reply, best against an admissible
/// belief, pays no type more than v_t.
enum class Refinement {
  /// Cho and Kreps (1987): types that every reply pays less than v_t are excluded; fails if one type then
  /// gains
  /// whatever the reply.
  intuitive,
  /// The same exclusion; fails if no reply keeps all types at once.
  equilibrium_dominance,
  /// Cho and Kreps (1987): t is excluded if D(t) + D0(t) lies in D(q) for one other type q.
  d1,
  /// Cho and Kreps (1987): t is excluded if D(t) + D0(t) lies in the union of the other D(q).
  d2,
  /// Banks and Sobel (1987): beliefs are mixtures of the prior restricted to those who would send the message
  /// for some
  /// reply, repeatedly.
  divinity,
  /// Banks and Sobel (1987): divine for every prior; D2 repeated.
  universal_divinity,
  /// Never a weak best response, Kohlberg and Mertens (1986): t is excluded if D0(t) lies in the union of the
  /// other D(q).
  nwbr,
  /// Mailath, Okuno-Fujiwara and Postlewaite (1993): no other pure equilibrium explains an unsent message
  /// better.
  undefeated,
  /// Grossman and Perry (1986): no message and belief that confirm each other with a type that gains.
  perfect_sequential,
  /// Farrell (1993), for cheap talk: no group of types that is exactly the group that gains if believed.
  neologism_proof,
  d1_iterated,        ///< D1 repeated among the types that are left
  nwbr_iterated,      ///< NWBR repeated among the types that are left
  intuitive_iterated  ///< the exclusion of `intuitive` repeated among the types that are left
};

/// All refinements, in the order of the enumeration.
std::span<const Refinement> all_refinements();

std::string_view to_string(Refinement refinement);

/// The refinement with this name. @throws InvalidArgument naming the known ones.
Refinement parse_refinement(std::string_view name);

}  // namespace schelling
