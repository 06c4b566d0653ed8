#include "scalar_search.hpp"

#include "tie.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::cutoff {

namespace {

/// Residuals are relative to payoffs or are probabilities: this is their rounding.
constexpr double zero_residual = 1e-15;
/// At adjacent doubles a continuous residual is this close to zero on one side; what is larger is a jump.
constexpr double continuous_residual = 1e-10;
constexpr int kink_levels = 10, minimum_steps = 24, max_nested_ties = 4;

using Evaluate = std::function<Play(double)>;

struct Sample {
  double at;
  Play play;
  std::vector<char> structure;
  double residual() const { return play.residual[0]; }
};

/// Which choices are made in which order along the type line, and which actions are unused: constant between kinks.
std::vector<char> structure_of(const Play& play) {
  std::vector<char> structure;
  for (const auto& s : play.strategy) {
    for (const auto* rows : {&s.cells, &s.atoms})
      for (const auto& row : *rows)
        for (const double p : row) structure.push_back(p == 0 ? '0' : p == 1 ? '1' : 'm');
    structure.push_back('/');
  }
  for (const double p : play.probabilities) structure.push_back(p == 0 ? '0' : p == 1 ? '1' : 'm');
  return structure;
}

/// A point between two others, in ratio where they are of different size.
double between(double a, double b) {
  if (a > 0 && b / a > 4) return std::sqrt(a) * std::sqrt(b);
  if (b < 0 && a / b > 4) return -std::sqrt(-a) * std::sqrt(-b);
  return a + (b - a) / 2;
}

/// Looks for sign changes of the residual between the nodes of one scalar.
class LineSearch {
 public:
  LineSearch(Evaluate evaluate, Monitor& monitor, SearchOutcome& out,
             std::function<void(const Sample&, const Sample&)> on_jump)
      : evaluate_(std::move(evaluate)), monitor_(monitor), out_(out), on_jump_(std::move(on_jump)) {}

  Sample sample(double u) {
    ++out_.evaluations;
    Sample s{u, evaluate_(u), {}};
    s.structure = structure_of(s.play);
    out_.off_path = out_.off_path || s.play.off_path;
    return s;
  }

  /// @param counted whether the nodes are progress to report
  void run(const std::vector<double>& nodes, bool counted = false) {
    std::vector<Sample> last;
    if (counted) monitor_.expect(monitor_.total() + nodes.size());
    bool previous_zero = false;
    for (const double u : nodes) {
      if (!monitor_.keep_going()) return;
      if (counted) monitor_.advance(1);
      last.push_back(sample(u));
      const bool zero = std::abs(last.back().residual()) <= zero_residual;
      if (zero) {
        // On a continuum the ends and one point between stand for it.
        out_.continuum = out_.continuum || previous_zero;
        out_.candidates.push_back(last.back().play);
      }
      previous_zero = zero;
      if (last.size() >= 2) examine(last[last.size() - 2], last.back(), kink_levels);
      if (last.size() >= 3) near_miss(last[0], last[1], last[2]);
      if (last.size() == 3) last.erase(last.begin());
    }
  }

 private:
  static bool opposite(const Sample& a, const Sample& b) {
    return std::abs(a.residual()) > zero_residual && std::abs(b.residual()) > zero_residual &&
           (a.residual() > 0) != (b.residual() > 0);
  }

  void examine(const Sample& a, const Sample& b, int levels) {
    if (opposite(a, b)) {
      bracket(a, b);
      return;
    }
    if (levels == 0 || a.structure == b.structure || !std::isfinite(a.at) || !std::isfinite(b.at) ||
        !monitor_.keep_going())
      return;
    const double middle = between(a.at, b.at);
    if (!(a.at < middle && middle < b.at)) return;
    const Sample m = sample(middle);
    examine(a, m, levels - 1);
    examine(m, b, levels - 1);
  }

  /// A smallest |residual| between two larger ones of the same sign may hide two roots: golden-section search.
  void near_miss(const Sample& a, const Sample& m, const Sample& b) {
    const double ra = std::abs(a.residual()), rm = std::abs(m.residual()), rb = std::abs(b.residual());
    if (!(rm < ra && rm < rb) || rm <= zero_residual || opposite(a, m) || opposite(m, b)) return;
    if (!std::isfinite(a.at) || !std::isfinite(b.at)) return;
    const double sign = m.residual() > 0 ? 1 : -1;
    double low = a.at, best = m.at, high = b.at, record = rm;
    for (int step = 0; step < minimum_steps && monitor_.keep_going(); ++step) {
      const bool right = high - best > best - low;
      const double trial = right ? best + 0.381966 * (high - best) : best - 0.381966 * (best - low);
      if (!(low < trial && trial < high)) return;
      const Sample t = sample(trial);
      const double value = sign * t.residual();
      if (value < 0) {
        bracket(a.at < trial ? a : m, t);
        bracket(t, b);
        return;
      }
      if (value < record) {
        (right ? low : high) = best;
        best = trial, record = value;
      } else {
        (right ? high : low) = trial;
      }
    }
  }

  void bracket(Sample a, Sample b) {
    if (!opposite(a, b) || !std::isfinite(a.at) || !std::isfinite(b.at)) return;
    for (int step = 0; monitor_.keep_going(); ++step) {
      const double middle = between(a.at, b.at);
      if (!(a.at < middle && middle < b.at)) break;
      double trial = middle;
      if (step % 2 == 0) {
        const double secant = a.at - a.residual() * ((b.at - a.at) / (b.residual() - a.residual()));
        if (a.at < secant && secant < b.at) trial = secant;
      }
      Sample t = sample(trial);
      if (std::abs(t.residual()) <= zero_residual) {
        out_.candidates.push_back(std::move(t.play));
        return;
      }
      ((t.residual() > 0) == (a.residual() > 0) ? a : b) = std::move(t);
    }
    const Sample& nearest = std::abs(a.residual()) <= std::abs(b.residual()) ? a : b;
    if (std::abs(nearest.residual()) <= continuous_residual)
      out_.candidates.push_back(nearest.play);
    else
      on_jump_(a, b);
  }

  Evaluate evaluate_;
  Monitor& monitor_;
  SearchOutcome& out_;
  std::function<void(const Sample&, const Sample&)> on_jump_;
};

/// Points of [0, 1], closer at the ends.
std::vector<double> probability_nodes(std::size_t resolution) {
  std::vector<double> nodes{0};
  for (const double small : {1e-15, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4})
    nodes.push_back(small), nodes.push_back(1 - small);
  for (std::size_t k = 1; k < resolution; ++k)
    nodes.push_back(static_cast<double>(k) / static_cast<double>(resolution));
  nodes.push_back(1);
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

/// Points of a support at equal steps of the normal score of their probability, far into both tails.
std::vector<double> type_nodes(const Distribution& law, std::size_t resolution) {
  constexpr double dense = 8, sparse = 30;
  std::vector<double> nodes{law.lower(), law.upper()};
  const auto normal_tail = [](double z) { return std::erfc(z / std::sqrt(2.0)) / 2; };
  const auto add = [&](double z) {
    nodes.push_back(law.quantile(std::max(normal_tail(z), std::numeric_limits<double>::min())));
    nodes.push_back(law.upper_quantile(std::max(normal_tail(z), std::numeric_limits<double>::min())));
  };
  for (std::size_t k = 0; 2 * k <= resolution; ++k)
    add(dense * 2 * static_cast<double>(k) / static_cast<double>(resolution));
  for (double z = dense + 1; z <= sparse; ++z) add(z);
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

}  // namespace

void search_one_unknown(const PlayMap& map, const OffPathRule& rule, std::size_t resolution, Monitor& monitor,
                        SearchOutcome& out) {
  const auto [what, set] = map.dependency().unknowns[0];
  const auto& law = map.game().types(map.game().tree().set_player(set));
  const bool cutoff = what == Dependency::What::policy;
  const auto evaluate = [&](double u) { return map.at(std::span(&u, 1), rule); };
  LineSearch search(evaluate, monitor, out, [&](const Sample& a, const Sample& b) {
    search_jump(map, rule, a.play, b.play, {}, resolution / 4 + 8, monitor, 1, out);
  });
  search.run(cutoff ? type_nodes(law, resolution) : probability_nodes(resolution), true);
  if (!cutoff) return;
  // Everybody takes the same action: an equilibrium if the type at the end of the support agrees.
  for (const double end : {law.lower(), law.upper()}) {
    if (!std::isfinite(end)) continue;
    const Sample corner = search.sample(end);
    if (end == law.lower() ? corner.residual() < -zero_residual : corner.residual() > zero_residual)
      out.candidates.push_back(corner.play);
  }
}

void search_jump(const PlayMap& map, const OffPathRule& rule, const Play& first, const Play& second,
                 const std::vector<Imposed>& imposed, std::size_t resolution, Monitor& monitor, int depth,
                 SearchOutcome& out) {
  const auto ties = depth <= max_nested_ties ? find_ties(map, first, second) : std::vector<Tie>{};
  if (ties.empty()) {
    ++out.lost_jumps;
    return;
  }
  const auto impose = [&](double share) {
    auto all = imposed;
    for (const auto& tie : ties) {
      std::erase_if(all, [&](const Imposed& i) { return i.set == tie.set; });
      all.push_back({tie.set, blend(map.game().types(map.game().tree().set_player(tie.set)), tie, share)});
    }
    return all;
  };
  const auto evaluate = [&](double share) { return map.at(first.unknowns, rule, impose(share)); };
  LineSearch search(evaluate, monitor, out, [&](const Sample& a, const Sample& b) {
    search_jump(map, rule, a.play, b.play, impose(a.at), resolution, monitor, depth + 1, out);
  });
  search.run(probability_nodes(resolution));
}

}  // namespace schelling::cutoff
