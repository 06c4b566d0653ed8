#include "exact_path.hpp"

#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/numerics/rational.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <schelling/solvers/pbe/solution.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <utility>

namespace schelling::batch {

namespace {

using Game = SignalingGame<Rational>;
using Component = SignalingComponent<Rational>;

Game exact_game(const GameNumbers& numbers, int types, int messages, int actions) {
  const auto read = [](const double* values, std::size_t count) {
    std::vector<Rational> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(exact_binary(values[i]));
    return result;
  };
  const std::size_t payoffs = static_cast<std::size_t>(types) * static_cast<std::size_t>(messages) *
                              static_cast<std::size_t>(actions);
  auto prior = read(numbers.prior, static_cast<std::size_t>(types));
  Rational sum(0);
  for (const Rational& p : prior) sum += p;
  for (Rational& p : prior) p /= sum;
  return Game::from_arrays(types, messages, actions, std::move(prior), read(numbers.sender, payoffs),
                           read(numbers.receiver, payoffs));
}

/// `values` times a power of two, which is `scale`, as integers; false unless they are small.
bool read_integers(const double* values, std::size_t count, std::vector<Checked64>& integers,
                   Checked64& scale) {
  constexpr int most = 30;
  int shift = 0;
  for (std::size_t i = 0; i < count; ++i)
    while (std::ldexp(values[i], shift) != std::trunc(std::ldexp(values[i], shift)))
      if (++shift > most) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const double value = std::ldexp(values[i], shift);
    if (std::abs(value) > 0x1p30) return false;  // so that first products fit
    integers.push_back(Checked64(static_cast<std::int64_t>(value)));
  }
  scale = Checked64(std::int64_t{1} << shift);
  return true;
}

/// The game in machine integers if it has round numbers, as most tied games do: without fractions on the way.
std::optional<pbe::ScaledGame<Checked64>> scaled_game(const GameNumbers& numbers, int types, int messages,
                                                      int actions) {
  constexpr int small = 64;
  if (messages * (types + actions) > small) return std::nullopt;
  pbe::ScaledGame<Checked64> scaled{types, messages, actions, {}, {}, {}, {}, {}};
  const auto types_count = static_cast<std::size_t>(types);
  const std::size_t block = static_cast<std::size_t>(messages) * static_cast<std::size_t>(actions);
  if (!read_integers(numbers.prior, types_count, scaled.prior, scaled.prior_scale)) return std::nullopt;
  scaled.prior_scale = 0;  // the prior is divided by its sum
  for (const Checked64 p : scaled.prior) scaled.prior_scale += p;
  for (std::size_t t = 0; t < types_count; ++t) {
    Checked64 scale;
    if (!read_integers(numbers.sender + t * block, block, scaled.sender_payoffs, scale)) return std::nullopt;
    scaled.sender_scale.push_back(scale);
    scaled.sender_shift.push_back(0);
  }
  if (!read_integers(numbers.receiver, types_count * block, scaled.receiver_payoffs, scaled.receiver_scale))
    return std::nullopt;
  return scaled;
}

std::vector<double> to_doubles(std::span<const Rational> values) {
  std::vector<double> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(),
                 [](const Rational& value) { return to_double(value); });
  return result;
}

/// The facet that contains the representative's reply, and the range of action 1, over all products of a component.
void describe_off_path(const Component& component, int messages, int actions, ExactRows::Entry& entry) {
  entry.off_path_facet.assign(static_cast<std::size_t>(messages), 0);
  if (actions == 2)
    entry.off_path_bounds.assign(2 * static_cast<std::size_t>(messages),
                                 std::numeric_limits<double>::quiet_NaN());
  for (const auto& product : component.products)
    for (const auto& off_path : product.off_path) {
      const auto m = static_cast<std::size_t>(off_path.message);
      std::uint32_t played = 0;
      for (int a = 0; a < actions; ++a)
        if (component.representative.receiver(off_path.message, a) != 0) played |= 1u << a;
      for (const auto& facet : off_path.facets) {
        std::uint32_t set = 0;
        for (const int a : facet.actions) set |= 1u << a;
        if ((played & ~set) == 0 && !entry.off_path_facet[m]) entry.off_path_facet[m] = set;
        if (actions != 2) continue;
        for (int k = 0; k < facet.replies.rows(); ++k) {
          const double y = to_double(facet.replies(k, 1));
          double& low = entry.off_path_bounds[2 * m];
          double& high = entry.off_path_bounds[2 * m + 1];
          low = std::isnan(low) ? y : std::min(low, y);
          high = std::isnan(high) ? y : std::max(high, y);
        }
      }
    }
}

}  // namespace

ExactRows solve_exactly(const GameNumbers& numbers, int types, int messages, int actions, std::size_t limit,
                        Monitor& monitor) {
  PbeOptions options;
  options.limit = std::max(options.limit, limit);
  options.certify = false;
  ExactRows rows;
  std::vector<Component> components;
  std::optional<pbe::Solution<Rational>> solution;
  if (const auto scaled = scaled_game(numbers, types, messages, actions))
    solution = pbe::solve_in<Checked64, Rational>(*scaled, options, monitor);
  if (solution) {
    rows.complete = !solution->stopped;
    components = std::move(solution->components);
  } else {
    auto equilibria = solve_pbe(exact_game(numbers, types, messages, actions), options, monitor);
    rows.complete = equilibria.complete();
    components = std::move(equilibria.components);
  }

  std::vector<const SignalingOutcome<Rational>*> listed;
  for (const Component& component : components) {
    if (component.has_unique_outcome()) {
      // Replies off the path may support one outcome in several ways that are not connected.
      const auto& outcome = component.outcomes.front();
      if (std::any_of(listed.begin(), listed.end(), [&](const auto* other) { return *other == outcome; }))
        continue;
      listed.push_back(&outcome);
    } else {
      rows.continuum = true;
    }
    const auto& assessment = component.representative;
    ExactRows::Entry entry;
    entry.kind = static_cast<std::uint8_t>(component.kinds.front());
    entry.sender = to_doubles(assessment.sender.data());
    entry.receiver = to_doubles(assessment.receiver.data());
    entry.beliefs = to_doubles(assessment.beliefs.data());
    entry.sender_payoff = to_doubles(assessment.sender_payoff);
    entry.receiver_payoff = to_double(assessment.receiver_payoff);
    describe_off_path(component, messages, actions, entry);
    rows.entries.push_back(std::move(entry));
  }
  std::sort(rows.entries.begin(), rows.entries.end(),
            [](const ExactRows::Entry& a, const ExactRows::Entry& b) {
              if (a.kind != b.kind) return a.kind < b.kind;
              // As the fast path lists its supports: more concentrated strategies and earlier messages first.
              if (a.sender != b.sender) return a.sender > b.sender;
              return a.receiver > b.receiver;
            });
  return rows;
}

void copy(const ExactRows::Entry& entry, const Row& row) {
  *row.kind = entry.kind;
  *row.receiver_payoff = entry.receiver_payoff;
  const auto put = [](const auto& from, auto* to) { std::copy(from.begin(), from.end(), to); };
  put(entry.sender, row.sender);
  put(entry.receiver, row.receiver);
  put(entry.beliefs, row.beliefs);
  put(entry.sender_payoff, row.sender_payoff);
  put(entry.off_path_facet, row.off_path_facet);
  if (row.off_path_bounds) put(entry.off_path_bounds, row.off_path_bounds);
}

}  // namespace schelling::batch
