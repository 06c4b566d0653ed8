#pragma once

#include "factors.hpp"
#include "logit_system.hpp"

#include <schelling/core/monitor.hpp>

#include <cmath>
#include <optional>
#include <vector>

namespace schelling::qre {

/// A solution of the logit equations, and how it changes along the branch there.
struct BranchPoint {
  std::vector<double> log_strategy;
  double lambda = 0;              ///< in units of 1 / payoff range
  std::vector<double> log_slope;  ///< change of the log-probabilities, in the direction of the branch
  double lambda_slope = 0;        ///< change of lambda in the same unit of length
  int orientation = 1;            ///< changes its sign where another branch crosses
};

/// Follows the solutions of log(p_a / p_r) = lambda (u_a(p) - u_r(p)), r the most likely action of a's information set,
/// by Euler predictor and Newton corrector on the hyperplane orthogonal to the tangent, which goes round turning points
/// (Allgower and Georg 1990; Turocy 2005, 2010).
class BranchTracer {
 public:
  BranchTracer(const ExtensiveGame<double>& game, Monitor& monitor);

  LogitSystem& system() { return system_; }

  /// The uniform strategy at lambda 0; without slopes if the monitor stopped it.
  BranchPoint start();

  /// A point further along the branch, by a step that the tracer chooses; nothing if there is none or the monitor stopped
  /// it.
  std::optional<BranchPoint> advance(const BranchPoint& from);

  /// The point whose projection on the tangent at `from` is at distance `length`.
  std::optional<BranchPoint> correct(const BranchPoint& from, double length);
  /// The distance with which `correct` gives `to`.
  double distance(const BranchPoint& from, const BranchPoint& to);

  /// The point between two neighbours where `f(point)`, of opposite signs at them, is zero.
  template <class F>
  std::optional<BranchPoint> find_zero(const BranchPoint& from, const BranchPoint& to, F&& f);

  /// The point at exactly this lambda that Newton's method finds from `near`.
  std::optional<BranchPoint> at_lambda(const BranchPoint& near, double lambda);

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  /// Coordinates but lambda, which is the last one.
  Eigen::Index size() const { return static_cast<Eigen::Index>(free_.size()); }
  Index free(Eigen::Index k) const { return free_[static_cast<std::size_t>(k)]; }
  Index reference(Eigen::Index k) const { return reference_[static_cast<std::size_t>(k)]; }
  /// Sets the coordinates: log-odds against the most likely actions, then lambda.
  void choose_references(const BranchPoint& point);
  Vector<double> coordinates(const BranchPoint& point) const;
  Vector<double> tangent(const BranchPoint& point) const;
  void set_strategy(const Vector<double>& z);
  /// Residuals of the equations at z, and their derivatives, bordered by `last_row`.
  bool linearise(const Vector<double>& z, const Vector<double>& last_row);
  double weighted_size(const Vector<double>& step, const Vector<double>& z) const;
  double noise(double lambda) const;
  BranchPoint point_at(const Vector<double>& z);

  LogitSystem system_;
  Monitor& monitor_;
  std::vector<Index> free_, reference_;  // per coordinate: its action and the action it is measured against
  std::vector<double> log_strategy_, strategy_;
  Vector<double> residual_;
  Matrix<double> matrix_;
  Factors factors_;
  double step_ = 0.1;
  double first_correction_ = 0;  // of the last call of `correct`
};

template <class F>
std::optional<BranchPoint> BranchTracer::find_zero(const BranchPoint& from, const BranchPoint& to, F&& f) {
  double low = 0, high = distance(from, to), at_low = f(from), at_high = f(to);
  std::optional<BranchPoint> best;
  double best_size = std::numeric_limits<double>::infinity();
  constexpr int most_steps = 60;
  // The rule of false position with halving of the end that stays (Illinois).
  for (int k = 0; k < most_steps && high - low > 1e-14 * high; ++k) {
    double middle = (low * at_high - high * at_low) / (at_high - at_low);
    if (!(middle > low && middle < high)) middle = low + (high - low) / 2;
    auto point = correct(from, middle);
    if (!point) return best;
    const double value = f(*point);
    if (std::abs(value) < best_size) {
      best_size = std::abs(value);
      best = std::move(point);
    }
    if (value == 0) break;
    if ((value < 0) == (at_low < 0)) {
      low = middle, at_low = value, at_high /= 2;
    } else {
      high = middle, at_high = value, at_low /= 2;
    }
  }
  return best;
}

}  // namespace schelling::qre
