#include <schelling/equilibria/profile.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <algorithm>
#include <utility>

namespace schelling {

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

template <class Scalar>
void check_strategies(const NormalFormGame<Scalar>& game,
                      const std::vector<std::vector<Scalar>>& strategies) {
  if (strategies.size() != at(game.players()))
    throw InvalidArgument(expectation("strategies",
                                      std::to_string(game.players()) + " lists, one for each player",
                                      std::to_string(strategies.size())));
  for (int i = 0; i < game.players(); ++i) {
    const auto name = [&] { return "strategy of '" + game.player_label(i) + "'"; };
    if (strategies[at(i)].size() != at(game.strategies(i)))
      throw InvalidArgument(expectation(name(), std::to_string(game.strategies(i)) + " probabilities",
                                        std::to_string(strategies[at(i)].size())));
    try {
      check_distribution(std::span<const Scalar>(strategies[at(i)]), name);
    } catch (const InvalidGame& error) {
      throw InvalidArgument(error.what());
    }
  }
}

}  // namespace

template <class Scalar>
std::vector<std::vector<Scalar>> strategy_payoffs(const NormalFormGame<Scalar>& game,
                                                  const std::vector<std::vector<Scalar>>& strategies) {
  check_strategies(game, strategies);
  const int players = game.players();
  std::vector<std::vector<Scalar>> worth;
  for (int i = 0; i < players; ++i) worth.emplace_back(at(game.strategies(i)), Scalar(0));

  // Pure profiles in their order. With at most one player off the support the others' weight is that player's
  // concern alone; with two off, the profile concerns nobody.
  std::vector<int> pure(at(players), 0);
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    Scalar weight(1);
    int off = 0, offs = 0;
    for (int i = 0; i < players && offs < 2; ++i) {
      const Scalar& p = strategies[at(i)][at(pure[at(i)])];
      if (p == Scalar(0)) {
        off = i;
        ++offs;
      } else {
        weight *= p;
      }
    }
    if (offs < 2)
      for (int i = offs == 1 ? off : 0; i < (offs == 1 ? off + 1 : players); ++i) {
        Scalar others = weight;
        if (offs == 0) {
          others = Scalar(1);
          for (int j = 0; j < players; ++j)
            if (j != i) others *= strategies[at(j)][at(pure[at(j)])];
        }
        worth[at(i)][at(pure[at(i)])] += others * game.payoff(profile, i);
      }
    for (int i = players; i-- > 0;) {
      if (++pure[at(i)] < game.strategies(i)) break;
      pure[at(i)] = 0;
    }
  }
  return worth;
}

template <class Scalar>
Profile<Scalar> certify(const NormalFormGame<Scalar>& game, std::vector<std::vector<Scalar>> strategies) {
  const auto worth = strategy_payoffs(game, strategies);
  Profile<Scalar> result{std::move(strategies), {}, {}};
  Scalar regret(0);
  for (int i = 0; i < game.players(); ++i) {
    const auto& own = worth[at(i)];
    Scalar& payoff = result.payoff.emplace_back(0);
    for (std::size_t s = 0; s < own.size(); ++s) payoff += result.strategies[at(i)][s] * own[s];
    Scalar low = game.payoff(0, i), high = low;
    for (std::size_t profile = 1; profile < game.profiles(); ++profile) {
      low = std::min(low, game.payoff(profile, i));
      high = std::max(high, game.payoff(profile, i));
    }
    if (low == high) continue;
    const Scalar gain = *std::max_element(own.begin(), own.end()) - payoff;
    regret = std::max(regret, Scalar(gain / (high - low)));
  }
  result.certificate = {to_double(regret), 0, ""};
  return result;
}

template std::vector<std::vector<double>> strategy_payoffs(const NormalFormGame<double>&,
                                                           const std::vector<std::vector<double>>&);
template std::vector<std::vector<Rational>> strategy_payoffs(const NormalFormGame<Rational>&,
                                                             const std::vector<std::vector<Rational>>&);
template Profile<double> certify(const NormalFormGame<double>&, std::vector<std::vector<double>>);
template Profile<Rational> certify(const NormalFormGame<Rational>&, std::vector<std::vector<Rational>>);

}  // namespace schelling
