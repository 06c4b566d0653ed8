#pragma once

#include "kernels.hpp"
#include "lanes.hpp"
#include "payoffs_222.hpp"

/// All equilibria of generic games with two types, two messages and two actions: nine supports, each a
/// straight line of margins.
///
/// U_t(m, y) = u_tm0 + y e_tm with y the probability of action 1, c_t = u_t10 - u_t00, d_tm the receiver's
/// gain from action 1 at type t. A support is found where all its margins exceed the tolerance; it is a near
/// tie where none is below minus the tolerance but some does not exceed it. If no support is a near tie, the
/// supports found are all equilibria: an equilibrium of a game with ties is a limit of solutions of one of
/// the nine, with a margin of zero.
namespace schelling::batch::SCHELLING_KERNELS {

struct Game222 {
  Lanes p[2], c[2], e[2][2], d[2][2];  // e, d: [type][message]
  Lanes posterior_gain[2];             // receiver's gain from action 1 at the prior, by message
};

/// The two answers that a kernel needs about a support.
struct Support {
  Mask found, possible;
};

inline Mask exceeds(Lanes margin) { return margin > margin_tolerance; }
inline Mask not_below(Lanes margin) { return margin > -margin_tolerance; }
inline Mask is_tie(Lanes margin) { return not_below(margin) & ~exceeds(margin); }

/// Whether some reply to the other message, at a belief of the receiver's choice, keeps both types at message
/// m.
inline Lanes deterrence(const Game222& game, int m, Lanes reply, Lanes allows_0, Lanes allows_1) {
  const int other = 1 - m;
  Lanes at_0[2], at_1[2];
  for (int t = 0; t < 2; ++t) {
    const Lanes stay = reply * game.e[t][m];
    at_0[t] = m == 0 ? stay - game.c[t] : stay + game.c[t];
    at_1[t] = at_0[t] - game.e[t][other];
  }
  // Strictly mixed replies: type 0 accepts y = 1, type 1 accepts y = 0, and their ranges of y overlap; or the
  // reverse.
  const Lanes overlap = at_0[0] * game.e[1][other] - at_0[1] * game.e[0][other];
  const Lanes mixed = max(min(min(at_1[0], at_0[1]), overlap), min(min(at_1[1], at_0[0]), -overlap));
  return max(max(min(allows_0, min(at_0[0], at_0[1])), min(allows_1, min(at_1[0], at_1[1]))),
             min(min(allows_0, allows_1), mixed));
}

inline Support pool(const Game222& game, int m) {
  const int other = 1 - m;
  const Lanes gain = game.posterior_gain[m];
  const Lanes reply = select(gain > 0.0, broadcast(1.0), broadcast(0.0));
  const Lanes allows_0 = max(-game.d[0][other], -game.d[1][other]);
  const Lanes allows_1 = max(game.d[0][other], game.d[1][other]);
  const Lanes margin = deterrence(game, m, reply, allows_0, allows_1);
  // Whether an action can be a best reply off the path decides the bounds that are reported.
  const Lanes clear = min(abs(gain), min(abs(allows_0), abs(allows_1)));
  return {exceeds(min(margin, clear)), not_below(margin) | ~exceeds(abs(gain))};
}

/// The least and the greatest best reply where action 1 gains d: both are possible at a tie.
struct Replies {
  Lanes low, high;
};
inline Replies best_replies(Lanes d) {
  const Lanes zero = broadcast(0.0), one = broadcast(1.0);
  return {select(exceeds(d), one, zero), select(not_below(d), one, zero)};
}

/// Type 0 sends m, type 1 the other message.
inline Support separate(const Game222& game, int m) {
  const int owner[2] = {m, 1 - m};  // the type that sends message 0, message 1
  const Replies at_0 = best_replies(game.d[owner[0]][0]), at_1 = best_replies(game.d[owner[1]][1]);
  const auto least = [](Replies y, Lanes e) { return min(y.low * e, y.high * e); };
  const auto greatest = [](Replies y, Lanes e) { return max(y.low * e, y.high * e); };
  Lanes margin = broadcast(1.0);
  for (int t = 0; t < 2; ++t) {
    // U_t(1, .) - U_t(0, .), or its negative, at the most favourable replies.
    const auto& e = game.e[t];
    margin = min(margin, owner[1] == t ? game.c[t] + greatest(at_1, e[1]) - least(at_0, e[0])
                                       : greatest(at_0, e[0]) - game.c[t] - least(at_1, e[1]));
  }
  const Mask clear = ~(is_tie(game.d[owner[0]][0]) | is_tie(game.d[owner[1]][1]));
  return {exceeds(margin) & clear, not_below(margin)};
}

/// Type t sends m, the other type sends both messages.
inline Support mix(const Game222& game, int t, int m) {
  const int mixer = 1 - t, other = 1 - m;
  const Lanes reply_gain = game.d[mixer][other];
  const Lanes d = game.d[mixer][m];
  const Lanes sender_margin = min(-flip_sign(game.d[t][m], d), flip_sign(game.posterior_gain[m], d));

  // U(m, 0) - U(other, reply) of both types.
  Lanes gap[2];
  for (int i = 0; i < 2; ++i) {
    const Lanes elsewhere = select(reply_gain > 0.0, game.e[i][other], broadcast(0.0));
    gap[i] = (m == 0 ? -game.c[i] : game.c[i]) - elsewhere;
  }
  const Lanes slope = game.e[mixer][m], size = abs(slope);
  const Lanes need = -flip_sign(gap[mixer], slope);  // reply = need / size
  const Lanes reply_margin = min(min(need, size - need), gap[t] * size + need * game.e[t][m]);

  const Mask tie = is_tie(reply_gain);
  const Mask sender_possible = not_below(sender_margin);
  return {exceeds(min(sender_margin, reply_margin)) & (size > pivot_tolerance) & ~tie,
          sender_possible & (not_below(reply_margin) | tie)};
}

/// Both types send both messages: each message makes the receiver indifferent, each pair of replies both
/// types.
inline Support mix_all(const Game222& game) {
  // The smaller size, positive if the signs differ.
  const auto opposite = [](Lanes a, Lanes b) { return flip_sign(flip_sign(min(abs(a), abs(b)), a), -b); };
  const Lanes side_0 = flip_sign(game.posterior_gain[0], game.d[1][0]);
  const Lanes side_1 = flip_sign(game.posterior_gain[1], game.d[1][1]);
  const Lanes sender_margin = min(opposite(side_0, side_1), min(opposite(game.d[0][0], game.d[1][0]),
                                                                opposite(game.d[0][1], game.d[1][1])));
  const auto& e = game.e;
  const auto& c = game.c;
  const Lanes determinant = e[0][1] * e[1][0] - e[0][0] * e[1][1], size = abs(determinant);
  const Lanes y_0 = flip_sign(c[1] * e[0][1] - c[0] * e[1][1], determinant);
  const Lanes y_1 = flip_sign(c[1] * e[0][0] - c[0] * e[1][0], determinant);
  const Lanes reply_margin = min(min(y_0, size - y_0), min(y_1, size - y_1));
  const Mask well_conditioned = (size > pivot_tolerance) & (abs(side_0) + abs(side_1) > pivot_tolerance);
  return {exceeds(min(sender_margin, reply_margin)) & well_conditioned,
          not_below(sender_margin) & not_below(reply_margin)};
}

/// Verdicts on eight games.
inline void decide_222(const Payoffs222& payoffs, std::uint16_t* verdicts) {
  const auto& sender = payoffs.s;
  const auto& receiver = payoffs.r;
  Game222 game;
  for (int t = 0; t < 2; ++t) {
    game.p[t] = payoffs.p[t];
    game.c[t] = sender[t][1][0] - sender[t][0][0];
    for (int m = 0; m < 2; ++m) {
      game.e[t][m] = sender[t][m][1] - sender[t][m][0];
      game.d[t][m] = receiver[t][m][1] - receiver[t][m][0];
    }
  }
  // The sum of the sizes is a scale, and not finite if any of them is not.
  Mask regular = (game.p[0] > 0.0) & (game.p[1] > 0.0) &
                 (abs(game.p[0] + game.p[1] - broadcast(1.0)) < tolerance::probability_sum);
  for (int t = 0; t < 2; ++t) {
    const Lanes size = abs(game.c[t]) + (abs(game.e[t][0]) + abs(game.e[t][1]));
    regular = regular & (size < largest_range);
    const Lanes scale = reciprocal_scale(size);
    game.c[t] = game.c[t] * scale;
    for (int m = 0; m < 2; ++m) game.e[t][m] = game.e[t][m] * scale;
  }
  for (int m = 0; m < 2; ++m) {
    const Lanes size = abs(game.d[0][m]) + abs(game.d[1][m]);
    regular = regular & (size < largest_range);
    const Lanes scale = reciprocal_scale(size);
    for (int t = 0; t < 2; ++t) game.d[t][m] = game.d[t][m] * scale;
    game.posterior_gain[m] = game.p[0] * game.d[0][m] + game.p[1] * game.d[1][m];
  }

  Support supports[9];
  for (int m = 0; m < 2; ++m) {
    supports[m] = pool(game, m);
    supports[2 + m] = separate(game, m);
    for (int t = 0; t < 2; ++t) supports[4 + 2 * t + m] = mix(game, t, m);
  }
  supports[8] = mix_all(game);
  Mask masks[11];
  masks[9] = mask_from_bits(0);
  masks[10] = ~regular;
  for (int k = 0; k < 9; ++k) {
    masks[k] = supports[k].found;
    masks[9] = masks[9] | (supports[k].possible & ~supports[k].found);
  }
  static constexpr std::uint16_t values[11] = {1, 2, 4, 8, 16, 32, 64, 128, 256, near_tie, irregular};
  store_words(masks, values, 11, verdicts);
}

inline void decide_222(const Columns& columns, std::size_t games, std::uint16_t* verdicts) {
  for (std::size_t g = 0; g < games; g += lane_count) {
    Payoffs222 payoffs;
    payoffs.read(columns, g);
    decide_222(payoffs, verdicts + g);
  }
}

inline void decide_rows_222(const GameNumbers& games, std::size_t count, std::uint16_t* verdicts) {
  for (std::size_t g = 0; g < count; g += lane_count) {
    Payoffs222 payoffs;
    payoffs.read(games, [&](std::size_t i) { return g + i < count ? g + i : count - 1; });
    decide_222(payoffs, verdicts + g);
  }
}

}  // namespace schelling::batch::SCHELLING_KERNELS
