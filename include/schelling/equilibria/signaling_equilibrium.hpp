#pragma once

#include <schelling/core/config.hpp>
#include <schelling/core/result.hpp>
#include <schelling/games/signaling_game.hpp>
#include <schelling/numerics/row_table.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace schelling {

/// What the messages of an equilibrium tell, read on the relative interior of a product; the first that
/// applies.
enum class SignalingKind {
  pooling,           ///< every message that is sent is sent by all types
  separating,        ///< no message is sent by two types
  semi_separating,   ///< some type sends two messages
  partially_pooling  ///< the rest
};
std::string_view to_string(SignalingKind kind);

/// A sequential equilibrium of a signalling game, which is the same as a perfect Bayesian one (Fudenberg and
/// Tirole 1991, Proposition 6: with one round of signalling every belief off the path is consistent).
template <class Scalar>
struct SignalingAssessment {
  RowTable<Scalar> sender;            ///< [t, m] probability with which type t sends m
  RowTable<Scalar> receiver;          ///< [m, a] probability of a after m
  RowTable<Scalar> beliefs;           ///< [m, t] receiver's probability of t after m
  std::vector<Scalar> sender_payoff;  ///< [t] expected payoff of type t
  Scalar receiver_payoff;             ///< expected before the type is drawn

  friend bool operator==(const SignalingAssessment&, const SignalingAssessment&) = default;
};

/// What is observed when an equilibrium is played.
template <class Scalar>
struct SignalingOutcome {
  std::vector<Scalar> probabilities;  ///< [t, m, a] in row-major order; sums to one
  std::vector<Scalar> sender_payoff;  ///< [t]
  Scalar receiver_payoff;

  friend bool operator==(const SignalingOutcome&, const SignalingOutcome&) = default;
};

/// All replies that keep every type from a message which no type sends, with all beliefs that support them:
/// the union over facets of (belief in the hull of `beliefs`) x (reply in the hull of `replies`). It is
/// connected.
template <class Scalar>
struct OffPathReplies {
  struct Facet {
    std::vector<int>
        actions;  ///< the best replies common to the beliefs; every reply of the facet plays some of them
    RowTable<Scalar> beliefs;  ///< [k, t] vertices
    RowTable<Scalar> replies;  ///< [k, a] vertices
  };
  int message = 0;
  std::vector<Facet> facets;
};

/// A maximal convex piece of the set of equilibria: any sender strategy in the hull of the sender vertices
/// with any reply rule in the hull of the receiver vertices, completed off the path, is an equilibrium.
template <class Scalar>
struct SignalingProduct {
  SignalingKind kind = SignalingKind::pooling;
  /// [m] types that send m, and actions that answer it, somewhere in the product; both in increasing order.
  std::vector<std::vector<int>> senders, replies;

  std::vector<RowTable<Scalar>> sender_vertices;  ///< each [t, m]
  /// Each [m, a]. Where `factored`, the rows of messages in `off_path` are zero: any reply listed there
  /// completes them, each message independently of the others.
  std::vector<RowTable<Scalar>> receiver_vertices;
  /// True if the sender's payoffs are constant on the product, so that replies off the path do not restrict
  /// each other.
  bool factored = true;
  /// One entry for each message that no type sends in the product. Not `factored`: one facet each, whose
  /// replies are those of the receiver vertices; they then go together as the receiver vertices say.
  std::vector<OffPathReplies<Scalar>> off_path;

  /// [receiver vertex, t] payoffs of the types; affine in between, and the same whatever the sender does in
  /// the product.
  RowTable<Scalar> sender_payoffs;
  /// [sender vertex] payoff of the receiver; affine in between, and the same whatever the receiver does in
  /// the product.
  std::vector<Scalar> receiver_payoffs;

  /// Dimensions of the polytopes of sender strategies and of reply rules.
  int sender_dimension = 0, receiver_dimension = 0;

  int dimension() const { return sender_dimension + receiver_dimension; }
};

/// A connected component of the set of equilibria.
template <class Scalar>
struct SignalingComponent {
  std::vector<SignalingProduct<Scalar>> products;
  /// The distinct outcomes at pairs of vertices of the products; the component has one outcome if and only if
  /// this has one entry, because outcomes are bilinear on a product.
  std::vector<SignalingOutcome<Scalar>> outcomes;
  std::vector<SignalingKind> kinds;  ///< of its products, each once, in the order of the enumeration
  int dimension = 0;                 ///< the largest of its products'
  SignalingAssessment<Scalar> representative;

  bool has_unique_outcome() const { return outcomes.size() == 1; }
};

/// How `solve_pbe` works.
enum class PbeMethod {
  automatic,  ///< whichever the size of the game makes faster
  vertices,   ///< vertices of both players' polyhedra and maximal bicliques
  search      ///< depth-first over the senders and replies of each message
};
std::string_view to_string(PbeMethod method);

struct PbeOptions {
  PbeMethod method = PbeMethod::automatic;
  /// Most products kept; the result is `truncated` if there are more. Raise it for games with many
  /// equilibria.
  std::size_t limit = 100'000;
  /// Largest estimate of the work, in elementary steps, with which a solver starts; raise it to let large
  /// games run.
  double work_limit = 1e11;
  /// Whether every vertex is certified. Worth turning off for very many small games: it costs more than
  /// solving them.
  bool certify = true;

  /// Throws InvalidOptions naming the field.
  void validate() const;
  friend bool operator==(const PbeOptions&, const PbeOptions&) = default;
};

/// The equilibria of a signalling game. `certificate` is the worst over the vertex assessments of all
/// components.
template <class Scalar>
struct SignalingEquilibria {
  SignalingGame<Scalar> game;
  ResultInfo info;
  PbeOptions options;
  Certificate certificate;
  std::vector<SignalingComponent<Scalar>> components;

  bool complete() const { return info.complete(); }
};

/// The assessments at all pairs of a sender and a receiver vertex, each with one belief that supports the
/// replies off the path. Throws InvalidArgument if there are more than `limit`.
template <class Scalar>
std::vector<SignalingAssessment<Scalar>> vertices(const SignalingGame<Scalar>& game,
                                                  const SignalingProduct<Scalar>& product,
                                                  std::size_t limit = 1000);
template <class Scalar>
std::vector<SignalingAssessment<Scalar>> vertices(const SignalingGame<Scalar>& game,
                                                  const SignalingComponent<Scalar>& component,
                                                  std::size_t limit = 1000);

/// The outcome of an assessment.
template <class Scalar>
SignalingOutcome<Scalar> outcome(const SignalingGame<Scalar>& game,
                                 const SignalingAssessment<Scalar>& assessment);

}  // namespace schelling

#include <schelling/equilibria/signaling_equilibrium.tpp>
#ifndef SCHELLING_COMPILED
#include <schelling/equilibria/signaling_words.tpp>
#endif
