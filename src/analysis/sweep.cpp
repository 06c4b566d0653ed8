#include <schelling/analysis/sweep.hpp>
#include <schelling/core/error.hpp>
#include <schelling/core/parallel.hpp>

#include <string>

namespace schelling {

namespace {

/// Points that one thread takes at a time: about a millisecond of a fast model, a tenth of a second of a slow
/// one.
constexpr std::size_t chunk_size = 64;

/// What one chunk of points gave, until all are joined in order.
struct Chunk {
  std::vector<double> values, max_regret, bayes_gap;
};

void append(std::vector<double>& to, std::span<const double> from) {
  to.insert(to.end(), from.begin(), from.end());
}

void check_points(const Model& model, std::span<const double> points) {
  const auto table = model.parameters();
  if (points.size() % table.size() != 0)
    throw InvalidArgument(expectation("points",
                                      "rows of " + std::to_string(table.size()) + " parameter values",
                                      std::to_string(points.size()) + " numbers"));
  for (std::size_t i = 0; i * table.size() < points.size(); ++i) try {
      check_point(table, points.subspan(i * table.size(), table.size()));
    } catch (const InvalidArgument& error) {
      throw InvalidArgument("point " + std::to_string(i) + ", " + error.what());
    }
}

}  // namespace

SweepResult sweep(const Model& model, std::span<const double> points, const SweepOptions& options,
                  Monitor& monitor) {
  check_points(model, points);
  const std::size_t parameters = model.parameters().size(), width = model.outcomes().size();
  const std::size_t count = points.size() / parameters;
  std::vector<Chunk> chunks((count + chunk_size - 1) / chunk_size);
  std::vector<std::size_t> rows(count, 0);
  std::vector<Status> status(count, Status::cancelled);
  std::vector<char> reached(count, 0);

  monitor.expect(count);
  parallel_for(count, chunk_size, options.threads, monitor, [&](std::size_t begin, std::size_t end) {
    Records records(width);
    Chunk& chunk = chunks[begin / chunk_size];
    for (std::size_t i = begin; i < end && monitor.keep_going(); ++i) {
      model.solve(points.subspan(i * parameters, parameters), records);
      reached[i] = 1;
      status[i] = records.status;
      if (records.status != Status::solved) continue;
      rows[i] = records.size();
      append(chunk.values, records.values());
      append(chunk.max_regret, records.max_regret());
      append(chunk.bayes_gap, records.bayes_gap());
    }
  });

  SweepResult result;
  result.width = width;
  result.offsets.resize(count + 1, 0);
  for (std::size_t i = 0; i < count; ++i) {
    result.offsets[i + 1] = result.offsets[i] + rows[i];
    if (!reached[i]) status[i] = monitor.stopped().value_or(Status::cancelled);
  }
  result.status = std::move(status);
  result.values.reserve(result.offsets.back() * width);
  for (const auto& chunk : chunks) {
    append(result.values, chunk.values);
    append(result.max_regret, chunk.max_regret);
    append(result.bayes_gap, chunk.bayes_gap);
  }
  return result;
}

}  // namespace schelling
