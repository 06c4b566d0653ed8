#pragma once

#include <schelling/solvers/pbe/scaled_game.hpp>

#include <schelling/numerics/polyhedron.hpp>

#include <algorithm>
#include <vector>

namespace schelling::pbe {

/// What can be optimal after one message: the simplex of beliefs, divided by the sets of best replies.
///
/// The vertices of the division are the vertices of {(mu, w) : w >= sum_t mu_t r(t, a) for all a}. A set B of
/// actions is jointly optimal at some belief with support exactly T' if and only if the vertices with support
/// in T' at which all of B is optimal have T' as the union of their supports: they span the face {supp mu in
/// T', B optimal}.
template <class Number>
struct BestReplies {
  struct Vertex {
    std::vector<Number> belief;  ///< over the types, homogeneous
    Number total;                ///< its sum
    Mask support, best;
  };
  std::vector<Vertex> vertices;
  /// Largest sets of jointly optimal actions: the facets of the complex of all such sets.
  std::vector<Mask> facets;
  /// Actions that are optimal at some belief.
  Mask undominated = 0;
  bool uncertain = false;

  bool jointly_optimal(Mask actions) const {
    return std::any_of(facets.begin(), facets.end(), [&](Mask facet) { return subset(actions, facet); });
  }
};

/// Keeps the largest sets, each once and in the order in which they first come.
inline void keep_maximal(std::vector<Mask>& sets, Pace& pace) {
  std::vector<Mask> kept;
  for (const Mask set : sets) {
    pace(kept.size());
    if (std::any_of(kept.begin(), kept.end(), [&](Mask other) { return subset(set, other); })) continue;
    kept.erase(std::remove_if(kept.begin(), kept.end(), [&](Mask other) { return subset(other, set); }),
               kept.end());
    kept.push_back(set);
  }
  sets.swap(kept);
}

/// `cone` is a work space. Bits: t for mu_t >= 0, types + a for action a.
template <class Number, class Bits>
void find_best_replies(const ScaledGame<Number>& game, int m, Polyhedron<Number, Bits>& cone,
                       BestReplies<Number>& result, Pace& pace) {
  const int types = game.types, actions = game.actions;
  // Row: total, w, mu.
  cone.reset(types + 2);
  cone.set_pace(pace);
  Bits all_types;
  for (int t = 0; t < types; ++t) all_types.insert(t);
  cone.append(all_types)[1] = Number(1);
  for (int t = 0; t < types; ++t) {
    Bits tight = all_types;
    tight.erase(t);
    tight.insert(types);
    const auto row = cone.append(tight);
    row[0] = Number(1);
    row[1] = game.receiver(t, m, 0);
    row[static_cast<std::size_t>(2 + t)] = Number(1);
  }
  for (int a = 1; a < actions; ++a)
    cone.cut(
        types + a,
        [&](std::span<const Number> row) {
          Number slack = row[1];
          for (int t = 0; t < types; ++t)
            if (const auto& mu = row[static_cast<std::size_t>(2 + t)]; mu != Number(0))
              slack -= mu * game.receiver(t, m, a);
          return slack;
        },
        2);
  result.uncertain = cone.uncertain();
  result.vertices.clear();
  result.facets.clear();
  result.undominated = 0;
  for (int i = 0; i < cone.size(); ++i) {
    const auto row = cone.row(i);
    pace(row.size());
    if (row[0] == Number(0)) continue;
    typename BestReplies<Number>::Vertex vertex{{row.begin() + 2, row.end()}, row[0], 0, 0};
    for (int t = 0; t < types; ++t)
      if (!cone.tight(i).contains(t)) vertex.support |= singleton(t);
    for (int a = 0; a < actions; ++a)
      if (cone.tight(i).contains(types + a)) vertex.best |= singleton(a);
    result.facets.push_back(vertex.best);
    result.undominated |= vertex.best;
    result.vertices.push_back(std::move(vertex));
  }
  keep_maximal(result.facets, pace);
}

}  // namespace schelling::pbe
