#include <schelling/core/error.hpp>
#include <schelling/io/json.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string_view>

namespace schelling {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Everything that a document has to carry: chance, simultaneous moves, atoms, unbounded laws, labels to be escaped.
PrivateTypeGame varied_game() {
  const std::pair<double, Distribution> parts[] = {{0.25, atom(1.0 / 3)},
                                                   {0.75, lognormal(1.5, 0.8).truncated(0.1, infinity)}};
  PrivateTypeGameBuilder b({{"A \"first\"", mixture(parts)}, {"B", normal(0, 1)}});
  const auto luck = b.chance(b.root(), {{"good", 0.1}, {"bad", 0.9}}, "luck\n");
  b.terminal(luck[0], {{"A \"first\"", {0.1, 1}}, {"B", -1e-300}}, "gone");
  const auto first = b.decision(luck[1], "A \"first\"", {"hawk", "dove"});
  for (std::size_t k = 0; k < 2; ++k) {
    const auto second = b.decision(first[k], "B", {"hawk", "dove"}, "B at once");
    for (std::size_t m = 0; m < 2; ++m)
      b.terminal(second[m], {{"A \"first\"", {k == 0 ? 1.0 : 0.0, k == 0 && m == 0 ? -1.0 : 0.0}},
                             {"B", {m == 0 ? 1.0 : 0.0, k == 0 && m == 0 ? -1.0 : 0.0}}});
  }
  return b.build();
}

TEST(Json, RefusesNumbersBeyondTheDoubles) {
  const auto text = to_json(atom(0.125));
  const std::string_view written = "1.25E-1";
  const auto with = [&](std::string_view number) {
    auto changed = text;
    return changed.replace(text.find(written), written.size(), number);
  };
  EXPECT_EQ(from_json<Distribution>(with("1e-400")), atom(0));
  for (const auto* number : {"1e999", "-1e309", "1e99999999999"})
    EXPECT_THROW(from_json<Distribution>(with(number)), ParseError) << number;
}

TEST(Json, ReadsBackTheSameBits) {
  const auto game = varied_game();
  EXPECT_EQ(from_json<PrivateTypeGame>(to_json(game)), game);
  EXPECT_EQ(from_json<GameTree>(to_json(game.tree())), game.tree());
  for (const double x : {0.1, 1.0 / 3, 4.9406564584124654e-324, 1.7976931348623157e308, 5e-324 * 12345,
                         0.30000000000000004, 123456789.123456789})
    EXPECT_EQ(from_json<Distribution>(to_json(atom(x))), atom(x)) << x;
  // Decimals on which careless conversions are off by one in the last place.
  for (int k = 1; k < 400; ++k)
    EXPECT_EQ(from_json<Distribution>(to_json(atom(std::sqrt(k) / 7e5))), atom(std::sqrt(k) / 7e5));
}

TEST(Json, ReadsBackAResult) {
  const auto result = solve_cutoff(
      varied_game(), {.belief = BeliefRule::passive, .resolution = 64, .seed = 18446744073709551615u});
  ASSERT_FALSE(result.equilibria.empty()) << result.to_text();
  const auto text = to_json(result);
  const auto loaded = from_json<CutoffResult>(text);
  EXPECT_EQ(to_json(loaded), text);
  EXPECT_EQ(loaded.options, result.options);
  EXPECT_EQ(loaded.to_text(true), result.to_text(true));
  EXPECT_EQ(loaded.equilibria[0].strategy, result.equilibria[0].strategy);
  EXPECT_EQ(loaded.equilibria[0].outcome, result.equilibria[0].outcome);
  const auto one = from_json<CutoffEquilibrium>(to_json(result.equilibria[0]));
  EXPECT_EQ(one.payoff, result.equilibria[0].payoff);
  EXPECT_EQ(one.game, result.game);
}

template <class T>
std::string message_of(const std::string& text) {
  try {
    from_json<T>(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto where = text.find(from);
  EXPECT_NE(where, std::string::npos) << from;
  return text.replace(where, from.size(), to);
}

TEST(Json, SaysWhereADocumentIsWrong) {
  const auto text = to_json(uniform(0, 1));
  EXPECT_EQ(message_of<PrivateTypeGame>(text),
            "schema: expected \"schelling/game\", found \"schelling/distribution\"");
  EXPECT_EQ(message_of<Distribution>(replaced(text, "\"schema_version\":1", "\"schema_version\":2")),
            "schema_version: expected a version up to 1, found 2");
  EXPECT_EQ(message_of<Distribution>(replaced(text, "uniform", "unifrom")),
            "distribution.parts[0].family: expected uniform, normal, lognormal, beta or triangular, found "
            "'unifrom'");
  EXPECT_EQ(message_of<Distribution>(replaced(text, "\"weight\":1E0", "\"weight\":[]")),
            "distribution.parts[0].weight: expected a number, found a list");
  EXPECT_EQ(message_of<Distribution>(replaced(text, "\"weight\"", "\"wait\"")),
            "distribution.parts[0].weight: expected a value, found nothing");
  try {
    from_json<Distribution>("{\n\"schema\": }");
    ADD_FAILURE();
  } catch (const ParseError& error) {
    EXPECT_EQ(error.line(), 2);
  }
  EXPECT_THROW(from_json<Distribution>(text + "x"), ParseError);
  EXPECT_THROW(from_json<Distribution>(text.substr(0, text.size() - 1)), ParseError);
}

TEST(Json, TellsWhatIsWrongWithAText) {
  const auto line_of = [](const std::string& text) {
    try {
      from_json<CutoffResult>(text);
    } catch (const ParseError& error) {
      return error.line();
    }
    return -1;
  };
  EXPECT_EQ(line_of(""), 1);
  EXPECT_EQ(line_of("{\n\"schema\": \"\xFF\"}"), 2);
  EXPECT_EQ(line_of(std::string(100000, '[')), 1);
  EXPECT_EQ(line_of("{}\n{}"), 2);
}

}  // namespace
}  // namespace schelling
