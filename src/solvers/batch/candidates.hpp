#pragma once

#include <compare>
#include <cstdint>
#include <vector>

/// The supports that an equilibrium of a generic game can have.
namespace schelling::batch {

/// Largest number of types, of messages and of actions that the fast path handles.
inline constexpr int max_size = 3;

/// One set for each message.
struct Sets {
  std::uint8_t of[max_size] = {};
  std::uint8_t operator[](int m) const { return of[m]; }
  std::uint8_t& operator[](int m) { return of[m]; }
  friend auto operator<=>(const Sets&, const Sets&) = default;
};

/// Senders and replies of each message; empty sets for a message that no type sends.
struct Candidate {
  Sets senders;           ///< bit t of [m]: type t sends m
  Sets replies;           ///< bit a of [m]: action a answers m
  std::uint8_t kind = 0;  ///< SignalingKind
  std::uint16_t shape = 0;
  /// Where a block has the column of the payoff, and of the prior, that the shape calls (type, message,
  /// action), (type).
  std::uint16_t payoff_column[max_size * max_size * max_size] = {};
  std::uint16_t prior_column[max_size] = {};
  /// The candidate's names of the shape's types and messages.
  std::uint8_t type_of[max_size] = {}, message_of[max_size] = {};
};

/// What candidates have in common that differ only in names: messages that are sent come first, and the
/// replies of message m are its first `replies[m]` actions.
struct Shape {
  Sets senders, replies;
  int sent = 0;
  int system_size = 0;  ///< unknown mixing probabilities of the sender, as many as of the receiver
  friend bool operator==(const Shape&, const Shape&) = default;
};

/// A choice for one message: index 0 is "not sent".
struct Option {
  std::uint8_t senders, replies;
};

/// A candidate as its options of messages 0, 1, 2 (the last is 0 if there are only two messages).
struct Leaf {
  Sets option;
  std::uint16_t candidate;
  /// Messages whose senders send nothing else: their posterior is the prior among the senders.
  std::uint8_t pooled;
  /// With one mixing type: where the receiver mixes, between which actions, and the mixing type. Else
  /// `senders` is empty.
  struct Split {
    std::uint8_t message, senders, type, actions;
  } split;
};

/// Number of a set of two actions.
constexpr int pair_index(int actions) { return actions == 3 ? 0 : actions == 5 ? 1 : 2; }

/// All candidates of a size, in the order in which equilibria are listed, and the tables that kernels walk.
///
/// On each connected part of the graph of types and messages the sender has (edges - types) mixing
/// probabilities, which make the receiver indifferent between replies, and the receiver sum(replies - 1),
/// which make types indifferent between messages. Both systems have solutions in a generic game only if these
/// numbers are equal; and at most as many replies can be best as types send the message.
struct CandidateTable {
  CandidateTable(int types, int messages, int actions);

  int types, messages, actions;
  std::vector<Candidate> candidates;
  std::vector<Shape> shapes;
  std::vector<Option> options;
  std::vector<Leaf> leaves;  ///< in the order of their options
};

/// The table of a size between (2,2,2) and (3,3,3), made once.
const CandidateTable& candidate_table(int types, int messages, int actions);

}  // namespace schelling::batch
