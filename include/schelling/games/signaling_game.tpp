#pragma once

#include <schelling/core/error.hpp>
#include <schelling/numerics/number.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace schelling {

namespace signaling_detail {

template <class Scalar>
void check_prior(const std::vector<Scalar>& prior) {
  Scalar sum(0);
  for (std::size_t t = 0; t < prior.size(); ++t) {
    if (!is_finite(prior[t]) || !(prior[t] > Scalar(0)))
      throw InvalidGame(expectation("prior[" + std::to_string(t) + "]",
                                    "a positive probability (leave out a type that cannot occur)",
                                    number_text(prior[t])));
    sum += prior[t];
  }
  const Scalar gap = sum > Scalar(1) ? Scalar(sum - Scalar(1)) : Scalar(Scalar(1) - sum);
  const bool is_one =
      std::numeric_limits<Scalar>::is_exact ? gap == Scalar(0) : !(gap > Scalar(tolerance::probability_sum));
  if (!is_one)
    throw InvalidGame(expectation("prior", "probabilities that sum to one", "the sum " + number_text(sum)));
}

inline void check_labels(std::vector<std::string>& labels, int count, const char* name, char prefix) {
  if (labels.empty()) {
    for (int i = 0; i < count; ++i) labels.push_back(prefix + std::to_string(i));
    return;
  }
  if (labels.size() != static_cast<std::size_t>(count))
    throw InvalidGame(expectation(name, std::to_string(count) + " labels", std::to_string(labels.size())));
  auto sorted = labels;
  std::sort(sorted.begin(), sorted.end());
  if (sorted.front().empty())
    throw InvalidGame(expectation(name, "labels that are not empty", "an empty label"));
  const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
  if (repeated != sorted.end())
    throw InvalidGame(expectation(name, "distinct labels", "\"" + *repeated + "\" twice"));
}

template <class Scalar>
std::vector<Scalar> flatten(const typename SignalingGame<Scalar>::Table& table, std::size_t messages,
                            std::size_t actions, const char* name) {
  std::vector<Scalar> flat;
  for (std::size_t t = 0; t < table.size(); ++t) {
    const std::string row = std::string(name) + "[" + std::to_string(t) + "]";
    if (table[t].size() != messages)
      throw InvalidGame(
          expectation(row, std::to_string(messages) + " messages", std::to_string(table[t].size())));
    for (std::size_t m = 0; m < messages; ++m) {
      if (table[t][m].size() != actions)
        throw InvalidGame(expectation(row + "[" + std::to_string(m) + "]",
                                      std::to_string(actions) + " actions",
                                      std::to_string(table[t][m].size())));
      flat.insert(flat.end(), table[t][m].begin(), table[t][m].end());
    }
  }
  return flat;
}

}  // namespace signaling_detail

template <class Scalar>
SignalingGame<Scalar>::SignalingGame(Data data) {
  namespace detail = signaling_detail;
  const auto require_size = [](const char* name, int count) {
    if (count < 1) throw InvalidGame(expectation(name, "at least one", std::to_string(count)));
  };
  require_size("types", data.types);
  require_size("messages", data.messages);
  require_size("actions", data.actions);
  if (data.prior.size() != static_cast<std::size_t>(data.types))
    throw InvalidGame(expectation("prior", std::to_string(data.types) + " probabilities, one for each type",
                                  std::to_string(data.prior.size())));
  detail::check_prior(data.prior);
  const auto check_payoffs = [&](const char* name, const std::vector<Scalar>& payoffs) {
    const auto size = static_cast<std::size_t>(data.types) * static_cast<std::size_t>(data.messages) *
                      static_cast<std::size_t>(data.actions);
    if (payoffs.size() != size)
      throw InvalidGame(expectation(name,
                                    std::to_string(size) + " payoffs, one for each type, message and action",
                                    std::to_string(payoffs.size())));
    for (std::size_t i = 0; i < size; ++i) {
      if (is_finite(payoffs[i])) continue;
      const auto actions = static_cast<std::size_t>(data.actions),
                 messages = static_cast<std::size_t>(data.messages);
      throw InvalidGame(expectation(std::string(name) + "[" + std::to_string(i / (messages * actions)) +
                                        "][" + std::to_string(i / actions % messages) + "][" +
                                        std::to_string(i % actions) + "]",
                                    "a finite payoff", number_text(payoffs[i])));
    }
  };
  check_payoffs("sender", data.sender);
  check_payoffs("receiver", data.receiver);
  detail::check_labels(data.labels.types, data.types, "types", 't');
  detail::check_labels(data.labels.messages, data.messages, "messages", 'm');
  detail::check_labels(data.labels.actions, data.actions, "actions", 'a');
  data_ = std::make_shared<const Data>(std::move(data));
}

template <class Scalar>
SignalingGame<Scalar>::SignalingGame(std::vector<Scalar> prior, const Table& sender, const Table& receiver,
                                     SignalingLabels labels)
    : SignalingGame([&] {
        const std::size_t types = prior.size();
        const auto require_types = [&](const char* name, const Table& table) {
          if (table.size() != types)
            throw InvalidGame(expectation(name, std::to_string(types) + " types, as many as the prior has",
                                          std::to_string(table.size())));
        };
        require_types("sender", sender);
        require_types("receiver", receiver);
        const std::size_t messages = types ? sender[0].size() : 0;
        const std::size_t actions = messages ? sender[0][0].size() : 0;
        auto flat_sender = signaling_detail::flatten<Scalar>(sender, messages, actions, "sender");
        auto flat_receiver = signaling_detail::flatten<Scalar>(receiver, messages, actions, "receiver");
        return Data{static_cast<int>(types), static_cast<int>(messages), static_cast<int>(actions),
                    std::move(prior),        std::move(flat_sender),     std::move(flat_receiver),
                    std::move(labels)};
      }()) {}

template <class Scalar>
SignalingGame<Scalar> SignalingGame<Scalar>::from_arrays(int types, int messages, int actions,
                                                         std::vector<Scalar> prior,
                                                         std::vector<Scalar> sender,
                                                         std::vector<Scalar> receiver,
                                                         SignalingLabels labels) {
  return SignalingGame(Data{types, messages, actions, std::move(prior), std::move(sender),
                            std::move(receiver), std::move(labels)});
}

template <class Scalar>
SignalingGame<Scalar> SignalingGame<Scalar>::from_function(
    int types, int messages, int actions, std::vector<Scalar> prior,
    const std::function<Payoffs(int, int, int)>& payoffs, SignalingLabels labels) {
  std::vector<Scalar> sender, receiver;
  for (int t = 0; t < types; ++t)
    for (int m = 0; m < messages; ++m)
      for (int a = 0; a < actions; ++a) {
        Payoffs both = payoffs(t, m, a);
        sender.push_back(std::move(both.sender));
        receiver.push_back(std::move(both.receiver));
      }
  return from_arrays(types, messages, actions, std::move(prior), std::move(sender), std::move(receiver),
                     std::move(labels));
}

}  // namespace schelling
