#include <schelling/core/error.hpp>
#include <schelling/numerics/distribution.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace schelling {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The references carry the error of SciPy's own functions in the far tails.
constexpr double reference_accuracy = 1e-11;

void expect_close(double value, double expected, double accuracy, const std::string& what) {
  EXPECT_LE(std::abs(value - expected), accuracy * std::abs(expected))
      << what << ": " << value << " against " << expected;
}

struct Reference {
  Distribution law;
  double x, cdf, complement, pdf;
};

// SciPy 1.17, scipy.stats: cdf, sf, pdf.
const std::vector<Reference> references = {
    {uniform(-2, 0.5), -1.5, 0.2, 0.8, 0.4},
    {uniform(-2, 0.5), 0.5, 1, 0, 0.4},
    {normal(1, 2), -10.9956, 1.000043187696689e-09, 9.999999989999568e-01, 3.078300636061982e-09},
    {normal(1, 2), -0.683242, 2.000000653915281e-01, 7.999999346084719e-01, 1.399809877213496e-01},
    {normal(1, 2), 12.9956, 9.999999989999568e-01, 1.000043187696689e-09, 3.078300636061982e-09},
    {lognormal(1.5, 0.8), 0.0123663, 1.000001968691495e-09, 9.999999989999980e-01, 6.222914340421796e-07},
    {lognormal(1.5, 0.8), 0.765036, 1.999998219830632e-01, 8.000001780169368e-01, 4.574323472766605e-01},
    {lognormal(1.5, 0.8), 181.946, 9.999999989999940e-01, 1.000006005216626e-09, 4.229536688724127e-11},
    {beta(2, 3.5, -1, 4), -0.999944, 9.878215604342292e-10, 9.999999990121784e-01, 3.527901216826319e-05},
    {beta(2, 3.5, -1, 4), 1.30648, 7.000006407693431e-01, 2.999993592306568e-01, 3.095036273587782e-01},
    {beta(2, 3.5, -1, 4), 3.99127, 9.999999990005130e-01, 9.994870669237221e-10, 4.005550498363728e-07},
    {beta(0.6, 0.4), 3.12722e-15, 1.000000606579394e-09, 9.999999989999994e-01, 1.918638164080675e+05},
    {beta(0.6, 0.4), 0.903848, 6.999993654154207e-01, 3.000006345845794e-01, 1.284822989833220e+00},
    {triangular(-1, 0.5, 2), -0.999933, 9.975555555567244e-10, 9.999999990024444e-01, 2.977777777779522e-05},
    {triangular(-1, 0.5, 2), 0.838105, 7.000000019944443e-01, 2.999999980055557e-01, 5.163977777777777e-01},
    {triangular(-1, 0.5, 2), 1.99993, 1 - 4.9e-9 / 4.5, 4.9e-9 / 4.5, 3.111111111116690e-05},
};

TEST(Distribution, AgreesWithReferenceValuesInBothTails) {
  for (const auto& r : references) {
    const auto where = r.law.to_text() + " at " + to_text(r.x);
    expect_close(r.law.cdf(r.x), r.cdf, reference_accuracy, where);
    expect_close(r.law.complement(r.x), r.complement, reference_accuracy, where);
    expect_close(r.law.pdf(r.x), r.pdf, reference_accuracy, where);
    // Each side inverts the smaller probability, which is the one that determines the argument.
    const double inverse = r.cdf < r.complement ? r.law.quantile(r.cdf) : r.law.upper_quantile(r.complement);
    expect_close(inverse, r.x, 1e-9, where);
  }
}

TEST(Distribution, LogarithmicAndNormalTailsStayRelativelyAccurate) {
  // The asymptotic series (Abramowitz and Stegun 1964, 26.2.12) gives Pr(Z > 30); one rounding of 30 / sqrt(2)
  // already changes its relative value by about 1e-13.
  expect_close(normal(0, 1).complement(30), 4.906713927148187e-198, 1e-12, "normal tail");
  expect_close(lognormal(2, 0.5).cdf(2 * std::exp(-15.0)), 4.906713927148187e-198, 1e-12, "lognormal tail");
  EXPECT_EQ(lognormal(2, 0.5).cdf(0), 0);
  EXPECT_EQ(lognormal(2, 0.5).complement(-1), 1);
  EXPECT_EQ(normal(0, 1).cdf(infinity), 1);
}

TEST(Distribution, MomentsAndQuantilesOfTheFamilies) {
  struct {
    Distribution law;
    double mean, median, iqr;
  } const cases[] = {
      {uniform(-2, 0.5), -0.75, -0.75, 1.25},
      {normal(1, 2), 1, 1, 2.6979590007843264},
      {lognormal(1.5, 0.8), 2.065691646503936, 1.5, 1.6984805290851712},
      {beta(2, 3.5, -1, 4), 0.8181818181818183, 0.7304302512393512, 1.3972926569876383},
      {beta(0.6, 0.4), 0.6, 0.6802333517207079, 0.6622639120958498},
      {triangular(-1, 0.5, 2), 0.5, 0.5, 0.8786796564403574},
      {normal(1, 2).truncated(3, infinity), 4.050270552321962, 3.819217418586909, 0},
  };
  for (const auto& c : cases) {
    expect_close(c.law.mean(), c.mean, 1e-13, c.law.to_text());
    expect_close(c.law.median(), c.median, 1e-13, c.law.to_text());
    if (c.iqr > 0) expect_close(c.law.interquartile_range(), c.iqr, 1e-12, c.law.to_text());
  }
  expect_close(normal(1, 2).truncated(3, infinity).complement(9), 0.00019962302570076024, 1e-11, "truncated");
}

std::vector<Distribution> varied() {
  using Component = std::pair<double, Distribution>;
  const Component with_atoms[] = {
      {0.3, atom(0.25)}, {0.5, normal(0, 1).truncated(-1, 2)}, {0.2, lognormal(0.5, 0.7)}};
  const auto mixed = mixture(with_atoms);
  return {uniform(-2, 0.5),
          normal(1, 2),
          normal(100, 1),
          lognormal(1.5, 0.8),
          lognormal(0.3, 1.3).truncated(0.1, 2),
          beta(2, 3.5, -1, 4),
          beta(3, 2).truncated(0.2, 0.3),
          triangular(-1, 0.5, 2),
          triangular(0, 0, 1),
          mixed,
          mixed.truncated(0, 1),
          normal(0, 1).truncated(8, 9)};
}

/// Composite Gauss-Legendre rule with three nodes.
template <class Function>
double integrate_smooth(const Function& f, double a, double b) {
  constexpr int pieces = 1000;
  double sum = 0;
  const double h = (b - a) / pieces, node = std::sqrt(0.6) * h / 2;
  for (int k = 0; k < pieces; ++k) {
    const double m = a + (k + 0.5) * h;
    sum += h / 18 * (5 * f(m - node) + 8 * f(m) + 5 * f(m + node));
  }
  return sum;
}

/// The integral over [a, b], cut where the density has a jump or a kink.
template <class Function>
double integrate(const Distribution& law, const Function& f, double a, double b) {
  std::vector<double> cuts{a, b};
  for (const auto& part : law.parts()) {
    cuts.insert(cuts.end(), {part.lower, part.upper});
    if (part.family == Family::triangular) cuts.push_back(part.parameters[1]);
  }
  std::sort(cuts.begin(), cuts.end());
  double sum = 0;
  for (std::size_t k = 0; k + 1 < cuts.size(); ++k)
    if (cuts[k] >= a && cuts[k + 1] <= b && cuts[k] < cuts[k + 1])
      sum += integrate_smooth(f, cuts[k], cuts[k + 1]);
  return sum;
}

TEST(Distribution, MassAndPartialMeanAreIntegralsOfTheDensity) {
  for (const auto& law : varied()) {
    for (auto [p, q] : {std::pair{0.001, 0.05}, {0.1, 0.6}, {0.55, 0.999}}) {
      const double a = law.quantile(p), b = law.quantile(q);
      if (!(a < b)) continue;
      const double zeroth = integrate(
          law, [&](double x) { return law.pdf(x); }, a, b);
      const double first = integrate(
          law, [&](double x) { return x * law.pdf(x); }, a, b);
      EXPECT_NEAR(law.continuous_mass(a, b), zeroth, 1e-11) << law.to_text();
      EXPECT_NEAR(law.continuous_partial_mean(a, b), first, 1e-11 * std::max(1.0, std::abs(first)))
          << law.to_text();
    }
  }
}

TEST(Distribution, QuantilesInvertTheDistributionFunction) {
  for (const auto& law : varied()) {
    for (double p : {1e-12, 1e-6, 0.01, 0.25, 0.5, 0.9, 1 - 1e-6}) {
      // What the quantile's own rounding does to the probability, above all next to a finite end of the support.
      const auto rounding = [&](double x) {
        return 1e-10 * p + law.pdf(x) * 1e-15 * std::max(1.0, std::abs(x));
      };
      const double x = law.quantile(p), y = law.upper_quantile(p);
      EXPECT_GE(law.cdf(x), p - rounding(x)) << law.to_text();
      EXPECT_LE(law.cdf(x) - law.atom_weight(x), p + rounding(x)) << law.to_text();
      EXPECT_LE(law.complement(y), p + rounding(y)) << law.to_text();
      EXPECT_GE(law.complement(y) + law.atom_weight(y), p - rounding(y)) << law.to_text();
    }
    EXPECT_EQ(law.quantile(0), law.lower());
    EXPECT_EQ(law.quantile(1), law.upper());
  }
}

TEST(Distribution, NarrowIntervalsKeepTheirRelativeAccuracy) {
  for (const auto& law :
       {normal(1, 2), lognormal(1.5, 0.8), beta(2, 3.5, -1, 4), triangular(-1, 0.5, 2), uniform(-2, 3)}) {
    const double a = 0.3, b = a + 1e-9, width = b - a;
    expect_close(law.mass(a, b), law.pdf(a + width / 2) * width, 1e-13, law.to_text());
    expect_close(law.partial_mean(a, b), (a + width / 2) * law.pdf(a + width / 2) * width, 1e-12,
                 law.to_text());
  }
}

TEST(Distribution, TailsAndPiecesAddUp) {
  for (const auto& law : varied()) {
    const double x = law.quantile(0.3), y = law.quantile(0.8);
    EXPECT_NEAR(law.cdf(x) + law.mass(x, y) + law.complement(y), 1, 1e-14) << law.to_text();
    EXPECT_NEAR(law.partial_mean(-infinity, x) + law.partial_mean(x, y) + law.partial_mean(y, infinity),
                law.mean(), 1e-13 * std::max(1.0, std::abs(law.mean())))
        << law.to_text();
  }
}

TEST(Distribution, AtomsCountAtTheirValue) {
  const std::pair<double, Distribution> parts[] = {{0.25, atom(1)}, {0.25, atom(3)}, {0.5, uniform(0, 4)}};
  const auto law = mixture(parts);
  EXPECT_DOUBLE_EQ(law.cdf(1), 0.375);
  EXPECT_DOUBLE_EQ(law.mass(1, 3), 0.5);
  EXPECT_DOUBLE_EQ(law.continuous_mass(1, 3), 0.25);
  EXPECT_DOUBLE_EQ(law.mean(), 2);
  EXPECT_DOUBLE_EQ(law.partial_mean(-infinity, 1), 0.25 + 0.0625);
  EXPECT_DOUBLE_EQ(law.quantile(0.2), 1);
  EXPECT_DOUBLE_EQ(law.quantile(0.3), 1);
  const auto cut = law.truncated(1, 2);
  EXPECT_DOUBLE_EQ(cut.atom_weight(1), 0.25 / 0.375);
  EXPECT_DOUBLE_EQ(cut.lower(), 1);
  EXPECT_TRUE(atom(2).is_degenerate());
  EXPECT_EQ(atom(2).interquartile_range(), 0);
  EXPECT_FALSE(law.is_degenerate());
}

TEST(Distribution, TruncationOfATruncationIsOneTruncation) {
  const auto once = lognormal(1, 1).truncated(0.5, 2),
             twice = lognormal(1, 1).truncated(0.1, 2).truncated(0.5, 9);
  EXPECT_EQ(once, twice);
  EXPECT_NEAR(once.cdf(1), (lognormal(1, 1).cdf(1) - lognormal(1, 1).cdf(0.5)) / lognormal(1, 1).mass(0.5, 2),
              1e-15);
}

TEST(Distribution, SaysWhatIsWrong) {
  const auto message = [](auto&& make) -> std::string {
    try {
      make();
    } catch (const InvalidArgument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message([] { uniform(1, 1); }),
            "uniform.upper: expected a finite number above lower = 1, found 1");
  EXPECT_EQ(message([] { lognormal(-1, 1); }),
            "lognormal.median: expected a finite number above 0, found -1");
  EXPECT_EQ(message([] { normal(0, infinity); }), "normal.sd: expected a finite number above 0, found inf");
  EXPECT_EQ(message([] { triangular(0, 2, 1); }),
            "triangular.mode: expected a number between lower and upper, found 2");
  EXPECT_EQ(message([] { normal(0, 1).truncated(50, 60); }),
            "truncated: probability of [50, 60]: expected a number above 0, found 0");
  EXPECT_EQ(message([] { atom(1).truncated(2, 3); }),
            "truncated: probability of [2, 3]: expected a number above 0, found 0");
  const std::pair<double, Distribution> half[] = {{0.4, atom(1)}};
  EXPECT_EQ(message([&] { mixture(half); }), "mixture: sum of weights: expected 1, found 0.4");
  EXPECT_EQ(message([] { normal(0, 1).quantile(1.5); }),
            "quantile: p: expected a number in [0, 1], found 1.5");
}

}  // namespace
}  // namespace schelling
