#include "branch_tracer.hpp"

#include <algorithm>
#include <limits>

namespace schelling::qre {

namespace {

// Newton's last step is squared once more: what is left is near the rounding error.
constexpr double converged = 1e-7;
constexpr int most_corrections = 8;
// Steps are as long as the corrector's first correction, in log-odds, stays about here ...
constexpr double wanted_correction = 0.1;
// ... none is longer than this, and the next ones shrink at least so fast, as they do near a solution ...
constexpr double largest_correction = 0.4, slowest_contraction = 0.25;
// ... no probability changes by more than this, so that the points draw the branch ...
constexpr double largest_change = 0.1;
// ... and the tangent turns by less than some 25 degrees, so that a step cannot leave the branch for another one.
constexpr double smallest_cosine = 0.9;
constexpr double shortest_step = 1e-9;
// The determinant changes its sign where branches cross, or where the step has left the branch: a step as short as this
// tells which.
constexpr double step_across = 1e-3;
// Far out coordinates grow with lambda, and matter less: the error of one counts in proportion to 1 + share |coordinate|.
constexpr double share = 0.01;

}  // namespace

BranchTracer::BranchTracer(const ExtensiveGame<double>& game, Monitor& monitor)
    : system_(game), monitor_(monitor) {
  const GameTree& tree = system_.tree();
  for (Index set = 0; set < tree.information_sets(); ++set)
    for (Index a = 1; a < tree.actions(set); ++a) free_.push_back(tree.first_action(set) + a);
  reference_.resize(free_.size());
  log_strategy_.resize(system_.actions());
  strategy_.resize(system_.actions());
  matrix_.resize(size() + 1, size() + 1);
  residual_.resize(size() + 1);
}

BranchPoint BranchTracer::start() {
  const GameTree& tree = system_.tree();
  BranchPoint point;
  for (Index set = 0; set < tree.information_sets(); ++set)
    point.log_strategy.insert(point.log_strategy.end(), at(tree.actions(set)),
                              -std::log(static_cast<double>(tree.actions(set))));
  choose_references(point);
  const auto z = coordinates(point);
  const Vector<double> lambda_axis = Vector<double>::Unit(z.size(), size());
  point.log_slope.assign(point.log_strategy.size(), 0.0);
  if (linearise(z, lambda_axis)) point = point_at(z);
  return point;
}

void BranchTracer::choose_references(const BranchPoint& point) {
  const GameTree& tree = system_.tree();
  std::size_t k = 0;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const Index first = tree.first_action(set), end = first + tree.actions(set);
    const auto likeliest =
        std::max_element(point.log_strategy.begin() + first, point.log_strategy.begin() + end);
    const auto reference = static_cast<Index>(likeliest - point.log_strategy.begin());
    for (Index a = first; a < end; ++a)
      if (a != reference) {
        free_[k] = a;
        reference_[k++] = reference;
      }
  }
}

Vector<double> BranchTracer::coordinates(const BranchPoint& point) const {
  Vector<double> z(size() + 1);
  for (Eigen::Index k = 0; k < size(); ++k)
    z[k] = point.log_strategy[at(free(k))] - point.log_strategy[at(reference(k))];
  z[size()] = point.lambda;
  return z;
}

Vector<double> BranchTracer::tangent(const BranchPoint& point) const {
  Vector<double> t(size() + 1);
  for (Eigen::Index k = 0; k < size(); ++k)
    t[k] = point.log_slope[at(free(k))] - point.log_slope[at(reference(k))];
  t[size()] = point.lambda_slope;
  return t.normalized();
}

void BranchTracer::set_strategy(const Vector<double>& z) {
  const GameTree& tree = system_.tree();
  Eigen::Index k = 0;
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const Index first = tree.first_action(set), count = tree.actions(set);
    double* const log_p = log_strategy_.data() + first;
    std::fill_n(log_p, count, 0.0);
    for (Index a = 1; a < count; ++a, ++k) log_strategy_[at(free(k))] = z[k];
    const double highest = *std::max_element(log_p, log_p + count);
    double sum = 0;
    for (Index a = 0; a < count; ++a) sum += strategy_[at(first + a)] = std::exp(log_p[a] - highest);
    const double log_sum = highest + std::log(sum);
    for (Index a = 0; a < count; ++a) log_p[a] -= log_sum, strategy_[at(first + a)] /= sum;
  }
}

bool BranchTracer::linearise(const Vector<double>& z, const Vector<double>& last_row) {
  const Eigen::Index n = size();
  const double lambda = z[n];
  set_strategy(z);
  system_.evaluate(log_strategy_, strategy_);
  const auto& derivatives = system_.derivatives();
  const auto payoff = system_.payoff();
  for (Eigen::Index r = 0; r < n; ++r) {
    const double advantage = payoff[at(free(r))] - payoff[at(reference(r))];
    residual_[r] = z[r] - lambda * advantage;
    const double* const of_action = row_span(derivatives, free(r)).data();
    const double* const of_reference = row_span(derivatives, reference(r)).data();
    double* const row = row_span(matrix_, r).data();
    const Index* const column = free_.data();
    for (Eigen::Index c = 0; c < n; ++c) row[c] = -lambda * (of_action[column[c]] - of_reference[column[c]]);
    row[r] += 1;
    row[n] = -advantage;
  }
  matrix_.row(n) = last_row.transpose();
  return factors_.factor(matrix_, monitor_);
}

double BranchTracer::weighted_size(const Vector<double>& step, const Vector<double>& z) const {
  return (step.array().abs() / (1 + share * z.array().abs())).maxCoeff<Eigen::PropagateNaN>();
}

/// The rounding error of the residuals: payoffs carry that of beliefs, whose odds are differences of logarithms.
double BranchTracer::noise(double lambda) const {
  double farthest = 0;
  for (const double x : system_.log_reach()) farthest = std::max(farthest, std::abs(x));
  return 4 * std::numeric_limits<double>::epsilon() * (1 + lambda) * (1 + farthest);
}

BranchPoint BranchTracer::point_at(const Vector<double>& z) {
  const GameTree& tree = system_.tree();
  const Eigen::Index n = size();
  set_strategy(z);
  BranchPoint point{log_strategy_, z[n], std::vector<double>(log_strategy_.size(), 0.0), 0,
                    factors_.determinant_sign()};
  const Vector<double> t = factors_.solve(Vector<double>::Unit(n + 1, n)).normalized();
  for (Eigen::Index k = 0; k < n; ++k) point.log_slope[at(free(k))] = t[k];
  point.lambda_slope = t[n];
  for (Index set = 0; set < tree.information_sets(); ++set) {
    const Index first = tree.first_action(set), end = first + tree.actions(set);
    double mean = 0;
    for (Index a = first; a < end; ++a) mean += strategy_[at(a)] * point.log_slope[at(a)];
    for (Index a = first; a < end; ++a) point.log_slope[at(a)] -= mean;
  }
  return point;
}

std::optional<BranchPoint> BranchTracer::correct(const BranchPoint& from, double length) {
  choose_references(from);
  const auto origin = coordinates(from);
  const auto direction = tangent(from);
  Vector<double> z = origin + length * direction;
  double previous = std::numeric_limits<double>::infinity();
  for (int k = 0; k < most_corrections; ++k) {
    if (!monitor_.keep_going() || !linearise(z, direction)) return std::nullopt;
    residual_[size()] = direction.dot(z - origin) - length;
    const Vector<double> step = factors_.solve(residual_);
    const double correction = weighted_size(step, z);
    if (!std::isfinite(correction)) return std::nullopt;
    if (k == 0) first_correction_ = correction;
    const bool rounding = (residual_.head(size()).array().abs() <= noise(z[size()])).all();
    if (!rounding && correction > (k == 0 ? largest_correction : slowest_contraction * previous))
      return std::nullopt;
    z -= step;
    if (correction <= converged || rounding) return point_at(z);
    previous = correction;
  }
  return std::nullopt;
}

double BranchTracer::distance(const BranchPoint& from, const BranchPoint& to) {
  choose_references(from);
  return tangent(from).dot(coordinates(to) - coordinates(from));
}

std::optional<BranchPoint> BranchTracer::advance(const BranchPoint& from) {
  if (!monitor_.keep_going()) return std::nullopt;
  choose_references(from);
  const auto t = tangent(from);
  // The slopes are in the unit of the step that found the point; the tangent has length one.
  double squared = from.lambda_slope * from.lambda_slope, change = 0;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    const double slope = from.log_slope[at(free_[k])] - from.log_slope[at(reference_[k])];
    squared += slope * slope;
  }
  for (std::size_t a = 0; a < from.log_slope.size(); ++a)
    change = std::max(change, std::exp(from.log_strategy[a]) * std::abs(from.log_slope[a]));
  change /= std::sqrt(squared);
  double length = step_;
  if (change > 0) length = std::min(length, largest_change / change);
  const double reach = 1 + std::abs(from.lambda);
  for (; length > shortest_step * reach; length /= 4) {
    auto point = correct(from, length);
    if (!point) {
      if (!monitor_.keep_going()) return std::nullopt;
      continue;
    }
    if (point->lambda <= 0 || (point->orientation != from.orientation && length > step_across)) continue;
    const auto next = tangent(*point);
    if (t.dot(next) < smallest_cosine) continue;
    // The predictor's error grows with the square of the step.
    step_ = length * std::clamp(std::sqrt(wanted_correction / std::max(first_correction_, 1e-12)), 0.5, 2.0);
    return point;
  }
  return std::nullopt;
}

std::optional<BranchPoint> BranchTracer::at_lambda(const BranchPoint& near, double lambda) {
  choose_references(near);
  auto z = coordinates(near);
  const auto direction = tangent(near);
  const Vector<double> lambda_axis = Vector<double>::Unit(z.size(), size());
  double previous = std::numeric_limits<double>::infinity();
  for (int k = 0; k < most_corrections; ++k) {
    if (!monitor_.keep_going() || !linearise(z, lambda_axis)) return std::nullopt;
    residual_[size()] = z[size()] - lambda;
    const Vector<double> step = factors_.solve(residual_);
    const double correction = weighted_size(step, z);
    if (!std::isfinite(correction) || correction > 0.9 * previous) break;
    z -= step;
    z[size()] = lambda;
    previous = correction;
  }
  if (previous > converged || !linearise(z, direction)) return std::nullopt;
  return point_at(z);
}

}  // namespace schelling::qre
