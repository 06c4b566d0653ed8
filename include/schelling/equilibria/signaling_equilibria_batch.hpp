#pragma once

#include <schelling/core/result.hpp>
#include <schelling/games/signaling_game_batch.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>

namespace schelling {

/// Memory for a result, which is not set. Where the system can be asked for it, much memory comes in large pages: the
/// first touch of a small page costs more than all that is written there.
void* allocate_result(std::size_t bytes);
void free_result(void* memory);

/// A fixed-size array whose elements are not set at first: large results are written once, not twice.
template <class T>
class ResultArray {
  static_assert(std::is_trivial_v<T>);

 public:
  ResultArray() = default;
  explicit ResultArray(std::size_t size)
      : size_(size), data_(static_cast<T*>(allocate_result(size * sizeof(T)))) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

 private:
  std::size_t size_ = 0;
  struct Free {
    void operator()(T* data) const { free_result(data); }
  };
  std::unique_ptr<T[], Free> data_;
};

/// How much is kept of each equilibrium.
enum class BatchOutputs {
  counts,   ///< only how many equilibria of each kind a game has
  summary,  ///< kinds and payoffs
  full      ///< strategies, beliefs and replies off the path too
};
std::string_view to_string(BatchOutputs outputs);

/// What is to be known of a game of a batch: bits, which may be combined.
namespace batch_flag {
/// Solved in exact arithmetic.
inline constexpr std::uint8_t exact_path = 1;
/// A margin that decides is within rounding error of zero: undecided unless solved exactly.
inline constexpr std::uint8_t degenerate = 2;
/// Has more equilibria than are listed.
inline constexpr std::uint8_t truncated = 4;
/// Prior not a positive distribution, or numbers that are not finite: nothing is listed.
inline constexpr std::uint8_t invalid_input = 8;
/// Some component has more than one outcome: one of its equilibria stands for it.
inline constexpr std::uint8_t continuum = 16;
/// The computation was stopped before this game was solved, or the game is too large, or not for double
/// arithmetic.
inline constexpr std::uint8_t unsolved = 32;
}  // namespace batch_flag

/// Equilibria of a batch of signalling games as ragged arrays: those of game n are the rows offsets[n] to
/// offsets[n + 1].
///
/// A row stands for one equilibrium outcome, or for a component with a continuum of outcomes (see
/// `continuum`). In a generic game its strategies on the path are unique. Off the path it carries one reply
/// and one belief that support it and says which other replies do: with two actions the exact range of the
/// probability of action 1, otherwise a facet of jointly optimal actions that contains the reply.
struct SignalingEquilibriaBatch {
  ResultInfo info;
  BatchOutputs outputs = BatchOutputs::full;
  std::size_t games = 0;
  int types = 0, messages = 0, actions = 0;

  ResultArray<std::uint8_t> flags;         ///< [n] bits of `batch_flag`
  ResultArray<std::uint16_t> kind_counts;  ///< [n, 4] equilibria by SignalingKind
  ResultArray<std::int64_t> offsets;       ///< [n + 1]; empty with `counts`

  ResultArray<std::uint8_t> kind;       ///< [e] SignalingKind
  ResultArray<double> sender_payoff;    ///< [e, t]
  ResultArray<double> receiver_payoff;  ///< [e]

  ResultArray<double> sender;    ///< [e, t, m]
  ResultArray<double> receiver;  ///< [e, m, a]
  ResultArray<double> beliefs;   ///< [e, m, t]
  /// [e, m] bit a is set if action a is in the facet; 0 for messages that are sent.
  ResultArray<std::uint32_t> off_path_facet;
  /// [e, m, 2] least and greatest probability of action 1 over all replies that deter; NaN for messages that
  /// are sent. Empty unless there are two actions.
  ResultArray<double> off_path_bounds;

  std::size_t size() const { return kind.size(); }
  /// Number of games that carry all of the given flags.
  std::size_t count_flag(unsigned bits) const;
};

/// Regret and Bayes gap of every row of a full result, computed from the games alone.
struct BatchCertificates {
  /// [e] largest gain of a type that sends another message, or of the receiver who answers a message
  /// otherwise at the row's belief; relative to the player's payoff range.
  ResultArray<double> max_regret;
  /// [e] largest distance of a probability from its distribution's laws and of a belief after a sent message
  /// from Bayes' rule.
  ResultArray<double> bayes_gap;
};

/// Certifies each row against the definition. Throws InvalidArgument if the result is not full or belongs to
/// a batch of other sizes.
BatchCertificates certify_batch(const SignalingGameBatch& games, const SignalingEquilibriaBatch& equilibria);

}  // namespace schelling
