#pragma once

#include "solvers/regions/polygon_solver.hpp"
#include "solvers/regions/support_systems.hpp"

#include <schelling/core/monitor.hpp>

#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace schelling::regions {

/// Divides a polygon of two parameters by the sets of supports that exist.
class PlaneSearch {
 public:
  struct Leaf {
    Polygon polygon;
    int curve = -1;                 ///< a factor
    std::vector<int> above, below;  ///< supports on the sides of the curve
    std::vector<int> undecided;
  };

  PlaneSearch(const SupportSystems& systems, const Polygon& domain, int depth, Monitor& monitor);

  void run();

  /// The supports that exist somewhere, perhaps.
  const std::vector<Cell>& candidates() const { return cells_; }
  const std::vector<Leaf>& leaves() const { return leaves_; }
  const Factors& factors() const { return factors_; }

 private:
  /// Beliefs and replies that keep all types from the messages off the path.
  struct Deterrence {
    std::vector<PlaneSystem*> beliefs;
    PlaneSystem* replies;
  };
  struct Claim {
    PlaneSystem *strategies, *replies;  ///< replies on the path
    bool off_path;
    std::vector<Deterrence> deterrences;
  };

  const SupportSystems& systems_;
  Polygon domain_;
  int depth_;
  Monitor& monitor_;
  Factors factors_;
  std::deque<PlaneSystem> store_;
  std::vector<std::vector<std::pair<Option, PlaneSystem*>>> options_, deterrents_;  ///< [m]
  std::vector<Cell> cells_;
  std::vector<Claim> claims_;
  std::vector<Leaf> leaves_;

  PlaneSystem* store(ParametricSystem system) { return &store_.emplace_back(std::move(system)); }
  bool excluded(PlaneSystem& system) {
    const auto decision = system.decide(domain_, factors_);
    return decision.constant() && decision.above == Answer::no;
  }

  void find_options();
  void find_candidates(std::size_t m, Mask covered, PlaneSystem* replies, Cell& cell);
  void add_deterrences(std::size_t m, Cell cell, std::vector<PlaneSystem*>& beliefs, Claim& claim);
  Decision decide(const Claim& claim, const Polygon& polygon);
  void visit(const Polygon& polygon, int depth, std::vector<int> present, const std::vector<int>& open);
};

}  // namespace schelling::regions
