#include "solvers/regions/support_systems.hpp"

#include <bit>

namespace schelling::regions {

namespace {

using pbe::for_each;
using pbe::full;
using pbe::lowest;
using pbe::singleton;

/// base + slope_0 x + slope_1 y for the entries [begin, end), times their common denominator.
void append(const SignalingFamily& family, std::vector<Rational> SignalingFamily::Numbers::*what,
            std::size_t begin, std::size_t end, std::vector<Polynomial>& to) {
  const auto& base = family.base().*what;
  Integer multiple = 1;
  const auto take = [&](const Rational& value) { multiple = lcm(multiple, Integer(denominator(value))); };
  for (std::size_t i = begin; i < end; ++i) {
    take(base[i]);
    for (const auto& slope : family.slopes()) take((slope.*what)[i]);
  }
  const auto scaled = [&](const Rational& value) { return Integer(numerator(Rational(value * multiple))); };
  for (std::size_t i = begin; i < end; ++i) {
    const auto& slopes = family.slopes();
    if (slopes.size() == 1)
      to.push_back(Polynomial::in_x({scaled(base[i]), scaled((slopes[0].*what)[i])}));
    else
      to.emplace_back(std::vector<Integer>{scaled(base[i]), scaled((slopes[1].*what)[i]),
                                           scaled((slopes[0].*what)[i]), Integer(0)},
                      2);
  }
}

}  // namespace

SupportSystems::SupportSystems(const SignalingFamily& family)
    : types_(family.types()), messages_(family.messages()), actions_(family.actions()) {
  using Numbers = SignalingFamily::Numbers;
  append(family, &Numbers::prior, 0, index(types_), prior_);
  const std::size_t block = index(messages_ * actions_);
  for (std::size_t t = 0; t < index(types_); ++t)
    append(family, &Numbers::sender, t * block, (t + 1) * block, sender_);
  append(family, &Numbers::receiver, 0, index(types_) * block, receiver_);
}

std::vector<Polynomial> SupportSystems::differences() const {
  std::vector<Polynomial> result = prior_;
  const std::size_t block = index(messages_ * actions_);
  for (std::size_t i = 0; i < sender_.size(); ++i)
    for (std::size_t j = i + 1; j < (i / block + 1) * block; ++j) result.push_back(sender_[i] - sender_[j]);
  const auto width = index(actions_);
  for (std::size_t i = 0; i < receiver_.size(); ++i)
    for (std::size_t j = i + 1; j < (i / width + 1) * width; ++j)
      result.push_back(receiver_[i] - receiver_[j]);
  return result;
}

ParametricSystem SupportSystems::belief(int m, const Option& option) const {
  const bool exact = option.senders != 0;
  const Mask support = exact ? option.senders : full(types_);
  ParametricSystem system;
  system.add_variables(std::popcount(support), exact);
  if (!exact)
    system.add(std::vector<Polynomial>(system.variables(), Polynomial(1)), Relation::equal, Polynomial(1));
  for (int a = 0; a < actions_; ++a) {
    if (a == lowest(option.replies)) continue;
    std::vector<Polynomial> row;
    for_each(support, [&](int t) { row.push_back(advantage(t, m, option, a)); });
    const bool ties = (option.replies & singleton(a)) != 0;
    system.add(std::move(row), ties ? Relation::equal : Relation::greater_equal);
  }
  return system;
}

ParametricSystem SupportSystems::strategies(const Cell& cell) const {
  // prior_t * probability that t sends m, for t in the senders of m, in units of 1 / scale; the scale is the
  // last unknown.
  ParametricSystem system;
  std::vector<std::size_t> column(cell.size());
  for (std::size_t m = 0; m < cell.size(); ++m)
    column[m] = system.add_variables(std::popcount(cell[m].senders), true);
  const std::size_t scale = system.add_variables(1, false);
  const auto position = [&](std::size_t m, int t) {
    return column[m] + index(std::popcount(cell[m].senders & (singleton(t) - 1)));
  };
  for (int t = 0; t < types_; ++t) {
    std::vector<Polynomial> row(system.variables());
    for (std::size_t m = 0; m < cell.size(); ++m)
      if (cell[m].senders & singleton(t)) row[position(m, t)] = Polynomial(1);
    row[scale] = -prior(t);
    system.add(std::move(row), Relation::equal);
  }
  for (std::size_t m = 0; m < cell.size(); ++m) {
    if (cell[m].senders == 0) continue;
    for (int a = 0; a < actions_; ++a) {
      if (a == lowest(cell[m].replies)) continue;
      std::vector<Polynomial> row(system.variables());
      for_each(cell[m].senders,
               [&](int t) { row[position(m, t)] = advantage(t, static_cast<int>(m), cell[m], a); });
      const bool ties = (cell[m].replies & singleton(a)) != 0;
      system.add(std::move(row), ties ? Relation::equal : Relation::greater_equal);
    }
  }
  return system;
}

ParametricSystem SupportSystems::replies(const Cell& cell) const {
  // Probabilities of the replies, positive on the path, in units of 1 / scale.
  ParametricSystem system;
  std::vector<std::size_t> column(cell.size());
  for (std::size_t m = 0; m < cell.size(); ++m)
    column[m] = system.add_variables(std::popcount(cell[m].replies), cell[m].senders != 0);
  const std::size_t scale = system.add_variables(1, false);
  for (std::size_t m = 0; m < cell.size(); ++m) {
    if (cell[m].replies == 0) continue;
    std::vector<Polynomial> row(system.variables());
    const int count = std::popcount(cell[m].replies);
    for (int k = 0; k < count; ++k) row[column[m] + index(k)] = Polynomial(1);
    row[scale] = Polynomial(-1);
    system.add(std::move(row), Relation::equal);
  }
  for (int t = 0; t < types_; ++t) {
    std::size_t own = 0;
    while (own < cell.size() && !(cell[own].senders & singleton(t))) ++own;
    if (own == cell.size()) continue;
    for (std::size_t m = 0; m < cell.size(); ++m) {
      if (m == own || cell[m].replies == 0) continue;
      std::vector<Polynomial> row(system.variables());
      const auto add = [&](std::size_t message, bool negate) {
        std::size_t j = column[message];
        for_each(cell[message].replies, [&](int a) {
          const auto& payoff = sender_[index(t, static_cast<int>(message), a)];
          row[j++] = negate ? -payoff : payoff;
        });
      };
      add(own, false);
      add(m, true);
      system.add(std::move(row), cell[m].senders & singleton(t) ? Relation::equal : Relation::greater_equal);
    }
  }
  return system;
}

}  // namespace schelling::regions
