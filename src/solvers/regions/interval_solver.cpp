#include "solvers/regions/interval_solver.hpp"

#include <algorithm>
#include <optional>

namespace schelling::regions {

namespace {

class IntervalSolver {
 public:
  IntervalSolver(const ParametricSystem& system, Line& line, Monitor& monitor)
      : system_(system), line_(line), monitor_(monitor) {}

  LineSet run(const LineSet& domain) {
    result_.points.push_back(domain.points.front());
    result_.at.push_back(domain.at.front() ? at(domain.points.front()) : 0);
    for (std::size_t i = 0; i + 1 < domain.points.size(); ++i) {
      if (domain.between[i])
        cover(domain.points[i], domain.points[i + 1]);
      else
        result_.between.push_back(0);
      result_.points.push_back(domain.points[i + 1]);
      result_.at.push_back(domain.at[i + 1] ? at(domain.points[i + 1]) : 0);
    }
    result_.simplify();
    return std::move(result_);
  }

 private:
  const ParametricSystem& system_;
  Line& line_;
  Monitor& monitor_;
  std::vector<SystemCertificate> certificates_;
  LineSet result_;

  template <class Where>
  const SystemCertificate* known(const Where& where) const {
    // The latest first: neighbours tend to share certificates.
    for (auto c = certificates_.rbegin(); c != certificates_.rend(); ++c)
      if (std::all_of(c->conditions.begin(), c->conditions.end(),
                      [&](const Condition& condition) { return holds(condition, where); }))
        return &*c;
    return nullptr;
  }

  char at(const Root& point) const {
    if (const auto* certificate = known(*point)) return certificate->feasible;
    return is_feasible(system_, point);
  }

  /// Appends the open interval (a, b): its pieces, and the points between them.
  void cover(const Root& a, const Root& b) {
    // Stopped: the caller discards the result.
    if (!monitor_.keep_going()) return result_.between.push_back(0);
    while (a->upper() >= b->lower()) {
      a->refine();
      b->refine();
    }
    const Rational sample = simplest_between(a->upper(), b->lower());
    const auto* certificate = known(Point{sample, 0});
    if (!certificate) {
      if (auto found = certificate_at(system_, {sample, 0})) {
        certificates_.push_back(std::move(*found));
        certificate = &certificates_.back();
      }
    }
    Root left = a, right = b;
    bool splits = !certificate;
    if (certificate)
      for (const auto& condition : certificate->conditions)
        for (const auto& root : line_.roots(condition.polynomial)) {
          const auto order = *root <=> AlgebraicNumber(sample);
          if (order == 0) splits = true;
          if (order < 0 && before(left, root)) left = root;
          if (order > 0 && before(root, right)) right = root;
        }
    if (splits) left = right = line_.at(AlgebraicNumber(sample));
    const char feasible = certificate && certificate->feasible;
    if (left != a) {
      cover(a, left);
      append(left);
    }
    if (left != right) result_.between.push_back(feasible);
    if (right != b) {
      if (left != right) append(right);
      cover(right, b);
    }
  }

  void append(const Root& point) {
    result_.points.push_back(point);
    result_.at.push_back(at(point));
  }
};

}  // namespace

LineSet feasible_points(const ParametricSystem& system, const LineSet& domain, Line& line, Monitor& monitor) {
  return IntervalSolver(system, line, monitor).run(domain);
}

}  // namespace schelling::regions
