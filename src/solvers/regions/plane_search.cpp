#include "solvers/regions/plane_search.hpp"

#include <algorithm>
#include <bit>

namespace schelling::regions {

namespace {
std::size_t index(int i) { return static_cast<std::size_t>(i); }
}  // namespace

PlaneSearch::PlaneSearch(const SupportSystems& systems, const Polygon& domain, int depth, Monitor& monitor)
    : systems_(systems), domain_(domain), depth_(depth), monitor_(monitor), factors_(domain) {}

void PlaneSearch::run() {
  for (const auto& polynomial : systems_.differences()) factors_.suggest(polynomial);
  find_options();
  Cell cell(index(systems_.messages()));
  find_candidates(0, 0, nullptr, cell);
  std::vector<int> open;
  for (std::size_t k = 0; k < cells_.size(); ++k) open.push_back(static_cast<int>(k));
  visit(domain_, depth_, {}, open);
}

void PlaneSearch::find_options() {
  const Mask everyone = pbe::full(systems_.types()), all = pbe::full(systems_.actions());
  for (int m = 0; m < systems_.messages(); ++m) {
    options_.emplace_back();
    deterrents_.emplace_back();
    for (Mask replies = 1; replies <= all; ++replies) {
      auto* anywhere = store(systems_.belief(m, {0, replies}));
      if (excluded(*anywhere)) continue;
      deterrents_.back().emplace_back(Option{0, replies}, anywhere);
      for (Mask senders = 1; senders <= everyone; ++senders)
        if (auto* system = store(systems_.belief(m, {senders, replies})); !excluded(*system))
          options_.back().emplace_back(Option{senders, replies}, system);
    }
    // Larger sets first: they allow more.
    std::stable_sort(deterrents_.back().begin(), deterrents_.back().end(), [](const auto& a, const auto& b) {
      return std::popcount(a.first.replies) > std::popcount(b.first.replies);
    });
  }
}

void PlaneSearch::find_candidates(std::size_t m, Mask covered, PlaneSystem* replies, Cell& cell) {
  if (!monitor_.keep_going()) return;
  if (m == cell.size()) {
    if (covered != pbe::full(systems_.types())) return;
    Claim claim{store(systems_.strategies(cell)), replies, false, {}};
    if (excluded(*claim.strategies)) return;
    claim.off_path = std::any_of(cell.begin(), cell.end(), [](const Option& o) { return o.senders == 0; });
    std::vector<PlaneSystem*> beliefs;
    if (claim.off_path) add_deterrences(0, cell, beliefs, claim);
    if (claim.off_path && claim.deterrences.empty()) return;
    cells_.push_back(cell);
    claims_.push_back(std::move(claim));
    return;
  }
  cell[m] = {};
  find_candidates(m + 1, covered, replies, cell);
  for (const auto& [option, belief] : options_[m]) {
    cell[m] = option;
    auto* extended = replies;
    if (covered != 0) {
      extended = store(systems_.replies(cell));
      if (excluded(*extended)) continue;
    }
    find_candidates(m + 1, covered | option.senders, extended, cell);
  }
  cell[m] = {};
}

void PlaneSearch::add_deterrences(std::size_t m, Cell cell, std::vector<PlaneSystem*>& beliefs,
                                  Claim& claim) {
  while (m < cell.size() && cell[m].senders != 0) ++m;
  if (m == cell.size()) {
    auto* replies = store(systems_.replies(cell));
    if (!excluded(*replies)) claim.deterrences.push_back({beliefs, replies});
    return;
  }
  for (const auto& [option, belief] : deterrents_[m]) {
    cell[m] = option;
    beliefs.push_back(belief);
    add_deterrences(m + 1, cell, beliefs, claim);
    beliefs.pop_back();
  }
}

Decision PlaneSearch::decide(const Claim& claim, const Polygon& polygon) {
  const auto no = [](const Decision& d) { return d.constant() && d.above == Answer::no; };
  Decision result = claim.strategies->decide(polygon, factors_);
  if (claim.replies && !no(result))
    result = combine(result, claim.replies->decide(polygon, factors_), factors_, both);
  if (!claim.off_path || no(result)) return result;
  Decision deterred = constant(Answer::no);
  for (const auto& deterrence : claim.deterrences) {
    Decision one = deterrence.replies->decide(polygon, factors_);
    for (auto* belief : deterrence.beliefs)
      if (!no(one)) one = combine(one, belief->decide(polygon, factors_), factors_, both);
    deterred = combine(deterred, one, factors_, either);
    if (deterred.constant() && deterred.above == Answer::yes) break;
  }
  return combine(result, deterred, factors_, both);
}

void PlaneSearch::visit(const Polygon& polygon, int depth, std::vector<int> present,
                        const std::vector<int>& open) {
  if (!monitor_.keep_going()) return;
  std::vector<int> left;
  std::vector<Decision> decisions;
  std::map<int, int> lines;  // how many questions a line would help
  int curve = -1;
  bool one_curve = true;
  for (const int k : open) {
    const Decision decision = decide(claims_[index(k)], polygon);
    if (decision.constant()) {
      if (decision.above == Answer::yes) present.push_back(k);
      continue;
    }
    left.push_back(k);
    decisions.push_back(decision);
    for (const int factor : {decision.curve, decision.obstacle})
      if (factor >= 0 && factors_.is_line(factor) && crosses(factors_[factor], polygon)) ++lines[factor];
    one_curve &= decision.known() && (curve < 0 || curve == decision.curve);
    curve = decision.curve;
  }
  if (!lines.empty()) {
    const auto best = std::max_element(lines.begin(), lines.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto [negative, positive] = cut(polygon, factors_[best->first], best->first);
    visit(negative, depth, present, left);
    visit(positive, depth, present, left);
    return;
  }
  if (!left.empty() && !one_curve && depth > 0) {
    const auto [first, second] = halve(polygon, domain_);
    visit(first, depth - 1, present, left);
    visit(second, depth - 1, present, left);
    return;
  }
  Leaf leaf{polygon, left.empty() || !one_curve ? -1 : curve, present, present, {}};
  if (one_curve) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (decisions[i].above == Answer::yes) leaf.above.push_back(left[i]);
      if (decisions[i].below == Answer::yes) leaf.below.push_back(left[i]);
    }
  } else {
    leaf.undecided = left;
  }
  std::sort(leaf.above.begin(), leaf.above.end());
  std::sort(leaf.below.begin(), leaf.below.end());
  if (leaf.above == leaf.below) leaf.curve = -1;
  leaves_.push_back(std::move(leaf));
}

}  // namespace schelling::regions
