#include "solvers/nash/components.hpp"

#include <schelling/numerics/bicliques.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace schelling::nash {

namespace {

/// Dimension of the hull of the chosen plans, by elimination on their differences from the first.
int dimension(const std::vector<Point>& points, const std::vector<std::size_t>& chosen) {
  if (chosen.size() <= 3) return static_cast<int>(chosen.size()) - 1;  // no three vertices are in line
  std::vector<std::vector<Rational>> rows;  // reduced, each with a column in which it alone starts
  std::vector<std::size_t> leading;
  const auto& origin = points[chosen.front()].plan;
  for (std::size_t k = 1; k < chosen.size(); ++k) {
    std::vector<Rational> row = points[chosen[k]].plan;
    for (std::size_t c = 0; c < row.size(); ++c) row[c] -= origin[c];
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Rational factor = row[leading[r]];
      if (factor == 0) continue;
      for (std::size_t c = leading[r]; c < row.size(); ++c)
        if (rows[r][c] != 0) row[c] -= factor * rows[r][c];
    }
    const auto start = std::find_if(row.begin(), row.end(), [](const Rational& x) { return x != 0; });
    if (start == row.end()) continue;
    leading.push_back(static_cast<std::size_t>(start - row.begin()));
    const Rational first = *start;
    for (auto& x : row) x /= first;
    rows.push_back(std::move(row));
  }
  return static_cast<int>(rows.size());
}

class Grouping {
 public:
  Grouping(const SequenceForm<Rational>& form, const EquilibriumPoints& found, Monitor& monitor)
      : form_(form),
        found_(found),
        monitor_(monitor),
        parent_(found.points[0].size() + found.points[1].size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  std::optional<std::vector<NashComponent>> run() {
    const std::size_t rows = found_.points[0].size();
    for (const auto& [i, j] : found_.pairs) parent_[root(i)] = root(rows + j);
    std::vector<NashComponent> components;
    std::vector<std::size_t> number(parent_.size(), none_yet);
    for (const auto& pair : found_.pairs) {
      auto& own = number[root(pair[0])];
      if (own == none_yet) {
        own = components.size();
        components.emplace_back();
      }
      const bool extreme = found_.points[0][pair[0]].extreme && found_.points[1][pair[1]].extreme;
      (extreme ? components[own].extreme : components[own].indifferent).push_back(pair);
    }
    // Where the search ended early the extreme equilibria of a component can be missing.
    std::erase_if(components, [](const NashComponent& component) { return component.extreme.empty(); });
    for (auto& component : components) {
      if (!add_products(component)) return std::nullopt;
      add_payoffs(component);
    }
    return components;
  }

 private:
  static constexpr std::size_t none_yet = ~std::size_t{0};

  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  bool add_products(NashComponent& component) {
    // Numbers within the component keep the sets small.
    std::array<std::vector<std::size_t>, 2> members;
    for (std::size_t side = 0; side < 2; ++side) {
      for (const auto& pair : component.extreme) members[side].push_back(pair[side]);
      std::sort(members[side].begin(), members[side].end());
      members[side].erase(std::unique(members[side].begin(), members[side].end()), members[side].end());
    }
    const auto place = [&](std::size_t side, std::size_t point) {
      return static_cast<std::size_t>(std::lower_bound(members[side].begin(), members[side].end(), point) -
                                      members[side].begin());
    };
    std::vector<LargeSet> neighbours(members[1].size(), LargeSet(members[0].size()));
    for (const auto& pair : component.extreme) neighbours[place(1, pair[1])].insert(place(0, pair[0]));
    const auto closed = biclique_sides(neighbours, monitor_);
    if (!closed) return false;
    for (const auto& set : *closed) {
      NashProduct product;
      set.for_each([&](std::size_t i) { product.vertices[0].push_back(members[0][i]); });
      for (std::size_t j = 0; j < neighbours.size(); ++j)
        if (set.subset_of(neighbours[j])) product.vertices[1].push_back(members[1][j]);
      for (std::size_t side = 0; side < 2; ++side)
        product.dimensions[side] = dimension(found_.points[side], product.vertices[side]);
      component.dimension = std::max(component.dimension, product.dimension());
      component.products.push_back(std::move(product));
      if (!monitor_.keep_going()) return false;
    }
    return true;
  }

  void add_payoffs(NashComponent& component) const {
    bool first = true;
    for (const auto& [i, j] : component.extreme) {
      const auto &x = found_.points[0][i].plan, &y = found_.points[1][j].plan;
      std::array<Rational, 2> payoff{0, 0};
      for (const auto& entry : form_.entries()) {
        const auto &a = x[static_cast<std::size_t>(entry.row)],
                   &b = y[static_cast<std::size_t>(entry.column)];
        if (a == 0 || b == 0) continue;
        const Rational weight = a * b;
        for (std::size_t p = 0; p < 2; ++p) payoff[p] += weight * entry.payoff[p];
      }
      for (std::size_t p = 0; p < 2; ++p) {
        auto& [least, greatest] = component.payoff[p];
        if (first || payoff[p] < least) least = payoff[p];
        if (first || payoff[p] > greatest) greatest = payoff[p];
      }
      first = false;
    }
  }

  const SequenceForm<Rational>& form_;
  const EquilibriumPoints& found_;
  Monitor& monitor_;
  std::vector<std::size_t> parent_;
};

}  // namespace

std::optional<std::vector<NashComponent>> find_components(const SequenceForm<Rational>& form,
                                                          const EquilibriumPoints& found, Monitor& monitor) {
  return Grouping(form, found, monitor).run();
}

}  // namespace schelling::nash
