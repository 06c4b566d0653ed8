#include "solvers/nash/best_reply_polyhedron.hpp"

#include <algorithm>
#include <cstddef>

namespace schelling::nash {

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// Affine functions of the nonbasic variables: a constant, then the coefficients.
using Affine = std::vector<Integer>;

void add(Affine& to, const Affine& what, const Integer& times = 1) {
  for (std::size_t k = 0; k < to.size(); ++k)
    if (what[k] != 0) to[k] += times * what[k];
}

/// The opponent's payoffs as integers without a common factor.
std::vector<Integer> integer_payoffs(const SequenceForm<Rational>& form, std::size_t opponent) {
  Integer denominator = 1, content = 0;
  for (const auto& entry : form.entries())
    denominator = lcm(denominator, Integer(boost::multiprecision::denominator(entry.payoff[opponent])));
  std::vector<Integer> payoffs;
  for (const auto& entry : form.entries()) {
    const Rational& payoff = entry.payoff[opponent];
    payoffs.push_back(boost::multiprecision::numerator(payoff) *
                      (denominator / boost::multiprecision::denominator(payoff)));
    content = gcd(content, payoffs.back());
  }
  if (content > 1)
    for (auto& payoff : payoffs) payoff /= content;
  return payoffs;
}

}  // namespace

BestReplyPolyhedron::BestReplyPolyhedron(const SequenceForm<Rational>& form, int player)
    : player_(player),
      variables_(static_cast<int>(form.sequences(0) + form.sequences(1)) - 2),
      first_(make(form)) {}

IntegerDictionary BestReplyPolyhedron::make(const SequenceForm<Rational>& form) const {
  const int opponent = 1 - player_;
  const auto own_sets = form.sets(player_), other_sets = form.sets(opponent);
  std::vector<int> basic, nonbasic;
  for (const auto& set : own_sets)
    for (Index s = set.first + 1; s < set.first + set.count; ++s)
      nonbasic.push_back(variable(form, player_, s));
  std::size_t free = nonbasic.size();
  const std::size_t width = 1 + free + other_sets.size();

  // The plan: at each set the first action takes what the others leave of the weight that leads there.
  std::vector<Affine> x(at(form.sequences(player_)), Affine(width, 0));
  x[0][0] = 1;
  std::size_t column = 1;
  for (const auto& set : own_sets) {
    x[at(set.first)] = x[at(set.parent)];
    for (Index s = set.first + 1; s < set.first + set.count; ++s) {
      x[at(s)][column++] = 1;
      add(x[at(set.first)], x[at(s)], -1);
    }
    basic.push_back(variable(form, player_, set.first));
  }
  std::vector<Affine> rows;
  for (const auto& set : own_sets) rows.push_back(x[at(set.first)]);

  // worth[t]: c_t(x), and the values of the sets after t once these are known.
  std::vector<Affine> worth(at(form.sequences(opponent)), Affine(width, 0));
  const auto payoffs = integer_payoffs(form, static_cast<std::size_t>(opponent));
  for (std::size_t k = 0; k < payoffs.size(); ++k) {
    const auto& entry = form.entries()[k];
    const Index own = player_ == 0 ? entry.row : entry.column,
                other = player_ == 0 ? entry.column : entry.row;
    add(worth[at(other)], x[at(own)], payoffs[k]);
  }
  for (std::size_t g = other_sets.size(); g-- > 0;) {
    const auto& set = other_sets[g];
    Index best = set.first;
    for (Index t = set.first; t < set.first + set.count; ++t)
      if (worth[at(t)][0] > worth[at(best)][0]) best = t;
    // The slack of the best reply is nonbasic, which gives the set's value.
    nonbasic.push_back(variable(form, opponent, best));
    ++free;
    Affine value = worth[at(best)];
    value[free] += 1;
    for (Index t = set.first; t < set.first + set.count; ++t) {
      if (t == best) continue;
      basic.push_back(variable(form, opponent, t));
      rows.push_back(value);
      add(rows.back(), worth[at(t)], -1);
    }
    add(worth[at(set.parent)], value);
  }
  std::vector<Integer> entries;
  for (auto& row : rows)
    for (std::size_t k = 0; k < width; ++k) entries.push_back(k == 0 ? row[k] : Integer(-row[k]));
  return {std::move(basic), std::move(nonbasic), std::move(entries)};
}

}  // namespace schelling::nash
