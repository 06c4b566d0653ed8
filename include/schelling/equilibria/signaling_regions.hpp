#pragma once

#include <schelling/core/result.hpp>
#include <schelling/equilibria/signaling_equilibrium.hpp>
#include <schelling/games/signaling_family.hpp>
#include <schelling/numerics/algebraic_number.hpp>

#include <compare>
#include <vector>

namespace schelling {

/// What is played with positive probability on the path of an equilibrium.
struct SignalingSupport {
  std::vector<std::vector<int>> senders;  ///< [m] types that send m; empty for a message that is not sent
  std::vector<std::vector<int>> replies;  ///< [m] actions that answer m; empty for a message that is not sent

  SignalingKind kind() const;
  friend bool operator==(const SignalingSupport&, const SignalingSupport&) = default;
  // Not `auto`: all standard libraries order vectors by <, not all by <=>.
  friend std::strong_ordering operator<=>(const SignalingSupport&, const SignalingSupport&) = default;
};

/// The supports of all points of a set of equilibria, in order.
template <class Scalar>
std::vector<SignalingSupport> supports(const SignalingEquilibria<Scalar>& equilibria);

/// The supports of all equilibria along one parameter. Supports are named by their numbers in `supports`.
struct SignalingIntervals {
  SignalingFamily family;
  ResultInfo info;
  std::vector<SignalingSupport> supports;
  /// The lower end, the points at which the set of supports changes, and the upper end.
  std::vector<AlgebraicNumber> points;
  std::vector<char> inside;  ///< [i] whether the game exists at points[i]: an end may have a zero prior
  std::vector<std::vector<int>> at;       ///< [i] supports at points[i]
  std::vector<std::vector<int>> between;  ///< [i] supports on (points[i], points[i + 1])
  std::vector<Rational> samples;          ///< [i] in that interval
};

/// The supports of all equilibria over a rectangle of two parameters, x and y. What is said of a piece holds
/// inside it, except perhaps on finitely many curves, as which equilibria at ties appear: boundaries and ties
/// have measure zero.
struct SignalingPolygons {
  struct Point {
    Rational x, y;
  };
  /// A convex polygon, its vertices in counterclockwise order.
  struct Piece {
    std::vector<Point> vertices;
    Point sample;                ///< inside, off the curve
    int curve = -1;              ///< number of the curve that divides the piece; -1 if none does
    std::vector<int> supports;   ///< where the curve's polynomial is positive; everywhere without a curve
    std::vector<int> below;      ///< where it is negative
    bool decided = true;         ///< false where refinement ended: several curves meet
    std::vector<int> undecided;  ///< supports that may exist or not, where it ended
  };
  /// Part of a straight boundary.
  struct Segment {
    int curve;
    Point from, to;
  };

  SignalingFamily family;
  ResultInfo info;
  std::vector<SignalingSupport> supports;
  std::vector<Polynomial> curves;  ///< polynomials of the boundaries: the sets of supports differ across them
  std::vector<Piece> pieces;
  std::vector<Segment> segments;  ///< the straight boundaries; those of higher degree are in the pieces
};

}  // namespace schelling
