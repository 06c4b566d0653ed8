#include <schelling/games/convert_signaling_game.hpp>

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

SignalingGame<Rational> exact(const SignalingGame<double>& game) {
  return mapped<Rational>(game, [](double value) { return exact(value); });
}

SignalingGame<double> to_double(const SignalingGame<Rational>& game) {
  return mapped<double>(game, [](const Rational& value) { return to_double(value); });
}

}  // namespace schelling
