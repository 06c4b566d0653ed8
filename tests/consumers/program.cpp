// What a user's program needs: one header, one target. Runs code of the compiled library, not of a header alone.
#include <schelling/schelling.hpp>

#include <cstdio>
#include <vector>

int main() {
  schelling::Monitor monitor;
  std::vector<int> seen(1000);
  const auto completed =
      schelling::parallel_for(seen.size(), 64, 2, monitor, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++seen[i];
      });
  for (const int count : seen)
    if (count != 1) return 1;
  std::printf("schelling %s: %zu indices visited once\n", schelling::version_string, completed);
  return completed == seen.size() ? 0 : 1;
}
