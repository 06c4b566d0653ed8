#include "solvers/regions/checks.hpp"
#include "solvers/regions/plane_search.hpp"

#include <schelling/core/error.hpp>
#include <schelling/solvers/solve_pbe_regions.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace schelling {

namespace {

using namespace regions;
using Leaf = PlaneSearch::Leaf;
using Corner = SignalingPolygons::Point;

/// A point of a piece, inside and off the curve; on a wanted side of it, if one is found.
std::optional<Point> sample_of(const Leaf& leaf, const Factors& factors, int wanted) {
  if (leaf.curve < 0) return leaf.polygon.inside(0);
  std::vector<Point> points;
  const Point centre = leaf.polygon.inside(0);
  for (int attempt = 0; attempt < 4; ++attempt) points.push_back(leaf.polygon.inside(attempt));
  for (const auto& v : leaf.polygon.vertices)
    points.push_back({(v.x * 9 + centre.x) / 10, (v.y * 9 + centre.y) / 10});
  for (const auto& point : points)
    if (const int sign = sign_at(factors[leaf.curve], point.x, point.y);
        wanted == 0 ? sign != 0 : sign == wanted)
      return point;
  return std::nullopt;
}

/// The straight boundaries: along each line that cut the plane, where the sets on its two sides differ.
class Boundaries {
 public:
  Boundaries(const std::vector<Leaf>& leaves, const Factors& factors) : leaves_(leaves), factors_(factors) {}

  struct Segment {
    int factor;
    Point from, to;
  };

  std::vector<Segment> find() {
    std::map<int, std::vector<Edge>> edges;
    for (const auto& leaf : leaves_) {
      const auto& [vertices, lines] = leaf.polygon;
      const Point inside = leaf.polygon.inside(0);
      for (std::size_t i = 0; i < vertices.size(); ++i) {
        if (lines[i] < 0) continue;
        const auto &a = vertices[i], &b = vertices[(i + 1) % vertices.size()];
        const bool forward = std::pair(a.x, a.y) < std::pair(b.x, b.y);
        edges[lines[i]].push_back(
            {&leaf, forward ? a : b, forward ? b : a, sign_at(factors_[lines[i]], inside.x, inside.y)});
      }
    }
    std::vector<Segment> result;
    for (const auto& [factor, list] : edges) along(factor, list, result);
    return result;
  }

 private:
  struct Edge {
    const Leaf* leaf;
    Point from, to;  // in increasing order of (x, y)
    int side;
  };

  const std::vector<Leaf>& leaves_;
  const Factors& factors_;

  static bool precedes(const Point& a, const Point& b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); }

  /// The supports of the piece next to a point of the line; nothing where they are not decided.
  const std::vector<int>* beside(const std::vector<Edge>& edges, int side, const Point& at) const {
    for (const auto& edge : edges) {
      if (edge.side != side || !precedes(edge.from, at) || !precedes(at, edge.to)) continue;
      if (!edge.leaf->undecided.empty()) return nullptr;
      const int curve = edge.leaf->curve;
      return curve >= 0 && sign_at(factors_[curve], at.x, at.y) < 0 ? &edge.leaf->below : &edge.leaf->above;
    }
    return nullptr;
  }

  void along(int factor, const std::vector<Edge>& edges, std::vector<Segment>& result) const {
    // Curves meet the line at points that need not be rational: there, ends are known to one part in this.
    constexpr int parts = 64;
    std::vector<Point> points;
    for (const auto& edge : edges) {
      const int steps = edge.leaf->curve >= 0 ? parts : 1;
      for (int k = 0; k <= steps; ++k) {
        const Rational share(k, steps);
        points.push_back({edge.from.x + (edge.to.x - edge.from.x) * share,
                          edge.from.y + (edge.to.y - edge.from.y) * share});
      }
    }
    std::sort(points.begin(), points.end(), precedes);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      if (!precedes(points[i], points[i + 1])) continue;
      const Point middle{(points[i].x + points[i + 1].x) / 2, (points[i].y + points[i + 1].y) / 2};
      const auto *one = beside(edges, 1, middle), *other = beside(edges, -1, middle);
      if (!one || !other || *one == *other) continue;
      if (!result.empty() && result.back().factor == factor && !precedes(result.back().to, points[i]))
        result.back().to = points[i + 1];
      else
        result.push_back({factor, points[i], points[i + 1]});
    }
  }
};

void require_existence(const SupportSystems& systems, const SignalingFamily& family, const Polygon& domain) {
  for (int t = 0; t < systems.types(); ++t) {
    bool positive = false, negative = false;
    for (const auto& v : domain.vertices) {
      const int sign = sign_at(systems.prior(t), v.x, v.y);
      positive |= sign > 0;
      negative |= sign < 0;
    }
    if (negative || !positive)
      throw InvalidArgument(expectation(
          "ranges of " + family.parameters()[0] + " and " + family.parameters()[1],
          "positive priors of all types inside them",
          "a prior of " + family.labels().types[static_cast<std::size_t>(t)] + " that is not positive"));
  }
}

void state(SignalingPolygons& result, const PlaneSearch& search) {
  // Supports that exist in some piece, and curves that bound one, get numbers in order.
  std::set<int> used, curves;
  for (const auto& leaf : search.leaves())
    for (const auto* list : {&leaf.above, &leaf.below, &leaf.undecided})
      used.insert(list->begin(), list->end());
  std::vector<std::pair<SignalingSupport, int>> ordered;
  for (const int k : used) {
    SignalingSupport support;
    for (const auto& option : search.candidates()[static_cast<std::size_t>(k)]) {
      support.senders.push_back(pbe::members(option.senders));
      support.replies.push_back(pbe::members(option.replies));
    }
    ordered.emplace_back(std::move(support), k);
  }
  std::sort(ordered.begin(), ordered.end());
  std::map<int, int> support_number, curve_number;
  for (const auto& [support, k] : ordered) {
    support_number.emplace(k, static_cast<int>(result.supports.size()));
    result.supports.push_back(support);
  }
  const auto segments = Boundaries(search.leaves(), search.factors()).find();
  for (const auto& segment : segments) curves.insert(segment.factor);
  for (const auto& leaf : search.leaves())
    if (leaf.curve >= 0) curves.insert(leaf.curve);
  for (const int factor : curves) {
    curve_number.emplace(factor, static_cast<int>(result.curves.size()));
    result.curves.push_back(search.factors()[factor]);
  }
  const auto named = [&](const std::vector<int>& list) {
    std::vector<int> numbers;
    for (const int k : list) numbers.push_back(support_number.at(k));
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  for (const auto& leaf : search.leaves()) {
    const Point sample = *sample_of(leaf, search.factors(), 0);
    SignalingPolygons::Piece piece{{},
                                   {sample.x, sample.y},
                                   -1,
                                   named(leaf.above),
                                   named(leaf.below),
                                   leaf.undecided.empty(),
                                   named(leaf.undecided)};
    for (const auto& v : leaf.polygon.vertices) piece.vertices.push_back({v.x, v.y});
    if (leaf.curve >= 0) piece.curve = curve_number.at(leaf.curve);
    result.pieces.push_back(std::move(piece));
  }
  for (const auto& segment : segments)
    result.segments.push_back(
        {curve_number.at(segment.factor), {segment.from.x, segment.from.y}, {segment.to.x, segment.to.y}});
}

void require_agreement(const SignalingPolygons& result, const PlaneSearch& search, Monitor& monitor) {
  for (std::size_t i = 0; i < result.pieces.size(); ++i) {
    const auto& piece = result.pieces[i];
    if (!piece.decided) continue;
    for (const int side : {1, -1}) {
      if (side < 0 && piece.curve < 0) break;
      const auto sample = sample_of(search.leaves()[i], search.factors(), side);
      if (!sample) continue;
      const std::array<Rational, 2> point{sample->x, sample->y};
      regions::require_agreement(result.family, result.supports, point,
                                 side > 0 ? piece.supports : piece.below, monitor);
    }
  }
}

}  // namespace

SignalingPolygons solve_pbe_polygons(const SignalingFamily& family, const Corner& lower, const Corner& upper,
                                     const PbeRegionOptions& options, Monitor& monitor) {
  require_size(family, 2, options);
  for (const bool first : {true, false})
    if (const Rational& low = first ? lower.x : lower.y, &high = first ? upper.x : upper.y; !(low < high))
      throw InvalidArgument(expectation("range of " + family.parameters()[first ? 0 : 1], "lower < upper",
                                        to_text(low) + " and " + to_text(high)));
  const Polygon domain{{{lower.x, lower.y}, {upper.x, lower.y}, {upper.x, upper.y}, {lower.x, upper.y}},
                       {-1, -1, -1, -1}};
  const SupportSystems systems(family);
  require_existence(systems, family, domain);
  PlaneSearch search(systems, domain, options.depth, monitor);
  search.run();

  SignalingPolygons result{family, {}, {}, {}, {}, {}};
  result.info.method = "parametric linear programs with certificates";
  result.info.arithmetic = Arithmetic::exact;
  if (const auto stopped = monitor.stopped()) {
    result.info.status = *stopped;
    result.info.message = "stopped before the plane was divided";
    return result;
  }
  state(result, search);
  const bool decided =
      std::all_of(result.pieces.begin(), result.pieces.end(), [](const auto& p) { return p.decided; });
  result.info.coverage = decided ? Coverage::all : Coverage::some;
  result.info.proven = decided;
  if (!decided) {
    result.info.status = Status::incomplete;
    result.info.message = "pieces where several curves meet are left undecided; raise options.depth";
  }
  if (options.certify) require_agreement(result, search, monitor);
  return result;
}

SignalingPolygons solve_pbe_polygons(const SignalingFamily& family, const Corner& lower, const Corner& upper,
                                     const PbeRegionOptions& options) {
  Monitor monitor;
  return solve_pbe_polygons(family, lower, upper, options, monitor);
}

}  // namespace schelling
