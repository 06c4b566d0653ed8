#include "tie.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::cutoff {

namespace {
/// A difference of values that the unknown's last digit explains, as a share of the payoffs' size.
constexpr double same_value = 1e-9;
/// Types too few to matter: a cutoff that moved by rounding.
constexpr double no_mass = 1e-9;

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

/// Cells on which two strategies are both constant, clipped to the support.
struct CommonCell {
  double lower, upper;
  const std::vector<double>*first, *second;
};
std::vector<CommonCell> common_cells(const Distribution& law, const StepStrategy& a, const StepStrategy& b) {
  std::vector<double> ends{law.lower(), law.upper()};
  for (const auto* s : {&a, &b})
    for (const double c : s->cutoffs)
      if (c > law.lower() && c < law.upper()) ends.push_back(c);
  std::sort(ends.begin(), ends.end());
  std::vector<CommonCell> cells;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    if (!(ends[k] < ends[k + 1])) continue;
    // A cell contains its upper end, so that this identifies it also where it is as narrow as one number.
    const auto of = [&](const StepStrategy& s) { return &s.cells[s.cell_of(ends[k + 1])]; };
    cells.push_back({ends[k], ends[k + 1], of(a), of(b)});
  }
  return cells;
}

std::size_t likeliest(const std::vector<double>& choice) {
  return static_cast<std::size_t>(std::max_element(choice.begin(), choice.end()) - choice.begin());
}
}  // namespace

std::vector<Tie> find_ties(const PlayMap& map, const Play& first, const Play& second) {
  const auto& game = map.game();
  const auto& tree = game.tree();
  std::vector<Tie> ties;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const auto& a = first.strategy[index(set)];
    const auto& b = second.strategy[index(set)];
    if (a == b) continue;
    const auto& law = game.types(tree.set_player(set));
    const auto& values = first.reply[index(set)].actions;
    const auto size = map.payoff_size(tree.set_player(set));
    const bool unknown = map.is_unknown_policy(set);
    const auto tied_at = [&](double type, std::size_t x, std::size_t y) {
      return std::abs(values[x].at(type) - values[y].at(type)) <=
             same_value * (size.intercept + size.slope * std::abs(type));
    };
    double mass = 0;
    bool tied = true;
    for (const auto& cell : common_cells(law, a, b)) {
      if (*cell.first == *cell.second) continue;
      const double here = law.continuous_mass(cell.lower, cell.upper);
      if (here <= no_mass) continue;
      mass += here;
      const auto x = likeliest(*cell.first), y = likeliest(*cell.second);
      for (const double end : {cell.lower, cell.upper}) {
        if (std::isfinite(end))
          tied = tied && tied_at(end, x, y);
        else
          tied =
              tied && std::abs((end > 0 ? values[x].lines.back().slope - values[y].lines.back().slope
                                        : values[x].lines.front().slope - values[y].lines.front().slope)) <=
                          same_value * size.slope;
      }
    }
    for (std::size_t k = 0; k < law.atoms().size(); ++k) {
      if (a.atoms[k] == b.atoms[k]) continue;
      mass += law.atoms()[k].weight;
      // An atom at an unknown cutoff is indifferent once the unknown is found, not before.
      tied = tied && (unknown || tied_at(law.atoms()[k].value, likeliest(a.atoms[k]), likeliest(b.atoms[k])));
    }
    if (mass > no_mass && tied) ties.push_back({set, a, b});
  }
  return ties;
}

StepStrategy blend(const Distribution& law, const Tie& tie, double share) {
  StepStrategy mixed;
  const auto cells = common_cells(law, tie.first, tie.second);
  const auto push = [&](double from, const std::vector<double>& choice) {
    if (!mixed.cells.empty() && mixed.cells.back() == choice) return;
    if (!mixed.cells.empty()) mixed.cutoffs.push_back(from);
    mixed.cells.push_back(choice);
  };
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const auto& cell = cells[k];
    if (*cell.first == *cell.second || !(law.continuous_mass(cell.lower, cell.upper) > 0)) {
      push(cell.lower, *cell.first);
      continue;
    }
    const auto acts = [&](std::size_t neighbour, const std::vector<double>& choice) {
      return neighbour < cells.size() && *cells[neighbour].first == choice &&
             *cells[neighbour].second == choice;
    };
    const bool second_below = acts(k - 1, *cell.second) || acts(k + 1, *cell.first);
    const Distribution inside =
        Distribution({},
                     [&] {
                       std::vector<Distribution::Part> parts(law.parts().begin(), law.parts().end());
                       double sum = 0;
                       for (const auto& part : parts) sum += part.weight;
                       for (auto& part : parts) part.weight /= sum;
                       return parts;
                     }())
            .truncated(cell.lower, cell.upper);
    const double split = second_below ? inside.quantile(share) : inside.upper_quantile(share);
    const auto &below = second_below ? *cell.second : *cell.first,
               &above = second_below ? *cell.first : *cell.second;
    if (split > cell.lower) push(cell.lower, below);
    if (split < cell.upper) push(std::max(split, cell.lower), above);
  }
  if (mixed.cells.empty()) mixed.cells.push_back(tie.first.cells.front());
  for (std::size_t k = 0; k < tie.first.atoms.size(); ++k) {
    auto choice = tie.first.atoms[k];
    for (std::size_t a = 0; a < choice.size(); ++a)
      choice[a] = (1 - share) * choice[a] + share * tie.second.atoms[k][a];
    mixed.atoms.push_back(std::move(choice));
  }
  return mixed;
}

}  // namespace schelling::cutoff
