#include <schelling/equilibria/correlated_equilibrium.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <algorithm>
#include <utility>

namespace schelling {

template <class Scalar>
CorrelatedEquilibrium<Scalar> certify_correlated(const NormalFormGame<Scalar>& game,
                                                 std::vector<Scalar> distribution) {
  const auto at = [](int i) { return static_cast<std::size_t>(i); };
  if (distribution.size() != game.profiles())
    throw InvalidArgument(
        expectation("distribution", std::to_string(game.profiles()) + " probabilities, one for each profile",
                    std::to_string(distribution.size())));
  try {
    check_distribution(std::span<const Scalar>(distribution), [] { return std::string("distribution"); });
  } catch (const InvalidGame& error) {
    throw InvalidArgument(error.what());
  }
  CorrelatedEquilibrium<Scalar> result{std::move(distribution), {}, {}};
  Scalar regret(0);
  std::size_t stride = game.profiles();
  for (int i = 0; i < game.players(); ++i) {
    const std::size_t count = at(game.strategies(i));
    stride /= count;
    Scalar low = game.payoff(0, i), high = low, expected(0);
    std::vector<Scalar> gain(count * count, Scalar(0));  // [told, played]
    for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
      const Scalar& payoff = game.payoff(profile, i);
      low = std::min(low, payoff);
      high = std::max(high, payoff);
      const Scalar& p = result.distribution[profile];
      if (p == Scalar(0)) continue;
      expected += p * payoff;
      const std::size_t told = profile / stride % count, base = profile - told * stride;
      for (std::size_t played = 0; played < count; ++played)
        gain[told * count + played] += p * (game.payoff(base + played * stride, i) - payoff);
    }
    result.payoff.push_back(expected);
    if (high > low)
      regret = std::max(regret, Scalar(*std::max_element(gain.begin(), gain.end()) / (high - low)));
  }
  result.certificate = {to_double(regret), 0, ""};
  return result;
}

template CorrelatedEquilibrium<double> certify_correlated(const NormalFormGame<double>&, std::vector<double>);
template CorrelatedEquilibrium<Rational> certify_correlated(const NormalFormGame<Rational>&,
                                                            std::vector<Rational>);

}  // namespace schelling
