#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/games/extensive_game.hpp>
#include <schelling/numerics/exact_distribution.hpp>

namespace schelling {

namespace {

template <class To, class From, class F>
std::vector<To> mapped(std::span<const From> values, F&& f) {
  std::vector<To> result;
  result.reserve(values.size());
  for (const auto& value : values) result.push_back(f(value));
  return result;
}

template <class To, class From, class F>
SignalingGame<To> mapped(const SignalingGame<From>& game, F&& f) {
  return SignalingGame<To>::from_arrays(game.types(), game.messages(), game.actions(),
                                        mapped<To>(game.prior(), f), mapped<To>(game.sender(), f),
                                        mapped<To>(game.receiver(), f), game.labels());
}

}  // namespace

SignalingGame<Rational> exact(const SignalingGame<double>& game, std::vector<std::string>* notes) {
  const auto payoff = [](double value) { return exact(value); };
  auto prior = exact_distribution(game.prior());
  if (notes)
    if (auto note = prior.note("prior"); !note.empty()) notes->push_back(std::move(note));
  return SignalingGame<Rational>::from_arrays(
      game.types(), game.messages(), game.actions(), std::move(prior.probabilities),
      mapped<Rational>(game.sender(), payoff), mapped<Rational>(game.receiver(), payoff), game.labels());
}

SignalingGame<double> to_double(const SignalingGame<Rational>& game) {
  return mapped<double>(game, [](const Rational& value) { return to_double(value); });
}

template <class Scalar>
ExtensiveGame<Scalar> to_extensive(const SignalingGame<Scalar>& game) {
  const auto& labels = game.labels();
  GameTreeBuilder builder({"Sender", "Receiver"});
  const auto types = builder.chance(builder.root(), labels.types, "Nature");
  for (int t = 0; t < game.types(); ++t) {
    const auto& type = labels.types[static_cast<std::size_t>(t)];
    const auto messages =
        builder.decision(types[static_cast<std::size_t>(t)], "Sender", labels.messages, "type: " + type);
    for (int m = 0; m < game.messages(); ++m) {
      const auto& message = labels.messages[static_cast<std::size_t>(m)];
      for (const auto place : builder.decision(messages[static_cast<std::size_t>(m)], "Receiver",
                                               labels.actions, "message: " + message))
        builder.terminal(place);
    }
  }
  const GameTree tree = builder.build();
  std::vector<Scalar> chance(static_cast<std::size_t>(tree.moves()), Scalar(0)), payoffs;
  for (int t = 0; t < game.types(); ++t)
    chance[static_cast<std::size_t>(tree.first_move(0) + t)] = game.prior(t);
  // Terminals come in the order of type, message and action.
  for (std::size_t i = 0; i < game.sender().size(); ++i) {
    payoffs.push_back(game.sender()[i]);
    payoffs.push_back(game.receiver()[i]);
  }
  return {tree, std::move(chance), std::move(payoffs), "signaling game"};
}

template ExtensiveGame<double> to_extensive(const SignalingGame<double>&);
template ExtensiveGame<Rational> to_extensive(const SignalingGame<Rational>&);

}  // namespace schelling
