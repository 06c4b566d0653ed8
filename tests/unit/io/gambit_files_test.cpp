#include <schelling/core/error.hpp>
#include <schelling/io/gambit_files.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

template <class Read>
ParseError error_of(Read read, const std::string& text) {
  try {
    read(text);
  } catch (const ParseError& error) {
    return error;
  }
  return {"nothing was thrown", -1};
}
const auto efg_error = [](const std::string& text) { return error_of([](auto& t) { read_efg(t); }, text); };
const auto nfg_error = [](const std::string& text) { return error_of([](auto& t) { read_nfg(t); }, text); };

// A one-card poker as another program might write it: outcomes named once, an outcome at an inner node, empty
// labels.
const std::string poker = R"efg(EFG 2 R "One card" { "Alice" "Bob" }
"Myerson 1991, section 2.1"

c "ROOT" 1 "(0,1)" { "red" 1/2 "black" 0.5 } 0
p "" 1 1 "" { "Raise" "Fold" } 1 "ante" { 1, -1 }
p "" 2 1 "raised" { "" "" } 0
t "" 2 "Red wins" { 1 -1 }
t "" 0
t "" 0
p "" 1 2 "" { "Raise" "Fold" } 0
p "" 2 1
0
t "" 3 "Black wins" { -1.5e0, 3/2 }
t "" 2
t "" 4 "" { -1, 1 }
)efg";

TEST(ReadEfg, AddsOutcomesOnTheWayAndMakesLabels) {
  const auto game = read_efg(poker);
  const auto& tree = game.tree();
  EXPECT_EQ(game.title(), "One card");
  EXPECT_EQ(tree.terminals(), 6);
  EXPECT_EQ(tree.information_sets(), 3);
  const Index raised = tree.find_set("raised");
  EXPECT_EQ(tree.set_nodes(raised).size(), 2u);
  EXPECT_EQ(tree.action_label(raised, 1), "2");
  EXPECT_EQ(game.payoff(0, 0), 2);   // the ante and the win
  EXPECT_EQ(game.payoff(1, 1), -1);  // the ante alone
  EXPECT_EQ(game.payoff(3, 1), Rational(3, 2));
  EXPECT_EQ(game.payoff(4, 0), 1);
  EXPECT_EQ(game.chance(0, 1), Rational(1, 2));
  EXPECT_EQ(tree.node_label(tree.terminal_node(4)), "Red wins");
}

TEST(WriteEfg, IsReadAsTheSameGame) {
  const auto game = read_efg(poker);
  EXPECT_EQ(read_efg(write_efg(game)), game);
  EXPECT_EQ(write_efg(read_efg(write_efg(game))), write_efg(game));
}

TEST(ReadEfg, NamesLineAndExpectationOfEveryMistake) {
  const std::string head = "EFG 2 R \"t\" { \"A\" \"B\" }\n";
  const struct {
    std::string text;
    int line;
    const char* words;
  } cases[] = {
      {"", 1, "first word: expected a word, found the end of the text"},
      {"NFG 1 R", 1, "first word"},
      {head, 2, "game: expected 1 more node, found the end of the text"},
      {head + "p \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1, 2 }\n", 4, "1 more node"},
      {head + "p \"\" 3 1 \"\" { \"l\" } 0", 2, "player of the node: expected 1 to 2, found 3"},
      {head + "t \"\" 1 \"\" { 1 }", 2, "payoffs of outcome 1: expected 2 numbers"},
      {head + "t \"\" 1 \"\" { 1, x }", 2,
       "payoff: expected an integer, a fraction p/q or a decimal, found 'x'"},
      {head + "t \"\" 1 \"\" { 1, 1/0 }", 2, "payoff"},
      {head + "t \"\" 1", 2, "payoffs where it is named first"},
      {head + "c \"\" 1 \"\" { \"l\" 1/2 \"r\" 1/3 } 0", 2, "the sum 1, found 5/6"},
      {head + "c \"\" 1 \"\" { \"l\" 3/2 \"r\" -1/2 } 0", 2, "a number in [0, 1], found 3/2"},
      {head + "q \"\" 1", 2, "c, p or t"},
      {head + "t \"open", 2, "a closing quote"},
      {head + "t \"\" 0\nt \"\" 0", 3, "after the last node"},
      {head + "p \"\" 1 1 \"\" { } 0", 2, "list of actions: expected at least one"},
      {head + "t \"\xff\" 0", 2, "UTF-8"},
      {head + "p \"\" 1 1 \"s\" { \"l\" \"r\" } 0\np \"\" 1 2 \"u\" { \"l\" \"r\" } 0\nt \"\" 0\nt \"\" 0\np "
              "\"\" 1 2 \"u\" { \"l\" \"r\" } 0\nt \"\" 0\nt \"\" 0",
       6, "perfect recall"},
  };
  for (const auto& c : cases) {
    const auto error = efg_error(c.text);
    EXPECT_EQ(error.line(), c.line) << c.text << '\n' << error.what();
    EXPECT_NE(std::string(error.what()).find(c.words), std::string::npos) << c.text << '\n' << error.what();
  }
}

TEST(ReadEfg, TakesDeepTrees) {
  std::string text = "EFG 2 R \"\" { \"A\" }\n";
  constexpr int depth = 100000;
  for (int d = 0; d < depth; ++d)
    text += "p \"\" 1 " + std::to_string(d + 1) + " \"\" { \"stop\" \"go\" } 0\nt \"\" 0\n";
  text += "t \"\" 0\n";
  EXPECT_EQ(read_efg(text).tree().terminals(), depth + 1);
}

TEST(ReadNfg, ReadsPayoffAndOutcomeVersions) {
  const auto payoffs = read_nfg("NFG 1 R \"p\" { \"A\" \"B\" } { 2 2 }\n1 10 2 20 3 30 4.5 40");
  // The first player's strategy runs fastest in the file.
  EXPECT_EQ(payoffs.payoff(payoffs.profile(std::vector{1, 0}), 0), 2);
  EXPECT_EQ(payoffs.payoff(payoffs.profile(std::vector{1, 1}), 0), Rational(9, 2));
  const auto outcomes = read_nfg(
      "NFG 1 R \"o\" { \"A\" \"B\" } { { \"x\" \"y\" } { \"\" \"\" } } \"c\" { { \"\" 1, 2 } { \"\" 3, 4 } } "
      "1 2 0 1");
  EXPECT_EQ(outcomes.strategy_label(1, 1), "2");
  EXPECT_EQ(outcomes.payoff(outcomes.profile(std::vector{1, 0}), 1), 4);
  EXPECT_EQ(outcomes.payoff(outcomes.profile(std::vector{0, 1}), 1), 0);
  for (const auto& game : {payoffs, outcomes}) EXPECT_EQ(read_nfg(write_nfg(game)), game);
}

TEST(ReadNfg, NamesLineAndExpectationOfEveryMistake) {
  EXPECT_NE(std::string(nfg_error("NFG 1 R \"\" { \"A\" } { 2 }\n1").what())
                .find("line 2: payoff of 'A' in profile 2 of 2"),
            std::string::npos);
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" } { 0 }").line(), 1);
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" \"B\" } { 2000000000 2000000000 }").line(), 1);
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" } { 1 }\n1\n2").line(), 3);
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" } { 1 } { { \"\" 1 } }\n2").line(), 2);
}

/// Room and time are in proportion to the text, whatever it announces.
TEST(ReadNfg, TakesNoMoreRoomThanTheTextNeeds) {
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" } { 100000000 }\n1").line(), 1);
  EXPECT_EQ(nfg_error("NFG 1 R \"\" { \"A\" \"B\" } { 12 12 }\n1 2 3").line(), 2);
  std::string text = "NFG 1 R \"\" { \"A\" } { {";
  constexpr int strategies = 100000;
  for (int k = 0; k < strategies; ++k) text += " \"same\"";
  text += " } }\n";
  for (int k = 0; k < strategies; ++k) text += "1 ";
  const auto game = read_nfg(text);
  EXPECT_EQ(game.strategies(0), strategies);
  EXPECT_EQ(game.strategy_label(0, strategies - 1), "same (100000)");
}

TEST(ReadNfg, RefusesOtherEncodings) {
  EXPECT_EQ(nfg_error("NFG 1 R \"\n\xE9t\xE9\" { \"A\" } { 1 }\n1").line(), 2);
  EXPECT_EQ(nfg_error("NFG 1 R \"\xED\xA0\x80\" { \"A\" } { 1 }\n1").line(), 1);  // a surrogate
}

TEST(ReadEfg, EndsWithTheTextWhereverThatIsCut) {
  for (std::size_t length = 0; length + 1 < poker.size(); ++length) {
    const auto error = efg_error(poker.substr(0, length));
    EXPECT_GE(error.line(), 1) << length << ": " << error.what();
    EXPECT_NE(std::string(error.what()).find("line "), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace schelling
