#include <schelling/core/error.hpp>
#include <schelling/io/svg.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

namespace schelling {
namespace {

GameTree message_game() {
  GameTreeBuilder b({"Sender", "Receiver"});
  const auto deal = b.chance(b.root(), {"high", "low"}, "deal");
  for (int type = 0; type < 2; ++type) {
    const auto message = b.decision(deal[type], "Sender", {"beer", "quiche"});
    for (int m = 0; m < 2; ++m)
      for (const auto end : b.decision(message[m], "Receiver", {"duel", "don't <duel>"},
                                       m == 0 ? "after beer" : "after quiche"))
        b.terminal(end, "end & stop");
  }
  return b.build();
}

TEST(Svg, EscapesTextAndDrawsEveryNodeAndInformationSet) {
  const GameTree tree = message_game();
  const std::string svg = to_svg(
      tree, {.title = "beer & quiche",
             .move_probability = std::vector<double>(static_cast<std::size_t>(tree.moves()), 0.5),
             .move_text = {},
             .node_text = {},
             .terminal_text = std::vector<std::string>(static_cast<std::size_t>(tree.terminals()), "1, 0")});
  const auto count = [&](const std::string& what) {
    std::size_t n = 0;
    for (auto at = svg.find(what); at != std::string::npos; at = svg.find(what, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("<circle"), 7u);
  EXPECT_EQ(count("<rect"), 8u);
  EXPECT_EQ(count("information set: after"), 2u);
  EXPECT_EQ(count("don't &lt;duel&gt;"), 4u);
  EXPECT_EQ(count("end & stop"), 0u);
  EXPECT_EQ(count("<svg"), 1u);
}

TEST(Svg, GivesEveryTerminalARowOfItsOwn) {
  const std::string svg = to_svg(message_game());
  const std::regex square("<rect x=\"[-0-9.]+\" y=\"([-0-9.]+)\"");
  std::set<std::string> rows;
  for (auto it = std::sregex_iterator(svg.begin(), svg.end(), square); it != std::sregex_iterator(); ++it)
    rows.insert((*it)[1]);
  EXPECT_EQ(rows.size(), 8u);
}

TEST(Svg, NamesTheArrayThatDoesNotFit) {
  TreeDrawing drawing;
  drawing.move_probability = {0.5};
  EXPECT_THROW(to_svg(message_game(), drawing), InvalidArgument);
  drawing.move_probability.assign(14, 1.5);
  EXPECT_THROW(to_svg(message_game(), drawing), InvalidArgument);
}

}  // namespace
}  // namespace schelling
