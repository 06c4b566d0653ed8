#include "trace.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <cmath>

namespace schelling::qre {

namespace {

// Looks at the limit begin here, and again each time that lambda has grown by the factor.
constexpr double first_look = 50, look_factor = 2;
// Two looks must agree to this; the branch must have come closer in between, or be this close.
constexpr double same_limit = 1e-6, close_to_limit = 1e-6;
constexpr double branch_near_limit = 0.1;
// Beyond this, in units of 1 / payoff range, odds of trembles have no digits left in double.
constexpr double farthest = 1e7;

class Looks {
 public:
  Looks(LogitSystem& system, const std::function<bool(const Limit&, const BranchPoint&)>& accepts)
      : system_(system), accepts_(accepts) {}

  /// True once the limit is known.
  bool look(const BranchPoint& point) {
    if (point.lambda < next_ || point.lambda_slope <= 0) return false;
    next_ = point.lambda * look_factor;
    auto found = find_limit(system_, point);
    const bool agrees = found && last_ && found->distance <= branch_near_limit &&
                        (found->distance < last_->distance || found->distance <= close_to_limit) &&
                        same(found->strategy, last_->strategy) && same(found->belief, last_->belief);
    last_ = std::move(found);
    return agrees && accepts_(*last_, point);
  }
  Limit limit() { return *std::move(last_); }

 private:
  static bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(),
                      [](double x, double y) { return std::abs(x - y) <= same_limit; });
  }

  LogitSystem& system_;
  const std::function<bool(const Limit&, const BranchPoint&)>& accepts_;
  std::optional<Limit> last_;
  double next_ = first_look;
};

}  // namespace

Trace trace_branch(BranchTracer& tracer, const TraceOptions& options, Monitor& monitor,
                   const std::function<bool(const Limit&, const BranchPoint&)>& accepts) {
  Trace trace;
  const double scale = tracer.system().scale();
  const auto stop = [&](Status status, const std::string& why) {
    trace.status = status;
    trace.message = why + " at lambda = " + to_text(trace.points.back().lambda / scale);
  };
  trace.points.push_back(tracer.start());
  Looks looks(tracer.system(), accepts);
  while (trace.points.back().lambda < options.lambda_max) {
    const BranchPoint& last = trace.points.back();
    if (last.lambda >= farthest) {
      stop(Status::incomplete,
           "the branch does not come near a limit that can be told apart in double; it ends");
      break;
    }
    if (trace.points.size() >= options.limit) {
      stop(Status::iteration_limit, "the branch has as many points as limit allows; it ends");
      break;
    }
    auto next = tracer.advance(last);
    if (!next) {
      if (const auto stopped = monitor.stopped())
        stop(*stopped, "stopped");
      else
        stop(Status::incomplete, "the branch cannot be continued: no step is short enough for the corrector");
      break;
    }
    if (next->orientation != last.orientation) trace.crossings.push_back(trace.points.size());
    if ((next->lambda_slope < 0) != (last.lambda_slope < 0)) {
      const auto turn = tracer.find_zero(last, *next, [](const BranchPoint& p) { return p.lambda_slope; });
      if (turn) {
        trace.turning_points.push_back(trace.points.size());
        trace.points.push_back(*turn);
      }
    }
    if (next->lambda >= options.lambda_max) {
      const BranchPoint before = trace.points.back();
      auto end = tracer.find_zero(before, *next,
                                  [&](const BranchPoint& p) { return p.lambda - options.lambda_max; });
      if (end) end = tracer.at_lambda(*end, options.lambda_max);
      if (end) {
        trace.points.push_back(*std::move(end));
      } else {
        trace.points.push_back(*std::move(next));
        stop(Status::incomplete, "the point at lambda_max was not found; the branch is cut");
      }
      break;
    }
    trace.points.push_back(*std::move(next));
    monitor.advance(1);
    if (looks.look(trace.points.back())) {
      trace.limit = looks.limit();
      break;
    }
  }
  return trace;
}

}  // namespace schelling::qre
