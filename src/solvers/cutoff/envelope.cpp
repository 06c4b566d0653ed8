#include "envelope.hpp"

#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling::cutoff {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

/// All cuts of several functions that lie inside (lower, upper), ascending and distinct.
template <class Functions, class Get>
std::vector<double> merged_cuts(const Functions& functions, Get get, double lower, double upper) {
  std::vector<double> cuts;
  for (const auto& f : functions)
    for (const double c : get(f).cuts)
      if (lower < c && c < upper) cuts.push_back(c);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

/// Index of the line of f that holds just above `type`.
std::size_t line_above(const Envelope& f, double type) {
  return static_cast<std::size_t>(std::upper_bound(f.cuts.begin(), f.cuts.end(), type) - f.cuts.begin());
}

double rounding_at(double type, PayoffSize size) {
  return tolerance::indifference * (size.intercept + size.slope * (std::isfinite(type) ? std::abs(type) : 0));
}
}  // namespace

double Envelope::at(double type) const {
  return lines[static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), type) - cuts.begin())].at(
      type);
}

Envelope weighted_sum(std::span<const WeightedEnvelope> terms) {
  Envelope sum;
  sum.cuts = merged_cuts(
      terms, [](const WeightedEnvelope& t) -> const Envelope& { return *t.function; }, -infinity, infinity);
  sum.lines.resize(sum.cuts.size() + 1);
  for (const auto& [weight, function] : terms) {
    std::size_t k = 0;
    for (std::size_t cell = 0; cell < sum.lines.size(); ++cell) {
      if (cell > 0)
        while (k < function->cuts.size() && function->cuts[k] <= sum.cuts[cell - 1]) ++k;
      sum.lines[cell].intercept += weight * function->lines[k].intercept;
      sum.lines[cell].slope += weight * function->lines[k].slope;
    }
  }
  return sum;
}

Index best_at(std::span<const Envelope> functions, double type, PayoffSize size) {
  Index best = 0;
  double record = functions[0].at(type);
  for (std::size_t k = 1; k < functions.size(); ++k)
    if (const double value = functions[k].at(type); value > record + rounding_at(type, size))
      record = value, best = static_cast<Index>(k);
  return best;
}

UpperEnvelope upper_envelope(std::span<const Envelope> functions, double lower, double upper,
                             PayoffSize size) {
  UpperEnvelope result;
  const auto push = [&](double from, const AffinePayoff& line, Index choice) {
    if (!result.value.lines.empty() && !(result.value.lines.back() == line))
      result.value.cuts.push_back(from);
    if (result.value.lines.empty() || !(result.value.lines.back() == line))
      result.value.lines.push_back(line);
    if (!result.choices.empty() && result.choices.back() != choice) result.cuts.push_back(from);
    if (result.choices.empty() || result.choices.back() != choice) result.choices.push_back(choice);
  };
  if (!(lower < upper)) {
    const Index best = best_at(functions, lower, size);
    push(lower,
         functions[static_cast<std::size_t>(best)]
             .lines[line_above(functions[static_cast<std::size_t>(best)], lower)],
         best);
    return result;
  }
  const double slope_rounding = tolerance::indifference * size.slope;
  auto ends = merged_cuts(
      functions, [](const Envelope& f) -> const Envelope& { return f; }, lower, upper);
  ends.push_back(upper);
  std::vector<AffinePayoff> lines(functions.size());
  double from = lower;
  for (const double to : ends) {
    for (std::size_t k = 0; k < functions.size(); ++k)
      lines[k] = functions[k].lines[line_above(functions[k], from)];
    // The best just above `from`: by value there, then by slope; from minus infinity the flattest descent wins.
    std::size_t current = 0;
    const double rounding = rounding_at(from, size);
    for (std::size_t k = 1; k < lines.size(); ++k) {
      const double steeper = lines[k].slope - lines[current].slope;
      bool better;
      if (std::isinf(from)) {
        better = std::abs(steeper) > slope_rounding
                     ? steeper < 0
                     : lines[k].intercept > lines[current].intercept + rounding;
      } else {
        const double difference = lines[k].at(from) - lines[current].at(from);
        better = std::abs(difference) > rounding ? difference > 0 : steeper > slope_rounding;
      }
      if (better) current = k;
    }
    push(from, lines[current], static_cast<Index>(current));
    double position = from;
    while (true) {
      std::size_t next = lines.size();
      double crossing = to;
      for (std::size_t k = 0; k < lines.size(); ++k) {
        const double steeper = lines[k].slope - lines[current].slope;
        if (!(steeper > slope_rounding)) continue;
        const double where = std::max(position, (lines[current].intercept - lines[k].intercept) / steeper);
        if (where < crossing ||
            (where == crossing && next < lines.size() && lines[k].slope > lines[next].slope))
          crossing = where, next = k;
      }
      if (next == lines.size()) break;
      if (crossing <= position && result.choices.size() > 1 && !result.cuts.empty() &&
          result.cuts.back() == position) {
        // Nothing but rounding lies between: the new line takes the old one's place.
        result.choices.back() = static_cast<Index>(next);
        result.value.lines.back() = lines[next];
      } else {
        push(crossing, lines[next], static_cast<Index>(next));
      }
      current = next;
      position = crossing;
    }
    from = to;
  }
  return result;
}

}  // namespace schelling::cutoff
