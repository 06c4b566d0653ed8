#pragma once

#include "play.hpp"

#include <vector>

namespace schelling::cutoff {

/// Two best replies to the same probabilities at one information set: types that choose differently in them are
/// indifferent, so that every mixture is a best reply as well.
struct Tie {
  Index set;
  StepStrategy first, second;
};

/// The ties behind a jump of the play map between two neighbouring values of its unknowns: the sets where the two plays
/// differ although, at the first one's probabilities, both choices are worth the same. Empty if the jump is none of
/// indifference.
std::vector<Tie> find_ties(const PlayMap& map, const Play& first, const Play& second);

/// The mixture that gives `share` of the indifferent types the second choice. Indifferent intervals are split, the types
/// next to a neighbour that acts in the same way acting so; atoms mix.
StepStrategy blend(const Distribution& law, const Tie& tie, double share);

}  // namespace schelling::cutoff
