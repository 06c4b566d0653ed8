#pragma once

#include <schelling/core/result.hpp>
#include <schelling/models/parameter.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace schelling {

/// How an outcome of a policy is formed from the outcomes of its phases, each played with a known
/// probability.
enum class Mixing {
  average,      ///< an unconditional expectation: the mean over phases with their weights
  conditional,  ///< an expectation given an event: the mean with weights times the event's probability,
                ///< itself an outcome
  ratio,        ///< a quotient of two averaged outcomes, formed after averaging
  unmixed       ///< belongs to one phase only
};

/// One column of a model's answer.
struct OutcomeInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  Mixing mixing = Mixing::average;
  /// The event's probability (conditional) or the numerator (ratio).
  std::string_view weight_or_numerator = {};
  std::string_view denominator = {};
};

/// Position of `name` in the schema. @throws InvalidArgument listing the outcomes that exist.
std::size_t outcome_index(std::span<const OutcomeInfo> schema, std::string_view name);

/// What a reader must know before using a model.
struct ModelInfo {
  std::string_view name;
  std::string_view title;
  std::string_view citation;
  std::string_view bibtex;
  std::span<const std::string_view> assumptions;
  /// Questions that the model must not be asked.
  std::span<const std::string_view> not_for;
  /// How its equilibria are found, what is known of the count, how each is verified.
  std::string_view engine;
};

/// Equilibria of one parameter point: a row of outcomes and a certificate each. Reused from point to point,
/// so that a sweep allocates nothing once the largest point has been met.
class Records {
 public:
  explicit Records(std::size_t width) : width_(width) {}

  /// Solved: every row is an equilibrium and its certificate passes. Otherwise the rows are not to be used.
  Status status = Status::solved;

  void clear() {
    status = Status::solved;
    values_.clear();
    max_regret_.clear();
    bayes_gap_.clear();
  }
  /// A new row, to be filled by the caller before the next one is added.
  std::span<double> append(double max_regret, double bayes_gap) {
    max_regret_.push_back(max_regret);
    bayes_gap_.push_back(bayes_gap);
    values_.resize(values_.size() + width_);
    return {values_.data() + values_.size() - width_, width_};
  }

  std::size_t width() const { return width_; }
  std::size_t size() const { return max_regret_.size(); }
  std::span<const double> row(std::size_t i) const { return {values_.data() + i * width_, width_}; }
  std::span<const double> values() const { return values_; }
  std::span<const double> max_regret() const { return max_regret_; }
  std::span<const double> bayes_gap() const { return bayes_gap_; }

 private:
  std::size_t width_;
  std::vector<double> values_, max_regret_, bayes_gap_;
};

/// A parameter vector in, a set of certified equilibria with named outcomes out.
class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelInfo& info() const = 0;
  virtual std::span<const ParameterInfo> parameters() const = 0;
  virtual std::span<const OutcomeInfo> outcomes() const = 0;
  /// All equilibria that the model's method finds at one point, in a fixed order; replaces what `out` held.
  /// Safe to call from several threads.
  /// @pre the point passes `check_point`; the callers of the library (sweeps, bindings) check it.
  virtual void solve(std::span<const double> point, Records& out) const = 0;
};

/// Largest regret and Bayes gap with which a model reports an equilibrium. Roots are polished to a few units
/// in the last place, so that honest equilibria stand five orders of magnitude below it.
inline constexpr double certificate_tolerance = 1e-9;

/// One phase's equilibrium and the probability that this phase is the one played.
struct WeightedRow {
  double weight;
  std::span<const double> row;
};

/// Outcomes of a policy from one equilibrium of each of its phases, by each outcome's `Mixing`. A conditional
/// outcome whose event has probability 0 in every phase is that of the phase if there is one phase, and NaN
/// (undefined) otherwise; so is an outcome that belongs to one phase only, and a ratio with denominator 0.
void mix(std::span<const OutcomeInfo> schema, std::span<const WeightedRow> phases, std::span<double> out);

}  // namespace schelling
