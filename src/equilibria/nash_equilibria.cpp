#include <schelling/equilibria/certify_assessment.hpp>
#include <schelling/equilibria/nash_equilibria.hpp>
#include <schelling/games/sequence_form.hpp>

#include <string>
#include <type_traits>

namespace schelling {

void NashAllOptions::validate() const {
  if (limit == 0) throw InvalidOptions("limit: expected at least 1, found 0");
}

namespace {

template <class Scalar>
std::vector<Scalar> rounded(const std::vector<Rational>& values) {
  if constexpr (std::is_same_v<Scalar, Rational>) {
    return values;
  } else {
    std::vector<double> result;
    result.reserve(values.size());
    for (const auto& value : values) result.push_back(to_double(value));
    return result;
  }
}

/// Behaviour of two plans over the actions of a tree.
std::vector<Rational> behaviour(const GameTree& tree, const std::vector<Rational>& first,
                                const std::vector<Rational>& second) {
  std::vector<Rational> strategy(static_cast<std::size_t>(tree.actions()), Rational(0));
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto& plan = tree.set_player(set) == 0 ? first : second;
    const auto begin = static_cast<std::size_t>(tree.first_action(set));
    const auto end = begin + static_cast<std::size_t>(tree.actions(set));
    Rational total = 0;
    for (auto a = begin; a < end; ++a) total += plan[a];
    if (total == 0) strategy[begin] = 1;
    for (auto a = begin; a < end && total != 0; ++a) strategy[a] = plan[a] / total;
  }
  return strategy;
}

template <class Equilibrium, class Equilibria>
std::vector<Equilibrium> all_vertices(const Equilibria& equilibria, const NashComponent& component,
                                      std::size_t limit) {
  if (component.extreme.size() > limit)
    throw InvalidArgument(expectation("extreme equilibria", "at most " + std::to_string(limit) + " (limit)",
                                      std::to_string(component.extreme.size())));
  std::vector<Equilibrium> result;
  for (const auto& pair : component.extreme) result.push_back(equilibrium(equilibria, pair));
  return result;
}

}  // namespace

template <class Scalar>
Profile<Scalar> equilibrium(const NormalFormEquilibria<Scalar>& equilibria, std::array<std::size_t, 2> pair) {
  return certify(equilibria.game, std::vector{rounded<Scalar>(equilibria.strategies[0][pair[0]]),
                                              rounded<Scalar>(equilibria.strategies[1][pair[1]])});
}

template <class Scalar>
ExtensiveEquilibrium<Scalar> equilibrium(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                         std::array<std::size_t, 2> pair) {
  const auto& game = equilibria.game;
  ExtensiveEquilibrium<Scalar> result;
  result.assessment =
      with_bayes_beliefs(game, rounded<Scalar>(behaviour(game.tree(), equilibria.strategies[0][pair[0]],
                                                         equilibria.strategies[1][pair[1]])));
  const auto values = continuation_payoffs<Scalar>(game, result.assessment.strategy);
  result.payoff.assign(values.begin(), values.begin() + 2);
  result.concept_ = Concept::nash;
  result.certificate = certify_ex_ante(game, result.assessment);
  return result;
}

template <class Scalar>
std::vector<Profile<Scalar>> vertices(const NormalFormEquilibria<Scalar>& equilibria,
                                      const NashComponent& component, std::size_t limit) {
  return all_vertices<Profile<Scalar>>(equilibria, component, limit);
}

template <class Scalar>
std::vector<ExtensiveEquilibrium<Scalar>> vertices(const ExtensiveNashEquilibria<Scalar>& equilibria,
                                                   const NashComponent& component, std::size_t limit) {
  return all_vertices<ExtensiveEquilibrium<Scalar>>(equilibria, component, limit);
}

template Profile<double> equilibrium(const NormalFormEquilibria<double>&, std::array<std::size_t, 2>);
template Profile<Rational> equilibrium(const NormalFormEquilibria<Rational>&, std::array<std::size_t, 2>);
template ExtensiveEquilibrium<double> equilibrium(const ExtensiveNashEquilibria<double>&,
                                                  std::array<std::size_t, 2>);
template ExtensiveEquilibrium<Rational> equilibrium(const ExtensiveNashEquilibria<Rational>&,
                                                    std::array<std::size_t, 2>);
template std::vector<Profile<double>> vertices(const NormalFormEquilibria<double>&, const NashComponent&,
                                               std::size_t);
template std::vector<Profile<Rational>> vertices(const NormalFormEquilibria<Rational>&, const NashComponent&,
                                                 std::size_t);
template std::vector<ExtensiveEquilibrium<double>> vertices(const ExtensiveNashEquilibria<double>&,
                                                            const NashComponent&, std::size_t);
template std::vector<ExtensiveEquilibrium<Rational>> vertices(const ExtensiveNashEquilibria<Rational>&,
                                                              const NashComponent&, std::size_t);

}  // namespace schelling
