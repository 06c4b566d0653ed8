#include "exact_outcome.hpp"

#include <schelling/core/error.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <string>
#include <type_traits>

namespace schelling::refinements {

namespace {

/// The value of a sum of rounded products as it is stored, not as a decimal.
Rational stored_value(double x) { return exact_binary(x); }
const Rational& stored_value(const Rational& x) { return x; }

[[noreturn]] void refuse(const std::string& found) {
  throw InvalidArgument(expectation("outcome", "one of an equilibrium of the game", found));
}

}  // namespace

template <class Scalar>
Rational payoff_margin(const SignalingGame<Rational>& game, int type) {
  if constexpr (std::is_floating_point_v<Scalar>) {
    Rational low = game.sender(type, 0, 0), high = low;
    for (int m = 0; m < game.messages(); ++m)
      for (int a = 0; a < game.actions(); ++a) {
        low = std::min(low, game.sender(type, m, a));
        high = std::max(high, game.sender(type, m, a));
      }
    return exact(tolerance::certificate) * (high - low);
  } else {
    return Rational(0);
  }
}
template Rational payoff_margin<double>(const SignalingGame<Rational>&, int);
template Rational payoff_margin<Rational>(const SignalingGame<Rational>&, int);

std::vector<int> ExactOutcome::unsent() const {
  std::vector<int> messages;
  for (std::size_t m = 0; m < sent.size(); ++m)
    if (!sent[m]) messages.push_back(static_cast<int>(m));
  return messages;
}

template <class Scalar>
ExactOutcome read_outcome(BestReplies& best_replies, const SignalingGame<Scalar>& given,
                          const SignalingOutcome<Scalar>& outcome) {
  const auto& game = best_replies.game();
  const auto& labels = game.labels();
  const int types = game.types(), messages = game.messages(), actions = game.actions();
  if (outcome.probabilities.size() != given.sender().size())
    throw InvalidArgument(expectation("outcome", std::to_string(given.sender().size()) + " probabilities",
                                      std::to_string(outcome.probabilities.size())));
  const bool exact_numbers = !std::is_floating_point_v<Scalar>;
  const Rational slack = exact_numbers ? Rational(0) : exact(tolerance::certificate);
  // Conditional on the type: how often it sends m and is answered a.
  std::vector<Rational> play;
  for (std::size_t i = 0; i < outcome.probabilities.size(); ++i) {
    const auto& probability = outcome.probabilities[i];
    const int t = static_cast<int>(i) / (messages * actions);
    if (!(probability >= Scalar(0) && probability <= Scalar(1)))
      throw InvalidArgument(
          expectation("outcome", "probabilities", "one that is negative, above one or not a number"));
    play.push_back(stored_value(Scalar(probability / given.prior(t))));
  }
  const auto at = [&](int t, int m, int a) -> const Rational& {
    return play[static_cast<std::size_t>((t * messages + m) * actions + a)];
  };

  ExactOutcome result;
  result.sent.assign(static_cast<std::size_t>(messages), false);
  result.is_pure = true;
  result.message.assign(static_cast<std::size_t>(types), -1);
  result.reply.assign(static_cast<std::size_t>(messages), -1);
  for (int t = 0; t < types; ++t) {
    Rational payoff(0), total(0);
    bool pure = false;
    for (int m = 0; m < messages; ++m)
      for (int a = 0; a < actions; ++a) {
        const auto& probability = at(t, m, a);
        if (probability == 0) continue;
        result.sent[static_cast<std::size_t>(m)] = true;
        total += probability;
        payoff += probability * game.sender(t, m, a);
        if (probability == 1) {
          pure = true;
          result.message[static_cast<std::size_t>(t)] = m;
          result.reply[static_cast<std::size_t>(m)] = a;
        }
      }
    if (abs(total - 1) > slack)
      refuse("that " + labels.types[static_cast<std::size_t>(t)] +
             " occurs with another probability than its prior");
    result.is_pure = result.is_pure && pure;
    result.payoffs.value.push_back(std::move(payoff));
    result.payoffs.margin.push_back(pure ? Rational(0) : payoff_margin<Scalar>(game, t));
  }

  for (int m = 0; m < messages; ++m) {
    const auto& name = labels.messages[static_cast<std::size_t>(m)];
    if (!result.sent[static_cast<std::size_t>(m)]) continue;
    // The reply to m, and what each action would pay the receiver.
    std::vector<Rational> reply(static_cast<std::size_t>(actions), Rational(0)), value = reply;
    std::vector<Rational> share(static_cast<std::size_t>(types), Rational(0));
    Rational weight(0);
    for (int t = 0; t < types; ++t)
      for (int a = 0; a < actions; ++a) {
        share[static_cast<std::size_t>(t)] += at(t, m, a);
        weight += game.prior(t) * at(t, m, a);
        reply[static_cast<std::size_t>(a)] += game.prior(t) * at(t, m, a);
      }
    for (auto& probability : reply) probability /= weight;
    Rational low = game.receiver(0, m, 0), high = low;
    for (int t = 0; t < types; ++t)
      for (int a = 0; a < actions; ++a) {
        if (abs(at(t, m, a) - share[static_cast<std::size_t>(t)] * reply[static_cast<std::size_t>(a)]) >
            slack)
          refuse("that the reply to " + name + " depends on the type");
        value[static_cast<std::size_t>(a)] +=
            game.prior(t) * share[static_cast<std::size_t>(t)] * game.receiver(t, m, a) / weight;
        low = std::min(low, game.receiver(t, m, a));
        high = std::max(high, game.receiver(t, m, a));
      }
    const Rational best = *std::max_element(value.begin(), value.end());
    for (int a = 0; a < actions; ++a)
      if (reply[static_cast<std::size_t>(a)] > slack &&
          value[static_cast<std::size_t>(a)] < best - slack * (high - low))
        refuse("that " + labels.actions[static_cast<std::size_t>(a)] + " is not a best reply to " + name);
    for (int t = 0; t < types; ++t) {
      Rational payoff(0);
      for (int a = 0; a < actions; ++a) payoff += reply[static_cast<std::size_t>(a)] * game.sender(t, m, a);
      const Rational gain = payoff - result.payoffs.value[static_cast<std::size_t>(t)];
      if (gain > payoff_margin<Scalar>(game, t))
        refuse("that " + labels.types[static_cast<std::size_t>(t)] + " gains by sending " + name);
    }
  }
  for (const int m : result.unsent())
    if (!UnsentMessage(best_replies, result.payoffs, m).deterrent(beliefs_on(best_replies.all_types())))
      refuse("that every best reply to " + labels.messages[static_cast<std::size_t>(m)] +
             " makes some type send it");
  return result;
}
template ExactOutcome read_outcome(BestReplies&, const SignalingGame<double>&,
                                   const SignalingOutcome<double>&);
template ExactOutcome read_outcome(BestReplies&, const SignalingGame<Rational>&,
                                   const SignalingOutcome<Rational>&);

}  // namespace schelling::refinements
