#pragma once

#include <schelling/solvers/pbe/best_replies.hpp>

#include <schelling/numerics/polyhedron.hpp>

#include <array>
#include <vector>

namespace schelling::pbe {

/// Who sends a message, and which actions answer it. A message that nobody sends has no senders.
struct Option {
  Mask senders = 0, replies = 0;
  friend bool operator==(const Option&, const Option&) = default;
  friend auto operator<=>(const Option&, const Option&) = default;
};

/// The supports of an equilibrium on its path: one option for each message. Options of messages off the path
/// are {}.
using Cell = std::vector<Option>;

/// A polyhedron of replies to the messages of a cell. Rows: den, v_0 .. v_{T-1}, then y_ma for the messages
/// in the order in which they were added and the actions of each in increasing order, all times den.
template <class Number, class Bits>
struct ReplyPolytope {
  Polyhedron<Number, Bits> vertices;
  struct Block {
    int message;
    Option option;
    int column;  ///< of y_{m, first action of the option}
    int bit;     ///< of y >= 0 for it; the bits of v_t >= U_t(m, y) follow those of the actions
    int slack_bit(int t) const { return bit + std::popcount(option.replies) + t; }
  };
  std::vector<Block> blocks;
  Mask covered = 0;  ///< types that send a message of the blocks
  int next_bit = 0;

  void reset(int types) {
    vertices.reset(1 + types);
    vertices.append(Bits())[0] = Number(1);
    blocks.clear();
    covered = 0;
    next_bit = 0;
  }
};

/// sum_a y_ma s(t, m, a) for the reply of a row to the message of a block, times den.
template <class Number, class Block>
Number utility(const ScaledGame<Number>& game, std::span<const Number> row, const Block& block, int t) {
  Number sum(0);
  auto column = static_cast<std::size_t>(block.column);
  for_each(block.option.replies, [&](int a) {
    const auto& y = row[column++];
    if (y != Number(0)) sum += y * game.sender(t, block.message, a);
  });
  return sum;
}

/// Whether every reply variable is positive somewhere: otherwise the cell has no point with these supports.
template <class Number, class Bits>
bool has_full_support(const ReplyPolytope<Number, Bits>& polytope) {
  if (polytope.vertices.empty()) return false;
  const Bits zero = polytope.vertices.common();
  for (const auto& block : polytope.blocks)
    for (int k = 0; k < std::popcount(block.option.replies); ++k)
      if (zero.contains(block.bit + k)) return false;
  return true;
}

/// `from` together with a message answered by the option's replies: its senders get v from it, the others at
/// most v.
template <class Number, class Bits>
void extend(const ScaledGame<Number>& game, const ReplyPolytope<Number, Bits>& from, int m, Option option,
            ReplyPolytope<Number, Bits>& to) {
  const int added = std::popcount(option.replies), width = from.vertices.width();
  to.blocks = from.blocks;
  to.blocks.push_back({m, option, width, from.next_bit});
  const auto& block = to.blocks.back();
  to.next_bit = from.next_bit + added + game.types;
  to.covered = from.covered | option.senders;
  auto& vertices = to.vertices;
  vertices.reset(width + added);
  vertices.set_pace(from.vertices.pace());
  if (from.vertices.uncertain()) vertices.set_uncertain();
  Pace pace = from.vertices.pace();
  for (int i = 0; i < from.vertices.size(); ++i) {
    const auto old = from.vertices.row(i);
    pace(old.size() * static_cast<std::size_t>(added));
    int column = width, bit = block.bit;
    for_each(option.replies, [&](int a) {
      Bits tight = from.vertices.tight(i);
      for (int k = 0; k < added; ++k)
        if (block.bit + k != bit) tight.insert(block.bit + k);
      const auto row = vertices.append(tight, from.vertices.error(i));
      std::copy(old.begin(), old.end(), row.begin());
      row[static_cast<std::size_t>(column)] = old[0];
      for_each(option.senders & ~from.covered,
               [&](int t) { row[static_cast<std::size_t>(1 + t)] = old[0] * game.sender(t, m, a); });
      ++column, ++bit;
    });
  }
  constexpr double weight = 3;  // |v| + |y| with payoffs in [0, 1]
  const auto against = [&](const auto& other, int t) {
    return [&game, &other, t](std::span<const Number> row) {
      return Number(row[static_cast<std::size_t>(1 + t)] - utility(game, row, other, t));
    };
  };
  for_each(option.senders & from.covered, [&](int t) {
    if (!vertices.empty()) vertices.cut_to(against(block, t), weight);
  });
  for_each(from.covered & ~option.senders, [&](int t) {
    if (!vertices.empty()) vertices.cut(block.slack_bit(t), against(block, t), weight);
  });
  for_each(option.senders & ~from.covered, [&](int t) {
    for (const auto& earlier : from.blocks)
      if (!vertices.empty()) vertices.cut(earlier.slack_bit(t), against(earlier, t), weight);
  });
}

/// A polyhedron of sender strategies: x_tm = prior(t) s(m|t), with the replies of the cell optimal after each
/// message. Rows: den, then x_tm for the messages sent and their senders, all times den.
template <class Number, class Bits>
struct SenderPolytope {
  Polyhedron<Number, Bits> vertices;
  struct Block {
    int message;
    Option option;
    int column;  ///< of x_{first sender, m}
    int bit;     ///< of x >= 0 for it; the bits of "replies do as well as a" follow those of the senders
    int slack_bit(int a) const { return bit + std::popcount(option.senders) + a; }
  };
  std::vector<Block> blocks;
};

template <class Number, class Bits>
bool has_full_support(const SenderPolytope<Number, Bits>& polytope) {
  if (polytope.vertices.empty()) return false;
  const Bits zero = polytope.vertices.common();
  for (const auto& block : polytope.blocks)
    for (int k = 0; k < std::popcount(block.option.senders); ++k)
      if (zero.contains(block.bit + k)) return false;
  return true;
}

/// The sender strategies of a cell.
template <class Number, class Bits>
void sender_strategies(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best,
                       const Cell& cell, SenderPolytope<Number, Bits>& to, Pace& pace) {
  to.blocks.clear();
  int column = 1, bit = 0;
  for (int m = 0; m < game.messages; ++m) {
    const Option& option = cell[static_cast<std::size_t>(m)];
    if (option.senders == 0) continue;
    to.blocks.push_back({m, option, column, bit});
    column += std::popcount(option.senders);
    bit += std::popcount(option.senders) + game.actions;
  }
  const auto position = [](const auto& block, int t) {
    return std::popcount(block.option.senders & (singleton(t) - 1));
  };
  Bits zero;
  for (const auto& block : to.blocks)
    for (int k = 0; k < std::popcount(block.option.senders); ++k) zero.insert(block.bit + k);

  // Every type sends one of its messages: the vertices before the replies have their say.
  auto& vertices = to.vertices;
  vertices.reset(column);
  vertices.set_pace(pace);
  std::array<Mask, largest_mask> sent, choice;  // [t] blocks that t sends, and the one that it sends here
  for (int t = 0; t < game.types; ++t) sent[static_cast<std::size_t>(t)] = 0;
  for (std::size_t b = 0; b < to.blocks.size(); ++b)
    for_each(to.blocks[b].option.senders,
             [&](int t) { sent[static_cast<std::size_t>(t)] |= singleton(static_cast<int>(b)); });
  const auto lowest_bit = [](Mask set) { return set & (~set + 1); };
  for (int t = 0; t < game.types; ++t)
    choice[static_cast<std::size_t>(t)] = lowest_bit(sent[static_cast<std::size_t>(t)]);
  for (;;) {
    pace(static_cast<std::size_t>(column));
    Bits tight = zero;
    const auto row = vertices.append(Bits());
    row[0] = Number(1);
    for (int t = 0; t < game.types; ++t) {
      const auto ti = static_cast<std::size_t>(t);
      const auto& block = to.blocks[static_cast<std::size_t>(lowest(choice[ti]))];
      row[static_cast<std::size_t>(block.column + position(block, t))] = game.prior[ti];
      tight.erase(block.bit + position(block, t));
    }
    vertices.set_tight(vertices.size() - 1, tight);
    int t = 0;
    for (; t < game.types; ++t) {
      const auto ti = static_cast<std::size_t>(t);
      // The next block of the type, or back to its first one and on to the next type.
      if (const Mask later = sent[ti] & ~((choice[ti] << 1) - 1); later != 0) {
        choice[ti] = lowest_bit(later);
        break;
      }
      choice[ti] = lowest_bit(sent[ti]);
    }
    if (t == game.types) break;
  }

  for (const auto& block : to.blocks) {
    const int m = block.message, chosen = lowest(block.option.replies);
    const auto compared_with = [&](int a) {
      return [&game, &block, m, chosen, a](std::span<const Number> row) {
        Number sum(0);
        auto at = static_cast<std::size_t>(block.column);
        for_each(block.option.senders, [&](int t) {
          const auto& x = row[at++];
          if (x != Number(0)) sum += x * (game.receiver(t, m, chosen) - game.receiver(t, m, a));
        });
        return sum;
      };
    };
    for_each(block.option.replies & ~singleton(chosen), [&](int a) {
      if (!vertices.empty()) vertices.cut_to(compared_with(a), 2);
    });
    for_each(best[static_cast<std::size_t>(m)].undominated & ~block.option.replies, [&](int a) {
      if (!vertices.empty()) vertices.cut(block.slack_bit(a), compared_with(a), 2);
    });
    if (!has_full_support(to)) return vertices.reset(column);
  }
}

}  // namespace schelling::pbe
