#include <schelling/core/error.hpp>
#include <schelling/models/extended_deterrence.hpp>

#include "models/extended_deterrence/tables.hpp"
#include "models/extended_deterrence/terminals.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace schelling {

using namespace extended_deterrence;

namespace {

constexpr const char* names[] = {"challenger", "defender", "protege"};
constexpr const char* war_names[] = {"intervention", "aid", "abandonment"};
constexpr std::size_t abandoned = 2;

/// Tells the story of one phase, move by move.
class Story {
 public:
  Story(const Terminals& terminals, EscalationTiming timing)
      : terminals_(terminals), timing_(timing), builder_([&] {
          std::vector<std::pair<std::string, Distribution>> players;
          for (std::size_t i = 0; i < player_count; ++i)
            players.emplace_back(names[i], lognormal(terminals.median[i], terminals.log_sd[i]));
          return players;
        }()) {}

  PrivateTypeGame tell() {
    const auto start = builder_.decision(builder_.root(), names[challenger], {"refrain", "attack"}, "attack");
    end(start[0], terminals_.refrain, "peace");
    const auto reply = builder_.decision(start[1], names[protege], {"concede", "resist"}, "resistance");
    end(reply[0], terminals_.concede, "concession");
    auto free = reply[1];
    if (terminals_.tripwire > 0) {
      const auto presence = builder_.chance(
          reply[1], {{"engaged", terminals_.tripwire}, {"not engaged", 1 - terminals_.tripwire}},
          "forward presence");
      war(presence[0], 0, "engagement");
      free = presence[1];
    }
    const auto choice =
        builder_.decision(free, names[defender], {"intervene", "aid", "abandon"}, "defender's choice");
    for (std::size_t j = 0; j < choice.size(); ++j) war(choice[j], j, war_names[j]);
    return builder_.build();
  }

 private:
  using Place = PrivateTypeGameBuilder::Place;

  void end(Place place, const Payoffs& payoffs, std::string_view label) {
    builder_.terminal(place, {{names[0], payoffs[0]}, {names[1], payoffs[1]}, {names[2], payoffs[2]}}, label);
  }

  void war(Place place, std::size_t j, const std::string& name) {
    if (j == abandoned || timing_ == EscalationTiming::failing) return campaign(place, j, name);
    const auto begun =
        builder_.decision(place, names[challenger], {"hold back", "escalate"}, "escalation after " + name);
    campaign(begun[0], j, name);
    escalation(begun[1], j);
  }

  void campaign(Place place, std::size_t j, const std::string& name) {
    const auto& w = terminals_.war[j];
    if (w.accident > 0) {
      const auto luck = builder_.chance(place, {{"accident", w.accident}, {"no accident", 1 - w.accident}});
      end(luck[0], w.mishap, "accident");
      place = luck[1];
    }
    const auto fate = builder_.chance(place, {{"succeeds", 1 - w.holds}, {"fails", w.holds}}, "campaign");
    end(fate[0], w.wins, "defeat of the protege");
    if (j == abandoned || timing_ == EscalationTiming::onset) return end(fate[1], w.fails, "defence");
    const auto last = builder_.decision(fate[1], names[challenger], {"accept defeat", "escalate"},
                                        "escalation after " + name);
    end(last[0], w.fails, "defence");
    escalation(last[1], j);
  }

  void escalation(Place place, std::size_t j) {
    const auto& w = terminals_.war[j];
    const auto fate = builder_.chance(place, {{"catastrophe", w.risk}, {"no catastrophe", 1 - w.risk}});
    end(fate[0], w.catastrophe, "catastrophe");
    end(fate[1], w.keeps, "partial gain");
  }

  const Terminals& terminals_;
  EscalationTiming timing_;
  PrivateTypeGameBuilder builder_;
};

/// `first` up to the cutoff, `second` above it.
StepStrategy split(double cutoff, std::vector<double> first, std::vector<double> second) {
  if (cutoff <= 0) return {{}, {std::move(second)}, {}};
  return {{cutoff}, {std::move(first), std::move(second)}, {}};
}

}  // namespace

PrivateTypeGame ExtendedDeterrence::game(std::span<const double> point) const {
  check_point(parameter_table, point);
  return Story(Terminals(point), timing_).tell();
}

CutoffEquilibrium ExtendedDeterrence::assessment(std::span<const double> point,
                                                 std::span<const double> row) const {
  if (row.size() != outcome_count)
    throw InvalidArgument(
        expectation("row", std::to_string(outcome_count) + " outcomes", std::to_string(row.size())));
  const PrivateTypeGame tree_game = game(point);
  const GameTree& tree = tree_game.tree();
  std::vector<StepStrategy> strategy(static_cast<std::size_t>(tree.information_sets()));
  const auto plan = [&](const std::string& set, StepStrategy steps) {
    strategy[static_cast<std::size_t>(tree.find_set(set))] = std::move(steps);
  };
  const auto cutoff = [&](std::string_view name) { return row[outcome_index(outcome_table, name)]; };
  plan("attack", split(cutoff("attack_cutoff"), {0, 1}, {1, 0}));
  plan("resistance", split(cutoff("resist_cutoff"), {0, 1}, {1, 0}));
  const StepStrategy after_intervention = split(cutoff("escalate_cutoff_intervention"), {1, 0}, {0, 1});
  plan("escalation after intervention", after_intervention);
  if (point[at("tripwire")] > 0) plan("escalation after engagement", after_intervention);
  plan("escalation after aid", split(cutoff("escalate_cutoff_aid"), {1, 0}, {0, 1}));
  const double fights = std::max(cutoff("intervene_cutoff"), 0.0), aids = cutoff("aid_cutoff");
  StepStrategy choice = aids > fights ? split(aids, {0, 1, 0}, {0, 0, 1}) : StepStrategy{{}, {{0, 0, 1}}, {}};
  if (fights > 0) {
    choice.cutoffs.insert(choice.cutoffs.begin(), fights);
    choice.cells.insert(choice.cells.begin(), {1, 0, 0});
  }
  plan("defender's choice", std::move(choice));

  // Where nobody attacks, D1: an attacker is the type with the lowest cost.
  std::vector<std::optional<Distribution>> beliefs(static_cast<std::size_t>(tree.actions()));
  beliefs[static_cast<std::size_t>(tree.first_action(tree.find_set("attack")) + 1)] = atom(0);
  auto equilibrium = assess(tree_game, std::move(strategy), beliefs);
  equilibrium.certificate = schelling::certify(tree_game, equilibrium);
  return equilibrium;
}

}  // namespace schelling
