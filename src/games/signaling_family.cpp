#include <schelling/core/error.hpp>
#include <schelling/games/signaling_family.hpp>

#include <set>
#include <utility>

namespace schelling {

namespace {

void require_sizes(const SignalingFamily::Numbers& numbers, std::size_t types, std::size_t payoffs,
                   const std::string& where) {
  const auto require = [&](const char* name, std::size_t found, std::size_t expected) {
    if (found != expected)
      throw InvalidGame(
          expectation(where + " " + name, std::to_string(expected) + " numbers", std::to_string(found)));
  };
  require("prior", numbers.prior.size(), types);
  require("sender", numbers.sender.size(), payoffs);
  require("receiver", numbers.receiver.size(), payoffs);
}

Rational sum(const std::vector<Rational>& values) {
  Rational total = 0;
  for (const auto& value : values) total += value;
  return total;
}

}  // namespace

SignalingFamily::SignalingFamily(int types, int messages, int actions, std::vector<std::string> parameters,
                                 Numbers base, std::vector<Numbers> slopes, SignalingLabels labels)
    : types_(types),
      messages_(messages),
      actions_(actions),
      parameters_(std::move(parameters)),
      base_(std::move(base)),
      slopes_(std::move(slopes)),
      labels_(std::move(labels)) {
  if (types < 1 || messages < 1 || actions < 1)
    throw InvalidGame(expectation(
        "sizes of a signalling game", "at least one type, message and action",
        std::to_string(types) + ", " + std::to_string(messages) + " and " + std::to_string(actions)));
  if (parameters_.empty() || parameters_.size() > 2 || slopes_.size() != parameters_.size())
    throw InvalidGame(expectation(
        "parameters of a family", "one or two, with one table of slopes each",
        std::to_string(parameters_.size()) + " names and " + std::to_string(slopes_.size()) + " tables"));
  if (parameters_.size() == 2 && parameters_[0] == parameters_[1])
    throw InvalidGame(
        expectation("parameters of a family", "distinct names", "\"" + parameters_[0] + "\" twice"));
  for (const auto& name : parameters_)
    if (name.empty()) throw InvalidGame(expectation("parameter of a family", "a name", "an empty text"));
  const auto count = static_cast<std::size_t>(types),
             payoffs = count * static_cast<std::size_t>(messages) * static_cast<std::size_t>(actions);
  require_sizes(base_, count, payoffs, "base");
  for (std::size_t k = 0; k < slopes_.size(); ++k)
    require_sizes(slopes_[k], count, payoffs, "slopes of " + parameters_[k]);
  if (const Rational total = sum(base_.prior); total != 1)
    throw InvalidGame(expectation("base prior", "sum 1", to_text(total)));
  for (std::size_t k = 0; k < slopes_.size(); ++k)
    if (const Rational total = sum(slopes_[k].prior); total != 0)
      throw InvalidGame(expectation("slopes of the prior in " + parameters_[k], "sum 0", to_text(total)));
  // A game of this shape checks and completes the labels.
  labels_ = SignalingGame<Rational>::from_arrays(types, messages, actions,
                                                 std::vector<Rational>(count, Rational(1, types)),
                                                 base_.sender, base_.receiver, std::move(labels_))
                .labels();
}

SignalingGame<Rational> SignalingFamily::at(std::span<const Rational> point) const {
  if (point.size() != parameters_.size())
    throw InvalidArgument(expectation("point of a family", std::to_string(parameters_.size()) + " numbers",
                                      std::to_string(point.size())));
  Numbers numbers = base_;
  for (std::size_t k = 0; k < point.size(); ++k) {
    const auto add = [&](std::vector<Rational>& to, const std::vector<Rational>& slope) {
      for (std::size_t i = 0; i < to.size(); ++i)
        if (slope[i] != 0) to[i] += slope[i] * point[k];
    };
    add(numbers.prior, slopes_[k].prior);
    add(numbers.sender, slopes_[k].sender);
    add(numbers.receiver, slopes_[k].receiver);
  }
  return SignalingGame<Rational>::from_arrays(types_, messages_, actions_, std::move(numbers.prior),
                                              std::move(numbers.sender), std::move(numbers.receiver),
                                              labels_);
}

}  // namespace schelling
