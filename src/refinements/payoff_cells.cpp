#include "payoff_cells.hpp"

#include <schelling/numerics/linear_program.hpp>

#include <algorithm>
#include <optional>

namespace schelling::refinements {

Rational PayoffHyperplane::at(const std::vector<Rational>& payoff) const {
  Rational value = constant;
  for (std::size_t t = 0; t < payoff.size(); ++t)
    if (coefficients[t] != 0) value += coefficients[t] * payoff[t];
  return value;
}

namespace {

int sign(const Rational& x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

/// The hyperplane through the points U(a), a in `actions`, in the coordinates `types`, if it is the only one.
std::optional<PayoffHyperplane> through(const SignalingGame<Rational>& game, int message,
                                        const std::vector<int>& types, const std::vector<int>& actions) {
  const std::size_t size = types.size();
  // Its normal and constant solve [U_t(a), 1] . (normal, constant) = 0: elimination must leave one free
  // column.
  std::vector<std::vector<Rational>> rows;
  for (const int a : actions) {
    rows.emplace_back();
    for (const int t : types) rows.back().push_back(game.sender(t, message, a));
    rows.back().emplace_back(1);
  }
  std::vector<std::size_t> pivots;
  std::size_t rank = 0, free_column = size + 1;
  for (std::size_t column = 0; column <= size; ++column) {
    std::size_t row = rank;
    while (row < rows.size() && rows[row][column] == 0) ++row;
    if (row == rows.size()) {
      if (free_column <= size) return std::nullopt;
      free_column = column;
      continue;
    }
    std::swap(rows[rank], rows[row]);
    const Rational pivot = rows[rank][column];
    for (auto& entry : rows[rank]) entry /= pivot;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i == rank || rows[i][column] == 0) continue;
      const Rational factor = rows[i][column];
      for (std::size_t j = 0; j <= size; ++j) rows[i][j] -= factor * rows[rank][j];
    }
    pivots.push_back(column);
    ++rank;
  }
  std::vector<Rational> solution(size + 1, Rational(0));
  solution[free_column] = 1;
  for (std::size_t i = 0; i < pivots.size(); ++i) solution[pivots[i]] = -rows[i][free_column];
  PayoffHyperplane plane{std::vector<Rational>(static_cast<std::size_t>(game.types()), Rational(0)),
                         solution[size]};
  for (std::size_t i = 0; i < size; ++i) plane.coefficients[static_cast<std::size_t>(types[i])] = solution[i];
  const auto lead = std::find_if(plane.coefficients.begin(), plane.coefficients.end(),
                                 [](const Rational& c) { return c != 0; });
  const Rational scale = *lead;
  for (auto& c : plane.coefficients) c /= scale;
  plane.constant /= scale;
  return plane;
}

/// All subsets of `set` with `size` elements.
std::vector<IndexSet> subsets(IndexSet set, int size) {
  std::vector<IndexSet> result;
  for (IndexSet part = set; part != 0; part = (part - 1) & set)
    if (std::popcount(part) == size) result.push_back(part);
  return result;
}

}  // namespace

std::vector<PayoffHyperplane> indifference_hyperplanes(BestReplies& best_replies, int message) {
  const auto& game = best_replies.game();
  std::vector<PayoffHyperplane> planes;
  std::vector<IndexSet> seen;
  for (const auto& facet : best_replies.facets(message, beliefs_on(best_replies.all_types()))) {
    const int most = std::min(std::popcount(facet.actions), game.types());
    for (int size = 1; size <= most; ++size) {
      for (const auto actions : subsets(facet.actions, size)) {
        if (std::find(seen.begin(), seen.end(), actions) != seen.end()) continue;
        seen.push_back(actions);
        for (const auto types : subsets(best_replies.all_types(), size)) {
          const auto plane = through(game, message, elements(types), elements(actions));
          if (plane && std::find(planes.begin(), planes.end(), *plane) == planes.end())
            planes.push_back(*plane);
        }
      }
    }
  }
  return planes;
}

std::vector<Rational> PayoffCells::find_point(
    const std::vector<PayoffCondition<Rational>>& conditions) const {
  // Weights on the vertices, and by how much the strict conditions hold at least.
  const std::size_t count = vertices_.size();
  LinearProgram<Rational> program(count + 1);
  std::vector<Rational> row(count + 1, Rational(1));
  row.back() = 0;
  program.add(row, Relation::equal, Rational(1));
  std::vector<Rational> bound(count + 1, Rational(0));
  bound.back() = 1;
  program.add(bound, Relation::less_equal, Rational(1));
  program.maximize(bound);
  for (const auto& condition : conditions) {
    const PayoffHyperplane plane{condition.coefficients, condition.constant};
    for (std::size_t k = 0; k < count; ++k)
      row[k] = plane.at(vertices_[k]) * (condition.sign == 0 ? 1 : condition.sign);
    row.back() = condition.sign == 0 ? 0 : -1;
    program.add(row, condition.sign == 0 ? Relation::equal : Relation::greater_equal, Rational(0));
  }
  const auto solution = solve_linear_program(program);
  if (!solution.feasible() || solution.value <= 0) return {};
  std::vector<Rational> point(vertices_.front().size(), Rational(0));
  for (std::size_t k = 0; k < count; ++k)
    if (solution.point[k] != 0)
      for (std::size_t t = 0; t < point.size(); ++t) point[t] += solution.point[k] * vertices_[k][t];
  return point;
}

std::vector<PayoffCells::Cell> PayoffCells::split(const Cell& cell,
                                                  const std::vector<PayoffHyperplane>& hyperplanes,
                                                  std::size_t limit) const {
  std::vector<Cell> cells{cell};
  for (const auto& plane : hyperplanes) {
    const int side = sign(plane.at(vertices_.front()));
    if (std::all_of(vertices_.begin(), vertices_.end(),
                    [&](const auto& v) { return sign(plane.at(v)) == side; }))
      continue;
    std::vector<Cell> finer;
    for (auto& part : cells) {
      const int known = sign(plane.at(part.payoff));
      for (const int s : {-1, 0, 1}) {
        auto conditions = part.conditions;
        conditions.push_back({plane.coefficients, plane.constant, s, true});
        auto point = s == known ? part.payoff : find_point(conditions);
        if (!point.empty()) finer.push_back({std::move(conditions), std::move(point)});
      }
    }
    if (finer.size() > limit) return {};
    cells = std::move(finer);
  }
  return cells;
}

PayoffCells::Cell PayoffCells::simplified(Cell cell) const {
  for (std::size_t i = 0; i < cell.conditions.size();) {
    const auto condition = cell.conditions[i];
    auto others = cell.conditions;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    bool follows = true;
    for (const int s : {-1, 0, 1}) {
      if (s == condition.sign) continue;
      auto conditions = others;
      conditions.push_back({condition.coefficients, condition.constant, s, true});
      follows = follows && find_point(conditions).empty();
    }
    if (follows)
      cell.conditions = std::move(others);
    else
      ++i;
  }
  return cell;
}

bool PayoffCells::is_segment(int& coordinate) const {
  const auto& origin = vertices_.front();
  const std::vector<Rational>* other = nullptr;
  for (const auto& vertex : vertices_)
    if (vertex != origin) other = &vertex;
  if (!other) return false;
  coordinate = 0;
  while ((*other)[static_cast<std::size_t>(coordinate)] == origin[static_cast<std::size_t>(coordinate)])
    ++coordinate;
  const auto c = static_cast<std::size_t>(coordinate);
  return std::all_of(vertices_.begin(), vertices_.end(), [&](const auto& vertex) {
    for (std::size_t t = 0; t < origin.size(); ++t)
      if ((vertex[t] - origin[t]) * ((*other)[c] - origin[c]) !=
          (vertex[c] - origin[c]) * ((*other)[t] - origin[t]))
        return false;
    return true;
  });
}

std::vector<PayoffCells::Cell> joined(const std::vector<PayoffCells::Cell>& cells,
                                      const std::vector<bool>& kept, int coordinate) {
  const auto c = static_cast<std::size_t>(coordinate);
  std::vector<std::size_t> order(cells.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](auto i, auto j) { return cells[i].payoff[c] < cells[j].payoff[c]; });
  const auto is_point = [](const PayoffCells::Cell& cell) {
    return std::any_of(cell.conditions.begin(), cell.conditions.end(),
                       [](const auto& condition) { return condition.sign == 0; });
  };
  std::vector<PayoffCells::Cell> result;
  for (std::size_t begin = 0; begin < order.size();) {
    if (!kept[order[begin]]) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end + 1 < order.size() && kept[order[end + 1]]) ++end;
    // Points and open intervals alternate: a run ends at its own last point, or just before the next one.
    PayoffCells::Cell run{{}, cells[order[(begin + end) / 2]].payoff};
    const auto bound = [&](std::size_t at, bool strict, int side) {
      std::vector<Rational> coefficients(run.payoff.size(), Rational(0));
      coefficients[c] = 1;
      run.conditions.push_back(
          {std::move(coefficients), Rational(-cells[order[at]].payoff[c]), side, strict});
    };
    if (begin == end && is_point(cells[order[begin]])) {
      bound(begin, true, 0);
    } else {
      if (is_point(cells[order[begin]]))
        bound(begin, false, 1);
      else if (begin > 0)
        bound(begin - 1, true, 1);
      if (is_point(cells[order[end]]))
        bound(end, false, -1);
      else if (end + 1 < order.size())
        bound(end + 1, true, -1);
    }
    result.push_back(std::move(run));
    begin = end + 1;
  }
  return result;
}

}  // namespace schelling::refinements
