#include "qre/branch.hpp"

#include <schelling/games/simultaneous_moves.hpp>
#include <schelling/solvers/estimate_agent_qre.hpp>

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace schelling {

void EstimateAgentQreOptions::validate() const {
  branch.validate();
  if (!(confidence > 0 && confidence < 1))
    throw InvalidOptions(expectation("confidence", "a number in (0, 1)", to_text(confidence)));
}

namespace {

using qre::BranchPoint;
using qre::BranchTracer;

constexpr double infinity = std::numeric_limits<double>::infinity();

void check_counts(const GameTree& tree, std::span<const double> counts) {
  if (counts.size() != static_cast<std::size_t>(tree.actions()))
    throw InvalidArgument(expectation("counts",
                                      std::to_string(tree.actions()) + " entries, one for each action",
                                      std::to_string(counts.size())));
  for (const double n : counts)
    if (!(n >= 0) || std::isinf(n))
      throw InvalidArgument(expectation("counts", "finite numbers that are not negative", to_text(n)));
  if (std::all_of(counts.begin(), counts.end(), [](double n) { return n == 0; }))
    throw InvalidArgument(expectation("counts", "at least one observed choice", "none"));
}

class Estimation {
 public:
  Estimation(const ExtensiveGame<double>& game, std::span<const double> counts,
             const EstimateAgentQreOptions& options, Monitor& monitor)
      : game_(game), tree_(game.tree()), counts_(counts), options_(options), tracer_(game, monitor) {
    auto traced = qre::solve_branch(tracer_, game, options.branch, monitor,
                                    [&](const qre::Limit& limit, const BranchPoint& point) {
                                      return std::isfinite(likelihood_of(limit.strategy)) || slope(point) < 0;
                                    });
    trace_ = std::move(traced.trace);
    branch_ = std::move(traced.result);
  }

  AgentQreEstimate estimate() {
    AgentQreEstimate result{game_, branch_->info, {}, 0, 0, 0, {}, {}, *branch_, 0, 0, 0};
    result.info.method = "maximum likelihood along the principal branch";
    describe_data(result);
    for (const BranchPoint& point : trace_.points) result.log_likelihood.push_back(log_likelihood(point));
    find_maxima(result);
    const auto best = std::max_element(
        result.local_maxima.begin(), result.local_maxima.end(),
        [](const AgentQreFit& a, const AgentQreFit& b) { return a.log_likelihood < b.log_likelihood; });
    result.fit = *best;
    result.standard_error = standard_error_[static_cast<std::size_t>(best - result.local_maxima.begin())];
    find_interval(result);
    if (ends_early() && slope(trace_.points.back()) > 0) {
      if (result.info.status == Status::solved) result.info.status = Status::incomplete;
      if (!result.info.message.empty()) result.info.message += "; ";
      result.info.message += "the likelihood still rises at the end of the traced branch";
    }
    return result;
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  bool ends_early() const { return !branch_->limit; }

  double log_likelihood(const BranchPoint& point) const {
    return std::inner_product(counts_.begin(), counts_.end(), point.log_strategy.begin(), 0.0);
  }
  double likelihood_of(std::span<const double> strategy) const {
    double sum = 0;
    for (std::size_t a = 0; a < strategy.size(); ++a)
      if (counts_[a] > 0) sum += counts_[a] * std::log(strategy[a]);
    return sum;
  }
  /// Change of the log-likelihood along the branch.
  double slope(const BranchPoint& point) const {
    return std::inner_product(counts_.begin(), counts_.end(), point.log_slope.begin(), 0.0);
  }

  void describe_data(AgentQreEstimate& result) const {
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const auto own = counts_.subspan(at(tree_.first_action(set)), at(tree_.actions(set)));
      const double total = std::accumulate(own.begin(), own.end(), 0.0);
      result.observations += total;
      result.log_likelihood_uniform -= total * std::log(static_cast<double>(own.size()));
      for (const double n : own)
        if (n > 0) result.log_likelihood_frequencies += n * std::log(n / total);
    }
  }

  double fisher_information(const BranchPoint& point) const {
    double information = 0;
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const std::size_t first = at(tree_.first_action(set)), end = first + at(tree_.actions(set));
      double visits = 0, mean = 0;
      for (std::size_t a = first; a < end; ++a) {
        visits += counts_[a];
        mean += std::exp(point.log_strategy[a]) * point.log_slope[a] * point.log_slope[a];
      }
      information += visits * mean;
    }
    const double per_lambda = scale_ / point.lambda_slope;
    return information * per_lambda * per_lambda;
  }

  void add(AgentQreEstimate& result, const BranchPoint& point, double standard_error) {
    const double lambda = point.lambda / scale_;
    result.local_maxima.push_back({lambda, log_likelihood(point), point.log_strategy,
                                   certify_agent_qre(game_, point.log_strategy, lambda)});
    standard_error_.push_back(standard_error);
  }

  void find_maxima(AgentQreEstimate& result) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    const auto& points = trace_.points;
    if (!(slope(points.front()) > 0)) add(result, points.front(), undefined);
    for (std::size_t k = 0; k + 1 < points.size(); ++k) {
      profile_.push_back(points[k]);
      if (!(slope(points[k]) > 0 && slope(points[k + 1]) <= 0)) continue;
      auto peak = tracer_.find_zero(points[k], points[k + 1], [&](const BranchPoint& p) { return slope(p); });
      if (!peak) peak = log_likelihood(points[k]) > log_likelihood(points[k + 1]) ? points[k] : points[k + 1];
      add(result, *peak, 1 / std::sqrt(fisher_information(*peak)));
      profile_.push_back(*std::move(peak));
    }
    profile_.push_back(points.back());
    if (!(slope(points.back()) > 0)) return;
    if (ends_early()) {
      add(result, points.back(), undefined);
      return;
    }
    AgentQreFit end{infinity, likelihood_of(branch_->limit->assessment.strategy), {}, {}};
    for (const double p : branch_->limit->assessment.strategy) end.log_strategy.push_back(std::log(p));
    end.certificate.max_regret = branch_->limit->certificate.max_regret;
    result.local_maxima.push_back(std::move(end));
    standard_error_.push_back(undefined);
  }

  /// The likelihood ratio statistic has one degree of freedom: twice the loss of log-likelihood is the square of a normal
  /// variable.
  void find_interval(AgentQreEstimate& result) {
    const double z = boost::math::erf_inv(options_.confidence);
    const double least = result.fit.log_likelihood - z * z;
    result.lower = infinity;
    result.upper = 0;
    const auto include = [&](double lambda) {
      result.lower = std::min(result.lower, lambda);
      result.upper = std::max(result.upper, lambda);
    };
    const auto excess = [&](const BranchPoint& p) { return log_likelihood(p) - least; };
    for (std::size_t k = 0; k < profile_.size(); ++k) {
      if (excess(profile_[k]) >= 0) include(profile_[k].lambda / scale_);
      if (k + 1 == profile_.size() || (excess(profile_[k]) >= 0) == (excess(profile_[k + 1]) >= 0)) continue;
      if (const auto edge = tracer_.find_zero(profile_[k], profile_[k + 1], excess))
        include(edge->lambda / scale_);
    }
    if (branch_->limit && likelihood_of(branch_->limit->assessment.strategy) >= least) include(infinity);
  }

  const ExtensiveGame<double>& game_;
  const GameTree& tree_;
  std::span<const double> counts_;
  const EstimateAgentQreOptions& options_;
  BranchTracer tracer_;
  double scale_ = tracer_.system().scale();
  qre::Trace trace_;
  std::optional<AgentQreBranch> branch_;
  std::vector<BranchPoint> profile_;  // the traced points and the maxima between them
  std::vector<double> standard_error_;
};

}  // namespace

AgentQreEstimate estimate_agent_qre(const ExtensiveGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options, Monitor& monitor) {
  options.validate();
  check_counts(game.tree(), counts);
  qre::check_size(game);
  return Estimation(game, counts, options, monitor).estimate();
}
AgentQreEstimate estimate_agent_qre(const ExtensiveGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options) {
  Monitor monitor;
  return estimate_agent_qre(game, counts, options, monitor);
}
AgentQreEstimate estimate_agent_qre(const NormalFormGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options, Monitor& monitor) {
  return estimate_agent_qre(simultaneous_moves(game), counts, options, monitor);
}
AgentQreEstimate estimate_agent_qre(const NormalFormGame<double>& game, std::span<const double> counts,
                                    const EstimateAgentQreOptions& options) {
  return estimate_agent_qre(simultaneous_moves(game), counts, options);
}

}  // namespace schelling
