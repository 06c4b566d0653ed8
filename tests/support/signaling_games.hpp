#pragma once

/// Random signalling games, and a form of their equilibria that can be compared.

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/numerics/rational.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

namespace schelling::testing {

struct Shape {
  int types, messages, actions;
};

/// Payoffs are integers in [-largest, largest]: the smaller, the more ties.
inline SignalingGame<Rational> random_game(std::mt19937& random, Shape shape, int largest) {
  std::uniform_int_distribution<int> weight(1, 4), payoff(-largest, largest);
  std::vector<int> weights;
  for (int t = 0; t < shape.types; ++t) weights.push_back(weight(random));
  const int total = std::accumulate(weights.begin(), weights.end(), 0);
  std::vector<Rational> prior;
  for (const int w : weights) prior.push_back(Rational(w, total));
  return SignalingGame<Rational>::from_function(
      shape.types, shape.messages, shape.actions, prior, [&](int, int, int) {
        return SignalingGame<Rational>::Payoffs{Rational(payoff(random)), Rational(payoff(random))};
      });
}

/// New number of each type, message and action.
struct Relabelling {
  std::vector<int> types, messages, actions;

  static Relabelling identity(Shape shape) {
    Relabelling result{std::vector<int>(static_cast<std::size_t>(shape.types)),
                       std::vector<int>(static_cast<std::size_t>(shape.messages)),
                       std::vector<int>(static_cast<std::size_t>(shape.actions))};
    for (auto* list : {&result.types, &result.messages, &result.actions})
      std::iota(list->begin(), list->end(), 0);
    return result;
  }
};

inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

template <class Scalar>
RowTable<Scalar> relabelled(const RowTable<Scalar>& matrix, const std::vector<int>& rows,
                            const std::vector<int>& columns) {
  RowTable<Scalar> result(matrix.rows(), matrix.columns());
  for (int i = 0; i < matrix.rows(); ++i)
    for (int j = 0; j < matrix.columns(); ++j) result(rows[at(i)], columns[at(j)]) = matrix(i, j);
  return result;
}

/// The rows, sorted.
template <class Scalar>
std::vector<std::vector<Scalar>> row_set(const RowTable<Scalar>& matrix, const std::vector<int>& columns) {
  std::vector<std::vector<Scalar>> rows;
  for (int i = 0; i < matrix.rows(); ++i) {
    std::vector<Scalar> row(at(matrix.columns()));
    for (int j = 0; j < matrix.columns(); ++j) row[at(columns[at(j)])] = matrix(i, j);
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

using Rows = std::vector<std::vector<Rational>>;
using CanonicalFacet = std::tuple<std::vector<int>, Rows, Rows>;
struct CanonicalProduct {
  Rows senders, receivers;
  std::vector<std::pair<int, std::vector<CanonicalFacet>>> off_path;
  int dimension;
  auto key() const { return std::tie(senders, receivers, off_path, dimension); }
  friend bool operator==(const CanonicalProduct& a, const CanonicalProduct& b) { return a.key() == b.key(); }
  friend bool operator<(const CanonicalProduct& a, const CanonicalProduct& b) { return a.key() < b.key(); }
};
using CanonicalComponents = std::vector<std::vector<CanonicalProduct>>;

/// The components as sorted lists of sorted lists, after a relabelling.
inline CanonicalComponents canonical(const std::vector<SignalingComponent<Rational>>& components,
                                     const Relabelling& to) {
  CanonicalComponents result;
  for (const auto& component : components) {
    auto& products = result.emplace_back();
    for (const auto& product : component.products) {
      CanonicalProduct form{{}, {}, {}, product.dimension()};
      for (const auto& x : product.sender_vertices)
        form.senders.push_back(relabelled(x, to.types, to.messages).data());
      for (const auto& y : product.receiver_vertices)
        form.receivers.push_back(relabelled(y, to.messages, to.actions).data());
      for (const auto& off_path : product.off_path) {
        std::vector<CanonicalFacet> facets;
        for (const auto& facet : off_path.facets) {
          std::vector<int> actions;
          for (const int a : facet.actions) actions.push_back(to.actions[at(a)]);
          std::sort(actions.begin(), actions.end());
          facets.emplace_back(actions, row_set(facet.beliefs, to.types), row_set(facet.replies, to.actions));
        }
        std::sort(facets.begin(), facets.end());
        form.off_path.emplace_back(to.messages[at(off_path.message)], std::move(facets));
      }
      std::sort(form.senders.begin(), form.senders.end());
      std::sort(form.receivers.begin(), form.receivers.end());
      std::sort(form.off_path.begin(), form.off_path.end());
      products.push_back(std::move(form));
    }
    std::sort(products.begin(), products.end());
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace schelling::testing
