#pragma once

#include <schelling/solvers/pbe/products.hpp>

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace schelling::pbe {

/// An integer over a positive one.
template <class Number>
Rational fraction(Number numerator, Number denominator) {
  if (numerator == Number(0)) return Rational(0);
  const Number common = greatest_common_divisor(numerator, denominator);
  Rational result;
  // In lowest terms already: assigning the parts spares the fraction's own reduction.
  result.backend().num() = to_integer(numerator / common).backend();
  result.backend().denom() = to_integer(denominator / common).backend();
  return result;
}

/// numerator / denominator; the denominator is positive. Integers have their quotient among the fractions.
template <class Number>
auto quotient(Number numerator, Number denominator) {
  if constexpr (NumberTraits<Number>::is_field)
    return Number(numerator / denominator);
  else
    return fraction(numerator, denominator);
}

/// Rank of the rows, by elimination.
template <class Number>
int rank(RowTable<Number> rows, Pace& pace) {
  constexpr double zero = 1e-9;
  int found = 0;
  for (int column = 0; column < rows.columns() && found < rows.rows(); ++column) {
    int pivot = found;
    for (int i = found; i < rows.rows(); ++i) {
      if constexpr (is_exact_number<Number>) {
        if (rows(i, column) != Number(0)) pivot = i;
      } else {
        if (magnitude(rows(i, column)) > magnitude(rows(pivot, column))) pivot = i;
      }
    }
    if constexpr (is_exact_number<Number>) {
      if (rows(pivot, column) == Number(0)) continue;
    } else {
      if (to_double(magnitude(rows(pivot, column))) <= zero) continue;
    }
    for (int k = 0; k < rows.columns(); ++k) std::swap(rows(found, k), rows(pivot, k));
    for (int i = found + 1; i < rows.rows(); ++i) {
      pace(static_cast<std::size_t>(rows.columns()));
      const Number a = rows(found, column), b = rows(i, column);
      if (b == Number(0)) continue;
      Number content(0);
      for (int k = column; k < rows.columns(); ++k) {
        if constexpr (is_exact_number<Number>) {
          rows(i, k) = a * rows(i, k) - b * rows(found, k);
          content = greatest_common_divisor(content, rows(i, k));
        } else {
          rows(i, k) -= Number(b / a) * rows(found, k);
        }
      }
      if constexpr (is_exact_number<Number>)
        if (content > Number(0))
          for (int k = column; k < rows.columns(); ++k) rows(i, k) = rows(i, k) / content;
    }
    ++found;
  }
  return found;
}

/// Dimension of the polytope whose vertices, in homogeneous coordinates, are the rows.
template <class Number>
int dimension(const RowTable<Number>& rows, Pace& pace) {
  // Up to three vertices are affinely independent.
  return rows.rows() <= 3 ? rows.rows() - 1 : rank(rows, pace) - 1;
}

/// Groups products into connected components and states them in the numbers of the game.
template <class Number, class Scalar>
class Components {
 public:
  Components(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best,
             const std::vector<Product<Number>>& products, const Pace& pace)
      : game_(game), best_(best), products_(products), closed_(best.size()), pace_(pace) {}

  /// False if the pace stopped it: then with what was stated until then.
  bool make(std::vector<SignalingComponent<Scalar>>& components) {
    bool finished = true;
    std::vector<int> parent(products_.size());
    std::iota(parent.begin(), parent.end(), 0);
    try {
      for (std::size_t i = 0; i < products_.size(); ++i)
        for (std::size_t j = i + 1; j < products_.size(); ++j)
          if (share_sender_vertex(products_[i], products_[j]) && share_reply(products_[i], products_[j]))
            join(parent, static_cast<int>(i), static_cast<int>(j));
      std::vector<std::size_t> position(products_.size());
      for (std::size_t i = 0; i < products_.size(); ++i) {
        SignalingProduct<Scalar> stated = state(products_[i]);
        const auto root = static_cast<std::size_t>(root_of(parent, static_cast<int>(i)));
        if (root == i) {
          auto representative = first_vertex(products_[i], stated);
          position[i] = components.size();
          components.emplace_back().representative = std::move(representative);
        }
        auto& component = components[position[root]];
        component.products.push_back(std::move(stated));
        add_outcomes(component, products_[i], component.products.back());
      }
    } catch (const Stopped&) {
      finished = false;
    }
    for (auto& component : components) {
      for (const auto& product : component.products) {
        component.dimension = std::max(component.dimension, product.dimension());
        if (std::find(component.kinds.begin(), component.kinds.end(), product.kind) == component.kinds.end())
          component.kinds.push_back(product.kind);
      }
      std::sort(component.kinds.begin(), component.kinds.end());
    }
    return finished;
  }

 private:
  const ScaledGame<Number>& game_;
  const std::vector<BestReplies<Number>>& best_;
  const std::vector<Product<Number>>& products_;
  std::vector<std::vector<Mask>> closed_;  ///< [m] sets of all best replies to some belief
  mutable Pace pace_;

  /// Steps for a fraction to be made.
  static constexpr int costly = 32;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  int reply_column(int m) const { return 1 + game_.types + m * game_.actions; }

  bool share_sender_vertex(const Product<Number>& p, const Product<Number>& q) const {
    for (int i = 0; i < p.sender_rows.rows(); ++i) {
      pace_(index(q.sender_rows.rows()));
      if (find_row(q.sender_rows, p.sender_rows.row(i)) >= 0) return true;
    }
    return false;
  }

  /// Row i's reply to m: den, then y_a.
  std::vector<Number> reply(const Product<Number>& p, int i, int m) const {
    std::vector<Number> row{p.reply_rows(i, 0)};
    for (int a = 0; a < game_.actions; ++a) row.push_back(p.reply_rows(i, reply_column(m) + a));
    if constexpr (is_exact_number<Number>) {
      Number content(0);
      for (const auto& x : row) content = greatest_common_divisor(content, x);
      for (auto& x : row) x = x / content;
    }
    return row;
  }
  static const Deterrents<Number>* deterrents(const Product<Number>& p, int m) {
    if (!p.factored) return nullptr;
    for (const auto& part : p.off_path)
      if (part.message == m) return &part;
    return nullptr;
  }
  /// The vertices of the replies to m in a product.
  RowTable<Number> replies(const Product<Number>& p, int m) const {
    if (const auto* part = deterrents(p, m)) return part->rows;
    RowTable<Number> rows(0, 1 + game_.actions);
    for (int i = 0; i < p.reply_rows.rows(); ++i) {
      pace_(index(rows.rows() + costly * game_.actions));
      if (const auto row = reply(p, i, m); find_row(rows, std::span<const Number>(row)) < 0) rows.append(row);
    }
    return rows;
  }

  /// Whether two products that share a sender strategy share a reply rule. Both are unions of faces of one
  /// polyhedron, so a shared vertex decides; with constant payoffs the vertices of all messages combine
  /// freely.
  bool share_reply(const Product<Number>& p, const Product<Number>& q) const {
    if (!p.factored && !q.factored) {
      for (int i = 0; i < p.reply_rows.rows(); ++i) {
        pace_(index(q.reply_rows.rows()));
        if (find_row(q.reply_rows, p.reply_rows.row(i)) >= 0) return true;
      }
      return false;
    }
    if (!p.factored) return share_reply(q, p);
    if (!q.factored) {
      for (int i = 0; i < q.reply_rows.rows(); ++i) {
        bool all = true;
        for (int m = 0; m < game_.messages && all; ++m)
          all = find_row(replies(p, m), std::span<const Number>(reply(q, i, m))) >= 0;
        if (all) return true;
      }
      return false;
    }
    for (int m = 0; m < game_.messages; ++m) {
      const auto mine = replies(p, m), other = replies(q, m);
      bool some = false;
      pace_(index(mine.rows()) * index(other.rows()));
      for (int i = 0; i < mine.rows() && !some; ++i) some = find_row(other, mine.row(i)) >= 0;
      if (!some) return false;
    }
    return true;
  }

  SignalingKind kind(const Cell& cell) const {
    Mask once = 0, twice = 0;
    bool pooling = true, separating = true;
    for (const auto& option : cell) {
      if (option.senders == 0) continue;
      twice |= once & option.senders;
      once |= option.senders;
      pooling &= option.senders == full(game_.types);
      separating &= std::popcount(option.senders) == 1;
    }
    if (pooling) return SignalingKind::pooling;
    if (separating) return SignalingKind::separating;
    return twice ? SignalingKind::semi_separating : SignalingKind::partially_pooling;
  }

  SignalingProduct<Scalar> state(const Product<Number>& product) {
    SignalingProduct<Scalar> result;
    result.kind = kind(product.cell);
    result.factored = product.factored;
    for (const auto& option : product.cell) {
      result.senders.push_back(members(option.senders));
      result.replies.push_back(members(option.senders ? option.replies : 0));
    }
    for (int i = 0; i < product.sender_rows.rows(); ++i) {
      const auto row = product.sender_rows.row(i);
      pace_(index(costly * game_.types * game_.messages));
      RowTable<Scalar> strategy(game_.types, game_.messages, Scalar(0));
      for (int t = 0; t < game_.types; ++t)
        for (int m = 0; m < game_.messages; ++m)
          if (const auto& x = row[index(1 + t * game_.messages + m)]; x != Number(0))
            strategy(t, m) = quotient(x, Number(row[0] * game_.prior[index(t)]));
      result.sender_vertices.push_back(std::move(strategy));
      result.receiver_payoffs.push_back(receiver_payoff(product, row));
    }
    result.sender_payoffs = RowTable<Scalar>(product.reply_rows.rows(), game_.types, Scalar(0));
    for (int i = 0; i < product.reply_rows.rows(); ++i) {
      const auto row = product.reply_rows.row(i);
      pace_(index(costly * game_.messages * game_.actions));
      RowTable<Scalar> rule(game_.messages, game_.actions, Scalar(0));
      for (int m = 0; m < game_.messages; ++m)
        for (int a = 0; a < game_.actions; ++a)
          if (const auto& y = row[index(reply_column(m) + a)]; y != Number(0))
            rule(m, a) = quotient(y, row[0]);
      result.receiver_vertices.push_back(std::move(rule));
      for (int t = 0; t < game_.types; ++t)
        result.sender_payoffs(i, t) =
            quotient(Number(row[index(1 + t)] - game_.sender_shift[index(t)] * row[0]),
                     Number(row[0] * game_.sender_scale[index(t)]));
    }
    result.sender_dimension = pbe::dimension(product.sender_rows, pace_);
    result.receiver_dimension = pbe::dimension(product.reply_rows, pace_);
    for (const auto& part : product.off_path) {
      result.off_path.push_back(product.factored ? state(part) : state_tied(product, part));
      auto& replies = result.replies[index(part.message)];
      for (const auto& facet : result.off_path.back().facets)
        for (const int a : facet.actions)
          if (plays(facet.replies, a) && std::find(replies.begin(), replies.end(), a) == replies.end())
            replies.push_back(a);
      std::sort(replies.begin(), replies.end());
      if (product.factored) result.receiver_dimension += off_path_dimension(part);
    }
    return result;
  }

  /// The first vertex, with the first reply and belief off the path.
  SignalingAssessment<Scalar> first_vertex(const Product<Number>& product,
                                           const SignalingProduct<Scalar>& stated) const {
    RowTable<Scalar> beliefs(game_.messages, game_.types, Scalar(0));
    for (int m = 0; m < game_.messages; ++m) {
      Number total(0);
      // A message that is sent elsewhere in the product: the posterior there supports every reply of the product.
      for (int i = 0; i < product.sender_rows.rows() && total == Number(0); ++i) {
        const auto row = product.sender_rows.row(i).subspan(1);
        for (int t = 0; t < game_.types; ++t) total += row[index(t * game_.messages + m)];
        for (int t = 0; total != Number(0) && t < game_.types; ++t)
          beliefs(m, t) = quotient(row[index(t * game_.messages + m)], total);
      }
    }
    SignalingAssessment<Scalar> assessment{
        stated.sender_vertices.front(), stated.receiver_vertices.front(), std::move(beliefs), {}, {}};
    for (const auto& part : stated.off_path) {
      const auto& facet = part.facets.front();
      const auto reply = facet.replies.row(0), belief = facet.beliefs.row(0);
      if (stated.factored)
        std::copy(reply.begin(), reply.end(), assessment.receiver.row(part.message).begin());
      std::copy(belief.begin(), belief.end(), assessment.beliefs.row(part.message).begin());
    }
    const auto payoff = stated.sender_payoffs.row(0);
    assessment.sender_payoff.assign(payoff.begin(), payoff.end());
    assessment.receiver_payoff = stated.receiver_payoffs.front();
    return assessment;
  }

  static bool plays(const RowTable<Scalar>& replies, int a) {
    for (int k = 0; k < replies.rows(); ++k)
      if (replies(k, a) != Scalar(0)) return true;
    return false;
  }

  int off_path_dimension(const Deterrents<Number>& part) const {
    int largest = 0;
    for (const Mask facet : part.facets) {
      RowTable<Number> rows(0, part.rows.columns());
      for (int i = 0; i < part.rows.rows(); ++i)
        if (subset(part.supports[index(i)], facet)) rows.append(part.rows.row(i));
      largest = std::max(largest, pbe::dimension(rows, pace_));
    }
    return largest;
  }

  Scalar receiver_payoff(const Product<Number>& product, std::span<const Number> row) const {
    Number sum(0);
    for (int m = 0; m < game_.messages; ++m) {
      const auto& option = product.cell[index(m)];
      for_each(option.senders, [&](int t) {
        if (const auto& x = row[index(1 + t * game_.messages + m)]; x != Number(0))
          sum += x * game_.receiver(t, m, lowest(option.replies));
      });
    }
    const Number total = row[0] * game_.prior_scale;
    return quotient(Number(sum - game_.receiver_shift * total), Number(total * game_.receiver_scale));
  }

  RowTable<Scalar> beliefs_supporting(int m, Mask actions) const {
    RowTable<Scalar> beliefs(0, game_.types);
    for (const auto& vertex : best_[index(m)].vertices) {
      pace_();
      if (!subset(actions, vertex.best)) continue;
      pace_(index(costly * game_.types));
      std::vector<Scalar> belief;
      for (const auto& weight : vertex.belief) belief.push_back(quotient(weight, vertex.total));
      beliefs.append(belief);
    }
    return beliefs;
  }

  static std::vector<Scalar> stated_reply(std::span<const Number> row) {
    std::vector<Scalar> reply;
    for (std::size_t a = 1; a < row.size(); ++a) reply.push_back(quotient(row[a], row[0]));
    return reply;
  }

  /// The pairs of a belief and a reply that it supports, as maximal products: a set B of all best replies to
  /// some belief, the beliefs at which all of B is optimal, and the replies within B, where these play no
  /// smaller such set.
  OffPathReplies<Scalar> state(const Deterrents<Number>& part) {
    OffPathReplies<Scalar> result{part.message, {}};
    for (const Mask closed : closed_sets(part.message)) {
      Mask played = 0;
      RowTable<Scalar> replies(0, game_.actions);
      for (int i = 0; i < part.rows.rows(); ++i) {
        pace_();
        if (!subset(part.supports[index(i)], closed)) continue;
        pace_(index(costly * game_.actions));
        played |= part.supports[index(i)];
        replies.append(stated_reply(part.rows.row(i)));
      }
      if (played == 0 || closure(part.message, played) != closed) continue;
      result.facets.push_back(
          {members(closed), beliefs_supporting(part.message, closed), std::move(replies)});
    }
    return result;
  }

  OffPathReplies<Scalar> state_tied(const Product<Number>& product, const Deterrents<Number>& part) const {
    RowTable<Scalar> stated(0, game_.actions);
    const auto rows = replies(product, part.message);
    for (int i = 0; i < rows.rows(); ++i) stated.append(stated_reply(rows.row(i)));
    const Mask facet = part.facets.front();
    return {part.message, {{members(facet), beliefs_supporting(part.message, facet), std::move(stated)}}};
  }

  Mask closure(int m, Mask actions) const {
    pace_(best_[index(m)].vertices.size());
    Mask closed = ~Mask{0};
    for (const auto& vertex : best_[index(m)].vertices)
      if (subset(actions, vertex.best)) closed &= vertex.best;
    return closed;
  }

  const std::vector<Mask>& closed_sets(int m) {
    auto& sets = closed_[index(m)];
    if (!sets.empty()) return sets;
    for (const auto& vertex : best_[index(m)].vertices) {
      const std::size_t before = sets.size();
      for (std::size_t i = 0; i <= before; ++i) {
        pace_(before);
        const Mask common = i < before ? (sets[i] & vertex.best) : vertex.best;
        if (common != 0 && std::find(sets.begin(), sets.end(), common) == sets.end()) sets.push_back(common);
      }
    }
    return sets;
  }

  void add_outcomes(SignalingComponent<Scalar>& component, const Product<Number>& product,
                    const SignalingProduct<Scalar>& stated) const {
    for (int i = 0; i < product.sender_rows.rows(); ++i)
      for (int j = 0; j < product.reply_rows.rows(); ++j) {
        pace_(index(costly * game_.types * game_.messages * game_.actions) + component.outcomes.size());
        const auto x = product.sender_rows.row(i), y = product.reply_rows.row(j);
        SignalingOutcome<Scalar> outcome;
        const Number total = x[0] * y[0] * game_.prior_scale;
        outcome.probabilities.reserve(index(game_.types * game_.messages * game_.actions));
        for (int t = 0; t < game_.types; ++t)
          for (int m = 0; m < game_.messages; ++m)
            for (int a = 0; a < game_.actions; ++a) {
              const auto& sent = x[index(1 + t * game_.messages + m)];
              const auto& played = y[index(reply_column(m) + a)];
              outcome.probabilities.push_back(sent == Number(0) || played == Number(0)
                                                  ? Scalar(0)
                                                  : Scalar(quotient(Number(sent * played), total)));
            }
        const auto payoffs = stated.sender_payoffs.row(j);
        outcome.sender_payoff.assign(payoffs.begin(), payoffs.end());
        outcome.receiver_payoff = stated.receiver_payoffs[index(i)];
        const bool known =
            std::any_of(component.outcomes.begin(), component.outcomes.end(), [&](const auto& other) {
              return same_row(std::span<const Scalar>(other.probabilities),
                              std::span<const Scalar>(outcome.probabilities));
            });
        if (!known) component.outcomes.push_back(std::move(outcome));
      }
  }
};

}  // namespace schelling::pbe
