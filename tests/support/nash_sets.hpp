#pragma once

/// The Nash equilibria of a two-player game by the definition: a linear program for each pair of supports. Shares
/// nothing with the solver but the sequence form and the linear programs.

#include <schelling/equilibria/nash_equilibria.hpp>
#include <schelling/games/sequence_form.hpp>
#include <schelling/numerics/linear_program.hpp>

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <vector>

namespace schelling::testing {

using Plan = std::vector<Rational>;  // over the sequences, the empty one included
using Hulls = std::array<std::vector<Plan>, 2>;

/// The plans with support `own` against which all of `other` is optimal.
class SupportCell {
 public:
  SupportCell(const SequenceForm<Rational>& form, int player, const std::vector<char>& own,
              const std::vector<char>& other)
      : length_(static_cast<std::size_t>(form.sequences(player))), own_(own) {
    const auto sets = form.sets(1 - player);
    // Variables: x, values q as differences, the least weight in the support.
    variables_ = length_ + 2 * sets.size() + 1;
    const auto row = [&] { return Plan(variables_, Rational(0)); };
    auto total = row();
    total[0] = 1;
    equations_.emplace_back(total, 1);
    for (const auto& set : form.sets(player)) {
      auto flow = row();
      flow[static_cast<std::size_t>(set.parent)] = -1;
      for (Index s = set.first; s < set.first + set.count; ++s) flow[static_cast<std::size_t>(s)] += 1;
      equations_.emplace_back(flow, 0);
    }
    for (std::size_t s = 0; s < length_; ++s) {
      auto weight = row();
      weight[s] = 1;
      if (own[s]) {
        weight.back() = -1;
        inequalities_.push_back(weight);
      } else {
        equations_.emplace_back(weight, 0);
      }
    }
    for (std::size_t g = 0; g < sets.size(); ++g)
      for (Index t = sets[g].first; t < sets[g].first + sets[g].count; ++t) {
        auto slack = row();
        slack[length_ + 2 * g] = 1;
        slack[length_ + 2 * g + 1] = -1;
        for (std::size_t h = g + 1; h < sets.size(); ++h)
          if (sets[h].parent == t) {
            slack[length_ + 2 * h] = -1;
            slack[length_ + 2 * h + 1] = 1;
          }
        for (const auto& entry : form.entries())
          if ((player == 0 ? entry.column : entry.row) == t)
            slack[static_cast<std::size_t>(player == 0 ? entry.row : entry.column)] -=
                entry.payoff[static_cast<std::size_t>(1 - player)];
        if (other[static_cast<std::size_t>(t)])
          equations_.emplace_back(slack, 0);
        else
          inequalities_.push_back(slack);
      }
  }

  /// A plan with all of the support, if there is one.
  std::optional<Plan> inner() const {
    Plan objective(variables_, Rational(0));
    objective.back() = 1;
    const auto plan = optimum(objective);
    if (!plan) return std::nullopt;
    for (std::size_t s = 0; s < length_; ++s)
      if (own_[s] && (*plan)[s] == 0) return std::nullopt;
    return plan;
  }
  /// The plan of the closed cell that is best for an objective over the sequences.
  Plan furthest(const Plan& objective) const {
    Plan padded = objective;
    padded.resize(variables_, Rational(0));
    return *optimum(padded);
  }

 private:
  std::optional<Plan> optimum(const Plan& objective) const {
    LinearProgram<Rational> program(variables_);
    program.maximize(objective);
    for (const auto& [row, side] : equations_) program.add(row, Relation::equal, side);
    for (const auto& row : inequalities_) program.add(row, Relation::greater_equal, Rational(0));
    const auto solution = solve_linear_program(program);
    if (solution.status != LinearProgramStatus::optimal) return std::nullopt;
    return Plan(solution.point.begin(), solution.point.begin() + static_cast<std::ptrdiff_t>(length_));
  }

  std::size_t length_, variables_;
  std::vector<char> own_;
  std::vector<std::pair<Plan, Rational>> equations_;
  std::vector<Plan> inequalities_;
};

/// All supports of plans.
inline std::vector<std::vector<char>> supports(const SequenceForm<Rational>& form, int player) {
  std::vector<std::vector<char>> found{
      std::vector<char>(static_cast<std::size_t>(form.sequences(player)), 0)};
  found[0][0] = 1;
  for (const auto& set : form.sets(player)) {
    std::vector<std::vector<char>> next;
    for (const auto& support : found) {
      if (!support[static_cast<std::size_t>(set.parent)]) {
        next.push_back(support);
        continue;
      }
      for (int chosen = 1; chosen < 1 << set.count; ++chosen) {
        next.push_back(support);
        for (Index k = 0; k < set.count; ++k)
          next.back()[static_cast<std::size_t>(set.first + k)] = (chosen >> k & 1) != 0;
      }
    }
    found.swap(next);
  }
  return found;
}

/// Whether the hulls of two sets of points meet.
inline bool hulls_meet(const std::vector<Plan>& a, const std::vector<Plan>& b) {
  LinearProgram<Rational> program(a.size() + b.size());
  for (std::size_t c = 0; c < a.front().size(); ++c) {
    Plan row;
    for (const auto& point : a) row.push_back(point[c]);
    for (const auto& point : b) row.push_back(-point[c]);
    program.add(row, Relation::equal, Rational(0));
  }
  Plan ones(a.size() + b.size(), Rational(0));
  std::fill(ones.begin(), ones.begin() + static_cast<std::ptrdiff_t>(a.size()), Rational(1));
  program.add(ones, Relation::equal, Rational(1));
  Plan others(a.size() + b.size(), Rational(0));
  std::fill(others.begin() + static_cast<std::ptrdiff_t>(a.size()), others.end(), Rational(1));
  program.add(others, Relation::equal, Rational(1));
  return solve_linear_program(program).feasible();
}

/// [component][product] vertices as plans over sequences.
template <template <class> class Game>
std::vector<std::vector<Hulls>> products_of(const NashEquilibria<Game, Rational>& result,
                                            const SequenceForm<Rational>& form) {
  std::vector<std::vector<Hulls>> found;
  for (const auto& component : result.components) {
    auto& products = found.emplace_back();
    for (const auto& product : component.products) {
      Hulls hulls;
      for (std::size_t i = 0; i < 2; ++i)
        for (const std::size_t v : product.vertices[i]) {
          Plan plan{Rational(1)};
          const int player = static_cast<int>(i);
          const Index offset =
              std::is_same_v<Game<Rational>, ExtensiveGame<Rational>> || i == 0 ? 0 : form.sequences(0) - 1;
          for (Index s = 1; s < form.sequences(player); ++s)
            plan.push_back(
                result.strategies[i][v][static_cast<std::size_t>(form.action(player, s) - offset)]);
          hulls[i].push_back(std::move(plan));
        }
      products.push_back(std::move(hulls));
    }
  }
  return found;
}

inline bool contains(const std::vector<std::vector<Hulls>>& components, const Plan& x, const Plan& y) {
  for (const auto& products : components)
    for (const auto& hulls : products)
      if (hulls_meet({x}, hulls[0]) && hulls_meet({y}, hulls[1])) return true;
  return false;
}

/// No gain of either player, by the values of sets from the last to the first.
inline bool is_equilibrium(const SequenceForm<Rational>& form, const Plan& x, const Plan& y) {
  for (int player = 0; player < 2; ++player) {
    const Plan& own = player == 0 ? x : y;
    Plan worth(own.size(), Rational(0));
    Rational actual = 0;
    for (const auto& entry : form.entries()) {
      const auto r = static_cast<std::size_t>(entry.row), c = static_cast<std::size_t>(entry.column);
      const auto& payoff = entry.payoff[static_cast<std::size_t>(player)];
      actual += payoff * x[r] * y[c];
      worth[player == 0 ? r : c] += payoff * (player == 0 ? y[c] : x[r]);
    }
    const auto sets = form.sets(player);
    for (std::size_t g = sets.size(); g-- > 0;) {
      const auto first = worth.begin() + sets[g].first;
      worth[static_cast<std::size_t>(sets[g].parent)] += *std::max_element(first, first + sets[g].count);
    }
    if (worth[0] != actual) return false;
  }
  return true;
}

/// Every product consists of equilibria, and every equilibrium that a pair of supports has is in a product.
inline void expect_same_equilibria(const SequenceForm<Rational>& form,
                                   const std::vector<std::vector<Hulls>>& components) {
  for (const auto& products : components)
    for (const auto& hulls : products) {
      std::array<Plan, 2> center;
      for (std::size_t i = 0; i < 2; ++i) {
        center[i].assign(hulls[i].front().size(), Rational(0));
        for (const auto& plan : hulls[i])
          for (std::size_t s = 0; s < plan.size(); ++s) center[i][s] += plan[s] / Rational(hulls[i].size());
      }
      EXPECT_TRUE(is_equilibrium(form, center[0], center[1]));
    }
  const auto own = supports(form, 0), other = supports(form, 1);
  for (const auto& s : own)
    for (const auto& t : other) {
      const SupportCell rows(form, 0, s, t);
      const auto x = rows.inner();
      if (!x) continue;
      const SupportCell columns(form, 1, t, s);
      const auto y = columns.inner();
      if (!y) continue;
      EXPECT_TRUE(contains(components, *x, *y));
      // A vertex of the closed cell, too.
      Plan a, b;
      for (std::size_t k = 0; k < s.size(); ++k) a.push_back(static_cast<int>(k * k % 7) - 3);
      for (std::size_t k = 0; k < t.size(); ++k) b.push_back(static_cast<int>(k * k % 5) - 2);
      EXPECT_TRUE(contains(components, rows.furthest(a), columns.furthest(b)));
    }
}

/// Products of one component hang together, those of two do not meet.
inline void expect_components(const std::vector<std::vector<Hulls>>& components) {
  const auto meet = [](const Hulls& p, const Hulls& q) {
    return hulls_meet(p[0], q[0]) && hulls_meet(p[1], q[1]);
  };
  for (std::size_t c = 0; c < components.size(); ++c) {
    const auto& products = components[c];
    std::vector<std::size_t> reached{0};
    std::vector<char> seen(products.size(), 0);
    seen[0] = 1;
    for (std::size_t k = 0; k < reached.size(); ++k)
      for (std::size_t j = 0; j < products.size(); ++j)
        if (!seen[j] && meet(products[reached[k]], products[j])) {
          seen[j] = 1;
          reached.push_back(j);
        }
    EXPECT_EQ(reached.size(), products.size());
    for (std::size_t d = c + 1; d < components.size(); ++d)
      for (const auto& p : products)
        for (const auto& q : components[d]) EXPECT_FALSE(meet(p, q));
  }
}

}  // namespace schelling::testing
