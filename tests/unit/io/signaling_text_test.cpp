#include <schelling/core/error.hpp>
#include <schelling/io/signaling_text.hpp>

#include <gtest/gtest.h>

namespace schelling {
namespace {

const char* const beer_quiche = R"(signaling game   # Cho and Kreps (1987)
types strong 9/10, weak .1
messages beer, "a quiche"
actions duel, not

weak "a quiche": 1 1, 3 0
strong beer:     1 0, 3 1
strong "a quiche": 0 0, 2 1
weak beer:       0 1, 2 0
)";

TEST(SignalingText, ReadsRowsInAnyOrder) {
  const auto game = read_signaling(beer_quiche);
  EXPECT_EQ(game,
            (SignalingGame<Rational>({Rational(9, 10), Rational(1, 10)}, {{{1, 3}, {0, 2}}, {{0, 2}, {1, 3}}},
                                     {{{0, 1}, {0, 1}}, {{1, 0}, {1, 0}}},
                                     {{"strong", "weak"}, {"beer", "a quiche"}, {"duel", "not"}})));
}

TEST(SignalingText, ReadsWhatItWrites) {
  const SignalingGame<Rational> game({Rational(1)}, {{{Rational(-1, 3), 2}}}, {{{parse_rational("1e30"), 0}}},
                                     {{"the \"one\""}, {"back\\slash, comma: # all"}, {"x", "12"}});
  EXPECT_EQ(read_signaling(write_signaling(game)), game);
  const SignalingGame<double> rounded({0.1, 0.9}, {{{0.1}}, {{-2.5}}}, {{{1e-7}}, {{3}}});
  EXPECT_EQ(read_signaling(write_signaling(rounded)).receiver(0, 0, 0), Rational(1, 10000000));
}

TEST(SignalingText, SaysWhereATextIsWrong) {
  const auto message = [](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    try {
      read_signaling(text);
    } catch (const ParseError& error) {
      return std::to_string(error.line()) + " | " + error.what();
    }
    return std::string("read");
  };
  EXPECT_EQ(message(beer_quiche, "signaling", "tree"), "1 | line 1: expected \"signaling\", found \"tree\"");
  EXPECT_EQ(message(beer_quiche, "9/10", "often"),
            "2 | line 2: expected the probability of strong, found \"often\"");
  EXPECT_EQ(message(beer_quiche, "duel, not", "duel, duel"),
            "4 | line 4: expected distinct labels, found \"duel\" twice");
  EXPECT_EQ(message(beer_quiche, "weak \"a", "meek \"a"), "6 | line 6: expected a type, found \"meek\"");
  EXPECT_EQ(message(beer_quiche, "weak \"a quiche\":", "weak \"a quiche\""),
            "6 | line 6: expected a colon after type and message, found 1");
  EXPECT_EQ(message(beer_quiche, "0 0, 2 1", "0 0"), "8 | line 8: expected 2 pairs of payoffs, found 1");
  EXPECT_EQ(message(beer_quiche, "0 0, 2 1", "0 0, 2 1 5"),
            "8 | line 8: expected the end of the line, found \"5\"");
  EXPECT_EQ(message(beer_quiche, "weak beer", "strong beer"),
            "9 | line 9: expected each type and message once, found strong beer again");
  EXPECT_EQ(message(beer_quiche, "weak beer:       0 1, 2 0\n", ""),
            "8 | line 8: expected payoffs for weak beer, found the end of the text");
  EXPECT_EQ(message(beer_quiche, "\"a quiche\": 1", "\"a quiche: 1"),
            "6 | line 6: expected a closing quotation mark, found the end of the line");
  EXPECT_EQ(message(beer_quiche, "weak .1", "weak .2"),
            "2 | line 2: expected probabilities of sum 1, found 11/10");
  EXPECT_EQ(message(beer_quiche, "weak .1", "weak 0"),
            "2 | line 2: expected positive probabilities, found 0");
  EXPECT_EQ(message(beer_quiche, "duel, not", "duel, \"\""),
            "4 | line 4: expected a label, found an empty text");
  EXPECT_EQ(message(beer_quiche, "strong beer", "str\xffng beer"),
            "7 | line 7: text: expected UTF-8, found the byte 255");
  EXPECT_EQ(message(beer_quiche, beer_quiche, ""),
            "1 | line 1: expected \"signaling game\", found the end of the text");
}

}  // namespace
}  // namespace schelling
