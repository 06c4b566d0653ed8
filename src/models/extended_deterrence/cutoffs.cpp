#include "models/extended_deterrence/cutoffs.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace schelling::extended_deterrence {

namespace {

/// Widest interval in log x that the search starts from, and the same in standard deviations of the challenger's
/// law: narrow enough that no feature of R hides between three nodes.
constexpr double first_width = 0.7, first_width_in_sds = 1.2;
/// Below this width in log x two zeros are one to double arithmetic.
constexpr double least_width = 1e-9;
/// What rounding may leave of R where it is 0, relative to the terms that it sums.
constexpr double rounding = 1e-14;
/// The interpolation error of a half is about a sixteenth of what the middle of the whole revealed; this is
/// the share of the latter that is allowed for.
constexpr double error_share = 0.25;

/// R and its slope in log x.
struct Node {
  double log_x, x, gain, slope;
};

class Search {
 public:
  Search(const PhaseGame<double>& game, CutoffList& found, std::size_t* evaluations)
      : game_(game), found_(found), evaluations_(evaluations) {}

  /// Zeros in (low, high), where R is smooth.
  void run(double low, double high, const Piece& piece) {
    piece_ = piece;
    const double log_low = std::log(low), span = std::log(high) - log_low;
    const double width = std::min(first_width, first_width_in_sds * game_.challenger.log_sd);
    const int parts = std::max(1, static_cast<int>(std::ceil(span / width)));
    Node left = node(log_low, low);
    for (int i = 1; i <= parts; ++i) {
      const Node right = i < parts ? node(log_low + span * i / parts) : node(std::log(high), high);
      split(left, right);
      left = right;
    }
  }

 private:
  const PhaseGame<double>& game_;
  CutoffList& found_;
  std::size_t* evaluations_;
  Piece piece_;

  Node node(double log_x) const { return node(log_x, std::exp(log_x)); }
  Node node(double log_x, double x) const {
    if (evaluations_) ++*evaluations_;
    Dual<1> point(x);
    point.partial[0] = x;
    const auto gain = attack_gain(game_, point, piece_);
    return {log_x, x, gain.value, gain.partial[0]};
  }

  /// Halves [a, b]; the cubic through both ends (Hermite) foretells value and slope in the middle, and the
  /// miss bounds how far a half may be from its own cubic.
  void split(const Node& a, const Node& b) {
    const double width = b.log_x - a.log_x;
    const Node m = node(0.5 * (a.log_x + b.log_x));
    const double value_miss = m.gain - (0.5 * (a.gain + b.gain) + 0.125 * width * (a.slope - b.slope));
    const double slope_miss = m.slope - (1.5 * (b.gain - a.gain) / width - 0.25 * (a.slope + b.slope));
    const double scale = std::abs(a.gain) + std::abs(m.gain) + std::abs(b.gain) + 1;
    const double error =
        error_share * (std::abs(value_miss) + 0.25 * width * std::abs(slope_miss)) + rounding * scale;
    half(a, m, error);
    half(m, b, error);
  }

  /// The cubic's Bernstein coefficients enclose it, those of its slope enclose its slope: one sign means no
  /// zero, and opposite ends with a slope of one sign mean exactly one.
  void half(const Node& a, const Node& b, double error) {
    const double width = b.log_x - a.log_x;
    const double c1 = a.gain + width * a.slope / 3, c2 = b.gain - width * b.slope / 3;
    const auto [low, high] = std::minmax({a.gain, c1, c2, b.gain});
    if (low > error || high < -error) return;
    const bool crosses = (a.gain < 0) != (b.gain < 0);
    const double d0 = c1 - a.gain, d1 = c2 - c1, d2 = b.gain - c2;
    const auto [falls, rises] = std::minmax({d0, d1, d2});
    const bool monotone = falls > error || rises < -error;
    if (crosses && monotone) return polish(a, b);
    if (monotone && !crosses && std::min(std::abs(a.gain), std::abs(b.gain)) > rounding) return;
    if (width > least_width) return split(a, b);
    if (crosses) return polish(a, b);
    found_.status = Status::degenerate;
  }

  /// Newton's method from the secant's zero, kept inside the bracket: a step that leaves it is replaced by a halving.
  void polish(const Node& a, const Node& b) {
    constexpr double unit = 4 * std::numeric_limits<double>::epsilon();
    const bool rises = a.gain < 0;
    double low = a.log_x, high = b.log_x;
    double log_x = low + (high - low) * a.gain / (a.gain - b.gain);
    Node n = node(log_x);
    for (int step = 0; step < 100 && n.gain != 0; ++step) {
      ((n.gain < 0) == rises ? low : high) = log_x;
      double next = log_x - n.gain / n.slope;
      if (!(next >= low && next <= high)) next = 0.5 * (low + high);
      const bool done = std::abs(next - log_x) <= unit * std::max(1.0, std::abs(log_x));
      log_x = next;
      n = node(log_x);
      if (done) break;
    }
    found_.add({n.x, piece_, n.slope / n.x});
  }
};

/// The aid margin, the defender's three cutoffs, and the same less the median type: where one of these is 0 the
/// reply changes, abruptly or within a short stretch of x that a coarse search would step over.
using Thresholds = std::array<double, 7>;

Thresholds thresholds_at(const PhaseGame<double>& game, double x, const Piece& piece) {
  const auto [loss_I, loss_A, loss_0] = defender_losses(game, escalator_beliefs(game, x, piece));
  const double aid_margin = (1 - game.aid_slope) * (loss_0 - loss_A) - game.aid_slope * (loss_A - loss_I);
  const double median = std::exp(game.defender.log_median);
  return {aid_margin,
          loss_A - loss_I,
          loss_0 - loss_I,
          loss_0 - loss_A,
          loss_A - loss_I - (1 - game.aid_slope) * median,
          loss_0 - loss_I - median,
          loss_0 - loss_A - game.aid_slope * median};
}

double challenger_quantile(const PhaseGame<double>& game, double mass) {
  using namespace boost::math::policies;
  using Policy = policy<promote_double<false>, overflow_error<ignore_error>>;
  const double score = -std::numbers::sqrt2 * boost::math::erfc_inv(2 * mass, Policy());
  return std::exp(game.challenger.log_median + game.challenger.log_sd * score);
}

/// Points of (low, high) where a threshold is 0, ascending. The thresholds are affine in the beliefs, and
/// these in 1/F_C(x), so that the points are known in closed form.
struct Breaks {
  std::array<double, std::tuple_size_v<Thresholds>> x;
  std::size_t size = 0;

  Breaks(const PhaseGame<double>& game, double low, double high, const Piece& piece) {
    const auto at_low = thresholds_at(game, low, piece), at_high = thresholds_at(game, high, piece);
    double inverse_low = 0, inverse_high = 0;
    for (std::size_t i = 0; i < at_low.size(); ++i) {
      if ((at_low[i] > 0) == (at_high[i] > 0)) continue;
      if (inverse_low == 0) {
        inverse_low = 1 / game.challenger.cdf(low);
        inverse_high = 1 / game.challenger.cdf(high);
      }
      const double share = at_low[i] / (at_low[i] - at_high[i]);
      const double middle =
          challenger_quantile(game, 1 / (inverse_low + share * (inverse_high - inverse_low)));
      if (!(middle > low && middle < high)) continue;
      std::size_t place = size++;
      for (; place > 0 && x[place - 1] > middle; --place) x[place] = x[place - 1];
      x[place] = middle;
    }
  }
};

/// Above this no plan of attack gains anything.
double largest_cutoff(const PhaseGame<double>& game) {
  double bound = game.prize / game.takeover_cost;
  for (std::size_t j = 0; j < war_count; ++j) {
    const auto& war = game.war[j];
    bound = std::max(bound, war.fight_value / war.fight_cost);
    if (j < escalable_count) bound = std::max(bound, war.escalate_value / war.escalate_cost);
  }
  return 1.001 * bound;
}

}  // namespace

CutoffList find_cutoffs(const PhaseGame<double>& game, std::size_t* evaluations) {
  CutoffList found;
  std::array<double, escalable_count> kink = {game.war[intervention].escalate_cutoff,
                                              game.war[aid].escalate_cutoff};
  std::sort(kink.begin(), kink.end());
  const double end = largest_cutoff(game);

  // Up to the first kink nobody's plan changes with x: the gain is affine.
  Piece piece = piece_at(game, 0.0);
  double low = kink[0] > 0 ? kink[0] : kink[1] > 0 ? kink[1] : end;
  Dual<1> origin(0.0);
  origin.partial[0] = 1;
  const auto gain =
      attack_gain(game, origin, best_replies(game, escalator_beliefs(game, 0.0, piece), piece.aids), piece);
  if (evaluations) ++*evaluations;
  const double slope = gain.partial[0];
  if (gain.value <= 0)
    found.add({0, piece, slope});
  else if (const double x = -gain.value / slope; x <= low)
    found.add({x, piece, slope});

  Search search(game, found, evaluations);
  while (low < end) {
    double high = end;
    for (std::size_t j = 0; j < escalable_count; ++j) {
      const double cutoff = game.war[j].escalate_cutoff;
      piece.escalates[j] = cutoff <= low;
      if (cutoff > low) high = std::min(high, cutoff);
    }
    const Breaks breaks(game, low, high, piece);
    for (std::size_t i = 0; i <= breaks.size; ++i) {
      const double right = i < breaks.size ? breaks.x[i] : high;
      const double inside = std::sqrt(low * right);
      piece.aids = uses_aid(game, escalator_beliefs(game, inside, piece));
      if (right > low) search.run(low, right, piece);
      low = right;
    }
  }

  // The gain is positive or zero at the left end and negative at the right: the count must be odd.
  if (found.size % 2 == 0 && found.status == Status::solved) found.status = Status::degenerate;
  return found;
}

}  // namespace schelling::extended_deterrence
