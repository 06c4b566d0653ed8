#include <schelling/core/error.hpp>
#include <schelling/refinements/refinement.hpp>

#include <array>
#include <string>

namespace schelling {

namespace {

constexpr std::array all{
    Refinement::intuitive,
    Refinement::equilibrium_dominance,
    Refinement::d1,
    Refinement::d2,
    Refinement::divinity,
    Refinement::universal_divinity,
    Refinement::nwbr,
    Refinement::undefeated,
    Refinement::perfect_sequential,
    Refinement::neologism_proof,
    Refinement::d1_iterated,
    Refinement::nwbr_iterated,
    Refinement::intuitive_iterated,
};

}  // namespace

std::span<const Refinement> all_refinements() { return all; }

std::string_view to_string(Refinement refinement) {
  switch (refinement) {
    case Refinement::intuitive:
      return "intuitive";
    case Refinement::equilibrium_dominance:
      return "equilibrium_dominance";
    case Refinement::d1:
      return "d1";
    case Refinement::d2:
      return "d2";
    case Refinement::divinity:
      return "divinity";
    case Refinement::universal_divinity:
      return "universal_divinity";
    case Refinement::nwbr:
      return "nwbr";
    case Refinement::undefeated:
      return "undefeated";
    case Refinement::perfect_sequential:
      return "perfect_sequential";
    case Refinement::neologism_proof:
      return "neologism_proof";
    case Refinement::d1_iterated:
      return "d1_iterated";
    case Refinement::nwbr_iterated:
      return "nwbr_iterated";
    case Refinement::intuitive_iterated:
      return "intuitive_iterated";
  }
  return "";
}

Refinement parse_refinement(std::string_view name) {
  std::string known;
  for (const auto refinement : all) {
    if (to_string(refinement) == name) return refinement;
    known.append(known.empty() ? "one of " : ", ").append(to_string(refinement));
  }
  throw InvalidArgument(expectation("refinement", known, "\"" + std::string(name) + "\""));
}

}  // namespace schelling
