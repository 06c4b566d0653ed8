#include "solvers/regions/checks.hpp"
#include "solvers/regions/interval_solver.hpp"
#include "solvers/regions/support_systems.hpp"

#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_pbe_regions.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace schelling {

namespace {

using namespace regions;
using pbe::full;
using pbe::subset;

/// Finds, for each support, where on the line it exists.
class SupportSearch {
 public:
  SupportSearch(const SupportSystems& systems, const LineSet& domain, Line& line, Monitor& monitor)
      : systems_(systems), line_(line), monitor_(monitor), cell_(index(systems.messages())) {
    const Mask everyone = full(systems.types()), all = full(systems.actions());
    for (int m = 0; m < systems.messages(); ++m) {
      options_.emplace_back();
      deterrents_.emplace_back();
      for (Mask replies = 1; replies <= all; ++replies) {
        // Off the path any belief may stand behind the replies; larger sets come first, because they allow
        // more.
        auto anywhere = solve(systems.belief(m, {0, replies}), domain);
        if (anywhere.empty()) continue;
        for (Mask senders = 1; senders <= everyone; ++senders)
          if (auto where = solve(systems.belief(m, {senders, replies}), anywhere); !where.empty())
            options_.back().push_back({{senders, replies}, std::move(where)});
        deterrents_.back().push_back({{0, replies}, std::move(anywhere)});
      }
      std::stable_sort(deterrents_.back().begin(), deterrents_.back().end(),
                       [](const auto& a, const auto& b) {
                         return std::popcount(a.option.replies) > std::popcount(b.option.replies);
                       });
    }
    visit(0, 0, domain);
  }

  std::vector<std::pair<SignalingSupport, LineSet>>& found() { return found_; }

 private:
  struct Where {
    Option option;
    LineSet where;
  };

  const SupportSystems& systems_;
  Line& line_;
  Monitor& monitor_;
  std::vector<std::vector<Where>> options_, deterrents_;  ///< [m]
  Cell cell_;
  std::vector<std::pair<SignalingSupport, LineSet>> found_;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  LineSet solve(const ParametricSystem& system, const LineSet& domain) {
    return feasible_points(system, domain, line_, monitor_);
  }

  void visit(std::size_t m, Mask covered, const LineSet& where) {
    if (m == cell_.size()) {
      if (covered == full(systems_.types())) finish(where);
      return;
    }
    cell_[m] = {};
    visit(m + 1, covered, where);
    for (const auto& option : options_[m]) {
      if (!monitor_.keep_going()) return;
      LineSet remaining = where & option.where;
      if (remaining.empty()) continue;
      cell_[m] = option.option;
      if (covered != 0) remaining = solve(systems_.replies(cell_), remaining);
      if (!remaining.empty()) visit(m + 1, covered | option.option.senders, remaining);
    }
    cell_[m] = {};
  }

  void finish(const LineSet& where) {
    const LineSet sent = solve(systems_.strategies(cell_), where);
    if (sent.empty()) return;
    LineSet present = LineSet::all(line_, false);
    deter(0, cell_, sent, present);
    if (present.empty()) return;
    SignalingSupport support;
    for (const auto& option : cell_) {
      support.senders.push_back(pbe::members(option.senders));
      support.replies.push_back(pbe::members(option.replies));
    }
    found_.emplace_back(std::move(support), std::move(present));
  }

  /// Adds to `present` where replies to the messages off the path from m on keep all types from them.
  void deter(std::size_t m, Cell cell, const LineSet& where, LineSet& present) {
    while (m < cell.size() && cell[m].senders != 0) ++m;
    if (m == cell.size()) {
      const LineSet open = where - present;
      if (!open.empty())
        present = present | (has_off_path(cell) ? solve(systems_.replies(cell), open) : open);
      return;
    }
    for (const auto& deterrent : deterrents_[m]) {
      const LineSet remaining = (where & deterrent.where) - present;
      if (remaining.empty()) continue;
      cell[m] = deterrent.option;
      deter(m + 1, cell, remaining, present);
    }
  }

  static bool has_off_path(const Cell& cell) {
    return std::any_of(cell.begin(), cell.end(), [](const Option& option) { return option.senders == 0; });
  }
};

/// Where the game exists: all priors positive. They are affine, so only ends can be left out.
LineSet existence(const SupportSystems& systems, const SignalingFamily& family, const Line& line) {
  LineSet set = LineSet::all(line);
  for (int t = 0; t < systems.types(); ++t) {
    const std::array<int, 2> signs{line.lower()->sign_of(systems.prior(t)),
                                   line.upper()->sign_of(systems.prior(t))};
    if (signs[0] < 0 || signs[1] < 0 || (signs[0] == 0 && signs[1] == 0))
      throw InvalidArgument(expectation(
          "range of " + family.parameters().front(), "positive priors of all types inside it",
          "a prior of " + family.labels().types[static_cast<std::size_t>(t)] + " that is not positive"));
    set.at.front() = set.at.front() && signs[0] > 0;
    set.at.back() = set.at.back() && signs[1] > 0;
  }
  return set;
}

}  // namespace

SignalingIntervals solve_pbe_intervals(const SignalingFamily& family, const Rational& lower,
                                       const Rational& upper, const PbeRegionOptions& options,
                                       Monitor& monitor) {
  require_size(family, 1, options);
  if (!(lower < upper))
    throw InvalidArgument(expectation("range of " + family.parameters().front(), "lower < upper",
                                      to_text(lower) + " and " + to_text(upper)));
  Line line(lower, upper);
  const SupportSystems systems(family);
  const LineSet domain = existence(systems, family, line);
  SupportSearch search(systems, domain, line, monitor);

  SignalingIntervals result{family, {}, {}, {}, {}, {}, {}, {}};
  result.info.method = "parametric linear programs with certificates";
  result.info.arithmetic = Arithmetic::exact;
  result.info.coverage = Coverage::all;
  result.info.proven = true;
  if (const auto stopped = monitor.stopped()) {
    result.info.status = *stopped;
    result.info.coverage = Coverage::some;
    result.info.proven = false;
    result.info.message = "stopped before all supports were decided";
    return result;
  }
  std::sort(search.found().begin(), search.found().end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  // Where any of them changes: the points of the union of all subdivisions.
  std::vector<Root> points{line.lower()};
  for (const auto& [support, where] : search.found()) {
    result.supports.push_back(support);
    for (const auto& point : where.points)
      if (std::find(points.begin(), points.end(), point) == points.end()) points.push_back(point);
  }
  if (points.back() != line.upper() && std::find(points.begin(), points.end(), line.upper()) == points.end())
    points.push_back(line.upper());
  std::sort(points.begin(), points.end(), [](const Root& a, const Root& b) { return before(a, b); });
  for (std::size_t i = 0; i < points.size(); ++i) {
    result.inside.push_back(i == 0 ? domain.at.front() : i + 1 == points.size() ? domain.at.back() : 1);
    std::vector<int> at, between;
    for (std::size_t k = 0; k < search.found().size(); ++k) {
      const auto& where = search.found()[k].second;
      const auto position = std::lower_bound(where.points.begin(), where.points.end(), points[i],
                                             [](const Root& a, const Root& b) { return before(a, b); });
      const auto j = static_cast<std::size_t>(position - where.points.begin());
      const bool own = *position == points[i];
      if (own ? where.at[j] : where.between[j - 1]) at.push_back(static_cast<int>(k));
      if (i + 1 < points.size() && where.between[own ? j : j - 1]) between.push_back(static_cast<int>(k));
    }
    result.at.push_back(std::move(at));
    if (i + 1 == points.size()) break;
    while (points[i]->upper() >= points[i + 1]->lower()) {
      points[i]->refine();
      points[i + 1]->refine();
    }
    result.between.push_back(std::move(between));
    result.samples.push_back(simplest_between(points[i]->upper(), points[i + 1]->lower()));
  }
  for (const auto& point : points) result.points.push_back(*point);
  if (options.certify) {
    for (std::size_t i = 0; i < result.samples.size(); ++i)
      require_agreement(family, result.supports, {&result.samples[i], 1}, result.between[i], monitor);
    for (std::size_t i = 0; i < result.points.size(); ++i)
      if (result.inside[i] && result.points[i].is_rational())
        require_agreement(family, result.supports, {&result.points[i].lower(), 1}, result.at[i], monitor);
  }
  return result;
}

SignalingIntervals solve_pbe_intervals(const SignalingFamily& family, const Rational& lower,
                                       const Rational& upper, const PbeRegionOptions& options) {
  Monitor monitor;
  return solve_pbe_intervals(family, lower, upper, options, monitor);
}

}  // namespace schelling
