#pragma once

#include <schelling/solvers/pbe/workspace.hpp>

#include <schelling/core/error.hpp>
#include <schelling/core/monitor.hpp>
#include <schelling/core/pace.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace schelling::pbe {

/// Most options of one message: they are held in memory, 16 bytes each. Messages beyond it are refused.
inline constexpr std::size_t most_options = std::size_t{1} << 23;

inline void require_options(std::size_t count) {
  if (count > most_options)
    throw InvalidGame(
        expectation("game",
                    "at most " + std::to_string(most_options) +
                        " pairs of the senders of a message and the replies to it for this solver",
                    "more"));
}

/// All options of a message: nobody sends it, or senders T' and replies B such that B is jointly optimal at
/// some belief with support exactly T'.
template <class Number>
std::vector<Option> options_of(const BestReplies<Number>& best, Pace& pace) {
  std::vector<Option> options{{}};
  std::vector<Mask> sets, unions;
  std::unordered_set<Mask> known;  // the unions again, once they are many
  constexpr std::size_t usual = 16;
  options.reserve(usual);
  sets.reserve(usual);
  unions.reserve(usual);
  for (const Mask facet : best.facets)
    for (Mask replies = facet; replies != 0; replies = (replies - 1) & facet) {
      pace();
      sets.push_back(replies);
      require_options(sets.size());
    }
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  for (const Mask replies : sets) {
    unions.clear();
    known.clear();
    for (const auto& vertex : best.vertices) {
      if (!subset(replies, vertex.best)) continue;
      const std::size_t before = unions.size();
      for (std::size_t i = 0; i <= before; ++i) {
        pace(usual);
        const Mask joined = (i < before ? unions[i] : 0) | vertex.support;
        if (unions.size() < usual) {
          if (std::find(unions.begin(), unions.end(), joined) == unions.end()) unions.push_back(joined);
          continue;
        }
        if (known.empty()) known.insert(unions.begin(), unions.end());
        if (known.insert(joined).second) unions.push_back(joined);
      }
      require_options(options.size() + unions.size());
    }
    for (const Mask senders : unions) options.push_back({senders, replies});
  }
  // The largest supports first: what they find then contains what the smaller ones would find again.
  std::stable_sort(options.begin(), options.end(), [](const Option& a, const Option& b) {
    return std::popcount(a.senders) + std::popcount(a.replies) >
           std::popcount(b.senders) + std::popcount(b.replies);
  });
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
         Sink& sink, Workspace<Number, Bits>& workspace)
      : game_(game),
        best_(best),
        monitor_(monitor),
        sink_(sink),
        cell_(static_cast<std::size_t>(game.messages)),
        levels_(workspace.levels),
        senders_(workspace.senders),
        pace_(monitor) {
    levels_.resize(std::max(levels_.size(), index(game.messages) + 1));
    for (const auto& replies : best) {
      options_.push_back(options_of(replies, pace_));
      ranges_.push_back(ranges(static_cast<int>(ranges_.size()), options_.back()));
    }
    for (int m = 0; m < game.messages; ++m) words_.push_back((options_[index(m)].size() + 63) / 64);
    for (int m = 0; m < game.messages; ++m)
      for (int later = m + 1; later < game.messages; ++later) tabulate(m, later);
    candidates_.resize(index(game.messages));
  }

  /// False if the monitor or the limit on nodes stopped it.
  bool run(double node_limit) {
    node_limit_ = node_limit;
    begin();
    visit(0, 0);
    return running_;
  }

  /// Number of leaves if nothing were cut off.
  double combinations() const {
    double product = 1;
    for (const auto& options : options_) product *= static_cast<double>(options.size());
    return product;
  }

  /// The expected number of nodes, from random walks down the tree (Knuth 1975).
  double estimate() {
    constexpr int walks = 40;
    std::uint64_t state = 1;
    double total = 0;
    for (int walk = 0; walk < walks; ++walk) {
      begin();
      double weight = 1;
      std::size_t level = 0;
      for (int m = 0; m < game_.messages; ++m) {
        if (!running_) throw Stopped();
        std::vector<std::size_t> viable;
        const double before = static_cast<double>(nodes_);
        for_each_option(m, level, [&](std::size_t i, std::size_t) { viable.push_back(i); });
        total += weight * (static_cast<double>(nodes_) - before);
        if (viable.empty()) break;
        weight *= static_cast<double>(viable.size());
        state = state * 6364136223846793005u + 1442695040888963407u;
        const std::size_t chosen = viable[(state >> 33) % viable.size()];
        level = place(m, chosen, level);
        restrict_later(m, chosen);
      }
    }
    nodes_ = 0;
    return total / walks;
  }

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
      compatible_;  ///< empty where too large, else [pair of messages][option of the first, words of the second]
  std::vector<std::uint64_t> row_;
  std::vector<std::vector<std::vector<std::uint64_t>>> candidates_;  ///< [depth][later message][words]
  Cell cell_;
  std::vector<ReplyPolytope<Number, Bits>>& levels_;
  SenderPolytope<Number, Bits>& senders_;
  Pace pace_;
  std::size_t nodes_ = 0;
  double node_limit_ = std::numeric_limits<double>::infinity();
  bool running_ = true;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  std::size_t pair(int m, int later) const { return index(m) * index(game_.messages) + index(later); }

  std::vector<Range> ranges(int m, const std::vector<Option>& options) {
    std::vector<Range> result;
    result.reserve(options.size() * index(game_.types));
    for (const auto& option : options) {
      pace_(index(game_.types));
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
      return to_double(Number(high - low)) >= -near;
    }
  }

  void tabulate(int m, int later) {
    compatible_.resize(index(game_.messages) * index(game_.messages));
    const auto& first = options_[index(m)];
    const auto& second = options_[index(later)];
    // Large tables would not fit in memory: their rows are made where they are needed.
    constexpr std::size_t most_pairs = std::size_t{1} << 28;
    if (first.size() > most_pairs / second.size()) return;
    auto& table = compatible_[pair(m, later)];
    const std::size_t words = words_[index(later)];
    table.assign(first.size() * words, 0);
    for (std::size_t i = 0; i < first.size(); ++i) compare(m, i, later, &table[i * words]);
  }

  /// Sets the bits of the options of the later message that go together with option i of m.
  void compare(int m, std::size_t i, int later, std::uint64_t* row) {
    const Option& first = options_[index(m)][i];
    const auto& second = options_[index(later)];
    const std::size_t types = index(game_.types);
    pace_(second.size());
    for (std::size_t j = 0; j < second.size(); ++j) {
      const Range* mine = &ranges_[index(m)][i * types];
      const Range* other = &ranges_[index(later)][j * types];
      bool fits = true;
      for (Mask rest = first.senders; rest && fits; rest &= rest - 1)
        fits = may_reach(mine[lowest(rest)].high, other[lowest(rest)].low);
      for (Mask rest = second[j].senders; rest && fits; rest &= rest - 1)
        fits = may_reach(other[lowest(rest)].high, mine[lowest(rest)].low);
      if (fits) row[j / 64] |= std::uint64_t{1} << (j % 64);
    }
  }

  void begin() {
    running_ = true;
    nodes_ = 0;
    levels_[0].reset(game_.types);
    levels_[0].vertices.set_pace(pace_);
    for (int m = 0; m < game_.messages; ++m) {
      auto& all = candidates_[index(m)];
      all.resize(index(game_.messages));
      for (int later = m; later < game_.messages; ++later)
        all[index(later)].assign(words_[index(later)], ~std::uint64_t{0});
    }
  }

  /// Puts the option on message m after the replies of `level`; the level that holds the replies then.
  std::size_t place(int m, std::size_t i, std::size_t level) {
    const Option& option = options_[index(m)][i];
    cell_[index(m)] = option;
    if (option.senders == 0) return level;
    extend(game_, levels_[level], m, option, levels_[level + 1]);
    return level + 1;
  }

  /// Leaves to the later messages what goes together with the option.
  void restrict_later(int m, std::size_t i) {
    for (int later = m + 1; later < game_.messages; ++later) {
      auto& below = candidates_[index(m) + 1][index(later)];
      const auto& here = candidates_[index(m)][index(later)];
      const auto& table = compatible_[pair(m, later)];
      if (table.empty()) {
        row_.assign(words_[index(later)], 0);
        compare(m, i, later, row_.data());
      }
      const auto* row = table.empty() ? row_.data() : &table[i * words_[index(later)]];
      for (std::size_t w = 0; w < below.size(); ++w) below[w] = here[w] & row[w];
    }
  }

  /// Calls f(option, level of the replies) for each option of m that has replies.
  template <class F>
  void for_each_option(int m, std::size_t level, F&& f) {
    const auto& options = options_[index(m)];
    const bool last = m + 1 == game_.messages;
    const Mask missing = full(game_.types) & ~levels_[level].covered;
    for (std::size_t word = 0; word < words_[index(m)]; ++word)
      for (std::uint64_t rest = candidates_[index(m)][index(m)][word]; rest != 0; rest &= rest - 1) {
        const std::size_t i = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (i >= options.size()) break;
        if (last && !subset(missing, options[i].senders)) continue;
        ++nodes_;
        if (!monitor_.keep_going() || static_cast<double>(nodes_) > node_limit_) running_ = false;
        if (integer_overflow) running_ = false;  // all of it is to be repeated with wider numbers
        if (!running_) return;
        const std::size_t next = place(m, i, level);
        if (next == level || has_full_support(levels_[next])) f(i, next);
        if (!running_) return;
      }
  }

  void visit(int m, std::size_t level) {
    for_each_option(m, level, [&](std::size_t i, std::size_t next) {
      if (m + 1 == game_.messages) return finish(levels_[next]);
      restrict_later(m, i);
      visit(m + 1, next);
    });
  }

  void finish(ReplyPolytope<Number, Bits>& replies) {
    sender_strategies(game_, best_, cell_, senders_, pace_);
    if (has_full_support(senders_)) sink_(cell_, replies, senders_);
  }
};

}  // namespace schelling::pbe
