#include "newton_search.hpp"

#include "tied_reply.hpp"

#include <schelling/core/parallel.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

namespace schelling::cutoff {

namespace {

std::size_t index(Index i) { return static_cast<std::size_t>(i); }

using Vector = std::vector<double>;

double largest(const Vector& v) {
  double size = 0;
  for (const double x : v) size = std::isfinite(x) ? std::max(size, std::abs(x)) : INFINITY;
  return size;
}

/// Solves a small dense symmetric positive definite system by Cholesky decomposition; false if it is not definite.
bool solve_definite(std::vector<Vector> a, Vector& b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    if (!(a[j][j] > 0)) return false;
    a[j][j] = std::sqrt(a[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return true;
}

/// Levenberg-Marquardt steps with differences for derivatives, kept inside the unit cube: Newton's method where that
/// works, and harmless where the equations are dependent. True once all residuals are below `enough`.
bool newton(const std::function<Vector(const Vector&)>& residual, Vector& v, double enough, int steps,
            Monitor& monitor) {
  constexpr double difference = 1e-7;
  Vector r = residual(v);
  for (int step = 0; step < steps && monitor.keep_going(); ++step) {
    if (largest(r) <= enough) return true;
    const std::size_t n = v.size(), m = r.size();
    std::vector<Vector> jacobian(n);
    for (std::size_t j = 0; j < n; ++j) {
      Vector moved = v;
      const double h = v[j] + difference <= 1 ? difference : -difference;
      moved[j] += h;
      jacobian[j] = residual(moved);
      for (std::size_t i = 0; i < m; ++i) jacobian[j][i] = (jacobian[j][i] - r[i]) / h;
    }
    std::vector<Vector> normal(n, Vector(n, 0.0));
    Vector gradient(n, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < m; ++i) normal[j][k] += jacobian[j][i] * jacobian[k][i];
      for (std::size_t i = 0; i < m; ++i) gradient[j] -= jacobian[j][i] * r[i];
    }
    bool better = false;
    for (double damping = 1e-12; damping < 1 && !better; damping *= 1e4) {
      auto damped = normal;
      Vector d = gradient;
      for (std::size_t j = 0; j < n; ++j) damped[j][j] += damping * (1 + normal[j][j]);
      if (!solve_definite(std::move(damped), d)) continue;
      // Where the map is flat but for a narrow slope, as next to a tie, only a short step meets the slope.
      for (double length = 1; length > 1e-3 && !better; length /= 2) {
        Vector next = v;
        for (std::size_t j = 0; j < n; ++j) next[j] = std::clamp(v[j] + length * d[j], 0.0, 1.0);
        Vector value = residual(next);
        if (largest(value) < largest(r)) v = std::move(next), r = std::move(value), better = true;
      }
    }
    if (!better) return largest(r) <= enough;
  }
  return largest(r) <= enough;
}

/// One starting point of the search.
class Start {
 public:
  Start(const PlayMap& map, const OffPathRule& rule, Monitor& monitor)
      : map_(map), rule_(rule), monitor_(monitor) {}

  std::optional<Play> run(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Vector v = random_point(random);
    constexpr double last_width = 1e-6;
    std::vector<TieGroup> groups;
    // Wide ties first: the equations are smooth then; start widths vary, since wide ones can lose equilibria.
    for (double width = std::pow(10, -static_cast<double>(random() % 4)); width >= last_width; width /= 2) {
      const auto smooth = [&](const Vector& at) {
        std::vector<TieGroup> ignored;
        return play_at(at,
                       [&](Index set, const BestReply& reply) {
                         return smoothed_reply(map_, set, reply, width, ignored);
                       })
            .residual;
      };
      if (!newton(smooth, v, 1e-9, 60, monitor_)) return std::nullopt;
      groups.clear();
      play_at(v, [&](Index set, const BestReply& reply) {
        return smoothed_reply(map_, set, reply, width, groups);
      });
    }
    return polish(v, groups, last_width);
  }

  std::size_t evaluations() const { return evaluations_; }

 private:
  Vector random_point(std::mt19937_64& random) const {
    // By inversion: what std::exponential_distribution makes of a seed is the library's own.
    const auto exponential = [&random] {
      return -std::log1p(-static_cast<double>(random() >> 11) * 0x1p-53);
    };
    Vector v;
    for (const auto& [what, set] : map_.dependency().unknowns) {
      const Index count = map_.game().tree().actions(set);
      Vector weights;
      for (Index a = 0; a < count; ++a) weights.push_back(exponential());
      // Many equilibria have some players choose for sure: a third of the coordinates starts there.
      if (random() % 3 == 0) weights[random() % weights.size()] = 1e4;
      const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
      for (Index a = 0; a + 1 < count; ++a) v.push_back(weights[index(a)] / sum);
    }
    return v;
  }

  Play play_at(const Vector& v, const Selection& selection) {
    ++evaluations_;
    const auto unknowns = std::span(v).first(static_cast<std::size_t>(map_.dependency().dimension));
    return map_.at(unknowns, rule_, {}, selection);
  }

  /// The ties' shares join the unknowns, their indifference the equations.
  std::optional<Play> polish(Vector v, const std::vector<TieGroup>& groups, double width) {
    const std::size_t dimension = v.size();
    if (!groups.empty()) {
      std::vector<TieGroup> ignored;
      const auto play = play_at(v, [&](Index set, const BestReply& reply) {
        return smoothed_reply(map_, set, reply, width, ignored);
      });
      for (const auto& group : groups) {
        const auto& s = play.strategy[index(group.set)];
        const auto& choice = group.atom == none ? s.cells[s.cell_of(group.type)] : s.atoms[index(group.atom)];
        for (std::size_t k = 1; k < group.actions.size(); ++k) v.push_back(choice[index(group.actions[k])]);
      }
    }
    const auto select = [&](const Vector& at) -> Selection {
      std::vector<std::vector<double>> shares;
      std::size_t next = dimension;
      for (const auto& group : groups) {
        shares.emplace_back(at.begin() + static_cast<std::ptrdiff_t>(next),
                            at.begin() + static_cast<std::ptrdiff_t>(next + group.actions.size() - 1));
        next += group.actions.size() - 1;
      }
      return [this, &groups, shares](Index set, const BestReply& reply) {
        return mixed_reply(map_, set, reply, groups, shares);
      };
    };
    const auto residual = [&](const Vector& at) {
      const auto play = play_at(at, select(at));
      Vector r = play.residual;
      for (const auto& group : groups)
        for (const double gap : gaps(map_, play, group)) r.push_back(gap);
      return r;
    };
    if (!newton(residual, v, 1e-13, 30, monitor_) && largest(residual(v)) > 1e-10) return std::nullopt;
    return play_at(v, select(v));
  }

  const PlayMap& map_;
  const OffPathRule& rule_;
  Monitor& monitor_;
  std::size_t evaluations_ = 0;
};

}  // namespace

void search_several_unknowns(const PlayMap& map, const OffPathRule& rule, const CutoffOptions& options,
                             Monitor& monitor, SearchOutcome& out) {
  std::vector<std::optional<Play>> ends(options.starts);
  std::vector<std::size_t> evaluations(options.starts, 0);
  monitor.expect(monitor.total() + options.starts);
  parallel_for(options.starts, 1, options.threads, monitor, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      Start start(map, rule, monitor);
      std::seed_seq seeds{options.seed, options.seed >> 32, static_cast<std::uint64_t>(k)};
      std::uint32_t mixed[2];
      seeds.generate(mixed, mixed + 2);
      ends[k] = start.run(static_cast<std::uint64_t>(mixed[0]) << 32 | mixed[1]);
      evaluations[k] = start.evaluations();
    }
  });
  for (std::size_t k = 0; k < options.starts; ++k) {
    out.evaluations += evaluations[k];
    if (!ends[k]) continue;
    out.off_path = out.off_path || ends[k]->off_path;
    out.candidates.push_back(std::move(*ends[k]));
  }
}

}  // namespace schelling::cutoff
