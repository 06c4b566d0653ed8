#pragma once

#include <schelling/equilibria/assessment.hpp>
#include <schelling/numerics/rational.hpp>

#include <string>
#include <vector>

namespace schelling {

/// Whether beliefs are limits of Bayes' rule under trembles that vanish.
template <class Scalar>
struct ConsistencyVerdict {
  enum class Answer { consistent, inconsistent, undecided };
  Answer answer = Answer::undecided;
  /// Why, in words and labels; empty where consistent.
  std::string reason;
  /// consistent: per action the order k of its tremble, probability c epsilon^k; 0 for actions that are
  /// played.
  std::vector<Scalar> tremble_orders;
  /// consistent: per action the logarithm of the coefficient c; 0 for actions that are played.
  std::vector<double> tremble_log_coefficients;
};

/// Decides consistency in the sense of Kreps and Wilson (1982): whether some sequence of completely mixed
/// strategies converges to the strategy such that the beliefs it induces by Bayes' rule converge to the
/// stated ones.
///
/// An assessment is consistent if and only if unplayed actions can be given trembles c epsilon^k, k > 0, such
/// that in each information set (i) the nodes with positive belief have the same, smallest order and (ii)
/// their belief odds are the ratios of their leading coefficients. (i) is a linear program in the orders k.
/// (ii) is a linear system in log c with an integer matrix: it has a solution if and only if, for every
/// integer vector of its left null space, the product of the odds raised to its entries is one. Both are
/// decided exactly in exact arithmetic. The two can be decided apart because the logarithms of any trembles
/// that converge satisfy both in the limit, and Farkas' lemma gives a contradiction where (i) has no solution
/// (Kohlberg and Reny 1997; Perea y Monsuwe, Jansen and Peters 1997).
///
/// Nodes that only chance events of probability zero lead to have belief zero where another node is possible;
/// a set without a possible node is not restricted.
///
/// @pre `check_assessment` accepts the assessment. Undecided where a set of several nodes states no beliefs.
template <class Scalar>
ConsistencyVerdict<Scalar> decide_consistency(const ExtensiveGame<Scalar>& game,
                                              const Assessment<Scalar>& assessment);

extern template ConsistencyVerdict<double> decide_consistency(const ExtensiveGame<double>&,
                                                              const Assessment<double>&);
extern template ConsistencyVerdict<Rational> decide_consistency(const ExtensiveGame<Rational>&,
                                                                const Assessment<Rational>&);

}  // namespace schelling
