#include <schelling/core/error.hpp>

#include "models/signaling_models.hpp"

#include <array>

namespace schelling {

namespace {

void check(std::span<const ParameterInfo> table, std::span<const Rational> point) {
  std::vector<double> rounded;
  for (const auto& value : point) rounded.push_back(to_double(value));
  check_point(table, rounded);
}

/// Payoffs, and beliefs by Bayes' rule where a message is sent.
void complete(const SignalingGame<Rational>& game, SignalingAssessment<Rational>& assessment) {
  assessment.sender_payoff.assign(static_cast<std::size_t>(game.types()), Rational(0));
  assessment.receiver_payoff = 0;
  for (int m = 0; m < game.messages(); ++m) {
    if (auto belief = signaling_detail::posterior(game, assessment.sender, m); !belief.empty())
      signaling_detail::set_row(assessment.beliefs, m, belief);
    for (int t = 0; t < game.types(); ++t)
      for (int a = 0; a < game.actions(); ++a) {
        const Rational probability = assessment.sender(t, m) * assessment.receiver(m, a);
        assessment.sender_payoff[static_cast<std::size_t>(t)] += probability * game.sender(t, m, a);
        assessment.receiver_payoff += game.prior(t) * probability * game.receiver(t, m, a);
      }
  }
}

}  // namespace

SignalingGame<Rational> SignalingModel::game(std::span<const Rational> point) const {
  check(parameters(), point);
  return make_game(point);
}

std::vector<KnownEquilibrium> SignalingModel::known_equilibria(std::span<const Rational> point) const {
  const auto built = game(point);
  auto list = state_equilibria(point);
  for (auto& known : list) complete(built, known.assessment);
  return list;
}

std::span<const SignalingModel* const> signaling_models() {
  using namespace signaling_models_detail;
  static const std::array<const SignalingModel*, 4> all{&beer_quiche(), &job_market_signaling(),
                                                        &chain_store_stage(), &alliance_signaling_stylised()};
  return all;
}

namespace signaling_models_detail {

KnownEquilibrium known(std::string name, std::vector<std::vector<Rational>> sender,
                       std::vector<std::vector<Rational>> receiver,
                       std::vector<std::vector<Rational>> beliefs) {
  const auto matrix = [](const std::vector<std::vector<Rational>>& rows) {
    RowTable<Rational> result(0, static_cast<int>(rows.front().size()));
    for (const auto& row : rows) result.append(row);
    return result;
  };
  return {std::move(name), {matrix(sender), matrix(receiver), matrix(beliefs), {}, Rational(0)}};
}

}  // namespace signaling_models_detail

}  // namespace schelling
