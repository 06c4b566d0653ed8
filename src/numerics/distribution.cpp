#include <schelling/core/error.hpp>
#include <schelling/numerics/distribution.hpp>
#include <schelling/numerics/tolerance.hpp>

#include "law.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace schelling {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

void require(bool holds, std::string_view what, std::string_view expected, double found) {
  if (!holds) throw InvalidArgument(expectation(what, expected, to_text(found)));
}

void require_finite(std::string_view what, double value) {
  require(std::isfinite(value), what, "a finite number", value);
}

void require_positive(std::string_view what, double value) {
  require(std::isfinite(value) && value > 0, what, "a finite number above 0", value);
}

/// The parameters of one law, checked; the messages name law and parameter.
void validate(const Distribution::Part& part) {
  const auto& p = part.parameters;
  const auto name = [&](std::size_t k) {
    return std::string(to_string(part.family)) + "." + std::string(parameter_names(part.family)[k]);
  };
  const auto above = [](std::string_view what, double bound) {
    return "a finite number above " + std::string(what) + " = " + to_text(bound);
  };
  switch (part.family) {
    case Family::uniform:
      require_finite(name(0), p[0]);
      require(std::isfinite(p[1]) && p[1] > p[0], name(1), above("lower", p[0]), p[1]);
      break;
    case Family::normal:
      require_finite(name(0), p[0]);
      require_positive(name(1), p[1]);
      break;
    case Family::lognormal:
      require_positive(name(0), p[0]);
      require_positive(name(1), p[1]);
      break;
    case Family::beta:
      require_positive(name(0), p[0]);
      require_positive(name(1), p[1]);
      require_finite(name(2), p[2]);
      require(std::isfinite(p[3]) && p[3] > p[2], name(3), above("lower", p[2]), p[3]);
      break;
    case Family::triangular:
      require_finite(name(0), p[0]);
      require(std::isfinite(p[2]) && p[2] > p[0], name(2), above("lower", p[0]), p[2]);
      require(p[1] >= p[0] && p[1] <= p[2], name(1), "a number between lower and upper", p[1]);
      break;
  }
}

Distribution single(Family family, std::array<double, 4> parameters) {
  Distribution::Part part{family, parameters, 0, 0, 1};
  validate(part);
  std::tie(part.lower, part.upper) = Law{family, parameters}.support();
  return Distribution({}, {part});
}
}  // namespace

std::string_view to_string(Family family) {
  constexpr std::string_view names[] = {"uniform", "normal", "lognormal", "beta", "triangular"};
  return names[static_cast<std::size_t>(family)];
}

std::span<const std::string_view> parameter_names(Family family) {
  static constexpr std::string_view uniform[] = {"lower", "upper"}, normal[] = {"mean", "sd"},
                                    lognormal[] = {"median", "log_sd"},
                                    beta[] = {"alpha", "beta", "lower", "upper"},
                                    triangular[] = {"lower", "mode", "upper"};
  switch (family) {
    case Family::uniform:
      return uniform;
    case Family::normal:
      return normal;
    case Family::lognormal:
      return lognormal;
    case Family::beta:
      return beta;
    case Family::triangular:
      return triangular;
  }
  return {};
}

struct Distribution::State {
  std::vector<Atom> atoms;
  std::vector<Part> parts;
  std::vector<double> law_mass;  // of each part's law between the part's ends
  double lower = infinity, upper = -infinity, mean = 0, median = 0, interquartile_range = 0;

  Law law(std::size_t k) const { return {parts[k].family, parts[k].parameters}; }
};

Distribution::Distribution(std::vector<Atom> atoms, std::vector<Part> parts) {
  auto state = std::make_shared<State>();
  double total = 0;
  for (const auto& atom : atoms) {
    require_finite("atom.value", atom.value);
    require_positive("atom.weight", atom.weight);
    total += atom.weight;
  }
  for (const auto& part : parts) {
    validate(part);
    require_positive("part.weight", part.weight);
    require(part.lower < part.upper, "part.upper", "a number above lower = " + schelling::to_text(part.lower),
            part.upper);
    total += part.weight;
  }
  require(std::abs(total - 1) <= tolerance::probability_sum, "distribution: sum of weights", "1", total);

  std::sort(atoms.begin(), atoms.end(), [](const Atom& a, const Atom& b) { return a.value < b.value; });
  for (const auto& atom : atoms) {
    if (!state->atoms.empty() && state->atoms.back().value == atom.value)
      state->atoms.back().weight += atom.weight;
    else
      state->atoms.push_back(atom);
  }
  state->parts = std::move(parts);
  for (std::size_t k = 0; k < state->parts.size(); ++k) {
    auto& part = state->parts[k];
    const auto law = state->law(k);
    const auto [low, high] = law.support();
    part.lower = std::max(part.lower, low);
    part.upper = std::min(part.upper, high);
    const double mass = part.lower < part.upper ? law.mass(part.lower, part.upper) : 0;
    // A denormal mass has lost its relative accuracy, and every conditional probability with it.
    require(mass >= std::numeric_limits<double>::min(), "truncation: probability of the interval",
            "a number above 0", mass);
    state->law_mass.push_back(mass);
    state->lower = std::min(state->lower, part.lower);
    state->upper = std::max(state->upper, part.upper);
  }
  if (!state->atoms.empty()) {
    state->lower = std::min(state->lower, state->atoms.front().value);
    state->upper = std::max(state->upper, state->atoms.back().value);
  }
  state_ = state;
  state->mean = partial_mean(-infinity, infinity);
  state->median = quantile(0.5);
  state->interquartile_range = quantile(0.75) - quantile(0.25);
}

std::span<const Distribution::Atom> Distribution::atoms() const { return state_->atoms; }
std::span<const Distribution::Part> Distribution::parts() const { return state_->parts; }
double Distribution::lower() const { return state_->lower; }
double Distribution::upper() const { return state_->upper; }
double Distribution::mean() const { return state_->mean; }
double Distribution::median() const { return state_->median; }
double Distribution::interquartile_range() const { return state_->interquartile_range; }
bool Distribution::is_degenerate() const { return state_->parts.empty() && state_->atoms.size() == 1; }

double Distribution::continuous_mass(double lower, double upper) const {
  double sum = 0;
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    const auto& part = state_->parts[k];
    const double a = std::max(lower, part.lower), b = std::min(upper, part.upper);
    if (a < b)
      sum += a == part.lower && b == part.upper
                 ? part.weight
                 : part.weight * (state_->law(k).mass(a, b) / state_->law_mass[k]);
  }
  return sum;
}

double Distribution::continuous_partial_mean(double lower, double upper) const {
  double sum = 0;
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    const auto& part = state_->parts[k];
    const double a = std::max(lower, part.lower), b = std::min(upper, part.upper);
    if (a < b) sum += part.weight * (state_->law(k).partial_mean(a, b) / state_->law_mass[k]);
  }
  return sum;
}

double Distribution::mass(double lower, double upper) const {
  double sum = continuous_mass(lower, upper);
  for (const auto& atom : state_->atoms)
    if (lower < atom.value && atom.value <= upper) sum += atom.weight;
  return sum;
}

double Distribution::partial_mean(double lower, double upper) const {
  double sum = continuous_partial_mean(lower, upper);
  for (const auto& atom : state_->atoms)
    if (lower < atom.value && atom.value <= upper) sum += atom.weight * atom.value;
  return sum;
}

double Distribution::cdf(double x) const { return mass(-infinity, x); }
double Distribution::complement(double x) const { return mass(x, infinity); }

double Distribution::atom_weight(double x) const {
  for (const auto& atom : state_->atoms)
    if (atom.value == x) return atom.weight;
  return 0;
}

double Distribution::pdf(double x) const {
  double sum = 0;
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    const auto& part = state_->parts[k];
    if (part.lower <= x && x <= part.upper)
      sum += part.weight * (state_->law(k).pdf(x) / state_->law_mass[k]);
  }
  return sum;
}

double Distribution::quantile(double p) const {
  require(p >= 0 && p <= 1, "quantile: p", "a number in [0, 1]", p);
  if (p == 0) return lower();
  if (p == 1) return upper();
  if (state_->atoms.empty() && state_->parts.size() == 1) {
    const auto& part = state_->parts[0];
    return std::clamp(state_->law(0).quantile(part.lower, part.upper, p), part.lower, part.upper);
  }
  if (p > 0.5) return upper_quantile(1 - p);
  // The quantile lies between the least and the greatest of the components' own.
  double low = infinity, high = -infinity;
  for (const auto& atom : state_->atoms) low = std::min(low, atom.value), high = std::max(high, atom.value);
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    const auto& part = state_->parts[k];
    const double q = state_->law(k).quantile(part.lower, part.upper, p);
    low = std::min(low, q), high = std::max(high, q);
  }
  if (cdf(low) >= p) return low;
  // Bisection on cdf(x) >= p finds jumps and continuous points alike.
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (cdf(middle) >= p ? high : low) = middle;
  }
}

double Distribution::upper_quantile(double q) const {
  require(q >= 0 && q <= 1, "upper_quantile: q", "a number in [0, 1]", q);
  if (q == 0) return upper();
  if (q == 1) return lower();
  if (state_->atoms.empty() && state_->parts.size() == 1) {
    const auto& part = state_->parts[0];
    return std::clamp(state_->law(0).upper_quantile(part.lower, part.upper, q), part.lower, part.upper);
  }
  double low = infinity, high = -infinity;
  for (const auto& atom : state_->atoms) low = std::min(low, atom.value), high = std::max(high, atom.value);
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    const auto& part = state_->parts[k];
    const double x = state_->law(k).upper_quantile(part.lower, part.upper, q);
    low = std::min(low, x), high = std::max(high, x);
  }
  if (complement(low) <= q) return low;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (complement(middle) <= q ? high : low) = middle;
  }
}

Distribution Distribution::truncated(double lower, double upper) const {
  require(lower <= upper, "truncated: upper", "a number not below lower = " + schelling::to_text(lower),
          upper);
  std::vector<Atom> atoms;
  std::vector<Part> parts;
  double total = 0;
  for (const auto& atom : state_->atoms)
    if (lower <= atom.value && atom.value <= upper) atoms.push_back(atom), total += atom.weight;
  for (std::size_t k = 0; k < state_->parts.size(); ++k) {
    auto part = state_->parts[k];
    part.lower = std::max(part.lower, lower);
    part.upper = std::min(part.upper, upper);
    if (!(part.lower < part.upper)) continue;
    part.weight *= state_->law(k).mass(part.lower, part.upper) / state_->law_mass[k];
    if (part.weight > 0) parts.push_back(part), total += part.weight;
  }
  require(total > 0,
          "truncated: probability of [" + schelling::to_text(lower) + ", " + schelling::to_text(upper) + "]",
          "a number above 0", total);
  for (auto& atom : atoms) atom.weight /= total;
  for (auto& part : parts) part.weight /= total;
  return Distribution(std::move(atoms), std::move(parts));
}

bool Distribution::operator==(const Distribution& other) const {
  return state_ == other.state_ ||
         (state_->atoms == other.state_->atoms && state_->parts == other.state_->parts);
}

std::string Distribution::to_text() const {
  const auto one = [](const Part& part) {
    std::string text(to_string(part.family));
    const auto names = parameter_names(part.family);
    for (std::size_t k = 0; k < names.size(); ++k)
      text += (k ? ", " : "(") + std::string(names[k]) + "=" + schelling::to_text(part.parameters[k]);
    text += ")";
    const auto [low, high] = Law{part.family, part.parameters}.support();
    if (part.lower > low || part.upper < high)
      text += ".truncated(" + schelling::to_text(part.lower) + ", " + schelling::to_text(part.upper) + ")";
    return text;
  };
  if (is_degenerate()) return "atom(" + schelling::to_text(state_->atoms[0].value) + ")";
  if (state_->atoms.empty() && state_->parts.size() == 1) return one(state_->parts[0]);
  std::string text = "mixture([";
  for (const auto& atom : state_->atoms)
    text += "(" + schelling::to_text(atom.weight) + ", atom(" + schelling::to_text(atom.value) + ")), ";
  for (const auto& part : state_->parts)
    text += "(" + schelling::to_text(part.weight) + ", " + one(part) + "), ";
  text.resize(text.size() - 2);
  return text + "])";
}

Distribution uniform(double lower, double upper) { return single(Family::uniform, {lower, upper}); }
Distribution normal(double mean, double sd) { return single(Family::normal, {mean, sd}); }
Distribution lognormal(double median, double log_sd) { return single(Family::lognormal, {median, log_sd}); }
Distribution beta(double alpha, double beta, double lower, double upper) {
  return single(Family::beta, {alpha, beta, lower, upper});
}
Distribution triangular(double lower, double mode, double upper) {
  return single(Family::triangular, {lower, mode, upper});
}
Distribution atom(double value) { return Distribution({{value, 1}}, {}); }

Distribution mixture(std::span<const std::pair<double, Distribution>> components) {
  std::vector<Distribution::Atom> atoms;
  std::vector<Distribution::Part> parts;
  double total = 0;
  for (const auto& [weight, law] : components) {
    require_positive("mixture: weight", weight);
    total += weight;
    for (auto atom : law.atoms()) atom.weight *= weight, atoms.push_back(atom);
    for (auto part : law.parts()) part.weight *= weight, parts.push_back(part);
  }
  require(std::abs(total - 1) <= tolerance::probability_sum, "mixture: sum of weights", "1", total);
  return Distribution(std::move(atoms), std::move(parts));
}

}  // namespace schelling
