#pragma once

#include <schelling/core/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace schelling {

namespace signaling_detail {

/// One reply to a message and a belief that supports it.
template <class Scalar>
struct SupportedReply {
  std::vector<Scalar> reply, belief;
};

/// The distinct reply vertices over all facets, each with a belief of the first facet that has it.
template <class Scalar>
std::vector<SupportedReply<Scalar>> supported_replies(const OffPathReplies<Scalar>& off_path) {
  std::vector<SupportedReply<Scalar>> found;
  for (const auto& facet : off_path.facets)
    for (int k = 0; k < facet.replies.rows(); ++k) {
      const auto reply = facet.replies.row(k);
      const bool known = std::any_of(found.begin(), found.end(), [&](const auto& other) {
        return std::equal(reply.begin(), reply.end(), other.reply.begin());
      });
      if (known) continue;
      const auto belief = facet.beliefs.row(0);
      found.push_back({{reply.begin(), reply.end()}, {belief.begin(), belief.end()}});
    }
  return found;
}

/// Bayes' rule after m, or nothing if no type sends m.
template <class Scalar>
std::vector<Scalar> posterior(const SignalingGame<Scalar>& game, const RowTable<Scalar>& sender, int m) {
  std::vector<Scalar> belief;
  Scalar total(0);
  for (int t = 0; t < game.types(); ++t) {
    belief.push_back(game.prior(t) * sender(t, m));
    total += belief.back();
  }
  if (total == Scalar(0)) return {};
  for (auto& probability : belief) probability /= total;
  return belief;
}

template <class Scalar>
void set_row(RowTable<Scalar>& matrix, int row, const std::vector<Scalar>& values) {
  std::copy(values.begin(), values.end(), matrix.row(row).begin());
}

/// The assessment at a pair of vertices; where the product is factored, without what happens off the path.
template <class Scalar>
SignalingAssessment<Scalar> path(const SignalingGame<Scalar>& game, const SignalingProduct<Scalar>& product,
                                 std::size_t sender, std::size_t receiver) {
  RowTable<Scalar> beliefs(game.messages(), game.types(), Scalar(0));
  for (int m = 0; m < game.messages(); ++m) {
    auto belief = posterior(game, product.sender_vertices[sender], m);
    // A message that is sent elsewhere in the product: the posterior there supports every reply of the
    // product.
    for (std::size_t k = 0; belief.empty() && k < product.sender_vertices.size(); ++k)
      belief = posterior(game, product.sender_vertices[k], m);
    if (!belief.empty()) set_row(beliefs, m, belief);
  }
  if (!product.factored)
    for (const auto& off_path : product.off_path) {
      const auto belief = off_path.facets.front().beliefs.row(0);
      std::copy(belief.begin(), belief.end(), beliefs.row(off_path.message).begin());
    }
  const auto payoff = product.sender_payoffs.row(static_cast<int>(receiver));
  return {product.sender_vertices[sender],
          product.receiver_vertices[receiver],
          std::move(beliefs),
          {payoff.begin(), payoff.end()},
          product.receiver_payoffs[sender]};
}

template <class Scalar>
std::vector<SignalingAssessment<Scalar>> paths(const SignalingGame<Scalar>& game,
                                               const SignalingProduct<Scalar>& product) {
  std::vector<SignalingAssessment<Scalar>> found;
  for (std::size_t i = 0; i < product.sender_vertices.size(); ++i)
    for (std::size_t j = 0; j < product.receiver_vertices.size(); ++j)
      found.push_back(path(game, product, i, j));
  return found;
}

}  // namespace signaling_detail

template <class Scalar>
std::vector<SignalingAssessment<Scalar>> vertices(const SignalingGame<Scalar>& game,
                                                  const SignalingProduct<Scalar>& product,
                                                  std::size_t limit) {
  namespace detail = signaling_detail;
  std::vector<std::vector<detail::SupportedReply<Scalar>>> choices;
  // In double, because the product of the counts may exceed every integer.
  double count = static_cast<double>(product.sender_vertices.size()) *
                 static_cast<double>(product.receiver_vertices.size());
  if (product.factored)
    for (const auto& off_path : product.off_path) {
      choices.push_back(detail::supported_replies(off_path));
      count *= static_cast<double>(choices.back().size());
    }
  if (count > static_cast<double>(limit))
    throw InvalidArgument(expectation("limit", "at least as many as there are vertices, " + to_text(count),
                                      std::to_string(limit)));

  std::vector<SignalingAssessment<Scalar>> found;
  for (auto& assessment : detail::paths(game, product)) {
    std::vector<std::size_t> choice(choices.size(), 0);
    for (;;) {
      for (std::size_t k = 0; k < choices.size(); ++k) {
        const auto& supported = choices[k][choice[k]];
        detail::set_row(assessment.receiver, product.off_path[k].message, supported.reply);
        detail::set_row(assessment.beliefs, product.off_path[k].message, supported.belief);
      }
      found.push_back(assessment);
      std::size_t k = 0;
      while (k < choices.size() && ++choice[k] == choices[k].size()) choice[k++] = 0;
      if (k == choices.size()) break;
    }
  }
  return found;
}

template <class Scalar>
std::vector<SignalingAssessment<Scalar>> vertices(const SignalingGame<Scalar>& game,
                                                  const SignalingComponent<Scalar>& component,
                                                  std::size_t limit) {
  std::vector<SignalingAssessment<Scalar>> found;
  for (const auto& product : component.products) {
    auto more = vertices(game, product, limit);
    if (found.size() + more.size() > limit)
      throw InvalidArgument(
          expectation("limit", "at least as many as there are vertices", std::to_string(limit)));
    found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return found;
}

template <class Scalar>
SignalingOutcome<Scalar> outcome(const SignalingGame<Scalar>& game,
                                 const SignalingAssessment<Scalar>& assessment) {
  SignalingOutcome<Scalar> result{{}, assessment.sender_payoff, assessment.receiver_payoff};
  for (int t = 0; t < game.types(); ++t)
    for (int m = 0; m < game.messages(); ++m)
      for (int a = 0; a < game.actions(); ++a)
        result.probabilities.push_back(game.prior(t) * assessment.sender(t, m) * assessment.receiver(m, a));
  return result;
}

}  // namespace schelling
