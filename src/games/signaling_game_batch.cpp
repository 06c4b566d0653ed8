#include <schelling/games/signaling_game_batch.hpp>

#include <schelling/core/error.hpp>

#include <algorithm>
#include <string>

namespace schelling {

void SignalingGameBatch::copy_game(std::size_t n, double* prior_out, double* sender_out,
                                   double* receiver_out) const {
  const auto copy = [&](const double* from, std::size_t width, double* to) {
    if (layout == BatchLayout::games_first)
      std::copy_n(from + n * width, width, to);
    else
      for (std::size_t k = 0; k < width; ++k) to[k] = from[k * games + n];
  };
  copy(prior, static_cast<std::size_t>(types), prior_out);
  copy(sender, payoffs_per_game(), sender_out);
  copy(receiver, payoffs_per_game(), receiver_out);
}

void SignalingGameBatch::validate() const {
  const auto require_size = [](const char* name, int size) {
    if (size < 1) throw InvalidArgument(expectation(name, "at least one", std::to_string(size)));
  };
  require_size("types", types);
  require_size("messages", messages);
  require_size("actions", actions);
  const auto require_array = [&](const char* name, const double* array) {
    if (games > 0 && !array)
      throw InvalidArgument(expectation(name, "an array of " + std::to_string(games) + " games", "none"));
  };
  require_array("prior", prior);
  require_array("sender", sender);
  require_array("receiver", receiver);
}

}  // namespace schelling
