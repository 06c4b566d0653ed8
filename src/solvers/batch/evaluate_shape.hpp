#pragma once

#include "game_sets.hpp"
#include "lanes.hpp"
#include "scratch.hpp"
#include "solve_lanes.hpp"

/// Decides eight candidates of one shape, each in its own game.
namespace schelling::batch::SCHELLING_KERNELS {

template <int T, int M, int A>
struct ShapeEvaluation {
  Scratch& s;
  const Shape& shape;

  struct Unknown {
    int t, m;  // probability of message m; or m, a: of action a
  };
  Unknown mixing[max_system] = {}, reply[max_system] = {};
  int reference[max_size] = {};  // the first message of each type
  int n;

  const Candidate* candidate[lane_count] = {};
  std::size_t game[lane_count] = {};

  /// Payoffs by the shape's names, as far as they are needed.
  struct Payoffs {
    alignas(64) double of[T * M * A][lane_count];
    Lanes operator()(int t, int m, int a) const { return load(of[(t * M + m) * A + a]); }
  };
  Payoffs sender, receiver;
  struct Needed {
    std::uint8_t payoff[T * M * A];
    int count = 0;
    void add(int t, int m, int a) { payoff[count++] = static_cast<std::uint8_t>((t * M + m) * A + a); }
  };
  Needed sender_on_path, sender_off_path, receiver_on_path;

  Lanes prior[T], x[T][M], y[M][A], value[T];

  ShapeEvaluation(Scratch& scratch, const Shape& of) : s(scratch), shape(of), n(of.system_size) {
    int j = 0, i = 0;
    for (int t = 0; t < T; ++t) {
      int m = 0;
      while (!(shape.senders[m] >> t & 1)) ++m;
      reference[t] = m;
      for (++m; m < shape.sent; ++m)
        if (shape.senders[m] >> t & 1) mixing[j++] = {t, m};
    }
    for (int m = 0; m < shape.sent; ++m)
      for (int a = 1; a < shape.replies[m]; ++a) reply[i++] = {m, a};
    for (int t = 0; t < T; ++t)
      for (int m = 0; m < M; ++m)
        for (int a = 0; a < A; ++a) {
          if (m >= shape.sent)
            sender_off_path.add(t, m, a);
          else if (a < shape.replies[m])
            sender_on_path.add(t, m, a);
          if (m < shape.sent && sends(t, m)) receiver_on_path.add(t, m, a);
        }
  }

  void collect(const double* columns, const Needed& needed, Payoffs& payoffs) const {
    for (int lane = 0; lane < lane_count; ++lane) {
      const double* base = columns + game[lane];
      const std::uint16_t* column = candidate[lane]->payoff_column;
      for (int i = 0; i < needed.count; ++i)
        payoffs.of[needed.payoff[i]][lane] = base[column[needed.payoff[i]]];
    }
  }
  bool sends(int t, int m) const { return shape.senders[m] >> t & 1; }

  /// Mixing probabilities, times the prior, that make the receiver indifferent, and the margins of the
  /// receiver's side.
  Lanes sender_side(Lanes& determinant) {
    collect(s.receiver, receiver_on_path, receiver);
    for (int t = 0; t < T; ++t) {
      alignas(64) double p[lane_count];
      for (int lane = 0; lane < lane_count; ++lane)
        p[lane] = s.prior[candidate[lane]->prior_column[t] + game[lane]];
      prior[t] = load(p);
    }

    Lanes system[max_system][max_system], right[max_system];
    for (int i = 0; i < n; ++i) {
      const auto [m, a] = reply[i];
      const auto gain = [&, m_ = m, a_ = a](int t) { return receiver(t, m_, a_) - receiver(t, m_, 0); };
      for (int j = 0; j < n; ++j) {
        const int t = mixing[j].t;
        system[i][j] = mixing[j].m == m ? gain(t) : reference[t] == m ? -gain(t) : broadcast(0.0);
      }
      right[i] = broadcast(0.0);
      for (int t = 0; t < T; ++t)
        if (reference[t] == m) right[i] = right[i] - prior[t] * gain(t);
    }
    determinant = solve(system, right, n);

    Lanes margin = broadcast(1.0);
    for (int t = 0; t < T; ++t) x[t][reference[t]] = prior[t];
    for (int j = 0; j < n; ++j) {
      const auto [t, m] = mixing[j];
      x[t][m] = right[j];
      x[t][reference[t]] = x[t][reference[t]] - right[j];
      margin = min(margin, right[j]);
    }
    for (int t = 0; t < T; ++t) margin = min(margin, x[t][reference[t]]);
    for (int m = 0; m < shape.sent; ++m)
      for (int a = shape.replies[m]; a < A; ++a) {
        Lanes lead = broadcast(0.0);
        for (int t = 0; t < T; ++t)
          if (sends(t, m)) lead = lead + x[t][m] * (receiver(t, m, 0) - receiver(t, m, a));
        margin = min(margin, lead);
      }
    return margin;
  }

  Lanes payoff(int t, int m) const {
    Lanes sum = sender(t, m, 0);
    for (int a = 1; a < shape.replies[m]; ++a) sum = sum + y[m][a] * (sender(t, m, a) - sender(t, m, 0));
    return sum;
  }

  /// Replies that make the types indifferent, and the margins of the senders' side on the path.
  Lanes receiver_side(Lanes& determinant) {
    collect(s.sender, sender_on_path, sender);
    Lanes system[max_system][max_system], right[max_system];
    for (int j = 0; j < n; ++j) {
      const auto [t, m] = mixing[j];
      for (int i = 0; i < n; ++i) {
        const auto [to, a] = reply[i];
        const Lanes gain = sender(t, to, a) - sender(t, to, 0);
        system[j][i] = to == m ? gain : to == reference[t] ? -gain : broadcast(0.0);
      }
      right[j] = sender(t, reference[t], 0) - sender(t, m, 0);
    }
    determinant = solve(system, right, n);

    Lanes margin = broadcast(1.0);
    for (int m = 0; m < shape.sent; ++m) y[m][0] = broadcast(1.0);
    for (int i = 0; i < n; ++i) {
      const auto [m, a] = reply[i];
      y[m][a] = right[i];
      y[m][0] = y[m][0] - right[i];
      margin = min(margin, right[i]);
    }
    for (int m = 0; m < shape.sent; ++m) margin = min(margin, y[m][0]);
    for (int t = 0; t < T; ++t) {
      value[t] = payoff(t, reference[t]);
      for (int m = 0; m < shape.sent; ++m)
        if (!sends(t, m)) margin = min(margin, value[t] - payoff(t, m));
    }
    return margin;
  }

  /// Margins by which some credible mixture of actions after a message keeps every type from it, and
  /// coincidences: a mixture that leaves more types indifferent than it has free probabilities. Such types
  /// can begin to send the message, so that the equilibrium may be part of a continuum.
  struct Deterrence {
    Lanes margin;
    Mask coincidence;
  };
  using Stay = Lanes[T][A];  // [t][a] what t gains by staying if the message is answered by a

  static Mask within(Lanes margin, Lanes tolerance) { return ~(abs(margin) > tolerance); }

  Deterrence by_pure(const Stay& stay, int a, int message, Lanes tolerance) const {
    Lanes margin = stay[0][a];
    for (int t = 1; t < T; ++t) margin = min(margin, stay[t][a]);
    unsigned coincidence = 0;
    for (unsigned ties = bits(within(margin, tolerance)); ties; ties &= ties - 1) {
      const int lane = lowest_bit(ties);
      int tight = 0;
      bool best = false;
      for (int t = 0; t < T; ++t) {
        if (!(bits(within(stay[t][a], tolerance)) >> lane & 1u)) continue;
        ++tight;
        best |= contains(s.vertex[message_of(lane, message)][1 << candidate[lane]->type_of[t]][1 << a],
                         game[lane]);
      }
      if (best || tight > 1) coincidence |= 1u << lane;
    }
    return {margin, mask_from_bits(coincidence)};
  }
  /// Lanes in which a type to which two replies are equally good is indifferent at some mixture of them: it
  /// can send the message alone. Such types are rare, and looked at one by one.
  unsigned ties_at_types(const Stay& stay, int message, Lanes tolerance) const {
    unsigned ties = 0, found = 0;
    for (int lane = 0; lane < lane_count; ++lane)
      ties |= static_cast<unsigned>(contains(s.tie_at_type[message_of(lane, message)], game[lane])) << lane;
    for (; ties; ties &= ties - 1) {
      const int lane = lowest_bit(ties);
      for (int t = 0; t < T; ++t) {
        int optimal = 0, low = 0,
            high = 0;  // of the replies optimal at t: how many, some at which t stays, some not
        for (int a = 0; a < A; ++a) {
          if (!contains(s.vertex[message_of(lane, message)][1 << candidate[lane]->type_of[t]][1 << a],
                        game[lane]))
            continue;
          ++optimal;
          low += bits(stay[t][a] > -tolerance) >> lane & 1u;
          high += ~bits(stay[t][a] > tolerance) >> lane & 1u;
        }
        if (optimal > 1 && low > 0 && high > 0) found |= 1u << lane;
      }
    }
    return found;
  }
  Deterrence by_pair(const Stay& stay, int a, int b, Lanes tolerance) const {
    // Ranges of the probability of b, one for each type, have a common point if every two of them do (Helly
    // 1923).
    Deterrence result{broadcast(1.0), mask_from_bits(0)};
    for (int t = 0; t < T; ++t)
      for (int u = t + 1; u < T; ++u) {
        const Lanes overlap = stay[u][a] * stay[t][b] - stay[t][a] * stay[u][b];
        const Lanes mixed =
            max(min(min(stay[t][b], stay[u][a]), overlap), min(min(stay[u][b], stay[t][a]), -overlap));
        const Lanes ends = max(min(stay[t][a], stay[u][a]), min(stay[t][b], stay[u][b]));
        result.margin = min(result.margin, max(ends, mixed));
        result.coincidence = result.coincidence | within(overlap, tolerance);
      }
    return result;
  }
  Deterrence by_triple(const Stay& stay, Lanes tolerance) const {
    Deterrence result{broadcast(-1.0), mask_from_bits(0)};
    if constexpr (T < 3 || A < 3) return result;  // only three types can make three actions optimal
    for (int t = 0; t < T; ++t)
      for (int u = t + 1; u < T; ++u) {
        // The mixture that leaves t and u indifferent, up to a factor.
        Lanes weights[A];
        for (int a = 0; a < A; ++a) {
          const int b = (a + 1) % A, c = (a + 2) % A;
          weights[a] = stay[t][b] * stay[u][c] - stay[t][c] * stay[u][b];
        }
        Lanes sign = weights[0];
        for (int a = 1; a < A; ++a) sign = sign + weights[a];
        Lanes third = broadcast(0.0), inside = broadcast(1.0);
        const int v = 3 - t - u;
        for (int a = 0; a < A; ++a) {
          third = third + weights[a] * stay[v][a];
          inside = min(inside, flip_sign(weights[a], sign));
        }
        result.margin = max(result.margin, min(inside, flip_sign(third, sign)));
        result.coincidence = result.coincidence | (within(third, tolerance) & (inside > -tolerance));
      }
    return result;
  }

  /// The candidate's name of the shape's message.
  int message_of(int lane, int m) const { return candidate[lane]->message_of[m]; }

  /// Lanes in which every message that is not sent can, or surely can, be deterred by a credible reply.
  void off_path(Lanes tolerance, Mask& possible, Mask& certain) {
    if (shape.sent < M) collect(s.sender, sender_off_path, sender);
    for (int m = shape.sent; m < M; ++m) {
      Stay stay;
      for (int t = 0; t < T; ++t)
        for (int a = 0; a < A; ++a) stay[t][a] = value[t] - sender(t, m, a);
      Mask some_possible = mask_from_bits(0), some_certain = mask_from_bits(0);
      Mask coincidence = mask_from_bits(ties_at_types(stay, m, tolerance));
      // Actions of messages that are not sent keep their names.
      std::uint8_t sets[lane_count];
      for (int lane = 0; lane < lane_count; ++lane)
        sets[lane] = s.credible_sets[message_of(lane, m)][game[lane]];
      const std::uint64_t packed = pack(sets);
      const Mask unclear = mask_from_bits(lanes_with_bit(packed, 0));
      for (int replies = 1; replies < 1 << A; ++replies) {
        const unsigned can_bits = lanes_with_bit(packed, replies);
        if (!can_bits) continue;
        const int size = count_bits(replies);
        const Deterrence deterrence =
            size == 1   ? by_pure(stay, lowest_bit(static_cast<unsigned>(replies)), m, tolerance)
            : size == 2 ? by_pair(stay, replies & 1 ? 0 : 1, replies & 4 ? A - 1 : 1, tolerance)
                        : by_triple(stay, tolerance);
        const Mask credible = mask_from_bits(can_bits);
        some_possible = some_possible | (credible & (deterrence.margin > -tolerance));
        some_certain = some_certain | (credible & (deterrence.margin > tolerance));
        coincidence = coincidence | (credible & deterrence.coincidence);
      }
      possible = possible & some_possible;
      certain = certain & some_certain & ~coincidence & ~unclear;
    }
  }

  /// Lanes whose candidate is an equilibrium, and those that double arithmetic cannot decide.
  void decide(unsigned lanes, unsigned& found, unsigned& undecided) {
    found = undecided = 0;
    // Rounding errors grow with the reciprocal of the determinant.
    const auto tolerance_of = [](Lanes determinant) {
      const Lanes base = broadcast(margin_tolerance);
      return select(determinant > 0.0, max(base, base / max(determinant, broadcast(1e-300))),
                    broadcast(1e300));
    };
    Lanes determinant;
    const Lanes reply_margin = receiver_side(determinant);
    const Lanes reply_tolerance = tolerance_of(determinant);
    Mask possible = mask_from_bits(lanes) & (reply_margin > -reply_tolerance);
    if (!bits(possible)) return;
    Mask certain = (reply_margin > reply_tolerance) & (determinant > pivot_tolerance);

    Mask sender_certain = mask_from_bits(0xff);
    if (n == 0) {
      sender_certain = pooled_clearly();
    } else {
      const Lanes sender_margin = sender_side(determinant);
      const Lanes sender_tolerance = tolerance_of(determinant);
      possible = possible & (sender_margin > -sender_tolerance);
      if (!bits(possible)) return;
      sender_certain = (sender_margin > sender_tolerance) & (determinant > pivot_tolerance);
    }
    certain = certain & sender_certain & possible;

    Mask deterred = possible;
    off_path(reply_tolerance, deterred, certain);
    found = bits(certain);
    // Where the receiver is within rounding of a further tie, other mixtures of replies go with the same
    // messages, and may deter what this one does not.
    undecided = bits(possible & (deterred | ~sender_certain) & ~certain);
  }

  /// Without mixing, lanes in which every reply is clearly the only best one at its posterior.
  Mask pooled_clearly() const {
    unsigned clear_lanes = 0;
    for (int lane = 0; lane < lane_count; ++lane) {
      bool is_clear = true;
      for (int m = 0; m < M; ++m) {
        const int senders = candidate[lane]->senders[m];
        if (senders)
          is_clear &=
              contains(s.clearly_pooled[m][senders][lowest_member(candidate[lane]->replies[m])], game[lane]);
      }
      clear_lanes |= static_cast<unsigned>(is_clear) << lane;
    }
    return mask_from_bits(clear_lanes);
  }
};

}  // namespace schelling::batch::SCHELLING_KERNELS
