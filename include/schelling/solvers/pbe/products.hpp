#pragma once

#include <schelling/solvers/pbe/workspace.hpp>

#include <schelling/numerics/row_table.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace schelling::pbe {

/// Replies to one message off the path that keep all types from it, given what they get on the path: a
/// connected union of polytopes, one in each facet of the complex of jointly optimal actions.
template <class Number>
struct Deterrents {
  int message = 0;
  std::vector<Mask> facets;    ///< those that contain some of the replies
  RowTable<Number> rows;       ///< vertices: den, then y_a for all actions
  std::vector<Mask> supports;  ///< [row] actions played
  std::vector<Mask> content;   ///< [row] types that are indifferent between the message and what they send
};

/// A product of the solver: sender strategies times replies, both closed polytopes (faces of the players'
/// polyhedra).
template <class Number>
struct Product {
  Cell cell;
  RowTable<Number> sender_rows;  ///< den, then x_tm for all t and m
  RowTable<Number>
      reply_rows;  ///< den, v_t for all t, then y_ma for all m and a; zero off the path where factored
  bool factored = true;
  std::vector<Deterrents<Number>> off_path;
  /// [m] types to whom m is optimal in all of the product's replies; actions optimal in all of its sender
  /// strategies.
  std::vector<Mask> content, optimal;
  bool uncertain = false;
};

template <class Number>
bool same(const Number& a, const Number& b) {
  if constexpr (is_exact_number<Number>) {
    return a == b;
  } else {
    // Vertices of one game that are this near are taken for one; what decides between them was flagged as
    // uncertain.
    constexpr double near = 1e-9;
    return std::abs(to_double(Number(a - b))) <= near;
  }
}
template <class Number>
bool same_row(std::span<const Number> a, std::span<const Number> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Number& x, const Number& y) { return same(x, y); });
}
template <class Number>
int find_row(const RowTable<Number>& rows, std::span<const Number> row) {
  for (int i = 0; i < rows.rows(); ++i)
    if (same_row(rows.row(i), row)) return i;
  return -1;
}

/// The first of a family of sets that are joined where they share something.
inline int root_of(std::vector<int>& parent, int i) {
  while (parent[static_cast<std::size_t>(i)] != i)
    i = parent[static_cast<std::size_t>(i)] =
        parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
  return i;
}
inline void join(std::vector<int>& parent, int i, int j) {
  const int a = root_of(parent, i), b = root_of(parent, j);
  parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
}

/// Collects the products of the cells that a method finds: adds the replies off the path, drops cells that
/// have none, keeps the maximal products.
template <class Number, class Bits>
class Products {
 public:
  Products(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best,
           Workspace<Number, Bits>& workspace, const Pace& pace)
      : game_(game), best_(best), facet_replies_(workspace.deterrents), pace_(pace) {
    facet_replies_.set_pace(pace);
  }

  void operator()(const Cell& cell, ReplyPolytope<Number, Bits>& replies,
                  SenderPolytope<Number, Bits>& senders) {
    if (payoffs_are_constant(replies)) {
      add_factored(cell, replies, senders);
    } else {
      place_off_path(0, cell, replies, senders);
    }
  }

  std::vector<Product<Number>>& found() { return found_; }
  void clear() { found_.clear(); }

  /// From now on under another pace.
  void set_pace(const Pace& pace) { pace_ = pace; }

  /// Drops every product all of which lies in others. Where a product is a union over facets off the path,
  /// each of its parts may lie in another one.
  void keep_maximal() {
    if (found_.size() < 2) return;
    std::vector<char> dropped(found_.size(), 0);
    const auto lies_in_another = [&](std::size_t i, const Extent& extent) {
      for (std::size_t j = 0; j < found_.size(); ++j)
        if (j != i && !dropped[j] && contained(found_[i], extent, found_[j])) return true;
      return false;
    };
    for (std::size_t i = 0; i < found_.size(); ++i) dropped[i] = lies_in_another(i, extent(found_[i]));
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (!dropped[i] && found_[i].factored)
        dropped[i] = every_part(found_[i], [&](const Extent& part) { return lies_in_another(i, part); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (!dropped[i]) {
        if (kept != i) found_[kept] = std::move(found_[i]);
        ++kept;
      }
    found_.resize(kept);
  }

 private:
  /// What a product, or the part of it in one facet for each message off the path, plays and leaves
  /// indifferent.
  struct Extent {
    std::vector<Mask> played, content;  ///< [m]
  };

  const ScaledGame<Number>& game_;
  const std::vector<BestReplies<Number>>& best_;
  std::vector<Product<Number>> found_;
  Polyhedron<Number, Bits>& facet_replies_;
  mutable Pace pace_;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  bool payoffs_are_constant(const ReplyPolytope<Number, Bits>& replies) const {
    const auto& vertices = replies.vertices;
    const auto first = vertices.row(0);
    for (int i = 1; i < vertices.size(); ++i)
      for (int t = 1; t <= game_.types; ++t) {
        const auto row = vertices.row(i);
        if constexpr (is_exact_number<Number>) {
          if (!(row[index(t)] * first[0] == first[index(t)] * row[0])) return false;
        } else {
          if (std::abs(to_double(Number(row[index(t)] - first[index(t)]))) >
              1e-12 + vertices.error(i) + vertices.error(0))
            return false;
        }
      }
    return true;
  }

  /// The connected unions of replies to m that hold every type at the payoffs of the row (den, v).
  std::vector<Deterrents<Number>> deterrents(int m, std::span<const Number> payoffs, double error,
                                             bool& uncertain) {
    std::vector<Deterrents<Number>> parts;
    const auto& facets = best_[index(m)].facets;
    for (const Mask facet : facets) {
      auto& cone = facet_replies_;
      cone.reset(1 + game_.actions);
      for_each(facet, [&](int a) {
        Bits tight;
        for (int b = 0; b < game_.actions; ++b)
          if (b != a) tight.insert(b);
        const auto row = cone.append(tight, error);
        row[0] = row[index(1 + a)] = Number(1);
      });
      for (int t = 0; t < game_.types && !cone.empty(); ++t)
        cone.cut(
            game_.actions + t,
            [&](std::span<const Number> row) {
              Number sum = payoffs[index(1 + t)] * row[0];
              for_each(facet, [&](int a) {
                if (const auto& y = row[index(1 + a)]; y != Number(0))
                  sum -= payoffs[0] * y * game_.sender(t, m, a);
              });
              return sum;
            },
            3);
      uncertain |= cone.uncertain();
      if (cone.empty()) continue;
      cone.reduce();
      Deterrents<Number> part{m, {facet}, RowTable<Number>(0, 1 + game_.actions), {}, {}};
      for (int i = 0; i < cone.size(); ++i) append(part, cone, i);
      // What touches this facet becomes one part with it.
      for (std::size_t k = 0; k < parts.size();) {
        if (!touch(parts[k], part)) {
          ++k;
          continue;
        }
        absorb(parts[k], part);
        part = std::move(parts[k]);
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(k));
      }
      parts.push_back(std::move(part));
    }
    return parts;
  }

  void append(Deterrents<Number>& part, const Polyhedron<Number, Bits>& cone, int i) const {
    Mask support = 0, content = 0;
    for (int a = 0; a < game_.actions; ++a)
      if (!cone.tight(i).contains(a)) support |= singleton(a);
    for (int t = 0; t < game_.types; ++t)
      if (cone.tight(i).contains(game_.actions + t)) content |= singleton(t);
    part.rows.append(cone.row(i));
    part.supports.push_back(support);
    part.content.push_back(content);
  }

  bool touch(const Deterrents<Number>& a, const Deterrents<Number>& b) const {
    for (int i = 0; i < a.rows.rows(); ++i) {
      pace_(index(b.rows.rows()));
      if (find_row(b.rows, a.rows.row(i)) >= 0) return true;
    }
    return false;
  }
  void absorb(Deterrents<Number>& into, const Deterrents<Number>& from) const {
    into.facets.insert(into.facets.end(), from.facets.begin(), from.facets.end());
    for (int i = 0; i < from.rows.rows(); ++i) {
      pace_(index(into.rows.rows()));
      if (find_row(into.rows, from.rows.row(i)) >= 0) continue;
      into.rows.append(from.rows.row(i));
      into.supports.push_back(from.supports[index(i)]);
      into.content.push_back(from.content[index(i)]);
    }
  }

  /// Keeps the product unless an earlier one contains it.
  void add(Product<Number>&& product) {
    if (!found_.empty()) {
      const Extent whole = extent(product);
      for (const auto& earlier : found_)
        if (contained(product, whole, earlier)) return;
    }
    found_.push_back(std::move(product));
  }

  Product<Number> blank(const Cell& cell, ReplyPolytope<Number, Bits>& replies,
                        SenderPolytope<Number, Bits>& senders) const {
    Product<Number> product;
    product.cell = cell;
    product.uncertain = replies.vertices.uncertain() || senders.vertices.uncertain();
    product.content.assign(index(game_.messages), 0);
    product.optimal.assign(index(game_.messages), ~Mask{0});

    replies.vertices.reduce();
    product.reply_rows = RowTable<Number>(replies.vertices.size(),
                                          1 + game_.types + game_.messages * game_.actions, Number(0));
    for (int i = 0; i < replies.vertices.size(); ++i) {
      const auto from = replies.vertices.row(i);
      pace_(from.size());
      const auto to = product.reply_rows.row(i);
      std::copy(from.begin(), from.begin() + 1 + game_.types, to.begin());
      for (const auto& block : replies.blocks) {
        auto column = index(block.column);
        for_each(block.option.replies, [&](int a) {
          to[index(1 + game_.types + block.message * game_.actions + a)] = from[column++];
        });
      }
    }
    const Bits reply_ties = replies.vertices.common();
    for (const auto& block : replies.blocks) {
      Mask& content = product.content[index(block.message)];
      content = block.option.senders;
      for (int t = 0; t < game_.types; ++t)
        if (reply_ties.contains(block.slack_bit(t))) content |= singleton(t);
    }

    senders.vertices.reduce();
    product.sender_rows =
        RowTable<Number>(senders.vertices.size(), 1 + game_.types * game_.messages, Number(0));
    for (int i = 0; i < senders.vertices.size(); ++i) {
      const auto from = senders.vertices.row(i);
      pace_(from.size());
      const auto to = product.sender_rows.row(i);
      to[0] = from[0];
      for (const auto& block : senders.blocks) {
        auto column = index(block.column);
        for_each(block.option.senders,
                 [&](int t) { to[index(1 + t * game_.messages + block.message)] = from[column++]; });
      }
    }
    const Bits sender_ties = senders.vertices.common();
    for (const auto& block : senders.blocks) {
      Mask& optimal = product.optimal[index(block.message)];
      optimal = block.option.replies;
      for (int a = 0; a < game_.actions; ++a)
        if (sender_ties.contains(block.slack_bit(a))) optimal |= singleton(a);
    }
    return product;
  }

  void add_factored(const Cell& cell, ReplyPolytope<Number, Bits>& replies,
                    SenderPolytope<Number, Bits>& senders) {
    bool uncertain = false;
    std::vector<std::vector<Deterrents<Number>>> choices;
    for (int m = 0; m < game_.messages; ++m) {
      if (cell[index(m)].senders != 0) continue;
      choices.push_back(deterrents(m, replies.vertices.row(0), replies.vertices.error(0), uncertain));
      if (choices.back().empty()) return;
    }
    Product<Number> product = blank(cell, replies, senders);
    product.uncertain |= uncertain;
    std::vector<std::size_t> choice(choices.size(), 0);
    for (;;) {
      product.off_path.clear();
      pace_(product.reply_rows.data().size() + product.sender_rows.data().size());
      for (std::size_t k = 0; k < choices.size(); ++k) {
        const auto& part = choices[k][choice[k]];
        Mask content = ~Mask{0};
        for (const Mask c : part.content) content &= c;
        product.content[index(part.message)] = content;
        product.off_path.push_back(part);
      }
      std::size_t k = 0;
      while (k < choices.size() && ++choice[k] == choices[k].size()) choice[k++] = 0;
      if (k == choices.size()) break;
      add(Product<Number>(product));
    }
    add(std::move(product));
  }

  /// The payoffs of the types vary with the replies: each combination of facets off the path is a polytope of
  /// its own.
  void place_off_path(int m, const Cell& cell, ReplyPolytope<Number, Bits>& replies,
                      SenderPolytope<Number, Bits>& senders) {
    pace_(replies.vertices.row(0).size());
    while (m < game_.messages && cell[index(m)].senders != 0) ++m;
    if (m < game_.messages) {
      for (const Mask facet : best_[index(m)].facets) {
        ReplyPolytope<Number, Bits> extended;
        extend(game_, replies, m, {0, facet}, extended);
        if (!extended.vertices.empty()) place_off_path(m + 1, cell, extended, senders);
      }
      return;
    }
    // Where fewer actions are played on the path the points belong to another cell.
    const Bits zero = replies.vertices.common();
    for (const auto& block : replies.blocks)
      for (int k = 0; block.option.senders != 0 && k < std::popcount(block.option.replies); ++k)
        if (zero.contains(block.bit + k)) return;
    if (payoffs_are_constant(replies)) return fix_payoffs(cell, replies, senders);
    Product<Number> product = blank(cell, replies, senders);
    product.factored = false;
    for (const auto& block : replies.blocks) {
      if (block.option.senders != 0) continue;
      Deterrents<Number> part{
          block.message, {block.option.replies}, RowTable<Number>(0, 1 + game_.actions), {}, {}};
      product.off_path.push_back(std::move(part));
    }
    std::sort(product.off_path.begin(), product.off_path.end(),
              [](const auto& a, const auto& b) { return a.message < b.message; });
    add(std::move(product));
  }

  /// Replies off the path that leave one payoff vector: the product is the whole set with these payoffs.
  void fix_payoffs(const Cell& cell, const ReplyPolytope<Number, Bits>& restricted,
                   SenderPolytope<Number, Bits>& senders) {
    ReplyPolytope<Number, Bits> replies;
    replies.reset(game_.types);
    replies.vertices.set_pace(pace_);
    for (int m = 0; m < game_.messages; ++m) {
      if (cell[index(m)].senders == 0) continue;
      ReplyPolytope<Number, Bits> next;
      extend(game_, replies, m, cell[index(m)], next);
      replies = std::move(next);
    }
    const auto payoffs = restricted.vertices.row(0);
    for (int t = 1; t <= game_.types && !replies.vertices.empty(); ++t)
      replies.vertices.cut_to(
          [&](std::span<const Number> row) {
            return Number(row[index(t)] * payoffs[0] - payoffs[index(t)] * row[0]);
          },
          3);
    if (has_full_support(replies)) add_factored(cell, replies, senders);
  }

  Extent extent(const Product<Number>& p) const {
    Extent whole{{}, p.content};
    pace_(p.reply_rows.data().size());
    for (const auto& option : p.cell) whole.played.push_back(option.replies);
    for (const auto& part : p.off_path) {
      Mask& played = whole.played[index(part.message)];
      for (const Mask support : part.supports) played |= support;
      if (p.factored) continue;
      for (int i = 0; i < p.reply_rows.rows(); ++i)
        for (int a = 0; a < game_.actions; ++a)
          if (!same(p.reply_rows(i, 1 + game_.types + part.message * game_.actions + a), Number(0)))
            played |= singleton(a);
    }
    return whole;
  }

  /// Whether `test` holds for each combination of facets off the path; false if there is only one.
  template <class Test>
  bool every_part(const Product<Number>& p, const Test& test) const {
    std::vector<std::size_t> choice(p.off_path.size(), 0);
    bool several = false;
    for (const auto& part : p.off_path) several |= part.facets.size() > 1;
    if (!several) return false;
    Extent extent{std::vector<Mask>(p.cell.size()), p.content};
    for (std::size_t m = 0; m < p.cell.size(); ++m) extent.played[m] = p.cell[m].replies;
    for (;;) {
      for (std::size_t k = 0; k < choice.size(); ++k) {
        const auto& part = p.off_path[k];
        pace_(part.supports.size());
        Mask played = 0, content = ~Mask{0};
        for (std::size_t i = 0; i < part.supports.size(); ++i) {
          if (!subset(part.supports[i], part.facets[choice[k]])) continue;
          played |= part.supports[i];
          content &= part.content[i];
        }
        extent.played[index(part.message)] = played;
        extent.content[index(part.message)] = content;
      }
      if (!test(extent)) return false;
      std::size_t k = 0;
      while (k < choice.size() && ++choice[k] == p.off_path[k].facets.size()) choice[k++] = 0;
      if (k == choice.size()) return true;
    }
  }

  /// Whether that part of p lies in q.
  bool contained(const Product<Number>& p, const Extent& extent, const Product<Number>& q) const {
    pace_(p.cell.size());
    for (std::size_t m = 0; m < p.cell.size(); ++m) {
      const Option &mine = p.cell[m], &other = q.cell[m];
      if (!subset(mine.senders, other.senders) || !subset(other.senders, extent.content[m])) return false;
      if (other.senders != 0 &&
          (!subset(other.replies, p.optimal[m]) || !subset(extent.played[m], other.replies)))
        return false;
    }
    if (q.factored && (!p.factored || !same_payoffs(p, q))) return false;
    for (const auto& other : q.off_path) {
      if (!q.factored) {
        if (!subset(extent.played[index(other.message)], other.facets.front())) return false;
        continue;
      }
      // With the same payoffs the unions off the path are the same or disjoint.
      for (const auto& part : p.off_path)
        if (part.message == other.message && !touch(part, other)) return false;
    }
    return true;
  }

  bool same_payoffs(const Product<Number>& p, const Product<Number>& q) const {
    for (int t = 1; t <= game_.types; ++t)
      if (!same(Number(p.reply_rows(0, t) * q.reply_rows(0, 0)),
                Number(q.reply_rows(0, t) * p.reply_rows(0, 0))))
        return false;
    return true;
  }
};

}  // namespace schelling::pbe
