#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace schelling {

/// Names of a signalling game's types, messages and actions, all distinct within a list.
struct SignalingLabels {
  std::vector<std::string> types, messages, actions;

  friend bool operator==(const SignalingLabels&, const SignalingLabels&) = default;
};

/// A finite signalling game: nature draws the sender's type t with probability `prior(t)`, the sender sees it
/// and sends a message m, the receiver sees m alone and takes an action a; payoffs are sender(t, m, a) and
/// receiver(t, m, a).
///
/// An immutable value: copies share their numbers. Scalar is double, Rational, or, header-only, any other
/// number type with arithmetic and comparisons. Probabilities are checked and never rescaled: they are
/// positive and sum to one (exactly if Scalar is exact, within `tolerance::probability_sum` otherwise).
template <class Scalar>
class SignalingGame {
 public:
  /// Payoffs as nested lists [t][m][a].
  using Table = std::vector<std::vector<std::vector<Scalar>>>;

  /// Lists of labels left empty become t0, t1, ...; m0, ...; a0, ....
  /// Throws InvalidGame for sizes that do not agree or are zero, a prior that is not a positive distribution,
  /// payoffs that are not finite, and labels that are empty, repeated, or not as many as the things they
  /// name.
  SignalingGame(std::vector<Scalar> prior, const Table& sender, const Table& receiver,
                SignalingLabels labels = {});

  /// The same from arrays in row-major order [t, m, a].
  static SignalingGame from_arrays(int types, int messages, int actions, std::vector<Scalar> prior,
                                   std::vector<Scalar> sender, std::vector<Scalar> receiver,
                                   SignalingLabels labels = {});

  struct Payoffs {
    Scalar sender, receiver;
  };
  /// The same from a function of the three indices.
  static SignalingGame from_function(int types, int messages, int actions, std::vector<Scalar> prior,
                                     const std::function<Payoffs(int t, int m, int a)>& payoffs,
                                     SignalingLabels labels = {});

  int types() const { return data_->types; }
  int messages() const { return data_->messages; }
  int actions() const { return data_->actions; }

  const Scalar& prior(int t) const { return data_->prior[static_cast<std::size_t>(t)]; }
  const Scalar& sender(int t, int m, int a) const { return data_->sender[index(t, m, a)]; }
  const Scalar& receiver(int t, int m, int a) const { return data_->receiver[index(t, m, a)]; }

  std::span<const Scalar> prior() const { return data_->prior; }
  /// Payoffs in row-major order [t, m, a].
  std::span<const Scalar> sender() const { return data_->sender; }
  std::span<const Scalar> receiver() const { return data_->receiver; }

  const SignalingLabels& labels() const { return data_->labels; }

  friend bool operator==(const SignalingGame& a, const SignalingGame& b) {
    return a.data_ == b.data_ || *a.data_ == *b.data_;
  }

 private:
  struct Data {
    int types, messages, actions;
    std::vector<Scalar> prior, sender, receiver;
    SignalingLabels labels;
    friend bool operator==(const Data&, const Data&) = default;
  };
  std::shared_ptr<const Data> data_;

  explicit SignalingGame(Data data);

  std::size_t index(int t, int m, int a) const {
    return (static_cast<std::size_t>(t) * static_cast<std::size_t>(data_->messages) +
            static_cast<std::size_t>(m)) *
               static_cast<std::size_t>(data_->actions) +
           static_cast<std::size_t>(a);
  }
};

}  // namespace schelling

#include <schelling/games/signaling_game.tpp>
