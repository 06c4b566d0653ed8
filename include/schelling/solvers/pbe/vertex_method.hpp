#pragma once

#include <schelling/numerics/bicliques.hpp>
#include <schelling/solvers/pbe/cells.hpp>

#include <schelling/core/monitor.hpp>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace schelling::pbe {

/// The cells of all maximal products by way of the Nash equilibria: vertices of the sender's and of the
/// receiver's polyhedron, the pairs of them that are best replies to each other, the maximal bicliques of
/// these pairs (as Avis, Rosenberg, Savani and von Stengel 2010 do for bimatrix games), and the parts of
/// these in which the replies to every message that nobody sends are jointly optimal at some belief.
///
/// Indifferent to ties: a game in which everything is a tie is as quick as any other of its size.
template <class Number, class Bits, class Sink>
class VertexMethod {
 public:
  VertexMethod(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best, Monitor& monitor,
               Sink& sink)
      : game_(game), best_(best), monitor_(monitor), sink_(sink), pace_(monitor) {}

  /// False if the monitor stopped it.
  bool run() {
    if (!find_senders() || !find_replies()) return false;
    std::vector<LargeSet> neighbours;
    for (const auto& y : replies_) {
      pace_(senders_.size());
      LargeSet set(senders_.size());
      for (std::size_t i = 0; i < senders_.size(); ++i)
        if (y.tight.contains(senders_[i].support) && senders_[i].tight.contains(y.support)) set.insert(i);
      neighbours.push_back(std::move(set));
    }
    const auto closed = biclique_sides(neighbours, monitor_);
    if (!closed) return false;
    for (const auto& senders : *closed) {
      std::vector<std::size_t> replies;
      pace_(neighbours.size());
      for (std::size_t j = 0; j < neighbours.size(); ++j)
        if (senders.subset_of(neighbours[j])) replies.push_back(j);
      split(std::move(replies), neighbours);
    }
    for (const auto& cell : cells_) {
      if (!monitor_.keep_going()) return false;
      emit(cell);
    }
    return true;
  }

 private:
  /// Support and tight constraints in common numbering: t * M + m, then T * M + m * A + a.
  struct Vertex {
    Bits support, tight;
  };

  const ScaledGame<Number>& game_;
  const std::vector<BestReplies<Number>>& best_;
  Monitor& monitor_;
  Sink& sink_;
  std::vector<Vertex> senders_, replies_;
  std::set<Cell> cells_;
  Pace pace_;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  int sends(int t, int m) const { return t * game_.messages + m; }
  int plays(int m, int a) const { return game_.types * game_.messages + m * game_.actions + a; }

  /// Vertices of {x >= 0, sum_m x_tm = prior(t), w_m >= sum_t x_tm r(t, m, a)}.
  bool find_senders() {
    const int width = 1 + game_.messages + game_.types * game_.messages;
    Polyhedron<Number, Bits> cone(width);
    cone.set_pace(pace_);
    const auto w = [](int m) { return index(1 + m); };
    const auto x = [&](int t, int m) { return index(1 + game_.messages + sends(t, m)); };
    Bits all;
    for (int t = 0; t < game_.types; ++t)
      for (int m = 0; m < game_.messages; ++m) all.insert(sends(t, m));
    for (int m = 0; m < game_.messages; ++m) all.insert(plays(m, lowest(best_[index(m)].undominated)));
    for (int m = 0; m < game_.messages; ++m) {
      Bits tight = all;
      tight.erase(plays(m, lowest(best_[index(m)].undominated)));
      cone.append(tight)[w(m)] = Number(1);
    }
    std::vector<int> choice(index(game_.types), 0);
    for (;;) {
      pace_(index(width));
      Bits tight = all;
      for (int t = 0; t < game_.types; ++t) tight.erase(sends(t, choice[index(t)]));
      const auto row = cone.append(tight);
      row[0] = Number(1);
      for (int t = 0; t < game_.types; ++t) {
        const int m = choice[index(t)];
        row[x(t, m)] = game_.prior[index(t)];
        row[w(m)] += game_.prior[index(t)] * game_.receiver(t, m, lowest(best_[index(m)].undominated));
      }
      std::size_t t = 0;
      while (t < choice.size() && ++choice[t] == game_.messages) choice[t++] = 0;
      if (t == choice.size()) break;
    }
    for (int m = 0; m < game_.messages; ++m) {
      const Mask rest = best_[index(m)].undominated & (best_[index(m)].undominated - 1);
      for (Mask left = rest; left != 0; left &= left - 1) {
        const int a = lowest(left);
        if (!monitor_.keep_going()) return false;
        cone.cut(
            plays(m, a),
            [&](std::span<const Number> row) {
              Number slack = row[w(m)];
              for (int t = 0; t < game_.types; ++t)
                if (row[x(t, m)] != Number(0)) slack -= row[x(t, m)] * game_.receiver(t, m, a);
              return slack;
            },
            3);
      }
    }
    for (int i = 0; i < cone.size(); ++i) {
      if (cone.row(i)[0] == Number(0)) continue;
      Vertex vertex{{}, cone.tight(i)};
      for (int t = 0; t < game_.types; ++t)
        for (int m = 0; m < game_.messages; ++m)
          if (!vertex.tight.contains(sends(t, m))) vertex.support.insert(sends(t, m));
      senders_.push_back(vertex);
    }
    return true;
  }

  /// Vertices of {y_m in the simplex over the undominated actions, v_t >= U_t(m, y)} with replies that can be
  /// optimal.
  bool find_replies() {
    const int width = 1 + game_.types + game_.messages * game_.actions;
    Polyhedron<Number, Bits> cone(width);
    cone.set_pace(pace_);
    const auto v = [](int t) { return index(1 + t); };
    const auto y = [&](int m, int a) { return index(1 + game_.types + m * game_.actions + a); };
    Bits all;
    for (int m = 0; m < game_.messages; ++m)
      for (int a = 0; a < game_.actions; ++a) all.insert(plays(m, a));
    for (int t = 0; t < game_.types; ++t) all.insert(sends(t, 0));
    for (int t = 0; t < game_.types; ++t) {
      Bits tight = all;
      tight.erase(sends(t, 0));
      cone.append(tight)[v(t)] = Number(1);
    }
    std::vector<std::vector<int>> actions;
    for (const auto& replies : best_) actions.push_back(members(replies.undominated));
    std::vector<std::size_t> choice(actions.size(), 0);
    for (;;) {
      pace_(index(width));
      Bits tight = all;
      for (int m = 0; m < game_.messages; ++m) tight.erase(plays(m, actions[index(m)][choice[index(m)]]));
      const auto row = cone.append(tight);
      row[0] = Number(1);
      for (int m = 0; m < game_.messages; ++m) row[y(m, actions[index(m)][choice[index(m)]])] = Number(1);
      for (int t = 0; t < game_.types; ++t) row[v(t)] = game_.sender(t, 0, actions[0][choice[0]]);
      std::size_t m = 0;
      while (m < choice.size() && ++choice[m] == actions[m].size()) choice[m++] = 0;
      if (m == choice.size()) break;
    }
    for (int t = 0; t < game_.types; ++t)
      for (int m = 1; m < game_.messages; ++m) {
        if (!monitor_.keep_going()) return false;
        cone.cut(
            sends(t, m),
            [&](std::span<const Number> row) {
              Number slack = row[v(t)];
              for (const int a : actions[index(m)])
                if (row[y(m, a)] != Number(0)) slack -= row[y(m, a)] * game_.sender(t, m, a);
              return slack;
            },
            3);
      }
    for (int i = 0; i < cone.size(); ++i) {
      if (cone.row(i)[0] == Number(0)) continue;
      Vertex vertex{{}, cone.tight(i)};
      bool optimal = true;
      for (int m = 0; m < game_.messages && optimal; ++m) {
        Mask played = 0;
        for (int a = 0; a < game_.actions; ++a)
          if (!vertex.tight.contains(plays(m, a))) {
            vertex.support.insert(plays(m, a));
            played |= singleton(a);
          }
        optimal = best_[index(m)].jointly_optimal(played);
      }
      if (optimal) replies_.push_back(vertex);
    }
    return true;
  }

  Mask played(const std::vector<std::size_t>& replies, int m) const {
    Mask result = 0;
    for (const auto j : replies)
      for (int a = 0; a < game_.actions; ++a)
        if (replies_[j].support.contains(plays(m, a))) result |= singleton(a);
    return result;
  }

  /// Records the biclique of these replies, or splits it by the facets of a message whose replies have no
  /// common belief.
  void split(std::vector<std::size_t> replies, const std::vector<LargeSet>& neighbours) {
    if (replies.empty()) return;
    pace_(replies.size() * senders_.size());
    LargeSet senders = neighbours[replies.front()];
    for (const auto j : replies) senders &= neighbours[j];
    Cell cell(index(game_.messages));
    senders.for_each([&](std::size_t i) {
      for (int t = 0; t < game_.types; ++t)
        for (int m = 0; m < game_.messages; ++m)
          if (senders_[i].support.contains(sends(t, m))) cell[index(m)].senders |= singleton(t);
    });
    for (int m = 0; m < game_.messages; ++m) {
      const Mask actions = played(replies, m);
      if (cell[index(m)].senders != 0) {
        cell[index(m)].replies = actions;
        continue;
      }
      if (best_[index(m)].jointly_optimal(actions)) continue;
      for (const Mask facet : best_[index(m)].facets) {
        std::vector<std::size_t> part;
        for (const auto j : replies)
          if (subset(played({j}, m), facet)) part.push_back(j);
        split(std::move(part), neighbours);
      }
      return;
    }
    cells_.insert(std::move(cell));
  }

  void emit(const Cell& cell) {
    ReplyPolytope<Number, Bits> replies, next;
    replies.reset(game_.types);
    replies.vertices.set_pace(pace_);
    for (int m = 0; m < game_.messages; ++m) {
      if (cell[index(m)].senders == 0) continue;
      extend(game_, replies, m, cell[index(m)], next);
      std::swap(replies, next);
    }
    SenderPolytope<Number, Bits> senders;
    sender_strategies(game_, best_, cell, senders, pace_);
    if (has_full_support(replies) && has_full_support(senders)) sink_(cell, replies, senders);
  }
};

}  // namespace schelling::pbe
