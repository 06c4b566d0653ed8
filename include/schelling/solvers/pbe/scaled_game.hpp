#pragma once

#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/checked_integer.hpp>
#include <schelling/numerics/rational.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace schelling::pbe {

/// A set of types, of messages or of actions; the solver takes at most 64 of each.
using Mask = std::uint64_t;
inline constexpr int largest_mask = 64;

inline Mask singleton(int i) { return Mask{1} << i; }
inline Mask full(int count) { return count == 64 ? ~Mask{0} : singleton(count) - 1; }
inline bool subset(Mask a, Mask b) { return (a & ~b) == 0; }
inline int lowest(Mask a) { return std::countr_zero(a); }
/// Calls f(i) for the members in increasing order.
template <class F>
void for_each(Mask set, F&& f) {
  for (; set != 0; set &= set - 1) f(lowest(set));
}
inline std::vector<int> members(Mask set) {
  std::vector<int> list;
  for_each(set, [&](int i) { list.push_back(i); });
  return list;
}

/// A game in the numbers of the solver. Equilibria do not change when a type's payoffs, or the receiver's, or
/// the prior are multiplied by a positive number: integers are the game's fractions over common denominators; numbers
/// that round are moved and scaled into [0, 1]; those of an exact field stay as they are.
template <class Number>
struct ScaledGame {
  int types, messages, actions;
  std::vector<Number> prior, sender_payoffs, receiver_payoffs;
  /// Payoffs here are scale times the game's plus a shift: one scale for each type, one for the receiver.
  std::vector<Number> sender_scale, sender_shift;
  Number prior_scale{1}, receiver_scale{1}, receiver_shift{0};

  const Number& sender(int t, int m, int a) const { return sender_payoffs[index(t, m, a)]; }
  const Number& receiver(int t, int m, int a) const { return receiver_payoffs[index(t, m, a)]; }

  std::size_t index(int t, int m, int a) const {
    return (static_cast<std::size_t>(t) * static_cast<std::size_t>(messages) + static_cast<std::size_t>(m)) *
               static_cast<std::size_t>(actions) +
           static_cast<std::size_t>(a);
  }
};

/// Numerator and denominator of a fraction in a solver's integers; false if they do not fit.
inline bool read(const Rational& value, Integer& numerator, Integer& denominator) {
  numerator = boost::multiprecision::numerator(value);
  denominator = boost::multiprecision::denominator(value);
  return true;
}
template <class Base>
bool read(const Rational& value, CheckedInteger<Base>& numerator, CheckedInteger<Base>& denominator) {
  // Straight from the limbs: converting through Boost's copies costs more than solving a small game.
  constexpr std::size_t limbs = sizeof(Base) / sizeof(boost::multiprecision::limb_type);
  constexpr auto limb_bits = 8 * sizeof(boost::multiprecision::limb_type);
  const auto part = [&](const auto& backend, Base& out) {
    if (backend.size() > limbs) return false;
    Base magnitude = 0;
    for (std::size_t i = backend.size(); i-- > 0;) {
      if constexpr (limbs > 1) magnitude <<= limb_bits;
      magnitude |= static_cast<Base>(backend.limbs()[i]);
    }
    // Half the width at most, so that the first products fit.
    if (magnitude < 0 || magnitude >= (Base{1} << (4 * sizeof(Base)))) return false;
    out = backend.sign() ? Base(-magnitude) : magnitude;
    return true;
  };
  Base n, d;
  if (!part(value.backend().num(), n) || !part(value.backend().denom(), d)) return false;
  numerator = CheckedInteger<Base>(n);
  denominator = CheckedInteger<Base>(d);
  return true;
}

/// `values` over their least common denominator, which is returned; false if a number does not fit.
template <class Number>
bool over_common_denominator(std::span<const Rational> values, std::vector<Number>& numerators,
                             Number& denominator) {
  std::vector<Number> own;  // stays empty while all values are integers
  const auto begin = numerators.size();
  numerators.reserve(begin + values.size());
  denominator = Number(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Number above, below;
    if (!read(values[i], above, below)) return false;
    numerators.push_back(above);
    if (below == Number(1)) continue;
    if (own.empty()) own.assign(values.size(), Number(1));
    own[i] = below;
    denominator = denominator * (below / greatest_common_divisor(denominator, below));
  }
  for (std::size_t i = 0; i < own.size(); ++i) numerators[begin + i] *= denominator / own[i];
  return true;
}

/// The game in integers of the given width, or nothing if it does not fit.
template <class Number>
std::optional<ScaledGame<Number>> scale_to_integers(const SignalingGame<Rational>& game) {
  ScaledGame<Number> scaled{game.types(), game.messages(), game.actions(), {}, {}, {}, {}, {}};
  integer_overflow = false;
  if (!over_common_denominator(game.prior(), scaled.prior, scaled.prior_scale)) return std::nullopt;
  const auto block = static_cast<std::size_t>(game.messages()) * static_cast<std::size_t>(game.actions());
  scaled.sender_payoffs.reserve(game.sender().size());
  scaled.receiver_payoffs.reserve(game.receiver().size());
  for (std::size_t t = 0; t < static_cast<std::size_t>(game.types()); ++t) {
    Number denominator;
    if (!over_common_denominator(game.sender().subspan(t * block, block), scaled.sender_payoffs, denominator))
      return std::nullopt;
    scaled.sender_scale.push_back(denominator);
    scaled.sender_shift.push_back(Number(0));
  }
  if (!over_common_denominator(game.receiver(), scaled.receiver_payoffs, scaled.receiver_scale))
    return std::nullopt;
  if (integer_overflow) return std::nullopt;
  return scaled;
}

/// The game in its own numbers, moved and scaled where they round.
template <class Scalar>
ScaledGame<Scalar> scale(const SignalingGame<Scalar>& game) {
  ScaledGame<Scalar> scaled{game.types(), game.messages(), game.actions(), {}, {}, {}, {}, {}};
  scaled.prior.assign(game.prior().begin(), game.prior().end());
  const auto append = [](std::span<const Scalar> values, std::vector<Scalar>& out, Scalar& factor,
                         Scalar& shift) {
    if (is_exact_number<Scalar>) {
      factor = Scalar(1);
      shift = Scalar(0);
      out.insert(out.end(), values.begin(), values.end());
      return;
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    factor = *high > *low ? Scalar(Scalar(1) / Scalar(*high - *low)) : Scalar(1);
    shift = -*low * factor;
    for (const auto& value : values) out.push_back((value - *low) * factor);
  };
  const auto block = static_cast<std::size_t>(game.messages()) * static_cast<std::size_t>(game.actions());
  for (std::size_t t = 0; t < static_cast<std::size_t>(game.types()); ++t) {
    Scalar factor(1), shift(0);
    append(game.sender().subspan(t * block, block), scaled.sender_payoffs, factor, shift);
    scaled.sender_scale.push_back(factor);
    scaled.sender_shift.push_back(shift);
  }
  append(game.receiver(), scaled.receiver_payoffs, scaled.receiver_scale, scaled.receiver_shift);
  return scaled;
}

}  // namespace schelling::pbe
