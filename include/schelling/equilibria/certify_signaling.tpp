#pragma once

#include <schelling/core/error.hpp>
#include <schelling/numerics/number.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <type_traits>

namespace schelling {

namespace signaling_detail {

/// In double, and zero only if `x` is zero.
template <class Scalar>
double as_double(const Scalar& x) {
  const double rounded = to_double(x);
  return rounded == 0 && !(x == Scalar(0)) ? std::numeric_limits<double>::denorm_min() : rounded;
}

template <class Scalar>
Scalar payoff_range(std::span<const Scalar> payoffs) {
  const auto [low, high] = std::minmax_element(payoffs.begin(), payoffs.end());
  return *high - *low;
}

/// A gain over the range of payoffs; there is nothing to gain where all payoffs are equal.
template <class Scalar>
Scalar relative(const Scalar& gain, const Scalar& range) {
  return range == Scalar(0) || gain == Scalar(0) ? magnitude(gain) : Scalar(magnitude(gain) / range);
}

/// sum += weight * x. Most weights are zero or one, which spares fractions their arithmetic; in double nothing is
/// left out, so that what is no number is seen.
template <class Scalar>
void add_weighted(Scalar& sum, const Scalar& weight, const Scalar& x) {
  if constexpr (std::is_arithmetic_v<Scalar>) {
    sum += weight * x;
  } else {
    if (weight == Scalar(0)) return;
    sum += weight == Scalar(1) ? x : Scalar(weight * x);
  }
}

/// How far a row is from a probability distribution.
template <class Scalar>
Scalar distance_from_distribution(std::span<const Scalar> row) {
  Scalar sum(0), worst(0);
  for (const auto& p : row) {
    sum += p;
    if (p < Scalar(0)) worst = std::max(worst, Scalar(-p));
  }
  return std::max(worst, magnitude(Scalar(sum - Scalar(1))));
}

inline void require_shape(const char* name, int rows, int columns, int expected_rows, int expected_columns) {
  if (rows == expected_rows && columns == expected_columns) return;
  const auto text = [](int r, int c) { return std::to_string(r) + " x " + std::to_string(c); };
  throw InvalidArgument(
      expectation(name, text(expected_rows, expected_columns) + " numbers", text(rows, columns)));
}

}  // namespace signaling_detail

template <class Scalar>
Certificate certify(const SignalingGame<Scalar>& game, const SignalingAssessment<Scalar>& assessment) {
  namespace detail = signaling_detail;
  const int types = game.types(), messages = game.messages(), actions = game.actions();
  const auto& [sender, receiver, beliefs, sender_payoff, receiver_payoff] = assessment;
  detail::require_shape("sender", sender.rows(), sender.columns(), types, messages);
  detail::require_shape("receiver", receiver.rows(), receiver.columns(), messages, actions);
  detail::require_shape("beliefs", beliefs.rows(), beliefs.columns(), messages, types);
  detail::require_shape("sender_payoff", static_cast<int>(sender_payoff.size()), 1, types, 1);

  Scalar regret(0), gap(0);
  const auto worsen = [](Scalar& worst, const Scalar& by) {
    if (!(by <= worst)) worst = by;  // also where `by` is no number
  };
  for (int t = 0; t < types; ++t) worsen(gap, detail::distance_from_distribution(sender.row(t)));
  for (int m = 0; m < messages; ++m) {
    worsen(gap, detail::distance_from_distribution(receiver.row(m)));
    worsen(gap, detail::distance_from_distribution(beliefs.row(m)));
  }

  const Scalar sender_range = detail::payoff_range(game.sender());
  for (int t = 0; t < types; ++t) {
    Scalar best(0), value(0);
    for (int m = 0; m < messages; ++m) {
      Scalar utility(0);
      for (int a = 0; a < actions; ++a) detail::add_weighted(utility, receiver(m, a), game.sender(t, m, a));
      if (m == 0 || utility > best) best = utility;
      detail::add_weighted(value, sender(t, m), utility);
    }
    worsen(regret, detail::relative(Scalar(best - value), sender_range));
    worsen(gap, detail::relative(Scalar(value - sender_payoff[static_cast<std::size_t>(t)]), sender_range));
  }

  const Scalar receiver_range = detail::payoff_range(game.receiver());
  Scalar total(0);
  for (int m = 0; m < messages; ++m) {
    Scalar sent(0);
    std::vector<Scalar> sent_by(static_cast<std::size_t>(types), Scalar(0));
    for (int t = 0; t < types; ++t) {
      auto& probability = sent_by[static_cast<std::size_t>(t)];
      detail::add_weighted(probability, sender(t, m), game.prior(t));
      sent += probability;
      Scalar utility(0);
      for (int a = 0; a < actions; ++a) detail::add_weighted(utility, receiver(m, a), game.receiver(t, m, a));
      detail::add_weighted(total, probability, utility);
    }
    Scalar best(0), value(0);
    for (int a = 0; a < actions; ++a) {
      Scalar expected(0);
      for (int t = 0; t < types; ++t) detail::add_weighted(expected, beliefs(m, t), game.receiver(t, m, a));
      if (a == 0 || expected > best) best = expected;
      detail::add_weighted(value, receiver(m, a), expected);
    }
    worsen(regret, detail::relative(Scalar(best - value), receiver_range));
    if (sent > Scalar(0))
      for (int t = 0; t < types; ++t)
        worsen(gap, magnitude(Scalar(beliefs(m, t) - sent_by[static_cast<std::size_t>(t)] / sent)));
  }
  worsen(gap, detail::relative(Scalar(total - receiver_payoff), receiver_range));

  Certificate certificate;
  certificate.max_regret = detail::as_double(regret);
  certificate.bayes_gap = detail::as_double(gap);
  certificate.consistency = "every belief off the path is consistent: there is one round of signalling";
  return certificate;
}

template <class Scalar>
Certificate certify(const SignalingGame<Scalar>& game,
                    const std::vector<SignalingComponent<Scalar>>& components, Pace pace) {
  namespace detail = signaling_detail;
  Certificate worst;
  worst.max_regret = worst.bayes_gap = 0;
  constexpr std::size_t costly = 64;  // steps for a number of an assessment
  const std::size_t cost = costly * game.sender().size();
  const auto include = [&](const SignalingAssessment<Scalar>& assessment) {
    pace(cost);
    const Certificate one = certify(game, assessment);
    if (!(one.max_regret <= worst.max_regret)) worst.max_regret = one.max_regret;
    if (!(one.bayes_gap <= worst.bayes_gap)) worst.bayes_gap = one.bayes_gap;
    worst.consistency = one.consistency;
  };
  for (const auto& component : components)
    for (const auto& product : component.products) {
      // One completion off the path for each pair of vertices; the remaining ones with the first pair.
      std::vector<std::vector<detail::SupportedReply<Scalar>>> completions;
      std::size_t most = 1;
      for (const auto& off_path : product.off_path) {
        auto& list = completions.emplace_back();
        for (const auto& facet : off_path.facets)
          for (int b = 0; b < facet.beliefs.rows(); ++b)
            for (int r = 0; r < facet.replies.rows(); ++r) {
              pace(costly);
              list.push_back({{facet.replies.row(r).begin(), facet.replies.row(r).end()},
                              {facet.beliefs.row(b).begin(), facet.beliefs.row(b).end()}});
            }
        most = std::max(most, list.size());
      }
      std::size_t turn = 0;
      const auto complete = [&](SignalingAssessment<Scalar>& assessment) {
        for (std::size_t k = 0; k < completions.size(); ++k) {
          const auto& [reply, belief] = completions[k][turn % completions[k].size()];
          const int m = product.off_path[k].message;
          if (product.factored) detail::set_row(assessment.receiver, m, reply);
          detail::set_row(assessment.beliefs, m, belief);
        }
        ++turn;
        include(assessment);
      };
      for (std::size_t i = 0; i < product.sender_vertices.size(); ++i)
        for (std::size_t j = 0; j < product.receiver_vertices.size(); ++j) {
          auto assessment = detail::path(game, product, i, j);
          complete(assessment);
        }
      auto first = detail::path(game, product, 0, 0);
      while (turn < most) complete(first);
    }
  return worst;
}

}  // namespace schelling
