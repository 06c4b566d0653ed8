#include "limit.hpp"

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::qre {

namespace {

constexpr int most_iterations = 40;
// Equations hold to the rounding error of a few hundred operations on payoffs of range one ...
constexpr double solved = 1e-13;
// ... and one of them follows from others if less than this share of it, in length, is orthogonal to them.
constexpr double dependent = 1e-9;
// A probability with a positive limit has lambda d log(p) / d lambda near zero, of order 1 / lambda; one that vanishes has
// -lambda d if its action loses d in the limit, and still -1 or -1/2 if it vanishes like a power of lambda ...
constexpr double vanishing = -0.3;
// ... and then this is less than log(p), not the same: the action loses nothing in the limit.
constexpr double share_of_power = 0.5;
// What an action loses in the limit is the rate at which its log-probability falls.
constexpr double same_rate = 0.3;

enum class Role : char { played, indifferent, losing };

class Equations {
 public:
  Equations(LogitSystem& system, const BranchPoint& point)
      : system_(system),
        tree_(system.tree()),
        lambda_(point.lambda),
        log_p_(point.log_strategy),
        slope_(point.log_slope),
        p_(log_p_.size(), 0.0),
        role_(log_p_.size(), Role::losing) {
    for (double& slope : slope_) slope *= point.lambda / point.lambda_slope;
    for (Index set = 0; set < tree_.information_sets(); ++set) choose_support(set);
    choose_nodes();
    extrapolate();
  }

  std::optional<Limit> solve() {
    std::optional<Limit> limit;
    for (int k = 0; is_settled_ && k < most_iterations; ++k) {
      evaluate();
      const double largest = residual_.size() ? residual_.lpNorm<Eigen::Infinity>() : 0;
      if (largest <= rounding()) {
        if (!fits_the_branch()) break;
        limit = {p_, {system_.belief().begin(), system_.belief().end()}, 0};
        for (std::size_t a = 0; a < p_.size(); ++a)
          limit->distance = std::max(limit->distance, std::abs(p_[a] - on_branch_[a]));
        break;
      }
      if (!std::isfinite(largest) || !step()) break;
    }
    system_.restrict_beliefs(system_.possible_nodes());
    return limit;
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  bool is_played(Index action) const { return role_[at(action)] == Role::played; }

  void choose_support(Index set) {
    const Index first = tree_.first_action(set), end = first + tree_.actions(set);
    const auto likeliest = std::max_element(log_p_.begin() + first, log_p_.begin() + end);
    best_.push_back(static_cast<Index>(likeliest - log_p_.begin()));
    double total = 0;
    for (Index a = first; a < end; ++a) {
      const double slope = slope_[at(a)] - slope_[at(best_.back())];
      is_settled_ &= slope < -vanishing;
      if (slope < vanishing) {
        if (slope > share_of_power * (log_p_[at(a)] - log_p_[at(best_.back())]))
          role_[at(a)] = Role::indifferent;
        continue;
      }
      role_[at(a)] = Role::played;
      total += p_[at(a)] = std::exp(log_p_[at(a)]);
    }
    for (Index a = first; a < end; ++a)
      if (is_played(a)) set_probability(a, p_[at(a)] / total);
  }

  /// ... and of beliefs, whose odds are differences of logarithms.
  double rounding() const {
    double farthest = 0;
    for (const double x : system_.log_reach()) farthest = std::max(farthest, std::abs(x));
    return solved + 2 * std::numeric_limits<double>::epsilon() * farthest;
  }

  /// To where the branch tends: a probability c + b / lambda to c, a tremble c exp(-lambda d) to its coefficient.
  void extrapolate() {
    on_branch_ = p_;
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      const Index first = tree_.first_action(set), end = first + tree_.actions(set);
      double total = 0;
      for (Index a = first; a < end; ++a)
        if (is_played(a)) total += p_[at(a)] *= 1 + slope_[at(a)] - slope_[at(best_[at(set)])];
      for (Index a = first; a < end; ++a)
        if (is_played(a))
          set_probability(a, p_[at(a)] / total);
        else
          log_p_[at(a)] -= slope_[at(a)];
    }
  }

  void set_probability(Index action, double p) {
    p_[at(action)] = p;
    log_p_[at(action)] = std::log(p);
  }

  /// Nodes that keep a belief: those whose odds against the likeliest converge.
  void choose_nodes() {
    system_.evaluate(log_p_, p_);
    auto live = system_.possible_nodes();
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      Index best = none;
      for (const Index node : tree_.set_nodes(set))
        if (live[at(node)] && (best == none || log_reach(node) > log_reach(best))) best = node;
      for (const Index node : tree_.set_nodes(set)) {
        if (!live[at(node)] || node == best) continue;
        double slope = 0;
        compare_paths(node, best,
                      [&](Index, Index action, double sign) { slope += sign * slope_[at(action)]; });
        is_settled_ &= slope < -vanishing;
        live[at(node)] = slope >= vanishing;
        (live[at(node)] ? kept_ : dropped_).push_back({node, best, -slope / lambda_});
      }
    }
    system_.restrict_beliefs(std::move(live));
  }
  double log_reach(Index node) const { return system_.log_reach()[at(node)]; }

  /// Calls f(action, sign) for the actions on the node's path and, with the opposite sign, on the other's.
  template <class F>
  void compare_paths(Index node, Index other, F&& f) const {
    while (node != other) {  // parents have smaller numbers
      const double sign = node > other ? 1 : -1;
      Index& lower = node > other ? node : other;
      const Index parent = tree_.parent(lower), set = tree_.information_set(parent);
      if (set != none) f(set, tree_.first_action(set) + tree_.move_from_parent(lower), sign);
      lower = parent;
    }
  }
  double loss(Index set, Index action) const {
    return system_.payoff()[at(best_[at(set)])] - system_.payoff()[at(action)];
  }
  double extra_loss(Index node, Index other) const {
    double sum = 0;
    compare_paths(node, other, [&](Index set, Index action, double sign) {
      if (!is_played(action)) sum += sign * loss(set, action);
    });
    return sum;
  }

  struct NodePair {
    Index node, other;
    double rate;  // at which the node's log-odds fall
  };

  void evaluate() {
    system_.evaluate(log_p_, p_);
    std::vector<double> residual;
    for_each_equation([&](Index set, Index action) { residual.push_back(loss(set, action)); },
                      [&](const NodePair& pair) { residual.push_back(extra_loss(pair.node, pair.other)); });
    residual_ = Eigen::Map<const Vector<double>>(residual.data(), static_cast<Eigen::Index>(residual.size()));
  }
  /// An action that is to pay as much as the best, or two nodes whose paths are to lose the same.
  template <class OnAction, class OnPair>
  void for_each_equation(OnAction&& on_action, OnPair&& on_pair) const {
    for (Index set = 0; set < tree_.information_sets(); ++set)
      for (Index a = tree_.first_action(set); a < tree_.first_action(set) + tree_.actions(set); ++a)
        if (pays_the_same(set, a)) on_action(set, a);
    for (const NodePair& pair : kept_)
      if (has_tremble(pair.node, pair.other)) on_pair(pair);
  }
  bool pays_the_same(Index set, Index action) const {
    return role_[at(action)] != Role::losing && action != best_[at(set)];
  }
  bool has_tremble(Index node, Index other) const {
    bool found = false;
    compare_paths(node, other, [&](Index, Index action, double) { found |= !is_played(action); });
    return found;
  }

  /// Rows of the linearised equations over all actions: derivatives to the log-odds.
  Matrix<double> rows() {
    const auto& derivatives = system_.derivatives();
    Matrix<double> result = Matrix<double>::Zero(residual_.size(), derivatives.cols());
    Eigen::Index r = 0;
    const auto add_loss = [&](Index set, Index action, double sign) {
      result.row(r) += sign * (derivatives.row(best_[at(set)]) - derivatives.row(action));
    };
    for_each_equation([&](Index set, Index action) { add_loss(set, action, 1), ++r; },
                      [&](const NodePair& pair) {
                        compare_paths(pair.node, pair.other, [&](Index set, Index action, double sign) {
                          if (!is_played(action)) add_loss(set, action, sign);
                        });
                        ++r;
                      });
    return result;
  }

  /// From derivatives to log-odds to derivatives to probabilities, whose sum over an information set stays one: the most
  /// likely action gives what the others get.
  void to_probabilities(Matrix<double>& rows) const {
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
      const auto row = row_span(rows, r);
      for (Index set = 0; set < tree_.information_sets(); ++set) {
        const Index best = best_[at(set)];
        for (Index a = tree_.first_action(set); a < tree_.first_action(set) + tree_.actions(set); ++a)
          if (is_played(a) && a != best) row[at(a)] = row[at(a)] / p_[at(a)] - row[at(best)] / p_[at(best)];
        row[at(best)] = 0;
      }
    }
  }

  /// The shortest step that solves the linearised equations, of which some may follow from others.
  bool step() {
    auto a = rows();
    to_probabilities(a);
    Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
    decomposition.setThreshold(dependent);
    decomposition.compute(a);
    return decomposition.rank() > 0 && apply(-decomposition.solve(residual_));
  }

  bool apply(const Vector<double>& change) {
    constexpr double least_share = 0.05;  // of a probability that is left by one step
    for (Index set = 0; set < tree_.information_sets(); ++set) {
      double others = 0;
      for (Index a = tree_.first_action(set); a < tree_.first_action(set) + tree_.actions(set); ++a) {
        if (!is_played(a)) {
          log_p_[at(a)] += change[a];
        } else if (a != best_[at(set)]) {
          const double p = std::max(p_[at(a)] + change[a], least_share * p_[at(a)]);
          set_probability(a, p);
          others += p;
        }
      }
      if (!(others < 1)) return false;
      set_probability(best_[at(set)], 1 - others);
    }
    return true;
  }

  bool fits_the_branch() const {
    const auto fits = [&](double loss, double rate) {
      return loss >= -rounding() && std::abs(loss - rate) <= same_rate * std::max(loss, rate) + 30 / lambda_;
    };
    for (Index set = 0; set < tree_.information_sets(); ++set)
      for (Index a = tree_.first_action(set); a < tree_.first_action(set) + tree_.actions(set); ++a)
        if (role_[at(a)] == Role::losing &&
            !fits(loss(set, a), (slope_[at(best_[at(set)])] - slope_[at(a)]) / lambda_))
          return false;
    return std::all_of(dropped_.begin(), dropped_.end(), [&](const NodePair& pair) {
      return fits(extra_loss(pair.node, pair.other), pair.rate);
    });
  }

  LogitSystem& system_;
  const GameTree& tree_;
  double lambda_;
  std::vector<double> log_p_;
  std::vector<double> slope_;  // per action: d log(p) / d log(lambda) on the branch
  std::vector<double> p_, on_branch_;
  std::vector<Role> role_;
  std::vector<Index> best_;  // per information set the likeliest action
  std::vector<NodePair> kept_, dropped_;
  Vector<double> residual_;
  bool is_settled_ = true;  // no action and no node is about to overtake the likeliest
};

}  // namespace

std::optional<Limit> find_limit(LogitSystem& system, const BranchPoint& point) {
  return Equations(system, point).solve();
}

}  // namespace schelling::qre
