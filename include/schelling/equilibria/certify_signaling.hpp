#pragma once

#include <schelling/core/pace.hpp>
#include <schelling/core/result.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>

namespace schelling {

/// How far an assessment is from a perfect Bayesian equilibrium, by the definition and nothing else: each
/// type's gain from its best message, the receiver's gain from its best action after every message, and the
/// distance of beliefs from Bayes' rule where it applies. Gains are relative to the range of the player's
/// payoffs over the whole game.
///
/// Choice probabilities and beliefs that are no distributions count with their distance from one in the Bayes
/// gap, and so do stated payoffs that are not those of the assessment, relative to the same range. With
/// Rational both numbers are zero exactly for equilibria and for nothing else. Throws InvalidArgument if the
/// shapes are not those of the game.
template <class Scalar>
Certificate certify(const SignalingGame<Scalar>& game, const SignalingAssessment<Scalar>& assessment);

/// The worst certificate over assessments that together contain every pair of a sender and a receiver vertex
/// of the products, and every vertex of the replies and beliefs off the path. Throws Stopped where the
/// monitor of the pace says so.
template <class Scalar>
Certificate certify(const SignalingGame<Scalar>& game,
                    const std::vector<SignalingComponent<Scalar>>& components, Pace pace = {});

}  // namespace schelling

#include <schelling/equilibria/certify_signaling.tpp>
