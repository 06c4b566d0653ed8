#include "fast_path.hpp"

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <algorithm>
#include <bit>

namespace schelling::batch {

namespace {

const BatchKernels& kernels(InstructionSet instructions) {
#ifdef SCHELLING_X86_KERNELS
  if (instructions == InstructionSet::automatic)
    instructions = is_available(InstructionSet::avx512) ? InstructionSet::avx512
                   : is_available(InstructionSet::avx2) ? InstructionSet::avx2
                                                        : InstructionSet::portable;
  if (instructions == InstructionSet::avx512) return kernels_avx512;
  if (instructions == InstructionSet::avx2) return kernels_avx2;
#else
  static_cast<void>(instructions);
#endif
  return kernels_portable;
}

std::size_t padded(std::size_t count) { return (count + 7) / 8 * 8; }

static_assert(kind_222(8) == static_cast<int>(SignalingKind::pooling) &&
              kind_222(2) == static_cast<int>(SignalingKind::separating) &&
              kind_222(4) == static_cast<int>(SignalingKind::semi_separating));

/// Number of equilibria of each kind for each set of (2,2,2) supports.
constexpr std::size_t support_sets_222 = 1 << supports_222;
using KindTable = std::array<std::array<std::uint16_t, 4>, support_sets_222>;
constexpr KindTable kind_table = [] {
  KindTable counts{};
  for (std::size_t set = 0; set < counts.size(); ++set)
    for (int k = 0; k < supports_222; ++k)
      if (set >> k & 1) ++counts[set][kind_222(k)];
  return counts;
}();

}  // namespace

bool FastPath::handles(int types, int messages, int actions) {
  const auto fits = [](int size) { return size >= 2 && size <= max_size; };
  return fits(types) && fits(messages) && fits(actions);
}

FastPath::FastPath(int types, int messages, int actions, InstructionSet instructions)
    : types_(types), messages_(messages), actions_(actions), kernels_(kernels(instructions)) {
  if (types == 2 && messages == 2 && actions == 2) return;
  writer_ = row_writer(types, messages, actions);
  table_ = &candidate_table(types, messages, actions);
  view_ = {types,
           messages,
           actions,
           table_->candidates.data(),
           table_->shapes.data(),
           table_->options.data(),
           table_->leaves.data(),
           table_->options.size(),
           table_->leaves.size(),
           table_->shapes.size()};
}

Columns FastPath::columns(const SignalingGameBatch& games, std::size_t begin, std::size_t count,
                          Scratch& scratch) const {
  const auto types = static_cast<std::size_t>(types_), payoffs = games.payoffs_per_game();
  if (games.layout == BatchLayout::games_last && count % 8 == 0)
    return {games.prior + begin, games.sender + begin, games.receiver + begin, games.games};

  const auto fill = [&](const double* from, std::size_t width, double* to) {
    if (games.layout == BatchLayout::games_first) {
      kernels_.to_columns(from + begin * width, count, width, to, Scratch::stride);
      return;
    }
    for (std::size_t k = 0; k < width; ++k) {
      const double* column = from + k * games.games + begin;
      std::copy_n(column, count, to + k * Scratch::stride);
      std::fill(to + k * Scratch::stride + count, to + k * Scratch::stride + padded(count),
                column[count - 1]);
    }
  };
  fill(games.prior, types, scratch.raw_prior);
  fill(games.sender, payoffs, scratch.raw_sender);
  fill(games.receiver, payoffs, scratch.raw_receiver);
  return {scratch.raw_prior, scratch.raw_sender, scratch.raw_receiver, Scratch::stride};
}

void FastPath::decide(const SignalingGameBatch& games, std::size_t begin, std::size_t count, bool list,
                      Scratch& scratch, Decision& decision) const {
  decision.supports.clear();
  if (table_)
    decide_general(columns(games, begin, count, scratch), count, list, scratch, decision);
  else
    decide_222(games, begin, count, list, scratch, decision);
}

void FastPath::decide_222(const SignalingGameBatch& games, std::size_t begin, std::size_t count, bool list,
                          Scratch& scratch, Decision& decision) const {
  std::array<std::uint16_t, block_games> verdicts;
  if (games.layout == BatchLayout::games_first)
    kernels_.decide_rows_222({games.prior + 2 * begin, games.sender + 8 * begin, games.receiver + 8 * begin},
                             count, verdicts.data());
  else
    kernels_.decide_222(columns(games, begin, count, scratch), padded(count), verdicts.data());
  unsigned all = 0;
  for (std::size_t g = 0; g < count; ++g) all |= verdicts[g];
  decision.all_decided = !(all & (near_tie | irregular));
  if (!decision.all_decided)
    for (std::size_t g = 0; g < count; ++g) {
      decision.near_tie[g] = (verdicts[g] & near_tie) != 0;
      decision.irregular[g] = (verdicts[g] & irregular) != 0;
    }
  for (std::size_t g = 0; g < count; ++g)
    decision.kind_counts[g] = kind_table[verdicts[g] % support_sets_222];
  if (!list) return;
  // Most games have one equilibrium: the first support is written without asking.
  decision.supports.resize(count * supports_222);
  std::uint16_t* next = decision.supports.data();
  for (std::size_t g = 0; g < count; ++g) {
    const unsigned set = verdicts[g] % support_sets_222;
    *next = static_cast<std::uint16_t>(std::countr_zero(set | support_sets_222));
    next += set != 0;
    for (unsigned rest = set & (set - 1); rest; rest &= rest - 1)
      *next++ = static_cast<std::uint16_t>(std::countr_zero(rest));
  }
  decision.supports.resize(static_cast<std::size_t>(next - decision.supports.data()));
}

void FastPath::decide_general(const Columns& block, std::size_t count, bool list, Scratch& scratch,
                              Decision& decision) const {
  kernels_.decide_general(view_, block, padded(count), scratch);
  std::copy_n(scratch.near_tie, count, decision.near_tie.begin());
  std::copy_n(scratch.irregular, count, decision.irregular.begin());
  unsigned open = 0;
  for (std::size_t g = 0; g < count; ++g) open |= scratch.near_tie[g] | scratch.irregular[g];
  decision.all_decided = open == 0;
  std::fill_n(decision.kind_counts.begin(), count, std::array<std::uint16_t, 4>{});
  const std::uint32_t *found = scratch.found, *end = found + scratch.found_count;
  std::array<std::uint32_t, block_games + 1> start{};
  for (const auto* entry = found; entry != end; ++entry) {
    const std::size_t g = *entry & 0xffffu;
    if (g >= count) continue;
    ++start[g + 1];
    ++decision.kind_counts[g][table_->candidates[*entry >> 16].kind];
  }
  if (!list) return;
  for (std::size_t g = 0; g < count; ++g) start[g + 1] += start[g];
  decision.supports.resize(start[count]);
  std::array<std::uint32_t, block_games> next;
  std::copy_n(start.begin(), count, next.begin());
  for (const auto* entry = found; entry != end; ++entry) {
    const std::size_t g = *entry & 0xffffu;
    if (g < count) decision.supports[next[g]++] = static_cast<std::uint16_t>(*entry >> 16);
  }
  for (std::size_t g = 0; g < count; ++g)
    std::sort(decision.supports.begin() + start[g], decision.supports.begin() + start[g + 1]);
}

void FastPath::write(const GameNumbers& game, std::uint16_t support, const Row& row) const {
  writer_(game, table_->candidates[support], row);
}

void FastPath::write_222(const GameNumbers& games, const RowQueues222& queues, const Row& rows) const {
  for (int support = 0; support < supports_222; ++support)
    if (const std::size_t count = queues.count[static_cast<std::size_t>(support)]; count > 0)
      kernels_.write_222(games, support, queues.tasks[static_cast<std::size_t>(support)].data(), count, rows);
}

}  // namespace schelling::batch
