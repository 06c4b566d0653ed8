#pragma once

#include "solvers/pbe/cells.hpp"

#include <schelling/core/monitor.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace schelling::pbe {

/// All options of a message: nobody sends it, or senders T' and replies B such that B is jointly optimal at
/// some belief with support exactly T'.
template <class Number>
std::vector<Option> options_of(const BestReplies<Number>& best) {
  std::vector<Option> options{{}};
  std::vector<Mask> sets, unions;
  for (const Mask facet : best.facets)
    for (Mask replies = facet; replies != 0; replies = (replies - 1) & facet) sets.push_back(replies);
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  for (const Mask replies : sets) {
    unions.clear();
    for (const auto& vertex : best.vertices) {
      if (!subset(replies, vertex.best)) continue;
      const std::size_t before = unions.size();
      for (std::size_t i = 0; i <= before; ++i) {
        const Mask joined = (i < before ? unions[i] : 0) | vertex.support;
        if (std::find(unions.begin(), unions.end(), joined) == unions.end()) unions.push_back(joined);
      }
    }
    for (const Mask senders : unions) options.push_back({senders, replies});
  }
  return options;
}

/// Depth-first search for all cells whose sender strategies and replies, on the path, exist. `Sink` is called
/// with each (cell, replies, sender strategies); replies off the path are its concern.
///
/// A branch ends where two messages cannot both be what their senders want whatever the replies in their
/// supports (a table of pairs, made once), or where no replies to the messages so far make all of their
/// senders content.
template <class Number, class Bits, class Sink>
class Search {
 public:
  Search(const ScaledGame<Number>& game, const std::vector<BestReplies<Number>>& best, Monitor& monitor,
         Sink& sink)
      : game_(game),
        best_(best),
        monitor_(monitor),
        sink_(sink),
        cell_(static_cast<std::size_t>(game.messages)),
        levels_(static_cast<std::size_t>(game.messages) + 1) {
    for (const auto& replies : best) {
      options_.push_back(options_of(replies));
      ranges_.push_back(ranges(static_cast<int>(ranges_.size()), options_.back()));
    }
    for (int m = 0; m < game.messages; ++m) words_.push_back((options_[index(m)].size() + 63) / 64);
    for (int m = 0; m < game.messages; ++m)
      for (int later = m + 1; later < game.messages; ++later) tabulate(m, later);
    candidates_.resize(index(game.messages));
  }

  /// False if the monitor stopped it.
  bool run() {
    levels_[0].reset(game_.types);
    for (int m = 0; m < game_.messages; ++m) {
      auto& all = candidates_[index(m)];
      all.assign(index(game_.messages), {});
      for (int later = m; later < game_.messages; ++later)
        all[index(later)].assign(words_[index(later)], ~std::uint64_t{0});
    }
    visit(0, 0);
    return running_;
  }

  std::size_t nodes() const { return nodes_; }

 private:
  struct Range {
    Number low, high;
  };

  const ScaledGame<Number>& game_;
  const std::vector<BestReplies<Number>>& best_;
  Monitor& monitor_;
  Sink& sink_;
  std::vector<std::vector<Option>> options_;
  std::vector<std::vector<Range>> ranges_;  ///< [m][option, t] of U_t over the option's replies
  std::vector<std::size_t> words_;
  std::vector<std::vector<std::uint64_t>>
      compatible_;  ///< [pair of messages][option of the first, words of the second]
  std::vector<std::vector<std::vector<std::uint64_t>>> candidates_;  ///< [depth][later message][words]
  Cell cell_;
  std::vector<ReplyPolytope<Number, Bits>> levels_;
  SenderPolytope<Number, Bits> senders_;
  std::size_t nodes_ = 0;
  bool running_ = true;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  std::size_t pair(int m, int later) const { return index(m) * index(game_.messages) + index(later); }

  std::vector<Range> ranges(int m, const std::vector<Option>& options) const {
    std::vector<Range> result;
    result.reserve(options.size() * index(game_.types));
    for (const auto& option : options) {
      const Mask replies = option.senders ? option.replies : best_[index(m)].undominated;
      for (int t = 0; t < game_.types; ++t) {
        Range range{game_.sender(t, m, lowest(replies)), game_.sender(t, m, lowest(replies))};
        for_each(replies & (replies - 1), [&](int a) {
          range.low = std::min(range.low, game_.sender(t, m, a));
          range.high = std::max(range.high, game_.sender(t, m, a));
        });
        result.push_back(range);
      }
    }
    return result;
  }

  static bool may_reach(const Number& high, const Number& low) {
    if constexpr (is_exact_number<Number>) {
      return !(high < low);
    } else {
      // Keeps near ties: the polytopes decide them, with their error bounds.
      constexpr double near = 1e-12;
      return high >= low - near;
    }
  }

  void tabulate(int m, int later) {
    compatible_.resize(index(game_.messages) * index(game_.messages));
    const auto& first = options_[index(m)];
    const auto& second = options_[index(later)];
    auto& table = compatible_[pair(m, later)];
    const std::size_t words = words_[index(later)], types = index(game_.types);
    table.assign(first.size() * words, 0);
    for (std::size_t i = 0; i < first.size(); ++i)
      for (std::size_t j = 0; j < second.size(); ++j) {
        const Range* mine = &ranges_[index(m)][i * types];
        const Range* other = &ranges_[index(later)][j * types];
        bool fits = true;
        for (Mask rest = first[i].senders; rest && fits; rest &= rest - 1)
          fits = may_reach(mine[lowest(rest)].high, other[lowest(rest)].low);
        for (Mask rest = second[j].senders; rest && fits; rest &= rest - 1)
          fits = may_reach(other[lowest(rest)].high, mine[lowest(rest)].low);
        if (fits) table[i * words + j / 64] |= std::uint64_t{1} << (j % 64);
      }
  }

  void visit(int m, std::size_t level) {
    if (!running_) return;
    const auto& options = options_[index(m)];
    const bool last = m + 1 == game_.messages;
    const Mask everyone = full(game_.types), missing = everyone & ~levels_[level].covered;
    for (std::size_t word = 0; word < words_[index(m)]; ++word)
      for (std::uint64_t rest = candidates_[index(m)][index(m)][word]; rest != 0; rest &= rest - 1) {
        const std::size_t i = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (i >= options.size()) break;
        const Option& option = options[i];
        if (last && !subset(missing, option.senders)) continue;
        ++nodes_;
        if (!monitor_.keep_going()) {
          running_ = false;
          return;
        }
        cell_[index(m)] = option;
        std::size_t next = level;
        if (option.senders != 0) {
          next = level + 1;
          extend(game_, levels_[level], m, option, levels_[next]);
          if (!has_full_support(levels_[next])) continue;
        }
        if (last) {
          finish(levels_[next]);
          continue;
        }
        auto& below = candidates_[index(m) + 1];
        const auto& here = candidates_[index(m)];
        for (int later = m + 1; later < game_.messages; ++later) {
          const auto* row = &compatible_[pair(m, later)][i * words_[index(later)]];
          for (std::size_t w = 0; w < words_[index(later)]; ++w)
            below[index(later)][w] = here[index(later)][w] & row[w];
        }
        visit(m + 1, next);
      }
  }

  void finish(ReplyPolytope<Number, Bits>& replies) {
    sender_strategies(game_, best_, cell_, senders_);
    if (has_full_support(senders_)) sink_(cell_, replies, senders_);
  }
};

}  // namespace schelling::pbe
