#pragma once

#include <schelling/core/result.hpp>
#include <schelling/equilibria/assessment.hpp>
#include <schelling/equilibria/certify_assessment.hpp>

#include <vector>

namespace schelling {

/// An equilibrium of an extensive game: the assessment, the concept that it is certified to satisfy, what it pays.
template <class Scalar>
struct ExtensiveEquilibrium {
  Assessment<Scalar> assessment;
  std::vector<Scalar> payoff;  ///< [player]
  Concept concept_ = Concept::nash;
  Certificate certificate;
};

/// The equilibria that a solver found.
template <class Scalar>
struct ExtensiveEquilibria {
  ExtensiveGame<Scalar> game;
  ResultInfo info;
  std::vector<ExtensiveEquilibrium<Scalar>> equilibria;
};

}  // namespace schelling
