#include "gambit_labels.hpp"
#include "gambit_lexer.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/gambit_files.hpp>

#include <utility>

namespace schelling {

namespace {

// Exact numbers take some hundred bytes each.
constexpr std::size_t largest_number_of_payoffs = 10'000'000;

/// Walks through the pure profiles in the files' order, in which the first player's strategy runs fastest,
/// and gives each profile's number in the order of NormalFormGame, in which the last player's does.
class ProfileWalk {
 public:
  explicit ProfileWalk(const std::vector<std::size_t>& counts)
      : counts_(counts), strategy_(counts.size(), 0) {}
  std::size_t number() const {
    std::size_t number = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) number = number * counts_[i] + strategy_[i];
    return number;
  }
  void advance() {
    for (std::size_t i = 0; i < counts_.size() && ++strategy_[i] == counts_[i]; ++i) strategy_[i] = 0;
  }

 private:
  std::vector<std::size_t> counts_, strategy_;
};

}  // namespace

NormalFormGame<Rational> read_nfg(std::string_view text) {
  gambit::Lexer in(text);
  if (const int line = in.line(); in.word("first word") != "NFG")
    in.fail("first word", "NFG", "another", line);
  if (const int line = in.line(); in.word("version of the format") != "1")
    in.fail("version of the format", "1", "another", line);
  const int kind_line = in.line();
  if (const auto kind = in.word("number format"); kind != "R" && kind != "D")
    in.fail("number format", "R or D", "'" + kind + "'", kind_line);
  std::string title = in.quoted("title");
  std::vector<std::string> players;
  in.brace('{', "list of players");
  while (!in.next_is('}')) players.push_back(in.quoted("player"));
  const int player_line = in.line();
  in.brace('}', "list of players");
  if (players.empty()) in.fail("list of players", "at least one", "none", player_line);
  gambit::make_distinct(players, "player ");

  std::vector<std::vector<std::string>> strategies(players.size());
  std::vector<std::size_t> counts;
  std::size_t profiles = 1;
  in.brace('{', "strategies");
  for (std::size_t i = 0; i < players.size(); ++i) {
    const int line = in.line();
    if (in.next_is('{')) {
      in.brace('{', "strategies");
      while (!in.next_is('}')) strategies[i].push_back(in.quoted("strategy"));
      in.brace('}', "strategies");
    } else {
      const int count = in.integer("number of strategies of '" + players[i] + "'");
      // Each strategy needs a number at least, and that two characters.
      if (count < 1 || static_cast<std::size_t>(count) > text.size() / 2)
        in.fail("number of strategies of '" + players[i] + "'", "1 or more, and payoffs for each",
                std::to_string(count), line);
      strategies[i].resize(static_cast<std::size_t>(count));
    }
    if (strategies[i].empty()) in.fail("strategies of '" + players[i] + "'", "at least one", "none", line);
    gambit::make_distinct(strategies[i], "");
    counts.push_back(strategies[i].size());
    if (profiles > largest_number_of_payoffs / players.size() / counts.back())
      in.fail("game", "at most " + std::to_string(largest_number_of_payoffs) + " payoffs", "more", line);
    profiles *= counts.back();
  }
  in.brace('}', "strategies");
  if (in.next_is_quoted()) in.quoted("comment");
  if (profiles > text.size()) in.fail_at_next("game", std::to_string(profiles) + " profiles");

  std::vector<Rational> payoffs(profiles * players.size());
  ProfileWalk walk(counts);
  if (in.next_is('{')) {
    std::vector<std::vector<Rational>> outcomes;
    in.brace('{', "list of outcomes");
    while (!in.next_is('}')) {
      const int line = in.line();
      in.brace('{', "outcome");
      if (in.next_is_quoted()) in.quoted("label of the outcome");
      auto& outcome = outcomes.emplace_back();
      while (!in.next_is('}')) outcome.push_back(in.number("payoff"));
      in.brace('}', "outcome");
      if (outcome.size() != players.size())
        in.fail("payoffs of outcome " + std::to_string(outcomes.size()),
                std::to_string(players.size()) + " numbers, one for each player",
                std::to_string(outcome.size()), line);
    }
    in.brace('}', "list of outcomes");
    for (std::size_t k = 0; k < profiles; ++k, walk.advance()) {
      const int line = in.line(), number = in.integer("outcome of profile " + std::to_string(k + 1) + " of " +
                                                      std::to_string(profiles));
      if (number < 0 || static_cast<std::size_t>(number) > outcomes.size())
        in.fail("outcome", "0 to " + std::to_string(outcomes.size()), std::to_string(number), line);
      if (number > 0)
        for (std::size_t i = 0; i < players.size(); ++i)
          payoffs[walk.number() * players.size() + i] = outcomes[static_cast<std::size_t>(number) - 1][i];
    }
  } else {
    for (std::size_t k = 0; k < profiles; ++k, walk.advance())
      for (std::size_t i = 0; i < players.size(); ++i)
        payoffs[walk.number() * players.size() + i] =
            in.number("payoff of '" + players[i] + "' in profile " + std::to_string(k + 1) + " of " +
                      std::to_string(profiles));
  }
  if (!in.at_end()) in.fail_at_next("after the last profile", "the end of the text");
  return {std::move(players), std::move(strategies), std::move(payoffs), std::move(title)};
}

std::string write_nfg(const NormalFormGame<Rational>& game) {
  using gambit::quote;
  std::string out = "NFG 1 R " + quote(game.title()) + " {";
  std::vector<std::size_t> counts;
  for (int i = 0; i < game.players(); ++i) {
    out += " " + quote(game.player_label(i));
    counts.push_back(static_cast<std::size_t>(game.strategies(i)));
  }
  out += " }\n{";
  for (int i = 0; i < game.players(); ++i) {
    out += " {";
    for (int s = 0; s < game.strategies(i); ++s) out += " " + quote(game.strategy_label(i, s));
    out += " }";
  }
  out += " }\n\"\"\n\n";
  ProfileWalk walk(counts);
  for (std::size_t k = 0; k < game.profiles(); ++k, walk.advance()) {
    for (int i = 0; i < game.players(); ++i) out += (i ? " " : "") + to_text(game.payoff(walk.number(), i));
    out += '\n';
  }
  return out;
}

}  // namespace schelling
