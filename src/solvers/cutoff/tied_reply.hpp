#pragma once

#include "play.hpp"

#include <vector>

namespace schelling::cutoff {

/// Actions of one set between which an interval of types, or an atom, may be indifferent: on the interval their values
/// have the same slope, so that they tie for all types of it or for none.
struct TieGroup {
  Index set;
  Index atom;                  // number of the atom, none for an interval
  std::vector<Index> actions;  // ascending
  double type;                 // the atom, or a type of the interval

  bool same_as(const TieGroup& other) const {
    return set == other.set && atom == other.atom && actions == other.actions;
  }
};

/// The best reply with ties smoothed: actions whose values are within about `width` of the best are mixed, by the
/// Euclidean projection of the values onto the simplex, where the best reply would jump. Groups that mix are added to
/// `mixing`.
StepStrategy smoothed_reply(const PlayMap& map, Index set, const BestReply& reply, double width,
                            std::vector<TieGroup>& mixing);

/// The best reply with given mixtures within the groups, wherever a group's action is best; `shares[g]` holds the
/// probabilities of all but the group's first action.
StepStrategy mixed_reply(const PlayMap& map, Index set, const BestReply& reply,
                         const std::vector<TieGroup>& groups, const std::vector<std::vector<double>>& shares);

/// What each further action of a group is worth less than its first one, relative to the size of payoffs.
std::vector<double> gaps(const PlayMap& map, const Play& play, const TieGroup& group);

}  // namespace schelling::cutoff
