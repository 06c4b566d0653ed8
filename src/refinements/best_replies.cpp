#include "best_replies.hpp"

#include <schelling/core/error.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/row_table.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace schelling::refinements {

std::vector<int> elements(IndexSet set) {
  std::vector<int> result;
  for (; set != 0; set &= set - 1) result.push_back(first(set));
  return result;
}

BeliefHull beliefs_on(IndexSet types) {
  BeliefHull hull;
  for (const int t : elements(types)) hull.push_back(singleton(t));
  return hull;
}

BestReplies::BestReplies(SignalingGame<Rational> game) : game_(std::move(game)) {
  for (const auto& [name, count] : {std::pair{"types", game_.types()}, std::pair{"actions", game_.actions()}})
    if (count > 64)
      throw InvalidArgument(expectation(name, "at most 64 for refinements", std::to_string(count)));
}

const std::vector<BestReplyFacet>& BestReplies::facets(int message, const BeliefHull& hull) {
  auto [place, is_new] = known_.try_emplace({message, hull});
  if (is_new) place->second = find_facets(message, hull);
  return place->second;
}

namespace {

/// The receiver's payoff from each action at each vertex of the hull, up to the vertex's weight.
RowTable<Rational> payoffs_at_vertices(const SignalingGame<Rational>& game, int message,
                                       const BeliefHull& hull) {
  RowTable<Rational> payoffs(game.actions(), static_cast<int>(hull.size()), Rational(0));
  for (int a = 0; a < game.actions(); ++a)
    for (int k = 0; k < payoffs.columns(); ++k)
      for (const int t : elements(hull[static_cast<std::size_t>(k)]))
        payoffs(a, k) += game.prior(t) * game.receiver(t, message, a);
  return payoffs;
}

/// Weights on the vertices of the hull at which all of `actions` are best among `candidates`, if there are
/// any.
std::optional<std::vector<Rational>> supporting_weights(const RowTable<Rational>& payoffs, IndexSet actions,
                                                        IndexSet candidates) {
  const int reference = first(actions);
  const auto vertices = static_cast<std::size_t>(payoffs.columns());
  LinearProgram<Rational> program(vertices);
  program.add(std::vector<Rational>(vertices, Rational(1)), Relation::equal, Rational(1));
  std::vector<Rational> row(vertices);
  for (const int a : elements(candidates)) {
    if (a == reference) continue;
    for (int k = 0; k < payoffs.columns(); ++k)
      row[static_cast<std::size_t>(k)] = payoffs(a, k) - payoffs(reference, k);
    program.add(row, contains(actions, a) ? Relation::equal : Relation::less_equal, Rational(0));
  }
  auto solution = solve_linear_program(program);
  if (!solution.feasible()) return std::nullopt;
  return std::move(solution.point);
}

}  // namespace

std::vector<BestReplyFacet> BestReplies::find_facets(int message, const BeliefHull& hull) const {
  const auto payoffs = payoffs_at_vertices(game_, message, hull);
  // Actions with the same payoffs everywhere on the hull are best together; one stands for all of them.
  std::vector<IndexSet> twins(static_cast<std::size_t>(game_.actions()), 0);
  IndexSet candidates = 0;
  for (int a = 0; a < game_.actions(); ++a) {
    int twin = 0;
    while (!std::equal(payoffs.row(a).begin(), payoffs.row(a).end(), payoffs.row(twin).begin())) ++twin;
    twins[static_cast<std::size_t>(twin)] |= singleton(a);
    candidates |= singleton(twin);
  }

  struct Face {
    IndexSet actions;
    std::vector<Rational> weights;
  };
  std::vector<Face> faces{{0, {}}}, facets;
  // Level by level: every face but the empty one is a smaller face and one later action.
  while (!faces.empty()) {
    std::vector<Face> larger;
    for (const auto& face : faces) {
      for (const int a : elements(candidates)) {
        if (face.actions != 0 && a <= 63 - std::countl_zero(face.actions)) continue;
        const auto actions = face.actions | singleton(a);
        if (auto weights = supporting_weights(payoffs, actions, candidates))
          larger.push_back({actions, std::move(*weights)});
      }
    }
    for (auto& face : faces) {
      const bool maximal = std::none_of(larger.begin(), larger.end(), [&](const Face& other) {
        return (other.actions & face.actions) == face.actions;
      });
      if (maximal && face.actions != 0) facets.push_back(std::move(face));
    }
    faces = std::move(larger);
  }

  std::vector<BestReplyFacet> result;
  for (const auto& face : facets) {
    BestReplyFacet facet{0, std::vector<Rational>(static_cast<std::size_t>(game_.types()), Rational(0))};
    for (const int a : elements(face.actions)) facet.actions |= twins[static_cast<std::size_t>(a)];
    Rational total(0);
    for (std::size_t k = 0; k < hull.size(); ++k)
      for (const int t : elements(hull[k])) {
        const Rational weight = face.weights[k] * game_.prior(t);
        facet.belief[static_cast<std::size_t>(t)] += weight;
        total += weight;
      }
    for (auto& probability : facet.belief) probability /= total;
    result.push_back(std::move(facet));
  }
  return result;
}

}  // namespace schelling::refinements
