#include "tied_reply.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace schelling::cutoff {

namespace {

/// Slopes closer than this share of the payoffs' slopes are the same polynomial in the others' probabilities.
constexpr double same_slope = 1e-9;
/// Beyond this loss a group's other actions are no longer what the types consider.
constexpr double far_from_tied = 0.05;

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

/// Pieces of the support on which every action's value is affine and one action is best.
struct Piece {
  double lower, upper, inside;
  Index best;
};
std::vector<Piece> pieces_of(const Distribution& law, const BestReply& reply) {
  std::vector<double> ends{law.lower(), law.upper()};
  const auto add = [&](const std::vector<double>& cuts) {
    for (const double c : cuts)
      if (c > law.lower() && c < law.upper()) ends.push_back(c);
  };
  add(reply.strategy.cutoffs);
  for (const auto& action : reply.actions) add(action.cuts);
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::vector<Piece> pieces;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    const double low = ends[k], high = ends[k + 1];
    const double inside = std::isinf(low)    ? (std::isinf(high) ? 0 : high - 1)
                          : std::isinf(high) ? low + 1
                                             : low + (high - low) / 2;
    const auto& choice = reply.strategy.cells[reply.strategy.cell_of(inside)];
    pieces.push_back({low, high, inside,
                      static_cast<Index>(std::max_element(choice.begin(), choice.end()) - choice.begin())});
  }
  return pieces;
}

/// Slope of an action's value around a type inside a piece.
double slope_at(const Envelope& action, double type) {
  return action
      .lines[static_cast<std::size_t>(std::lower_bound(action.cuts.begin(), action.cuts.end(), type) -
                                      action.cuts.begin())]
      .slope;
}

double scale_at(PayoffSize size, double type) { return size.intercept + size.slope * std::abs(type); }

/// The best action and those that could tie with it there.
std::vector<Index> group_at(const BestReply& reply, Index best, double type, bool is_atom, PayoffSize size,
                            double within) {
  std::vector<Index> actions;
  for (Index a = 0; a < static_cast<Index>(reply.actions.size()); ++a) {
    const auto& value = reply.actions[index(a)];
    const bool parallel =
        is_atom || std::abs(slope_at(value, type) - slope_at(reply.actions[index(best)], type)) <=
                       same_slope * size.slope;
    if (parallel && reply.actions[index(best)].at(type) - value.at(type) <= within * scale_at(size, type))
      actions.push_back(a);
  }
  return actions;
}

/// Euclidean projection onto the probability simplex (Held, Wolfe and Crowder 1974).
std::vector<double> project(const std::vector<double>& z) {
  std::vector<double> sorted = z;
  std::sort(sorted.rbegin(), sorted.rend());
  double sum = 0, threshold = 0;
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    const double candidate = (sum - 1) / static_cast<double>(k + 1);
    if (sorted[k] > candidate) threshold = candidate;
  }
  std::vector<double> p;
  for (const double v : z) p.push_back(std::max(0.0, v - threshold));
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& v : p) v /= total;
  return p;
}

/// Builds a strategy from the choice on each piece and at each atom, given the actions within a loss of the best.
template <class Choice>
StepStrategy strategy_from(const PlayMap& map, Index set, const BestReply& reply, double within,
                           Choice choice) {
  const Index player = map.game().tree().set_player(set);
  const auto& law = map.game().types(player);
  const auto size = map.payoff_size(player);
  StepStrategy strategy;
  if (law.parts().empty())
    strategy.cells = reply.strategy.cells;
  else
    for (const auto& piece : pieces_of(law, reply)) {
      auto here = choice(group_at(reply, piece.best, piece.inside, false, size, within), piece.best, none,
                         piece.inside);
      if (!strategy.cells.empty() && strategy.cells.back() == here) continue;
      if (!strategy.cells.empty()) strategy.cutoffs.push_back(piece.lower);
      strategy.cells.push_back(std::move(here));
    }
  for (std::size_t k = 0; k < law.atoms().size(); ++k) {
    const double type = law.atoms()[k].value;
    const Index best = best_at(reply.actions, type, size);
    strategy.atoms.push_back(
        choice(group_at(reply, best, type, true, size, within), best, static_cast<Index>(k), type));
  }
  return strategy;
}

std::vector<double> pure(std::size_t actions, Index action) {
  std::vector<double> choice(actions, 0.0);
  choice[index(action)] = 1;
  return choice;
}

}  // namespace

StepStrategy smoothed_reply(const PlayMap& map, Index set, const BestReply& reply, double width,
                            std::vector<TieGroup>& mixing) {
  const auto size = map.payoff_size(map.game().tree().set_player(set));
  return strategy_from(
      map, set, reply, width, [&](std::vector<Index> group, Index best, Index atom, double type) {
        if (group.size() == 1) return pure(reply.actions.size(), best);
        std::vector<double> z;
        for (const Index a : group)
          z.push_back((reply.actions[index(a)].at(type) - reply.actions[index(best)].at(type)) /
                      (width * scale_at(size, type)));
        const auto p = project(z);
        std::vector<double> choice(reply.actions.size(), 0.0);
        TieGroup used{set, atom, {}, type};
        for (std::size_t k = 0; k < group.size(); ++k) {
          choice[index(group[k])] = p[k];
          if (p[k] > 0) used.actions.push_back(group[k]);
        }
        if (used.actions.size() > 1 &&
            std::none_of(mixing.begin(), mixing.end(), [&](const auto& g) { return g.same_as(used); }))
          mixing.push_back(used);
        return choice;
      });
}

StepStrategy mixed_reply(const PlayMap& map, Index set, const BestReply& reply,
                         const std::vector<TieGroup>& groups,
                         const std::vector<std::vector<double>>& shares) {
  return strategy_from(
      map, set, reply, far_from_tied,
      [&](const std::vector<Index>& possible, Index best, Index atom, double) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
          const auto& group = groups[g];
          if (group.set != set || group.atom != atom ||
              !std::binary_search(group.actions.begin(), group.actions.end(), best))
            continue;
          if (!std::includes(possible.begin(), possible.end(), group.actions.begin(), group.actions.end()))
            continue;
          std::vector<double> choice(reply.actions.size(), 0.0);
          double rest = 1;
          for (std::size_t k = 1; k < group.actions.size(); ++k)
            rest -= choice[index(group.actions[k])] = std::min(shares[g][k - 1], std::max(rest, 0.0));
          choice[index(group.actions[0])] = std::max(rest, 0.0);
          return choice;
        }
        return pure(reply.actions.size(), best);
      });
}

std::vector<double> gaps(const PlayMap& map, const Play& play, const TieGroup& group) {
  const auto& actions = play.reply[index(group.set)].actions;
  const double scale = scale_at(map.payoff_size(map.game().tree().set_player(group.set)), group.type);
  const double first = actions[index(group.actions[0])].at(group.type);
  std::vector<double> out;
  for (std::size_t k = 1; k < group.actions.size(); ++k)
    out.push_back((first - actions[index(group.actions[k])].at(group.type)) / scale);
  return out;
}

}  // namespace schelling::cutoff
