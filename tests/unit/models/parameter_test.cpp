#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace schelling {
namespace {

std::string message_of(const auto& call) {
  try {
    call();
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "nothing was thrown";
}

constexpr ParameterInfo table[] = {{"arms", "a", "share", 0, 1, false, true, 0.5, "denial", "invented"},
                                   {"tied_hands", "h", "stake", 0, std::numeric_limits<double>::infinity(),
                                    true, true, 2, "commitment", "invented"}};

TEST(Parameter, NamesTheClosestAndAllThatExist) {
  EXPECT_EQ(message_of([] { parameter_index(table, "tied_hand"); }),
            "unknown parameter 'tied_hand': did you mean 'tied_hands'? The model has arms, tied_hands");
}

TEST(Parameter, NamesDomainAndValue) {
  EXPECT_EQ(message_of([] {
              make_point(table, std::vector<std::pair<std::string_view, double>>{{"arms", 1}});
            }),
            "parameter arms: expected a number in [0, 1), found 1");
  EXPECT_EQ(message_of([] {
              check_point(table, std::vector{0.5, 0.0});
            }),
            "parameter tied_hands: expected a finite number above 0, found 0");
  EXPECT_EQ(message_of([] { check_point(table, std::vector{0.5}); }),
            "point: expected 2 parameter values, found 1");
  EXPECT_FALSE(table[1].contains(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(table[1].contains(std::numeric_limits<double>::quiet_NaN()));
}

TEST(Parameter, TablesAreConsistent) {
  const ExtendedDeterrencePolicy policy;
  std::set<std::string_view> names;
  for (const auto& row : policy.parameters()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.contains(row.default_value)) << row.name;
  }
  for (const auto& outcome : policy.outcomes()) {
    const bool refers = outcome.mixing == Mixing::conditional || outcome.mixing == Mixing::ratio;
    EXPECT_EQ(refers, !outcome.weight_or_numerator.empty()) << outcome.name;
    if (!refers) continue;
    const auto& first = policy.outcomes()[outcome_index(policy.outcomes(), outcome.weight_or_numerator)];
    EXPECT_EQ(first.mixing, Mixing::average) << outcome.name;
  }
}

}  // namespace
}  // namespace schelling
