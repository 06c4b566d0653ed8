#include "gambit_labels.hpp"
#include "gambit_lexer.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/gambit_files.hpp>

#include <map>
#include <utility>

namespace schelling {

namespace {

using gambit::Lexer;

/// One node as the file tells it, in the file's order: each node before the nodes below it.
struct FileNode {
  char kind = 't';
  int line = 0, player = 0, set = 0, outcome = 0;
  std::string label;
};

/// What the file says of an information set or of the events that several chance nodes share.
struct FileSet {
  int player = 0, nodes = 0;
  std::string label;
  std::vector<std::string> actions;
  std::vector<Rational> probabilities;
};

struct FileOutcome {
  std::string label;
  std::vector<Rational> payoffs;
};

struct File {
  std::string title;
  std::vector<std::string> players;
  std::vector<FileNode> nodes;
  std::map<std::pair<int, int>, FileSet> sets;  // by player (0: chance) and number
  std::map<int, FileOutcome> outcomes;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : in_(text) {}

  File read() {
    if (const int line = in_.line(); in_.word("first word") != "EFG")
      in_.fail("first word", "EFG", "another", line);
    if (const int line = in_.line(); in_.word("version of the format") != "2")
      in_.fail("version of the format", "2", "another", line);
    const int kind_line = in_.line();
    if (const auto kind = in_.word("number format"); kind != "R" && kind != "D")
      in_.fail("number format", "R or D", "'" + kind + "'", kind_line);
    file_.title = in_.quoted("title");
    in_.brace('{', "list of players");
    while (!in_.next_is('}')) file_.players.push_back(in_.quoted("player"));
    const int player_line = in_.line();
    in_.brace('}', "list of players");
    if (file_.players.empty()) in_.fail("list of players", "at least one", "none", player_line);
    if (in_.next_is_quoted()) in_.quoted("comment");
    gambit::make_distinct(file_.players, "player ");

    for (std::size_t open = 1; open > 0;) {
      if (in_.at_end()) in_.fail_at_next("game", std::to_string(open) + " more node" + (open > 1 ? "s" : ""));
      open += node() - 1;
    }
    if (!in_.at_end()) in_.fail_at_next("after the last node", "the end of the text");
    return std::move(file_);
  }

 private:
  /// Reads a node and returns the number of nodes directly below it.
  std::size_t node() {
    FileNode node;
    node.line = in_.line();
    const std::string kind = in_.word("kind of node");
    if (kind != "c" && kind != "p" && kind != "t")
      in_.fail("kind of node", "c, p or t", "'" + kind.substr(0, 40) + "'", node.line);
    node.kind = kind[0];
    node.label = in_.quoted("label of the node");
    std::size_t below = 0;
    if (node.kind == 'p') {
      const int line = in_.line();
      node.player = in_.integer("player of the node");
      if (node.player < 1 || node.player > static_cast<int>(file_.players.size()))
        in_.fail("player of the node", "1 to " + std::to_string(file_.players.size()),
                 std::to_string(node.player), line);
    }
    if (node.kind != 't') below = set(node);
    outcome(node);
    file_.nodes.push_back(std::move(node));
    return below;
  }

  std::size_t set(FileNode& node) {
    node.set = in_.integer("number of the information set");
    auto& set = file_.sets[{node.player, node.set}];
    const bool is_new = set.nodes++ == 0;
    const std::string label = in_.next_is_quoted() ? in_.quoted("label of the information set") : "";
    if (is_new) set.label = label;
    if (is_new || in_.next_is('{')) {
      const int line = in_.line();
      std::vector<std::string> actions;
      std::vector<Rational> probabilities;
      in_.brace('{', "list of actions");
      while (!in_.next_is('}')) {
        actions.push_back(in_.quoted("action"));
        if (node.kind == 'c') probabilities.push_back(in_.number("probability of '" + actions.back() + "'"));
      }
      in_.brace('}', "list of actions");
      if (actions.empty()) in_.fail("list of actions", "at least one", "none", line);
      gambit::make_distinct(actions, "");
      if (node.kind == 'c') check(probabilities, line);
      const std::string what =
          (node.kind == 'c' ? "chance node " : "information set ") + std::to_string(node.set);
      if (is_new) {
        set.actions = std::move(actions);
        set.probabilities = std::move(probabilities);
      } else if (set.actions != actions) {
        in_.fail(what, "the actions of its first node", "other ones", line);
      } else if (set.probabilities != probabilities) {
        in_.fail(what, "the probabilities of its first node", "other ones", line);
      }
    }
    return set.actions.size();
  }

  void check(const std::vector<Rational>& probabilities, int line) const {
    Rational sum = 0;
    for (const auto& p : probabilities) {
      if (p < 0 || p > 1) in_.fail("probability", "a number in [0, 1]", to_text(p), line);
      sum += p;
    }
    // Decimals such as 0.333 0.333 0.334 are exact here; a list that misses one is a mistake, not rounding.
    if (sum != 1) in_.fail("probabilities of the chance node", "the sum 1", to_text(sum), line);
  }

  void outcome(FileNode& node) {
    node.outcome = in_.integer("number of the outcome");
    FileOutcome outcome;
    const int line = in_.line();
    if (in_.next_is_quoted()) outcome.label = in_.quoted("label of the outcome");
    if (in_.next_is('{')) {
      in_.brace('{', "payoffs");
      while (!in_.next_is('}')) outcome.payoffs.push_back(in_.number("payoff"));
      in_.brace('}', "payoffs");
      if (outcome.payoffs.size() != file_.players.size())
        in_.fail("payoffs of outcome " + std::to_string(node.outcome),
                 std::to_string(file_.players.size()) + " numbers, one for each player",
                 std::to_string(outcome.payoffs.size()), line);
    }
    if (node.outcome == 0) return;
    const auto [known, is_new] = file_.outcomes.try_emplace(node.outcome, outcome);
    if (is_new && outcome.payoffs.empty())
      in_.fail("outcome " + std::to_string(node.outcome), "payoffs where it is named first", "none", line);
    if (!is_new && !outcome.payoffs.empty() && outcome.payoffs != known->second.payoffs)
      in_.fail("outcome " + std::to_string(node.outcome), "the payoffs that it has above", "other ones",
               line);
  }

  Lexer in_;
  File file_;
};

/// Labels of the information sets: unique names for those that have one or need one.
std::map<std::pair<int, int>, std::string> set_labels(const File& file) {
  std::vector<std::pair<int, int>> numbers;
  std::vector<std::string> labels;
  for (const auto& [number, set] : file.sets) {
    if (number.first == 0 || (set.label.empty() && set.nodes == 1)) continue;
    numbers.push_back(number);
    labels.push_back(set.label.empty() ? file.players[static_cast<std::size_t>(number.first) - 1] + ":" +
                                             std::to_string(number.second)
                                       : set.label);
  }
  gambit::make_distinct(labels, "");
  std::map<std::pair<int, int>, std::string> named;
  for (std::size_t i = 0; i < numbers.size(); ++i) named[numbers[i]] = labels[i];
  return named;
}

ExtensiveGame<Rational> game_of(const File& file) {
  const auto labels = set_labels(file);
  GameTreeBuilder builder(file.players);
  const std::size_t players = file.players.size();
  struct Open {
    Index place;
    std::vector<Rational> payoffs;  // collected from outcomes on the way; empty stands for zeros
  };
  std::vector<Open> open{{builder.root(), {}}};
  std::vector<int> line_of_place;
  std::vector<std::pair<Index, const FileSet*>> chance_places;
  std::vector<std::pair<Index, std::vector<Rational>>> terminal_places;
  for (const FileNode& node : file.nodes) {
    Open here = std::move(open.back());
    open.pop_back();
    if (node.outcome != 0) {
      const auto& payoffs = file.outcomes.at(node.outcome).payoffs;
      if (here.payoffs.empty()) here.payoffs.assign(players, Rational(0));
      for (std::size_t i = 0; i < players; ++i) here.payoffs[i] += payoffs[i];
    }
    if (line_of_place.size() <= static_cast<std::size_t>(here.place))
      line_of_place.resize(static_cast<std::size_t>(here.place) + 1);
    line_of_place[static_cast<std::size_t>(here.place)] = node.line;
    std::vector<Index> places;
    if (node.kind == 't') {
      const auto outcome = file.outcomes.find(node.outcome);
      const bool named = outcome != file.outcomes.end() && !outcome->second.label.empty();
      builder.terminal(here.place, named ? outcome->second.label : node.label);
      if (here.payoffs.empty()) here.payoffs.assign(players, Rational(0));
      terminal_places.emplace_back(here.place, std::move(here.payoffs));
      continue;
    }
    const FileSet& set = file.sets.at({node.player, node.set});
    if (node.kind == 'c') {
      places = builder.chance(here.place, set.actions, node.label);
      chance_places.emplace_back(here.place, &set);
    } else {
      const auto label = labels.find({node.player, node.set});
      places =
          builder.decision(here.place, file.players[static_cast<std::size_t>(node.player) - 1], set.actions,
                           label == labels.end() ? std::string_view() : std::string_view(label->second));
    }
    for (auto place = places.rbegin(); place != places.rend(); ++place)
      open.push_back({*place, here.payoffs});
  }

  try {
    const GameTree tree = builder.build();
    const auto number = builder.numbering();
    std::vector<Rational> chance(static_cast<std::size_t>(tree.moves())),
        payoffs(static_cast<std::size_t>(tree.terminals()) * players);
    for (const auto& [place, set] : chance_places)
      std::copy(set->probabilities.begin(), set->probabilities.end(),
                chance.begin() + tree.first_move(number[static_cast<std::size_t>(place)]));
    for (const auto& [place, values] : terminal_places)
      std::copy(values.begin(), values.end(),
                payoffs.begin() + static_cast<std::ptrdiff_t>(players) *
                                      tree.terminal(number[static_cast<std::size_t>(place)]));
    return {tree, std::move(chance), std::move(payoffs), file.title};
  } catch (const ImperfectRecall& error) {
    const int line = line_of_place[static_cast<std::size_t>(error.place())];
    throw ParseError("line " + std::to_string(line) + ": " + error.what(), line);
  }
}

}  // namespace

ExtensiveGame<Rational> read_efg(std::string_view text) { return game_of(Reader(text).read()); }

std::string write_efg(const ExtensiveGame<Rational>& game) {
  using gambit::quote;
  const GameTree& tree = game.tree();
  std::string out = "EFG 2 R " + quote(game.title()) + " {";
  for (Index i = 0; i < tree.players(); ++i) out += " " + quote(tree.player_label(i));
  out += " }\n\"\"\n\n";
  // Information sets are numbered player by player, chance nodes one by one, as the format wants.
  std::vector<int> sets_of_player(static_cast<std::size_t>(tree.players()), 0),
      set_number(static_cast<std::size_t>(tree.information_sets()));
  for (Index set = 0; set < tree.information_sets(); ++set)
    set_number[static_cast<std::size_t>(set)] =
        ++sets_of_player[static_cast<std::size_t>(tree.set_player(set))];
  int chance_number = 0;
  for (Index node = 0; node < tree.nodes(); ++node) {
    if (tree.kind(node) == NodeKind::terminal) {
      const Index terminal = tree.terminal(node);
      out += "t \"\" " + std::to_string(terminal + 1) + " " + quote(tree.node_label(node)) + " {";
      for (Index i = 0; i < tree.players(); ++i) out += (i ? ", " : " ") + to_text(game.payoff(terminal, i));
      out += " }\n";
      continue;
    }
    const bool is_chance = tree.kind(node) == NodeKind::chance;
    const Index set = tree.information_set(node);
    out += is_chance ? "c " + quote(tree.node_label(node)) + " " + std::to_string(++chance_number) + " \"\" {"
                     : "p \"\" " + std::to_string(tree.set_player(set) + 1) + " " +
                           std::to_string(set_number[static_cast<std::size_t>(set)]) + " " +
                           quote(tree.has_set_name(set) ? tree.set_label(set) : "") + " {";
    for (Index move = 0; move < tree.moves(node); ++move) {
      out += " " + quote(tree.move_label(node, move));
      if (is_chance) out += " " + to_text(game.chance(node, move));
    }
    out += " } 0\n";
  }
  return out;
}

}  // namespace schelling
