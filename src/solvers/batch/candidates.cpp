#include "candidates.hpp"

#include "kernels.hpp"

#include <schelling/equilibria/signaling_equilibrium.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <mutex>
#include <numeric>
#include <tuple>

namespace schelling::batch {

namespace {

int size_of(std::uint8_t set) { return std::popcount(set); }

/// Whether the numbers of unknowns agree on each connected part, and every type sends something.
bool is_square(int types, const Sets& senders, const Sets& replies) {
  std::uint8_t sent_by = 0;
  for (const auto set : senders.of) sent_by |= set;
  if (sent_by != (1 << types) - 1) return false;
  std::uint8_t left = sent_by;
  while (left) {
    std::uint8_t part = static_cast<std::uint8_t>(left & -left);
    for (bool grown = true; grown;) {
      grown = false;
      for (const auto set : senders.of)
        if ((set & part) && (set & ~part)) {
          part |= set;
          grown = true;
        }
    }
    int edges = 0, mixed_replies = 0;
    for (int m = 0; m < max_size; ++m)
      if (senders[m] & part) {
        edges += size_of(senders[m]);
        mixed_replies += size_of(replies[m]) - 1;
      }
    if (edges - size_of(part) != mixed_replies) return false;
    left = static_cast<std::uint8_t>(left & ~part);
  }
  return true;
}

SignalingKind kind_of(int types, const Sets& senders) {
  bool all_types = true, one_type = true;
  std::uint8_t seen = 0, twice = 0;
  for (const auto set : senders.of) {
    if (!set) continue;
    all_types &= set == (1 << types) - 1;
    one_type &= size_of(set) == 1;
    twice |= seen & set;
    seen |= set;
  }
  if (all_types) return SignalingKind::pooling;
  if (one_type) return SignalingKind::separating;
  return twice ? SignalingKind::semi_separating : SignalingKind::partially_pooling;
}

/// The names under which the candidate's sets read smallest, and that shape.
Shape canonical(int types, int messages, int actions, Candidate& candidate) {
  std::array<std::uint8_t, max_size> message_order{0, 1, 2}, type_order{0, 1, 2};
  std::tuple<Sets, Sets> best;
  bool found = false;
  Shape shape;
  do {
    message_order = {0, 1, 2};
    do {
      Sets senders{}, replies{};
      for (int m = 0; m < messages; ++m) {
        for (int t = 0; t < types; ++t)
          if (candidate.senders[message_order[m]] >> type_order[t] & 1)
            senders[m] |= static_cast<std::uint8_t>(1 << t);
        replies[m] = static_cast<std::uint8_t>(size_of(candidate.replies[message_order[m]]));
      }
      // Sent messages first: larger sets of senders first does it.
      const std::tuple key(senders, replies);
      if (!found || key > best) {
        found = true;
        best = key;
        std::copy_n(type_order.begin(), max_size, candidate.type_of);
        std::copy_n(message_order.begin(), max_size, candidate.message_of);
        shape.senders = senders;
        shape.replies = replies;
      }
    } while (std::next_permutation(message_order.begin(), message_order.begin() + messages));
  } while (std::next_permutation(type_order.begin(), type_order.begin() + types));

  for (int t = 0; t < types; ++t)
    candidate.prior_column[t] = static_cast<std::uint16_t>(candidate.type_of[t] * column_stride);
  for (int m = 0; m < messages; ++m) {
    // Replies come first.
    int next = 0;
    const auto replies = candidate.replies[candidate.message_of[m]];
    for (int in = 1; in >= 0; --in)
      for (int a = 0; a < actions; ++a)
        if ((replies >> a & 1) == in) {
          for (int t = 0; t < types; ++t)
            candidate.payoff_column[(t * messages + m) * actions + next] = static_cast<std::uint16_t>(
                ((candidate.type_of[t] * messages + candidate.message_of[m]) * actions + a) * column_stride);
          ++next;
        }
    shape.sent += shape.senders[m] != 0;
    if (shape.senders[m]) shape.system_size += shape.replies[m] - 1;
  }
  return shape;
}

}  // namespace

CandidateTable::CandidateTable(int types_, int messages_, int actions_)
    : types(types_), messages(messages_), actions(actions_) {
  options.push_back({0, 0});
  for (int senders = 1; senders < 1 << types; ++senders)
    for (int replies = 1; replies < 1 << actions; ++replies)
      if (std::popcount(static_cast<unsigned>(replies)) <= std::popcount(static_cast<unsigned>(senders)))
        options.push_back({static_cast<std::uint8_t>(senders), static_cast<std::uint8_t>(replies)});

  struct Entry {
    Candidate candidate;
    Sets option;
  };
  std::vector<Entry> entries;
  const std::size_t count = options.size();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j)
      for (std::size_t k = 0; k < (messages > 2 ? count : 1); ++k) {
        const std::array<std::size_t, max_size> chosen{i, j, k};
        Entry entry;
        for (int m = 0; m < max_size; ++m) {
          const std::size_t option = chosen[static_cast<std::size_t>(m)];
          entry.option[m] = static_cast<std::uint8_t>(option);
          entry.candidate.senders[m] = options[option].senders;
          entry.candidate.replies[m] = options[option].replies;
        }
        if (!is_square(types, entry.candidate.senders, entry.candidate.replies)) continue;
        entry.candidate.kind = static_cast<std::uint8_t>(kind_of(types, entry.candidate.senders));
        const Shape shape = canonical(types, messages, actions, entry.candidate);
        auto place = std::find(shapes.begin(), shapes.end(), shape);
        entry.candidate.shape = static_cast<std::uint16_t>(place - shapes.begin());
        if (place == shapes.end()) shapes.push_back(shape);
        entries.push_back(entry);
      }

  const auto listing = [](const Entry& entry) {
    int edges = 0;
    for (const auto set : entry.candidate.senders.of) edges += size_of(set);
    return std::tuple(entry.candidate.kind, edges, entry.candidate.senders, entry.candidate.replies);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& a, const Entry& b) { return listing(a) < listing(b); });
  for (const Entry& entry : entries) {
    Leaf leaf{entry.option, static_cast<std::uint16_t>(candidates.size()), 0, {}};
    for (int m = 0; m < max_size; ++m) {
      std::uint8_t elsewhere = 0;
      for (int n = 0; n < max_size; ++n)
        if (n != m) elsewhere |= entry.candidate.senders[n];
      const auto senders = entry.candidate.senders[m];
      if (senders && !(senders & elsewhere)) leaf.pooled |= static_cast<std::uint8_t>(1 << m);
      // The one type with two messages sends this one, where the receiver is indifferent.
      const auto replies = entry.candidate.replies[m];
      if (size_of(replies) == 2 && shapes[entry.candidate.shape].system_size == 1)
        leaf.split = {static_cast<std::uint8_t>(m), senders,
                      static_cast<std::uint8_t>(std::countr_zero(static_cast<unsigned>(senders & elsewhere))),
                      replies};
    }
    leaves.push_back(leaf);
    candidates.push_back(entry.candidate);
  }
  std::sort(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.option < b.option; });
}

const CandidateTable& candidate_table(int types, int messages, int actions) {
  static std::mutex mutex;
  static std::map<std::tuple<int, int, int>, CandidateTable> tables;
  const std::lock_guard lock(mutex);
  return tables.try_emplace({types, messages, actions}, types, messages, actions).first->second;
}

}  // namespace schelling::batch
