#include <schelling/solvers/solve_pbe_batch.hpp>

#include "batch/exact_path.hpp"
#include "batch/fast_path.hpp"

#include <schelling/core/error.hpp>
#include <schelling/core/parallel.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace schelling {

std::string_view to_string(BatchArithmetic arithmetic) {
  switch (arithmetic) {
    case BatchArithmetic::automatic:
      return "auto";
    case BatchArithmetic::double_precision:
      return "double";
    case BatchArithmetic::exact:
      return "exact";
  }
  return "";
}

void PbeBatchOptions::validate() const {
  if (limit < 1) throw InvalidOptions(expectation("limit", "at least 1", std::to_string(limit)));
  if (block < 64 || block > batch::block_games || block % 64 != 0)
    throw InvalidOptions(expectation("block", "a multiple of 64 up to 512", std::to_string(block)));
  if (!is_available(instructions))
    throw InvalidOptions(expectation("instructions", "a set that this machine and build have",
                                     std::string(to_string(instructions))));
}

namespace {

/// Games per unit of work. The supports that a unit found are kept until all games are counted.
constexpr std::size_t chunk_games = 4096;

struct Chunk {
  bool begun = false;
  std::vector<std::uint16_t> supports;                          // of all its games that the fast path solved
  std::vector<std::pair<std::size_t, batch::ExactRows>> exact;  // by game, in order
};

class BatchSolver {
 public:
  BatchSolver(const SignalingGameBatch& games, const PbeBatchOptions& options, Monitor& monitor)
      : games_(games), options_(options), monitor_(monitor) {
    result_.outputs = options.outputs;
    result_.games = games.games;
    result_.types = games.types;
    result_.messages = games.messages;
    result_.actions = games.actions;
    result_.flags = ResultArray<std::uint8_t>(games.games);
    result_.kind_counts = ResultArray<std::uint16_t>(4 * games.games);
    if (options.arithmetic != BatchArithmetic::exact &&
        batch::FastPath::handles(games.types, games.messages, games.actions))
      fast_.emplace(games.types, games.messages, games.actions, options.instructions);
  }

  SignalingEquilibriaBatch run() && {
    chunks_.resize((games_.games + chunk_games - 1) / chunk_games);
    monitor_.expect(games_.games);
    parallel_for(games_.games, chunk_games, options_.threads, monitor_,
                 [&](std::size_t begin, std::size_t end) { decide(begin, end); });
    for (std::size_t begin = 0; begin < games_.games; begin += chunk_games)
      if (!chunks_[begin / chunk_games].begun) leave_open(begin, std::min(begin + chunk_games, games_.games));
    if (options_.outputs != BatchOutputs::counts) {
      // After a time limit what was decided is still written; after a cancellation nobody waits for it.
      const auto cancelled = [&] { return monitor_.stopped() == Status::cancelled; };
      if (!cancelled()) {
        lay_out();
        Monitor writing({}, [&](std::size_t, std::size_t) {
          monitor_.keep_going();
          return !cancelled();
        });
        parallel_for(games_.games, chunk_games, options_.threads, writing,
                     [&](std::size_t begin, std::size_t end) { write(begin, end); });
      }
      if (cancelled()) {
        leave_open(0, games_.games);
        lay_out();
      }
    }
    describe();
    return std::move(result_);
  }

 private:
  const SignalingGameBatch& games_;
  const PbeBatchOptions& options_;
  Monitor& monitor_;
  std::optional<batch::FastPath> fast_;
  std::vector<Chunk> chunks_;
  SignalingEquilibriaBatch result_;

  std::size_t types() const { return static_cast<std::size_t>(games_.types); }
  std::size_t messages() const { return static_cast<std::size_t>(games_.messages); }
  std::size_t actions() const { return static_cast<std::size_t>(games_.actions); }

  /// A game's numbers in row-major order, where they are or copied.
  class Numbers {
   public:
    explicit Numbers(const SignalingGameBatch& games) : games_(games) {
      if (games.layout == BatchLayout::games_first) return;
      prior_.resize(static_cast<std::size_t>(games.types));
      sender_.resize(games.payoffs_per_game());
      receiver_.resize(games.payoffs_per_game());
    }
    batch::GameNumbers operator()(std::size_t n) {
      if (games_.layout == BatchLayout::games_first) {
        const std::size_t payoffs = games_.payoffs_per_game();
        return {games_.prior + n * static_cast<std::size_t>(games_.types), games_.sender + n * payoffs,
                games_.receiver + n * payoffs};
      }
      games_.copy_game(n, prior_.data(), sender_.data(), receiver_.data());
      return {prior_.data(), sender_.data(), receiver_.data()};
    }

   private:
    const SignalingGameBatch& games_;
    std::vector<double> prior_, sender_, receiver_;
  };

  bool is_valid(const batch::GameNumbers& game) const {
    const auto finite = [](double value) { return std::isfinite(value); };
    const std::size_t payoffs = games_.payoffs_per_game();
    if (!std::all_of(game.prior, game.prior + types(), [](double p) { return std::isfinite(p) && p > 0; }))
      return false;
    if (std::abs(std::accumulate(game.prior, game.prior + types(), 0.0) - 1) > tolerance::probability_sum)
      return false;
    return std::all_of(game.sender, game.sender + payoffs, finite) &&
           std::all_of(game.receiver, game.receiver + payoffs, finite);
  }

  /// Games of which nothing is known yet.
  void leave_open(std::size_t begin, std::size_t end) {
    std::fill_n(result_.flags.begin() + begin, end - begin, static_cast<std::uint8_t>(batch_flag::unsolved));
    std::fill_n(result_.kind_counts.begin() + 4 * begin, 4 * (end - begin), std::uint16_t{0});
  }

  void decide(std::size_t begin, std::size_t end) {
    Chunk& chunk = chunks_[begin / chunk_games];
    chunk.begun = true;
    Numbers numbers(games_);
    if (!fast_) {
      leave_open(begin, end);
      for (std::size_t n = begin; n < end && monitor_.keep_going(); ++n)
        solve_exactly(n, 0, numbers(n), chunk);
      return;
    }
    const bool list = options_.outputs != BatchOutputs::counts;
    const std::unique_ptr<batch::Scratch> scratch(
        new batch::Scratch);  // not cleared: it is written before it is read
    batch::Decision decision;
    for (std::size_t first = begin; first < end; first += options_.block) {
      const std::size_t count = std::min(options_.block, end - first);
      fast_->decide(games_, first, count, list, *scratch, decision);
      keep(first, count, decision, numbers, chunk);
    }
  }

  /// Takes over a block's decisions, and solves exactly what the kernels left open.
  void keep(std::size_t first, std::size_t count, const batch::Decision& decision, Numbers& numbers,
            Chunk& chunk) {
    const bool list = options_.outputs != BatchOutputs::counts;
    if (decision.all_decided && (!list || decision.supports.size() <= options_.limit)) {
      std::fill_n(result_.flags.begin() + first, count, std::uint8_t{0});
      std::copy_n(decision.kind_counts[0].data(), 4 * count, result_.kind_counts.begin() + 4 * first);
      chunk.supports.insert(chunk.supports.end(), decision.supports.begin(), decision.supports.end());
      return;
    }
    leave_open(first, first + count);
    auto support = decision.supports.begin();
    for (std::size_t i = 0; i < count; ++i) {
      const auto& kinds = decision.kind_counts[i];
      const auto found = static_cast<std::ptrdiff_t>(kinds[0] + kinds[1] + kinds[2] + kinds[3]);
      const auto supports = support;
      if (list) support += found;
      if (!decision.all_decided && (decision.near_tie[i] || decision.irregular[i])) {
        if (!list || monitor_.keep_going())
          leave_to_exact(first + i, decision.irregular[i] != 0, numbers, chunk);
        continue;
      }
      std::copy(kinds.begin(), kinds.end(), result_.kind_counts.data() + 4 * (first + i));
      const bool all = !list || found <= static_cast<std::ptrdiff_t>(options_.limit);
      result_.flags[first + i] = all ? 0 : batch_flag::truncated;
      if (list)
        chunk.supports.insert(chunk.supports.end(), supports,
                              supports + std::min(found, static_cast<std::ptrdiff_t>(options_.limit)));
    }
  }

  void leave_to_exact(std::size_t n, bool irregular, Numbers& numbers, Chunk& chunk) {
    const batch::GameNumbers game = numbers(n);
    if (irregular && !is_valid(game)) {
      result_.flags[n] = batch_flag::invalid_input;
    } else if (options_.arithmetic == BatchArithmetic::double_precision) {
      result_.flags[n] = batch_flag::degenerate;
    } else if (monitor_.keep_going()) {
      solve_exactly(n, batch_flag::degenerate, game, chunk);
    }
  }

  void solve_exactly(std::size_t n, unsigned flags, const batch::GameNumbers& game, Chunk& chunk) {
    if (!is_valid(game)) {
      result_.flags[n] = batch_flag::invalid_input;
      return;
    }
    if (options_.arithmetic == BatchArithmetic::double_precision) return;
    std::optional<batch::ExactRows> rows;
    try {
      rows =
          batch::solve_exactly(game, games_.types, games_.messages, games_.actions, options_.limit, monitor_);
    } catch (const InvalidOptions&) {
      return;  // too large: stays unsolved
    }
    if (monitor_.stopped()) return;
    flags |= batch_flag::exact_path;
    if (rows->continuum) flags |= batch_flag::continuum;
    const bool list = options_.outputs != BatchOutputs::counts;
    if (!rows->complete || (list && rows->entries.size() > options_.limit)) flags |= batch_flag::truncated;
    for (const auto& entry : rows->entries) {
      auto& counter = result_.kind_counts[4 * n + entry.kind];
      if (counter < UINT16_MAX) ++counter;
    }
    result_.flags[n] = static_cast<std::uint8_t>(flags);
    if (!list) return;
    if (rows->entries.size() > options_.limit) rows->entries.resize(options_.limit);
    chunk.exact.emplace_back(n, std::move(*rows));
  }

  /// Gives every game its rows.
  void lay_out() {
    result_.offsets = ResultArray<std::int64_t>(games_.games + 1);
    result_.offsets[0] = 0;
    for (std::size_t n = 0; n < games_.games; ++n) {
      const auto* kinds = result_.kind_counts.data() + 4 * n;
      const std::size_t found = std::size_t{kinds[0]} + kinds[1] + kinds[2] + kinds[3];
      result_.offsets[n + 1] =
          result_.offsets[n] + static_cast<std::int64_t>(std::min(found, options_.limit));
    }
    const auto rows = static_cast<std::size_t>(result_.offsets[games_.games]);
    result_.kind = ResultArray<std::uint8_t>(rows);
    result_.sender_payoff = ResultArray<double>(rows * types());
    result_.receiver_payoff = ResultArray<double>(rows);
    if (options_.outputs != BatchOutputs::full) return;
    result_.sender = ResultArray<double>(rows * types() * messages());
    result_.receiver = ResultArray<double>(rows * messages() * actions());
    result_.beliefs = ResultArray<double>(rows * messages() * types());
    result_.off_path_facet = ResultArray<std::uint32_t>(rows * messages());
    if (actions() == 2) result_.off_path_bounds = ResultArray<double>(rows * messages() * 2);
  }

  /// Where the rows from e on go; a null sender if a summary leaves out what a full result has.
  batch::Row row(std::size_t e) {
    batch::Row place{};
    place.kind = result_.kind.data() + e;
    place.sender_payoff = result_.sender_payoff.data() + e * types();
    place.receiver_payoff = result_.receiver_payoff.data() + e;
    if (options_.outputs != BatchOutputs::full) return place;
    place.sender = result_.sender.data() + e * types() * messages();
    place.receiver = result_.receiver.data() + e * messages() * actions();
    place.beliefs = result_.beliefs.data() + e * messages() * types();
    place.off_path_facet = result_.off_path_facet.data() + e * messages();
    if (actions() == 2) place.off_path_bounds = result_.off_path_bounds.data() + e * messages() * 2;
    return place;
  }

  std::size_t first_row(std::size_t n) const { return static_cast<std::size_t>(result_.offsets[n]); }

  void write(std::size_t begin, std::size_t end) {
    const Chunk& chunk = chunks_[begin / chunk_games];
    // Writers of single rows write all of a row: here what a summary leaves out.
    std::vector<double> ignored(types() * messages() + messages() * actions() + messages() * types() +
                                2 * messages());
    std::vector<std::uint32_t> ignored_facets(messages());
    const auto whole_row = [&](std::size_t e) {
      batch::Row place = row(e);
      if (place.sender) return place;
      place.sender = ignored.data();
      place.receiver = place.sender + types() * messages();
      place.beliefs = place.receiver + messages() * actions();
      place.off_path_facet = ignored_facets.data();
      if (actions() == 2) place.off_path_bounds = place.beliefs + messages() * types();
      return place;
    };
    for (const auto& [n, rows] : chunk.exact)
      for (std::size_t e = first_row(n); e < first_row(n + 1); ++e)
        batch::copy(rows.entries[e - first_row(n)], whole_row(e));
    if (chunk.supports.empty()) return;

    auto support = chunk.supports.begin();
    if (fast_->writes_by_support()) {
      for (std::size_t first = begin; first < end; first += batch::block_games)
        write_by_support(first, std::min(first + batch::block_games, end), support);
      return;
    }
    Numbers numbers(games_);
    for (std::size_t n = begin; n < end; ++n) {
      if (first_row(n) == first_row(n + 1) || result_.flags[n] & batch_flag::exact_path) continue;
      const batch::GameNumbers game = numbers(n);
      for (std::size_t e = first_row(n); e < first_row(n + 1); ++e)
        fast_->write(game, *support++, whole_row(e));
    }
  }

  /// Asks for a game of the next block: games with one support are too scattered for the machine to guess which it
  /// needs next.
  void prefetch([[maybe_unused]] std::size_t n) const {
#ifdef __GNUC__
    if (n >= games_.games) return;
    __builtin_prefetch(games_.sender + n * games_.payoffs_per_game(), 0, 2);
    __builtin_prefetch(games_.receiver + n * games_.payoffs_per_game(), 0, 2);
#endif
  }

  void write_by_support(std::size_t begin, std::size_t end,
                        std::vector<std::uint16_t>::const_iterator& support) {
    batch::RowQueues222 queues;
    const std::size_t base = first_row(begin);
    const bool games_first = games_.layout == BatchLayout::games_first;
    for (std::size_t n = begin; n < end; ++n) {
      if (games_first) prefetch(n + batch::block_games);
      if (result_.flags[n] & batch_flag::exact_path) continue;
      for (std::size_t e = first_row(n); e < first_row(n + 1); ++e)
        queues.add(*support++, n - begin, e - base);
    }
    const std::size_t payoffs = games_.payoffs_per_game();
    if (games_first) {
      fast_->write_222({games_.prior + begin * types(), games_.sender + begin * payoffs,
                        games_.receiver + begin * payoffs},
                       queues, row(base));
      return;
    }
    std::vector<double> prior((end - begin) * types()), sender((end - begin) * payoffs),
        receiver((end - begin) * payoffs);
    for (std::size_t n = begin; n < end; ++n)
      games_.copy_game(n, prior.data() + (n - begin) * types(), sender.data() + (n - begin) * payoffs,
                       receiver.data() + (n - begin) * payoffs);
    fast_->write_222({prior.data(), sender.data(), receiver.data()}, queues, row(base));
  }

  void describe() {
    ResultInfo& info = result_.info;
    info.method = fast_ ? "supports of generic games, exact for ties" : "exact";
    info.arithmetic =
        options_.arithmetic == BatchArithmetic::exact ? Arithmetic::exact : Arithmetic::double_precision;
    info.coverage = Coverage::all;
    const std::size_t open = result_.count_flag(batch_flag::unsolved);
    std::size_t undecided = 0;
    for (const unsigned flags : result_.flags)
      undecided += (flags & (batch_flag::degenerate | batch_flag::exact_path)) == batch_flag::degenerate;
    if (const auto stopped = monitor_.stopped()) {
      info.status = *stopped;
      info.message =
          std::to_string(open) + " of " + std::to_string(games_.games) + " games are left unsolved";
    } else if (open > 0) {
      info.status = Status::incomplete;
      info.message = std::to_string(open) + " games are too large or need exact arithmetic";
    } else if (undecided > 0) {
      info.status = Status::degenerate;
      info.message = std::to_string(undecided) +
                     " games are within rounding error of a tie; exact arithmetic decides them";
    } else if (result_.count_flag(batch_flag::truncated) > 0) {
      info.status = Status::truncated;
      info.message = std::to_string(result_.count_flag(batch_flag::truncated)) +
                     " games have more equilibria than are listed";
    }
    info.proven = info.status == Status::solved;
  }
};

}  // namespace

SignalingEquilibriaBatch solve_pbe_batch(const SignalingGameBatch& games, const PbeBatchOptions& options,
                                         Monitor& monitor) {
  games.validate();
  options.validate();
  return BatchSolver(games, options, monitor).run();
}

SignalingEquilibriaBatch solve_pbe_batch(const SignalingGameBatch& games, const PbeBatchOptions& options) {
  Monitor monitor;
  return solve_pbe_batch(games, options, monitor);
}

}  // namespace schelling
