#include <schelling/core/error.hpp>

#include "models/signaling_models.hpp"

#include <array>

namespace schelling::signaling_models_detail {

namespace {

constexpr std::array parameters_table{
    ParameterInfo{"p_high", "lambda", "", 0, 1, true, true, 0.5, "share of workers with high productivity",
                  ""},
    ParameterInfo{"low", "theta_L", "output", 0, 1e9, true, false, 1, "productivity of the low type",
                  "Spence (1973), section 4"},
    ParameterInfo{"high", "theta_H", "output", 0, 1e9, true, false, 2, "productivity of the high type",
                  "Spence (1973), section 4"},
    ParameterInfo{"education_step", "", "years", 0, 1e9, true, false, 0.5,
                  "distance of the levels of education", ""},
    ParameterInfo{"education_steps", "", "", 1, 40, false, false, 4, "number of levels above none", ""},
    ParameterInfo{"wage_steps", "", "", 1, 40, false, false, 2,
                  "number of equal steps from the low productivity to the high one on the grid of wages", ""},
};
constexpr std::array<std::string_view, 3> assumptions{
    "Education costs e / theta and is worth nothing to employers.",
    "Employers pay the wage on the grid that is nearest to expected productivity (quadratic loss).",
    "Levels of education and wages lie on grids, so that the game is finite."};
constexpr std::array<std::string_view, 1> not_for{
    "Refinement verdicts on a continuum of education levels: on a grid they depend on where theta_L (theta_H "
    "- theta_L) "
    "lies."};

/// Spence (1973) with two types on a grid. Low and high; levels of education; wages.
///
/// With D = theta_H - theta_L: separating at every level in [theta_L D, theta_H D], the low type at none; pooling at
/// every level up to theta_L lambda D if the mean productivity is a wage of the grid. Beliefs off the path: low.
class JobMarketSignaling final : public SignalingModel {
 public:
  const ModelInfo& info() const override {
    static const ModelInfo info{
        "JobMarketSignaling",
        "Job market signalling, two types, on a grid",
        "M. Spence (1973), Job Market Signaling, Quarterly Journal of Economics 87, 355-374",
        "@article{spence_1973,\n  author = {Spence, Michael},\n  title = {Job Market Signaling},\n"
        "  journal = {The Quarterly Journal of Economics},\n  volume = {87},\n  number = {3},\n"
        "  pages = {355--374},\n  year = {1973}\n}",
        assumptions,
        not_for,
        "all perfect Bayesian equilibria by solve_pbe; closed form for separating and pooling"};
    return info;
  }
  std::span<const ParameterInfo> parameters() const override { return parameters_table; }

 protected:
  struct Grid {
    Rational share, low, high, step;
    int levels, wages;
    Rational education(int m) const { return m * step; }
    Rational wage(int a) const { return low + (high - low) * Rational(a, wages - 1); }
  };
  static Grid grid(std::span<const Rational> point) {
    const auto count = [&](std::size_t i) {
      if (denominator(point[i]) != 1)
        throw InvalidArgument(expectation(parameters_table[i].name, "a whole number", to_text(point[i])));
      return numerator(point[i]).convert_to<int>() + 1;
    };
    if (!(point[1] < point[2]))
      throw InvalidArgument(expectation("high", "more than low, " + to_text(point[1]), to_text(point[2])));
    return {point[0], point[1], point[2], point[3], count(4), count(5)};
  }

  SignalingGame<Rational> make_game(std::span<const Rational> point) const override {
    const Grid g = grid(point);
    SignalingLabels labels{{"low", "high"}, {}, {}};
    for (int m = 0; m < g.levels; ++m) labels.messages.push_back("education " + to_text(g.education(m)));
    for (int a = 0; a < g.wages; ++a) labels.actions.push_back("wage " + to_text(g.wage(a)));
    return SignalingGame<Rational>::from_function(
        2, g.levels, g.wages, {1 - g.share, g.share},
        [&](int t, int m, int a) {
          const Rational& theta = t == 0 ? g.low : g.high;
          const Rational miss = g.wage(a) - theta;
          return SignalingGame<Rational>::Payoffs{g.wage(a) - g.education(m) / theta, -miss * miss};
        },
        std::move(labels));
  }

  std::vector<KnownEquilibrium> state_equilibria(std::span<const Rational> point) const override {
    const Grid g = grid(point);
    const Rational gap = g.high - g.low, mean = g.low + g.share * gap;
    const auto unit = [](int size, int i) {
      std::vector<Rational> row(static_cast<std::size_t>(size), Rational(0));
      row[static_cast<std::size_t>(i)] = 1;
      return row;
    };
    const auto all_low = [&] {
      return std::pair(std::vector(static_cast<std::size_t>(g.levels), unit(g.wages, 0)),
                       std::vector(static_cast<std::size_t>(g.levels), unit(2, 0)));
    };
    std::vector<KnownEquilibrium> list;
    for (int m = 1; m < g.levels; ++m) {
      if (g.education(m) < g.low * gap || g.education(m) > g.high * gap) continue;
      auto [receiver, beliefs] = all_low();
      receiver[static_cast<std::size_t>(m)] = unit(g.wages, g.wages - 1);
      const bool riley = g.education(m) - g.step < g.low * gap;
      list.push_back(known(riley ? "separating at least cost" : "separating",
                           {unit(g.levels, 0), unit(g.levels, m)}, receiver, beliefs));
    }
    int mean_wage = -1;
    for (int a = 0; a < g.wages; ++a)
      if (g.wage(a) == mean) mean_wage = a;
    for (int m = 0; m < g.levels && mean_wage >= 0; ++m) {
      if (g.education(m) > g.low * g.share * gap) break;
      auto [receiver, beliefs] = all_low();
      receiver[static_cast<std::size_t>(m)] = unit(g.wages, mean_wage);
      list.push_back(known("pooling", {unit(g.levels, m), unit(g.levels, m)}, receiver, beliefs));
    }
    return list;
  }
};

}  // namespace

const SignalingModel& job_market_signaling() {
  static const JobMarketSignaling model;
  return model;
}

}  // namespace schelling::signaling_models_detail
