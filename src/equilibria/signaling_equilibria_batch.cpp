#include <schelling/equilibria/signaling_equilibria_batch.hpp>

#include <schelling/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace schelling {

void* allocate_result(std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::size_t page = std::size_t{1} << 21;
  if (bytes >= 2 * page) {
    const std::size_t whole = (bytes + page - 1) / page * page;
    void* memory = std::aligned_alloc(page, whole);
    if (!memory) throw std::bad_alloc();
    static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));  // only advice: pages may stay small
    return memory;
  }
#endif
  void* memory = std::malloc(std::max<std::size_t>(bytes, 1));
  if (!memory) throw std::bad_alloc();
  return memory;
}

void free_result(void* memory) { std::free(memory); }

std::string_view to_string(BatchOutputs outputs) {
  switch (outputs) {
    case BatchOutputs::counts:
      return "counts";
    case BatchOutputs::summary:
      return "summary";
    case BatchOutputs::full:
      return "full";
  }
  return "";
}

std::size_t SignalingEquilibriaBatch::count_flag(unsigned bits) const {
  return static_cast<std::size_t>(
      std::count_if(flags.begin(), flags.end(), [&](unsigned set) { return (set & bits) == bits; }));
}

namespace {

double spread(const std::vector<double>& payoffs) {
  const auto [least, greatest] = std::minmax_element(payoffs.begin(), payoffs.end());
  return *greatest - *least;
}

double relative(double gain, double scale) { return gain <= 0 ? 0 : scale > 0 ? gain / scale : 0; }

/// How far a row of probabilities is from a distribution.
double distribution_gap(const double* probabilities, int count) {
  double sum = 0, gap = 0;
  for (int i = 0; i < count; ++i) {
    gap = std::max(gap, -probabilities[i]);
    sum += probabilities[i];
  }
  return std::max(gap, std::abs(sum - 1));
}

/// std::max drops NaN on one side; a certificate must not.
double worst(double a, double b) { return std::isnan(a) || std::isnan(b) ? std::nan("") : std::max(a, b); }

}  // namespace

BatchCertificates certify_batch(const SignalingGameBatch& games, const SignalingEquilibriaBatch& equilibria) {
  games.validate();
  if (equilibria.outputs != BatchOutputs::full)
    throw InvalidArgument(
        expectation("equilibria", "a result with full outputs", std::string(to_string(equilibria.outputs))));
  if (games.games != equilibria.games || games.types != equilibria.types ||
      games.messages != equilibria.messages || games.actions != equilibria.actions)
    throw InvalidArgument(expectation("games", "the batch that was solved", "one of another size"));

  const int types = games.types, messages = games.messages, actions = games.actions;
  const auto width = [](int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); };
  BatchCertificates result{ResultArray<double>(equilibria.size()), ResultArray<double>(equilibria.size())};
  std::vector<double> prior(static_cast<std::size_t>(types)), sender_payoffs(games.payoffs_per_game()),
      receiver_payoffs(games.payoffs_per_game());
  for (std::size_t g = 0; g < games.games; ++g) {
    const auto first = static_cast<std::size_t>(equilibria.offsets[g]),
               last = static_cast<std::size_t>(equilibria.offsets[g + 1]);
    if (first == last) continue;
    games.copy_game(g, prior.data(), sender_payoffs.data(), receiver_payoffs.data());
    const double sender_scale = spread(sender_payoffs), receiver_scale = spread(receiver_payoffs);
    for (std::size_t e = first; e < last; ++e) {
      const double* sender = equilibria.sender.data() + e * width(types, messages);
      const double* receiver = equilibria.receiver.data() + e * width(messages, actions);
      const double* beliefs = equilibria.beliefs.data() + e * width(messages, types);
      const auto payoff = [&](const std::vector<double>& table, int t, int m, int a) {
        return table[static_cast<std::size_t>((t * messages + m) * actions + a)];
      };
      double regret = 0, gap = 0;
      for (int t = 0; t < types; ++t) {
        gap = worst(gap, distribution_gap(sender + t * messages, messages));
        double best = -INFINITY, played = 0;
        for (int m = 0; m < messages; ++m) {
          double value = 0;
          for (int a = 0; a < actions; ++a)
            value += receiver[m * actions + a] * payoff(sender_payoffs, t, m, a);
          best = worst(best, value);
          played += sender[t * messages + m] * value;
        }
        regret = worst(regret, relative(best - played, sender_scale));
      }
      for (int m = 0; m < messages; ++m) {
        gap = worst(gap, distribution_gap(receiver + m * actions, actions));
        gap = worst(gap, distribution_gap(beliefs + m * types, types));
        double sent = 0;
        for (int t = 0; t < types; ++t) sent += prior[static_cast<std::size_t>(t)] * sender[t * messages + m];
        if (sent > 0)
          for (int t = 0; t < types; ++t)
            gap = worst(gap, std::abs(beliefs[m * types + t] -
                                      prior[static_cast<std::size_t>(t)] * sender[t * messages + m] / sent));
        double best = -INFINITY, played = 0;
        for (int a = 0; a < actions; ++a) {
          double value = 0;
          for (int t = 0; t < types; ++t) value += beliefs[m * types + t] * payoff(receiver_payoffs, t, m, a);
          best = worst(best, value);
          played += receiver[m * actions + a] * value;
        }
        regret = worst(regret, relative(best - played, receiver_scale));
      }
      result.max_regret[e] = regret;
      result.bayes_gap[e] = gap;
    }
  }
  return result;
}

}  // namespace schelling
