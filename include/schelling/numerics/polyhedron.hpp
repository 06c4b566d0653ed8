#pragma once

#include <schelling/core/pace.hpp>
#include <schelling/numerics/bit_set.hpp>
#include <schelling/numerics/checked_integer.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace schelling {

/// The extreme rays of a pointed cone, cut by one half-space or hyperplane after another: the double
/// description method (Motzkin et al. 1953; Fukuda and Prodon 1996) with the combinatorial test of adjacency.
///
/// A ray is a row of `width` numbers. Number 0 is the homogeneous coordinate: positive for a vertex of the
/// polyhedron that the cone stands for (coordinates are then row[i] / row[0]), zero for a direction. Integers
/// are kept without common factor once they grow, numbers of an exact field with a first entry of size one; numbers that
/// round are kept with row[0] = 1 and carry a running bound on their error. Beside its coordinates a row may hold any linear functions of them.
///
/// `Bits` holds, for each ray, which of the inequalities so far hold with equality; the caller numbers them.
template <class Number, class Bits>
class Polyhedron {
 public:
  explicit Polyhedron(int width = 0) : width_(width) {}

  int width() const { return width_; }
  int size() const { return static_cast<int>(tight_.size()); }
  bool empty() const { return tight_.empty(); }
  std::span<const Number> row(int i) const {
    return {numbers_.data() + offset(i), static_cast<std::size_t>(width_)};
  }
  const Bits& tight(int i) const { return tight_[static_cast<std::size_t>(i)]; }

  /// True if a decision was closer than the error of rounded arithmetic and was taken as a tie. Never with
  /// exact numbers.
  bool uncertain() const { return uncertain_; }
  double error(int i) const { return is_exact_number<Number> ? 0 : errors_[static_cast<std::size_t>(i)]; }

  /// Empties the cone and sets its width.
  void reset(int width) {
    width_ = width;
    numbers_.clear();
    tight_.clear();
    errors_.clear();
    uncertain_ = false;
  }
  /// Makes cuts count their steps, and throw Stopped where the monitor of the pace says so: the cone is then of no use
  /// before the next `reset`. The monitor must outlive the cuts.
  void set_pace(const Pace& pace) { pace_ = pace; }
  const Pace& pace() const { return pace_; }

  void set_uncertain() { uncertain_ = true; }
  void set_tight(int i, const Bits& tight) { tight_[static_cast<std::size_t>(i)] = tight; }

  /// Appends a ray of zeros; fill it through the span, which the next change invalidates.
  std::span<Number> append(const Bits& tight, double error = 0) {
    tight_.push_back(tight);
    if constexpr (!is_exact_number<Number>) errors_.push_back(error);
    numbers_.resize(numbers_.size() + static_cast<std::size_t>(width_), Number(0));
    return {numbers_.data() + offset(size() - 1), static_cast<std::size_t>(width_)};
  }

  /// Keeps what has slack(row) >= 0; rays with equality get the bit. `weight` bounds the sum of the absolute
  /// values of the coefficients of the slack (numbers that round only).
  template <class Slack>
  void cut(int bit, const Slack& slack, double weight = 1) {
    cut_by(slack, weight, bit);
  }
  /// Keeps what has slack(row) = 0.
  template <class Slack>
  void cut_to(const Slack& slack, double weight = 1) {
    cut_by(slack, weight, -1);
  }

  /// Inequalities that hold with equality everywhere.
  Bits common() const {
    Bits result = tight_.front();
    for (const auto& t : tight_) result &= t;
    return result;
  }

  /// Divides every row by its content, so that equal rays have equal rows.
  void reduce() {
    if constexpr (is_exact_number<Number>)
      for (int i = 0; i < size(); ++i)
        divide_by_content({numbers_.data() + offset(i), static_cast<std::size_t>(width_)});
  }

 private:
  int width_;
  std::vector<Number> numbers_, next_numbers_, slack_;
  std::vector<Bits> tight_, next_tight_;
  std::vector<double> errors_, next_errors_;
  std::vector<signed char> sign_;
  bool uncertain_ = false;
  Pace pace_;

  std::size_t offset(int i) const { return static_cast<std::size_t>(i) * static_cast<std::size_t>(width_); }

  static void divide_by_content(std::span<Number> row) {
    Number content(0);
    for (const auto& x : row) {
      content = greatest_common_divisor(content, x);
      if (content == Number(1)) return;
    }
    if (content > Number(0))
      for (auto& x : row) x = x / content;
  }

  double slack_error(int i, double weight) const {
    const double rounding = 8 * to_double(NumberTraits<Number>::epsilon());
    return weight * (errors_[static_cast<std::size_t>(i)] + rounding);
  }

  /// Signs of the slacks: 2 bits of summary, whether there is a positive and whether there is a negative one.
  template <class Slack>
  void measure(const Slack& slack, double weight, bool& some_positive, bool& some_negative) {
    const auto count = static_cast<std::size_t>(size());
    slack_.resize(count);
    sign_.resize(count);
    some_positive = some_negative = false;
    for (std::size_t i = 0; i < count; ++i) {
      pace_(static_cast<std::size_t>(width_));
      slack_[i] = slack(row(static_cast<int>(i)));
      if constexpr (is_exact_number<Number>) {
        sign_[i] = slack_[i] > Number(0) ? 1 : (slack_[i] < Number(0) ? -1 : 0);
      } else {
        const double error = slack_error(static_cast<int>(i), weight), size = to_double(slack_[i]);
        sign_[i] = size > error ? 1 : (size < -error ? -1 : 0);
        if (sign_[i] == 0) uncertain_ = true;
      }
      some_positive |= sign_[i] > 0;
      some_negative |= sign_[i] < 0;
    }
  }

  bool adjacent(std::size_t p, std::size_t n) {
    pace_(tight_.size());
    const Bits common = tight_[p] & tight_[n];
    for (std::size_t k = 0; k < tight_.size(); ++k)
      if (k != p && k != n && tight_[k].contains(common)) return false;
    return true;
  }

  /// The ray between the positive p and the negative n on which the slack vanishes.
  void append_crossing(std::size_t p, std::size_t n, double weight, int bit) {
    const auto w = static_cast<std::size_t>(width_);
    const auto at = next_numbers_.size();
    next_numbers_.resize(at + w, Number(0));
    const Number* positive = numbers_.data() + p * w;
    const Number* negative = numbers_.data() + n * w;
    Number* crossing = next_numbers_.data() + at;
    if constexpr (is_exact_number<Number>) {
      const Number a = -slack_[n], b = slack_[p];
      bool large = false;
      for (std::size_t i = 0; i < w; ++i) {
        crossing[i] = a * positive[i] + b * negative[i];
        large |= is_large(crossing[i]);
      }
      if (large) divide_by_content({crossing, w});
    } else {
      const Number total = slack_[p] - slack_[n];
      Number a = -slack_[n] / total, b = slack_[p] / total;
      const Number scale = a * positive[0] + b * negative[0];
      if (scale > Number(0)) a /= scale, b /= scale;
      double spread = 0;
      for (std::size_t i = 0; i < w; ++i) {
        crossing[i] = a * positive[i] + b * negative[i];
        spread = std::max(spread, std::abs(to_double(Number(positive[i] - negative[i]))));
      }
      // First order: the crossing moves along the edge by the error of the slacks relative to their
      // difference.
      const double slack_errors =
          slack_error(static_cast<int>(p), weight) + slack_error(static_cast<int>(n), weight);
      const double share = to_double(a), other = to_double(b);
      next_errors_.push_back(share * errors_[p] + other * errors_[n] +
                             spread * (share + other) * slack_errors / to_double(total) +
                             4 * to_double(NumberTraits<Number>::epsilon()));
    }
    next_tight_.push_back(tight_[p] & tight_[n]);
    if (bit >= 0) next_tight_.back().insert(bit);
  }

  template <class Slack>
  void cut_by(const Slack& slack, double weight, int bit) {
    bool some_positive, some_negative;
    measure(slack, weight, some_positive, some_negative);
    const bool equality = bit < 0;
    if (!some_negative && !(equality && some_positive)) {
      if (!equality)
        for (std::size_t i = 0; i < tight_.size(); ++i)
          if (sign_[i] == 0) tight_[i].insert(bit);
      return;
    }
    next_numbers_.clear();
    next_tight_.clear();
    next_errors_.clear();
    const auto w = static_cast<std::size_t>(width_);
    for (std::size_t i = 0; i < tight_.size(); ++i) {
      if (sign_[i] < 0 || (equality && sign_[i] > 0)) continue;
      next_numbers_.insert(next_numbers_.end(), numbers_.begin() + static_cast<std::ptrdiff_t>(i * w),
                           numbers_.begin() + static_cast<std::ptrdiff_t>((i + 1) * w));
      next_tight_.push_back(tight_[i]);
      if constexpr (!is_exact_number<Number>) next_errors_.push_back(errors_[i]);
      if (!equality && sign_[i] == 0) next_tight_.back().insert(bit);
    }
    if (some_positive && some_negative)
      for (std::size_t p = 0; p < tight_.size(); ++p) {
        pace_(tight_.size());
        if (sign_[p] <= 0) continue;
        for (std::size_t n = 0; n < tight_.size(); ++n)
          if (sign_[n] < 0 && (tight_.size() == 2 || adjacent(p, n))) append_crossing(p, n, weight, bit);
      }
    numbers_.swap(next_numbers_);
    tight_.swap(next_tight_);
    errors_.swap(next_errors_);
  }
};

}  // namespace schelling
