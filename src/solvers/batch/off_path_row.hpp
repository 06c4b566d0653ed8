#pragma once

#include "row.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

/// The numbers of a row at a message that no type sends: one reply that deters all types, a belief that makes
/// it optimal, the facet of jointly optimal actions, and the range of deterring replies.
namespace schelling::batch {

constexpr int size_of(unsigned set) {
  return static_cast<int>((set & 1u) + (set >> 1 & 1u) + (set >> 2 & 1u));
}

/// As many types as actions: a belief on exactly these types may make exactly these actions optimal.
struct Face {
  unsigned types = 0, actions = 0;
  int size = 0;
  std::array<int, 3> members{}, chosen{};
};

template <int T, int A>
constexpr int face_count = [] {
  int count = 0;
  for (unsigned types = 1; types < 1u << T; ++types)
    for (unsigned actions = 1; actions < 1u << A; ++actions) count += size_of(types) == size_of(actions);
  return count;
}();

/// All faces, the small ones first, and where those of each size begin.
template <int T, int A>
struct Faces {
  static constexpr int largest = std::min(T, A);
  std::array<Face, face_count<T, A>> all{};
  std::array<int, largest + 2> begin{};
};

template <int T, int A>
constexpr Faces<T, A> all_faces = [] {
  Faces<T, A> result;
  int next = 0;
  for (int size = 1; size <= result.largest; ++size) {
    result.begin[size] = next;
    for (unsigned types = 1; types < 1u << T; ++types)
      for (unsigned actions = 1; actions < 1u << A; ++actions) {
        if (size_of(types) != size || size_of(actions) != size) continue;
        Face& face = result.all[next++];
        face = {types, actions, size, {}, {}};
        for (int t = 0, k = 0; t < T; ++t)
          if (types >> t & 1u) face.members[k++] = t;
        for (int a = 0, k = 0; a < A; ++a)
          if (actions >> a & 1u) face.chosen[k++] = a;
      }
  }
  result.begin[result.largest + 1] = next;
  return result;
}();

template <int T, int A>
struct OffPathRow {
  /// [t][a] what type t gains by staying when the message is answered by a.
  std::array<std::array<double, A>, T> stay;
  /// [t][a] receiver's payoffs after the message.
  std::array<std::array<double, A>, T> payoff;

  struct Support {
    unsigned actions = 0;
    std::array<double, T> belief{};
  };

  /// The belief on exactly the face's types that makes exactly its actions optimal; no actions if there is none.
  Support vertex(const Face& face) const {
    const int count = face.size;
    const auto &members = face.members, &chosen = face.chosen;
    const auto gain = [&](int k, int i) {
      return payoff[members[k]][chosen[i]] - payoff[members[k]][chosen[0]];
    };
    std::array<double, 3> weights{};
    if (count == 1) {
      weights[0] = 1;
    } else if (count == 2) {
      const double d_0 = gain(0, 1), d_1 = gain(1, 1);
      if (!(d_0 * d_1 < 0)) return {};
      weights[0] = std::abs(d_1);
      weights[1] = std::abs(d_0);
    } else if constexpr (T == 3) {
      for (int k = 0; k < 3; ++k) {
        const int i = (k + 1) % 3, j = (k + 2) % 3;
        weights[k] = gain(i, 1) * gain(j, 2) - gain(j, 1) * gain(i, 2);
      }
      const double sign = weights[0] < 0 ? -1 : 1;
      for (double& weight : weights) weight *= sign;
      if (!(weights[0] > 0 && weights[1] > 0 && weights[2] > 0)) return {};
    }
    for (int a = 0; a < A; ++a) {
      if (face.actions >> a & 1u) continue;
      double lead = 0;
      for (int k = 0; k < count; ++k)
        lead += weights[k] * (payoff[members[k]][chosen[0]] - payoff[members[k]][a]);
      if (!(lead >= 0)) return {};
    }
    double total = 0;
    for (int k = 0; k < count; ++k) total += weights[k];
    Support result{face.actions, {}};
    for (int k = 0; k < count; ++k) result.belief[members[k]] = weights[k] / total;
    return result;
  }

  /// A vertex belief for which all of `actions` are optimal, with as few types, or as many, as possible.
  Support find(unsigned actions, bool largest) const {
    constexpr const Faces<T, A>& faces = all_faces<T, A>;
    for (int step = 0; step < faces.largest; ++step) {
      const int size = largest ? faces.largest - step : step + 1;
      for (int i = faces.begin[size]; i < faces.begin[size + 1]; ++i) {
        if (actions & ~faces.all[i].actions) continue;
        const Support found = vertex(faces.all[i]);
        if (found.actions) return found;
      }
    }
    return {};
  }

  double pure_margin(int a) const {
    double margin = stay[0][a];
    for (int t = 1; t < T; ++t) margin = std::min(margin, stay[t][a]);
    return margin;
  }

  struct Range {
    double low = 0, high = 1;
  };
  /// Probabilities of b in mixtures of a and b that deter; low > high if there are none.
  Range range(int a, int b) const {
    Range result;
    for (int t = 0; t < T; ++t) {
      const double slope = stay[t][b] - stay[t][a];
      if (slope > 0)
        result.low = std::max(result.low, -stay[t][a] / slope);
      else if (slope < 0)
        result.high = std::min(result.high, stay[t][a] / -slope);
      else if (stay[t][a] < 0)
        result.high = -1;
    }
    return result;
  }

  /// The mean of the mixtures of three actions that leave two types indifferent and deter the third.
  bool triple(double* reply) const {
    if constexpr (T == 3 && A == 3) {
      int points = 0;
      std::array<double, 3> sum{};
      for (int t = 0; t < 3; ++t) {
        const int u = (t + 1) % 3, v = (t + 2) % 3;
        std::array<double, 3> weights{};
        double total = 0;
        for (int a = 0; a < 3; ++a) {
          const int b = (a + 1) % 3, c = (a + 2) % 3;
          weights[a] = stay[t][b] * stay[u][c] - stay[t][c] * stay[u][b];
          total += weights[a];
        }
        double third = 0;
        bool inside = true;
        for (int a = 0; a < 3; ++a) {
          weights[a] /= total;
          inside &= weights[a] >= 0;
          third += weights[a] * stay[v][a];
        }
        if (!inside || !(third >= 0)) continue;
        ++points;
        for (int a = 0; a < 3; ++a) sum[a] += weights[a];
      }
      for (int a = 0; a < 3; ++a) reply[a] = sum[a] / points;
      return points > 0;
    } else {
      return false;
    }
  }

  /// Fills the message's parts of a row: reply [a], belief [t], facet, and bounds if they are asked for.
  void write(double* reply, double* belief, std::uint32_t* facet, double* bounds) const {
    std::array<bool, A> credible{};
    for (int a = 0; a < A; ++a) credible[a] = find(1u << a, false).actions != 0;

    std::fill_n(reply, A, 0.0);
    unsigned played = 0;
    for (int a = 0; a < A && !played; ++a)
      if (credible[a] && pure_margin(a) >= 0) played = 1u << a;
    if (played) {
      reply[std::countr_zero(played)] = 1;
    } else {
      double widest = 0;
      for (int a = 0; a < A; ++a)
        for (int b = a + 1; b < A; ++b) {
          if (!credible[a] || !credible[b] || !find(1u << a | 1u << b, false).actions) continue;
          const Range deterring = range(a, b);
          if (!(deterring.high - deterring.low >= widest)) continue;
          widest = deterring.high - deterring.low;
          const double middle = 0.5 * (deterring.low + deterring.high);
          std::fill_n(reply, A, 0.0);
          reply[a] = 1 - middle;
          reply[b] = middle;
          played = 1u << a | 1u << b;
        }
      if (!played && triple(reply)) played = 7;
    }
    const Support support = find(played, false);
    std::copy_n(support.belief.begin(), T, belief);
    *facet = find(played, true).actions;
    if constexpr (A == 2) {
      const bool both = credible[0] && credible[1];
      const Range deterring = both ? range(0, 1) : credible[0] ? Range{0, 0} : Range{1, 1};
      bounds[0] = deterring.low;
      bounds[1] = deterring.high;
    }
  }
};

}  // namespace schelling::batch
