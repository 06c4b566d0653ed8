#include "outcome_verdict.hpp"
#include "payoff_cells.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <string>
#include <type_traits>

namespace schelling {

namespace {

using namespace refinements;

/// What is known of a product after its messages have been tested.
struct ProductVerdict {
  Survival status = Survival::all;
  std::vector<RefinementWitness<Rational>> passing;
  std::optional<RefinementWitness<Rational>> failing;
  std::vector<SurvivingPart<Rational>> part;
  std::string ambiguity;
  int rounds = 0;
};

/// The messages of a product that all of its outcomes leave unsent, and those that only some do.
///
/// The latter are deterred already: the product's own reply y to such a message pays its senders exactly v,
/// tempts nobody, and is best against a belief on the senders. No criterion that excludes types excludes
/// them, for y shows them indifferent while nobody gains; so y deters with an admissible belief. Only the
/// literal reading of perfect sequentiality may differ from ours there.
struct UnsentMessages {
  std::vector<int> always, sometimes;
};

template <class Scalar>
UnsentMessages unsent_messages(const SignalingProduct<Scalar>& product, int messages) {
  UnsentMessages result;
  for (int m = 0; m < messages; ++m) {
    std::size_t silent = 0;
    for (const auto& sender : product.sender_vertices) {
      bool sent = false;
      for (int t = 0; t < sender.rows(); ++t) sent = sent || sender(t, m) != Scalar(0);
      silent += !sent;
    }
    if (silent == product.sender_vertices.size())
      result.always.push_back(m);
    else if (silent > 0)
      result.sometimes.push_back(m);
  }
  return result;
}

/// The payoffs of a product: distinct vertices, one if they are constant.
template <class Scalar>
std::vector<std::vector<Rational>> payoff_vertices(const SignalingGame<Rational>& game,
                                                   const SignalingProduct<Scalar>& product,
                                                   std::vector<Rational>& margin) {
  std::vector<std::vector<Rational>> vertices;
  for (int t = 0; t < game.types(); ++t) margin.push_back(payoff_margin<Scalar>(game, t));
  for (int k = 0; k < product.sender_payoffs.rows(); ++k) {
    std::vector<Rational> payoff;
    for (const auto& value : product.sender_payoffs.row(k)) {
      if constexpr (std::is_floating_point_v<Scalar>)
        payoff.push_back(exact(value));
      else
        payoff.push_back(value);
    }
    const bool known = std::any_of(vertices.begin(), vertices.end(), [&](const auto& other) {
      for (std::size_t t = 0; t < payoff.size(); ++t)
        if (abs(payoff[t] - other[t]) > margin[t]) return false;
      return true;
    });
    if (!known) vertices.push_back(std::move(payoff));
  }
  return vertices;
}

/// Tests the messages of one product one after the other, each on the cells that have survived so far.
class ProductTest {
 public:
  ProductTest(BestReplies& best_replies, std::vector<std::vector<Rational>> vertices,
              std::vector<Rational> margin, Refinement refinement, const RefinementOptions& options,
              Monitor& monitor)
      : best_replies_(best_replies),
        is_constant_(vertices.size() == 1),
        cells_(std::move(vertices)),
        margin_(std::move(margin)),
        refinement_(refinement),
        options_(options),
        monitor_(monitor) {}

  ProductVerdict run(std::size_t product, const UnsentMessages& unsent) {
    surviving_ = {cells_.everything()};
    for (const int m : unsent.always) test(m);
    if (surviving_.empty()) {
      verdict_.status = Survival::none;
      return std::move(verdict_);
    }
    if (refinement_ == Refinement::perfect_sequential)
      for (const int m : unsent.sometimes) test(m);
    if (!verdict_.ambiguity.empty())
      verdict_.status = Survival::not_applicable;
    else if (!dropped_.empty())
      verdict_.status = Survival::part;
    verdict_.part = {{product, {}}};
    if (verdict_.status == Survival::part) verdict_.part.front().cells = surviving_cells();
    return std::move(verdict_);
  }

 private:
  void test(int message) {
    const auto planes =
        is_constant_ ? std::vector<PayoffHyperplane>{} : indifference_hyperplanes(best_replies_, message);
    std::vector<PayoffCells::Cell> next;
    std::optional<RefinementWitness<Rational>> passing;
    for (const auto& cell : surviving_) {
      const auto parts = cells_.split(cell, planes, options_.cell_limit);
      if (parts.empty() || next.size() + parts.size() > options_.cell_limit)
        throw TooMuchWork("payoffs vary and fall into too many cells; cell_limit can be raised");
      for (const auto& part : parts) {
        if (!monitor_.keep_going()) throw TooMuchWork("stopped before the answer");
        const EquilibriumPayoffs payoffs{part.payoff, margin_};
        auto tested = test_message(UnsentMessage(best_replies_, payoffs, message), refinement_, options_);
        verdict_.rounds = std::max(verdict_.rounds, tested.rounds);
        if (tested.ambiguous) {
          verdict_.ambiguity = tested.witness.explanation;
        } else if (tested.passes()) {
          if (!passing) passing = std::move(tested.witness);
        } else {
          if (!verdict_.failing) verdict_.failing = std::move(tested.witness);
          dropped_.push_back(part);
          continue;
        }
        next.push_back(part);
      }
    }
    surviving_ = std::move(next);
    if (passing) verdict_.passing.push_back(std::move(*passing));
  }

  /// In few conditions: neighbours joined along a segment, else each cell without what follows from the rest.
  std::vector<PayoffCells::Cell> surviving_cells() const {
    std::vector<PayoffCells::Cell> cells;
    if (int coordinate = 0; cells_.is_segment(coordinate)) {
      cells = surviving_;
      cells.insert(cells.end(), dropped_.begin(), dropped_.end());
      std::vector<bool> kept(cells.size(), false);
      std::fill_n(kept.begin(), surviving_.size(), true);
      return joined(cells, kept, coordinate);
    }
    for (const auto& cell : surviving_) cells.push_back(cells_.simplified(cell));
    return cells;
  }

  BestReplies& best_replies_;
  bool is_constant_;
  PayoffCells cells_;
  std::vector<Rational> margin_;
  Refinement refinement_;
  const RefinementOptions& options_;
  Monitor& monitor_;
  std::vector<PayoffCells::Cell> surviving_, dropped_;
  ProductVerdict verdict_;
};

template <class Scalar>
Verdict<Rational> component_verdict(BestReplies& best_replies, const SignalingEquilibria<Scalar>& equilibria,
                                    const SignalingComponent<Scalar>& component, Refinement refinement,
                                    const RefinementOptions& options, Monitor& monitor,
                                    const std::function<const std::vector<PureOutcome>*()>& rivals) {
  if (component.has_unique_outcome())
    return outcome_verdict(best_replies,
                           read_outcome(best_replies, equilibria.game, component.outcomes.front()),
                           refinement, options, rivals);
  if (refinement == Refinement::undefeated)
    return without_answer(
        refinement, Survival::not_applicable,
        "the component has more than one outcome, so not all are pure; the concept compares pure equilibria");
  if (refinement == Refinement::neologism_proof && !is_cheap_talk(best_replies.game()))
    return without_answer(refinement, Survival::not_applicable,
                          "payoffs depend on the message, so talk is not cheap");

  Verdict<Rational> verdict;
  verdict.refinement = refinement;
  std::string ambiguity;
  std::vector<RefinementWitness<Rational>> passing;
  std::size_t whole = 0, lost = 0;
  for (std::size_t i = 0; i < component.products.size(); ++i) {
    const auto& product = component.products[i];
    std::vector<Rational> margin;
    auto vertices = payoff_vertices(best_replies.game(), product, margin);
    if (vertices.size() > 1 && std::is_floating_point_v<Scalar>)
      return without_answer(refinement, Survival::undecided,
                            "payoffs vary within the component: use exact arithmetic");
    auto unsent = unsent_messages(product, best_replies.game().messages());
    // A new message is always available, and all messages mean the same.
    if (refinement == Refinement::neologism_proof) unsent = {{0}, {}};
    auto tested =
        ProductTest(best_replies, std::move(vertices), std::move(margin), refinement, options, monitor)
            .run(i, unsent);
    verdict.rounds = std::max(verdict.rounds, tested.rounds);
    if (tested.failing && verdict.witness.empty()) verdict.witness = {std::move(*tested.failing)};
    if (i == 0) passing = std::move(tested.passing);
    if (tested.status == Survival::not_applicable) ambiguity = tested.ambiguity;
    whole += tested.status == Survival::all;
    lost += tested.status == Survival::none;
    verdict.part.insert(verdict.part.end(), tested.part.begin(), tested.part.end());
  }
  if (!ambiguity.empty())
    return without_answer(refinement, Survival::not_applicable, ambiguity + ambiguous_ending);
  if (whole == component.products.size()) {
    verdict.status = Survival::all;
    verdict.witness = std::move(passing);
    verdict.part.clear();
    for (const auto& witness : verdict.witness)
      verdict.reason += (verdict.reason.empty() ? "" : "; ") + witness.explanation;
    if (verdict.witness.empty()) verdict.reason = "every message is sent";
  } else if (lost == component.products.size()) {
    verdict.status = Survival::none;
    verdict.reason = verdict.witness.front().explanation;
  } else {
    verdict.status = Survival::part;
    verdict.reason = "some outcomes survive; others do not: " + verdict.witness.front().explanation;
  }
  return verdict;
}

/// What the verdicts on one set of equilibria share.
template <class Scalar>
class RefinementContext {
 public:
  explicit RefinementContext(const SignalingEquilibria<Scalar>& equilibria)
      : equilibria_(equilibria), best_replies_(exact_game(equilibria.game)) {}

  Verdict<Scalar> verdict(const SignalingComponent<Scalar>& component, Refinement refinement,
                          const RefinementOptions& options, Monitor& monitor) {
    const auto exact = decided(refinement, [&] {
      return component_verdict(best_replies_, equilibria_, component, refinement, options, monitor,
                               [&] { return rivals(); });
    });
    return rounded_to(exact, static_cast<const Scalar*>(nullptr));
  }

 private:
  const std::vector<PureOutcome>* rivals() {
    if (!equilibria_.complete()) return nullptr;
    if (!rivals_) rivals_ = pure_outcomes(best_replies_, equilibria_);
    return &*rivals_;
  }

  const SignalingEquilibria<Scalar>& equilibria_;
  BestReplies best_replies_;
  std::optional<std::vector<PureOutcome>> rivals_;
};

}  // namespace

template <class Scalar>
std::vector<Verdict<Scalar>> survives(const SignalingEquilibria<Scalar>& equilibria, Refinement refinement,
                                      const RefinementOptions& options, Monitor& monitor) {
  options.validate();
  RefinementContext context(equilibria);
  std::vector<Verdict<Scalar>> verdicts;
  monitor.expect(equilibria.components.size());
  for (const auto& component : equilibria.components) {
    verdicts.push_back(context.verdict(component, refinement, options, monitor));
    monitor.advance(1);
  }
  return verdicts;
}

template <class Scalar>
Verdict<Scalar> survives(const SignalingEquilibria<Scalar>& equilibria, std::size_t component,
                         Refinement refinement, const RefinementOptions& options) {
  options.validate();
  if (component >= equilibria.components.size())
    throw InvalidArgument(expectation("component",
                                      "an index below " + std::to_string(equilibria.components.size()),
                                      std::to_string(component)));
  Monitor monitor;
  return RefinementContext(equilibria)
      .verdict(equilibria.components[component], refinement, options, monitor);
}

template <class Scalar>
SignalingEquilibria<Scalar> refine(const SignalingEquilibria<Scalar>& equilibria, Refinement refinement,
                                   Keep keep, const RefinementOptions& options, Monitor& monitor) {
  const auto verdicts = survives(equilibria, refinement, options, monitor);
  auto result = equilibria;
  result.components.clear();
  std::size_t undecided = 0, silent = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto status = verdicts[i].status;
    if (status == Survival::all || (keep == Keep::part && status == Survival::part))
      result.components.push_back(equilibria.components[i]);
    undecided += status == Survival::undecided;
    silent += status == Survival::not_applicable;
  }
  auto& message = result.info.message;
  message += (message.empty() ? "" : "; ") + std::string(to_string(refinement)) + " leaves " +
             std::to_string(result.components.size()) + " of " + std::to_string(verdicts.size()) +
             " components";
  if (silent > 0) message += ", it does not apply to " + std::to_string(silent);
  if (undecided > 0) {
    message += ", " + std::to_string(undecided) + " are undecided";
    if (result.info.is_usable()) result.info.status = monitor.stopped().value_or(Status::incomplete);
  }
  // What is left is no longer all equilibria, which a comparison between equilibria would need.
  if (result.components.size() < equilibria.components.size()) result.info.coverage = Coverage::some;
  return result;
}

template std::vector<Verdict<double>> survives(const SignalingEquilibria<double>&, Refinement,
                                               const RefinementOptions&, Monitor&);
template std::vector<Verdict<Rational>> survives(const SignalingEquilibria<Rational>&, Refinement,
                                                 const RefinementOptions&, Monitor&);
template Verdict<double> survives(const SignalingEquilibria<double>&, std::size_t, Refinement,
                                  const RefinementOptions&);
template Verdict<Rational> survives(const SignalingEquilibria<Rational>&, std::size_t, Refinement,
                                    const RefinementOptions&);
template SignalingEquilibria<double> refine(const SignalingEquilibria<double>&, Refinement, Keep,
                                            const RefinementOptions&, Monitor&);
template SignalingEquilibria<Rational> refine(const SignalingEquilibria<Rational>&, Refinement, Keep,
                                              const RefinementOptions&, Monitor&);

}  // namespace schelling
