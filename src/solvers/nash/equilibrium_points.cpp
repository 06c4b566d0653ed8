#include "solvers/nash/equilibrium_points.hpp"

#include "solvers/nash/vertex_walk.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace schelling::nash {

namespace {

template <class Bits>
struct Vertex {
  Bits zeros, basis;
};

/// The vertices of one polyhedron as far as they are known.
template <class Bits>
class Side {
 public:
  Side(const SequenceForm<Rational>& form, int player)
      : form_(form),
        polyhedron_(form, player),
        walk_(polyhedron_),
        dimension_(polyhedron_.first().columns()) {
    for (const auto& set : form.sets(1 - player)) {
      Bits slacks;
      for (Index t = set.first; t < set.first + set.count; ++t)
        slacks.insert(BestReplyPolyhedron::variable(form, 1 - player, t));
      slacks_.push_back(slacks);
    }
  }

  /// Walks on by some vertices; false if there are none left.
  bool walk(int steps) {
    for (; steps > 0; --steps) {
      if (!walk_.next()) return false;
      const Bits zeros = walk_.zeros();
      // Values above the least that the inequalities allow belong to no equilibrium that the least do not.
      const bool least = std::all_of(slacks_.begin(), slacks_.end(),
                                     [&](const Bits& slacks) { return !((zeros & slacks) == Bits()); });
      // A vertex is known by its zeros.
      if (least && known_.insert(zeros)) vertices_.push_back({zeros, walk_.basis()});
    }
    return true;
  }

  const std::vector<Vertex<Bits>>& vertices() const { return vertices_; }
  bool is_degenerate(const Vertex<Bits>& vertex) const { return vertex.zeros.count() > dimension_; }

  std::vector<Rational> plan(const Vertex<Bits>& vertex) const {
    IntegerDictionary dictionary = polyhedron_.first();
    dictionary.make_basic([&](int variable) { return vertex.basis.contains(variable); });
    const int player = polyhedron_.player();
    std::vector<Rational> plan(static_cast<std::size_t>(form_.sequences(player)), Rational(0));
    plan[0] = 1;
    const int first = BestReplyPolyhedron::variable(form_, player, 0);
    for (int row = 0; row < dictionary.rows(); ++row) {
      const int sequence = dictionary.basic(row) - first;
      if (sequence > 0 && sequence < form_.sequences(player))
        plan[static_cast<std::size_t>(sequence)] = dictionary.value(row);
    }
    return plan;
  }

  /// The zeros among the own variables, and the opponent's sequences that some best reply plays.
  Bits best_replies(const Vertex<Bits>& vertex) const {
    const int player = polyhedron_.player(), opponent = 1 - player;
    Bits result = vertex.zeros;
    for (const Bits& slacks : slacks_) result -= slacks;
    for (const auto& set : form_.sets(opponent)) {
      if (set.parent != 0 && !result.contains(BestReplyPolyhedron::variable(form_, opponent, set.parent)))
        continue;
      for (Index t = set.first; t < set.first + set.count; ++t)
        if (const int slack = BestReplyPolyhedron::variable(form_, opponent, t); vertex.zeros.contains(slack))
          result.insert(slack);
    }
    return result;
  }

 private:
  const SequenceForm<Rational>& form_;
  BestReplyPolyhedron polyhedron_;
  VertexWalk<Bits> walk_;
  int dimension_;
  std::vector<Bits> slacks_;  ///< per information set of the opponent
  BitSetTable<Bits> known_;
  std::vector<Vertex<Bits>> vertices_;
};

template <class Bits>
struct Hash {
  std::size_t operator()(const Bits& bits) const { return hash(bits); }
};

template <class Bits>
class Search {
 public:
  Search(const SequenceForm<Rational>& form, std::size_t limit, Monitor& monitor)
      : form_(form), limit_(limit), monitor_(monitor), sides_{Side<Bits>(form, 0), Side<Bits>(form, 1)} {
    for (int v = 0; v < static_cast<int>(form.sequences(0) + form.sequences(1)) - 2; ++v) all_.insert(v);
  }

  EquilibriumPoints run() {
    // In turns, so that a search that is stopped has seen something of both.
    constexpr int steps = 8;
    bool left[2] = {true, true};
    while ((left[0] || left[1]) && !result_.stopped) {
      for (std::size_t i = 0; i < 2; ++i) left[i] = left[i] && sides_[i].walk(steps);
      monitor_.advance(steps);
      result_.stopped = !monitor_.keep_going();
    }
    if (monitor_.stopped() == Status::cancelled) return std::move(result_);
    join();
    state();
    return std::move(result_);
  }

 private:
  /// Pairs of vertices in which every variable is zero on one side. Without degeneracy these complement each
  /// other exactly, which a table finds; degenerate vertices are compared with all.
  void join() {
    const auto &rows = sides_[0].vertices(), &columns = sides_[1].vertices();
    std::unordered_map<Bits, std::size_t, Hash<Bits>> by_zeros;
    std::vector<std::size_t> degenerate;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      if (sides_[1].is_degenerate(columns[j]))
        degenerate.push_back(j);
      else
        by_zeros.emplace(columns[j].zeros, j);
    }
    const auto complementary = [&](std::size_t i, std::size_t j) {
      return (rows[i].zeros | columns[j].zeros) == all_;
    };
    constexpr std::size_t between_looks = 1 << 16, after_stop = 1 << 24;
    std::size_t compared = 0, next_look = between_looks;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (sides_[0].is_degenerate(rows[i])) {
        for (std::size_t j = 0; j < columns.size(); ++j)
          if (complementary(i, j) && !add(i, j)) return;
        compared += columns.size();
      } else {
        if (const auto found = by_zeros.find(all_ - rows[i].zeros);
            found != by_zeros.end() && !add(i, found->second))
          return;
        for (const std::size_t j : degenerate)
          if (complementary(i, j) && !add(i, j)) return;
        compared += degenerate.size() + 1;
      }
      if (compared < next_look) continue;
      next_look += between_looks;
      // A walk that ran out of time still states some of what it has seen.
      if (!monitor_.keep_going() && (!std::exchange(result_.stopped, true) || compared > after_stop)) return;
    }
  }

  bool add(std::size_t i, std::size_t j) {
    if (pairs_.size() == limit_) {
      result_.truncated = true;
      return false;
    }
    pairs_.push_back({i, j});
    return true;
  }

  /// Numbers the points that take part, and gives them their coordinates.
  void state() {
    for (std::size_t i = 0; i < 2; ++i) {
      std::vector<std::size_t> used;
      for (const auto& pair : pairs_) used.push_back(pair[i]);
      std::sort(used.begin(), used.end());
      used.erase(std::unique(used.begin(), used.end()), used.end());
      for (auto& pair : pairs_)
        pair[i] =
            static_cast<std::size_t>(std::lower_bound(used.begin(), used.end(), pair[i]) - used.begin());
      auto& points = result_.points[i];
      for (const std::size_t v : used) points.push_back({sides_[i].plan(sides_[i].vertices()[v]), true});
      mark_extreme(sides_[i], used, points);
    }
    result_.pairs = std::move(pairs_);
    std::sort(result_.pairs.begin(), result_.pairs.end());
  }

  /// A point is extreme unless another one has all of its zeros and best replies: these know the faces of
  /// {(x, w): x a plan, w no less than any strategy of the opponent gets}.
  void mark_extreme(const Side<Bits>& side, const std::vector<std::size_t>& used,
                    std::vector<Point>& points) {
    std::vector<Bits> labels;
    for (const std::size_t v : used) labels.push_back(side.best_replies(side.vertices()[v]));
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (labels[i] == side.vertices()[used[i]].zeros) continue;  // then it is a vertex for its best replies
      points[i].extreme = true;
      for (std::size_t j = 0; j < used.size() && points[i].extreme; ++j)
        if (j != i && labels[j].contains(labels[i])) points[i].extreme = false;
    }
  }

  const SequenceForm<Rational>& form_;
  std::size_t limit_;
  Monitor& monitor_;
  std::array<Side<Bits>, 2> sides_;
  Bits all_;
  std::vector<std::array<std::size_t, 2>> pairs_;
  EquilibriumPoints result_;
};

}  // namespace

EquilibriumPoints find_equilibrium_points(const SequenceForm<Rational>& form, std::size_t limit,
                                          Monitor& monitor) {
  const int variables = static_cast<int>(form.sequences(0) + form.sequences(1)) - 2;
  if (variables <= 64) return Search<BitSet<1>>(form, limit, monitor).run();
  if (variables <= largest_game) return Search<BitSet<largest_game / 64>>(form, limit, monitor).run();
  throw InvalidGame(expectation("actions of both players together",
                                "at most " + std::to_string(largest_game) + " for this solver",
                                std::to_string(variables)));
}

}  // namespace schelling::nash
