#include "undefeated.hpp"

#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <type_traits>

namespace schelling::refinements {

namespace {

/// The index that has all the probability, or nothing.
template <class Scalar>
std::optional<int> certain_index(std::span<const Scalar> probabilities) {
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (std::is_floating_point_v<Scalar> ? probabilities[i] > Scalar(1) - Scalar(tolerance::certificate)
                                         : probabilities[i] == Scalar(1))
      return static_cast<int>(i);
  }
  return std::nullopt;
}

/// The actions that are best replies to the message for some belief and pay no type more than v.
std::vector<int> pure_deterrents(const UnsentMessage& message) {
  std::vector<int> actions;
  IndexSet seen = 0;
  for (const auto& facet : message.facets(beliefs_on(message.all_types()))) seen |= facet.actions;
  for (const int a : elements(seen)) {
    bool deters = true;
    for (int t = 0; t < message.game().types() && deters; ++t) deters = !message.gains(t, a);
    if (deters) actions.push_back(a);
  }
  return actions;
}

/// The types that send the message in a rival equilibrium: those who get more there, and those who get the
/// same.
struct Senders {
  IndexSet better = 0, same = 0;
};

/// The senders of a rival that explains the message: all get at least v, one gets more.
std::optional<Senders> explained_by(const PureOutcome& rival, int message,
                                    const EquilibriumPayoffs& payoffs) {
  Senders senders;
  for (std::size_t t = 0; t < rival.message.size(); ++t) {
    if (rival.message[t] != message) continue;
    const Rational gain = rival.payoff[t] - payoffs.value[t];
    if (gain < 0) return std::nullopt;
    (gain > 0 ? senders.better : senders.same) |= singleton(static_cast<int>(t));
  }
  if (senders.better == 0) return std::nullopt;
  return senders;
}

/// A belief that makes the action a best reply and has the form that every rival asks for: the prior's
/// proportions among those who get more, no more than that for those who get the same, nothing on the others.
std::optional<std::vector<Rational>> compatible_belief(const UnsentMessage& message, int action,
                                                       const std::vector<Senders>& rivals) {
  const auto& game = message.game();
  const auto types = static_cast<std::size_t>(game.types());
  LinearProgram<Rational> program(types);
  program.add(std::vector<Rational>(types, Rational(1)), Relation::equal, Rational(1));
  std::vector<Rational> row(types);
  for (int b = 0; b < game.actions(); ++b) {
    if (b == action) continue;
    for (int t = 0; t < game.types(); ++t)
      row[static_cast<std::size_t>(t)] =
          game.receiver(t, message.message(), b) - game.receiver(t, message.message(), action);
    program.add(row, Relation::less_equal, Rational(0));
  }
  for (const auto& rival : rivals) {
    const int reference = first(rival.better);
    for (int t = 0; t < game.types(); ++t) {
      if (t == reference) continue;
      std::fill(row.begin(), row.end(), Rational(0));
      row[static_cast<std::size_t>(t)] = game.prior(reference);
      const bool sends = contains(rival.better | rival.same, t);
      if (sends) row[static_cast<std::size_t>(reference)] = -game.prior(t);
      program.add(row, contains(rival.same, t) ? Relation::less_equal : Relation::equal, Rational(0));
    }
  }
  auto solution = solve_linear_program(program);
  if (!solution.feasible()) return std::nullopt;
  return std::move(solution.point);
}

}  // namespace

bool has_pure_deterrent(const UnsentMessage& message) { return !pure_deterrents(message).empty(); }

MessageVerdict test_undefeated(const UnsentMessage& message, const EquilibriumPayoffs& payoffs,
                               const std::vector<PureOutcome>& rivals) {
  const auto& game = message.game();
  MessageVerdict verdict;
  auto& witness = verdict.witness;
  witness.message = message.message();
  const auto& name = game.labels().messages[static_cast<std::size_t>(message.message())];
  std::vector<Senders> explanations;
  std::vector<const PureOutcome*> explaining;
  for (const auto& rival : rivals) {
    if (const auto senders = explained_by(rival, message.message(), payoffs)) {
      explanations.push_back(*senders);
      explaining.push_back(&rival);
    }
  }
  const auto deterrents = pure_deterrents(message);
  const auto accept = [&](const std::vector<Senders>& asked) -> std::optional<SupportedBestReply> {
    for (const int a : deterrents) {
      if (auto belief = compatible_belief(message, a, asked)) {
        std::vector<Rational> reply(static_cast<std::size_t>(game.actions()), Rational(0));
        reply[static_cast<std::size_t>(a)] = 1;
        return SupportedBestReply{std::move(reply), std::move(*belief)};
      }
    }
    return std::nullopt;
  };
  if (auto found = accept(explanations)) {
    witness.passes = true;
    witness.belief = std::move(found->belief);
    witness.reply = std::move(found->reply);
    witness.explanation = "after " + name + ", the reply " + describe_reply(game, witness.reply) +
                          " to the belief " + describe_belief(game, witness.belief) +
                          " agrees with every equilibrium in which it is sent";
    return verdict;
  }
  // Show one rival that no belief agrees with, if one is enough.
  for (std::size_t i = 0; i < explanations.size(); ++i) {
    if (accept({explanations[i]})) continue;
    witness.types = elements(explanations[i].better);
    witness.explanation = "after " + name + ", the equilibrium in which ";
    for (std::size_t t = 0; t < explaining[i]->message.size(); ++t)
      witness.explanation += (t == 0                                   ? ""
                              : t + 1 == explaining[i]->message.size() ? " and "
                                                                       : ", ") +
                             game.labels().types[t] + " sends " +
                             game.labels().messages[static_cast<std::size_t>(explaining[i]->message[t])];
    witness.explanation += " pays " + describe_types(game, witness.types) +
                           " more, and the belief it asks for makes " + "every reply tempt a type";
    return verdict;
  }
  IndexSet better = 0;
  for (const auto& senders : explanations) better |= senders.better;
  witness.types = elements(better);
  witness.explanation = "after " + name +
                        ", no single belief agrees with all the equilibria in which it is sent and " +
                        describe_types(game, witness.types) + " get more";
  return verdict;
}

template <class Scalar>
std::vector<PureOutcome> pure_outcomes(BestReplies& best_replies,
                                       const SignalingEquilibria<Scalar>& equilibria) {
  const auto& game = best_replies.game();
  std::vector<PureOutcome> result;
  const auto consider = [&](const RowTable<Scalar>& sender, const RowTable<Scalar>& receiver) {
    PureOutcome outcome;
    outcome.reply.assign(static_cast<std::size_t>(game.messages()), -1);
    EquilibriumPayoffs payoffs;
    for (int t = 0; t < game.types(); ++t) {
      const auto m = certain_index(sender.row(t));
      if (!m) return;
      const auto a = certain_index(receiver.row(*m));
      if (!a) return;
      outcome.message.push_back(*m);
      outcome.reply[static_cast<std::size_t>(*m)] = *a;
      outcome.payoff.push_back(game.sender(t, *m, *a));
    }
    if (std::find(result.begin(), result.end(), outcome) != result.end()) return;
    payoffs.value = outcome.payoff;
    payoffs.margin.assign(outcome.payoff.size(), Rational(0));
    for (int m = 0; m < game.messages(); ++m)
      if (outcome.reply[static_cast<std::size_t>(m)] < 0 &&
          !has_pure_deterrent(UnsentMessage(best_replies, payoffs, m)))
        return;
    result.push_back(std::move(outcome));
  };
  for (const auto& component : equilibria.components)
    for (const auto& product : component.products)
      for (const auto& sender : product.sender_vertices)
        for (const auto& receiver : product.receiver_vertices) consider(sender, receiver);
  return result;
}
template std::vector<PureOutcome> pure_outcomes(BestReplies&, const SignalingEquilibria<double>&);
template std::vector<PureOutcome> pure_outcomes(BestReplies&, const SignalingEquilibria<Rational>&);

}  // namespace schelling::refinements
