#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/equilibria/explain_signaling.hpp>
#include <schelling/numerics/rational.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace schelling {

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

std::string listed(const std::vector<std::string>& items, const char* last = " and ") {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i)
    text += (i == 0 ? "" : (i + 1 == items.size() ? last : ", ")) + items[i];
  return text;
}

/// A number, or the interval over several of them.
template <class Scalar>
std::string range(const std::vector<Scalar>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return *low == *high ? to_text(*low) : "between " + to_text(*low) + " and " + to_text(*high);
}

/// "a", or "a with probability p and b with ...", from the same row of several matrices.
template <class Scalar>
std::string mixture(const std::vector<std::vector<Scalar>>& rows, const std::vector<std::string>& labels) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    std::vector<Scalar> values;
    for (const auto& row : rows) values.push_back(row[k]);
    if (std::all_of(values.begin(), values.end(), [](const Scalar& x) { return x == Scalar(0); })) continue;
    if (std::all_of(values.begin(), values.end(), [](const Scalar& x) { return x == Scalar(1); }))
      return labels[k];
    parts.push_back(labels[k] + " with probability " + range(values));
  }
  return listed(parts);
}

template <class Scalar>
std::vector<std::vector<Scalar>> rows_of(const std::vector<RowTable<Scalar>>& matrices, int row) {
  std::vector<std::vector<Scalar>> rows;
  for (const auto& matrix : matrices) rows.emplace_back(matrix.row(row).begin(), matrix.row(row).end());
  return rows;
}
template <class Scalar>
std::vector<std::vector<Scalar>> rows_of(const RowTable<Scalar>& matrix) {
  std::vector<std::vector<Scalar>> rows;
  for (int i = 0; i < matrix.rows(); ++i) rows.emplace_back(matrix.row(i).begin(), matrix.row(i).end());
  return rows;
}

/// A product in words.
template <class Scalar>
class Explanation {
 public:
  Explanation(const SignalingGame<Scalar>& game, const SignalingProduct<Scalar>& product)
      : game_(game), product_(product) {}

  std::string text() {
    play();
    off_path();
    payoffs();
    closest();
    return std::move(text_);
  }

 private:
  const SignalingGame<Scalar>& game_;
  const SignalingProduct<Scalar>& product_;
  std::string text_;

  const SignalingLabels& labels() const { return game_.labels(); }
  void say(const std::string& sentence) { text_ += sentence + "\n"; }

  void play() {
    // Types that do the same are named together.
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    for (int t = 0; t < game_.types(); ++t) {
      const auto what = mixture(rows_of(product_.sender_vertices, t), labels().messages);
      auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == what; });
      if (group == groups.end()) group = groups.insert(group, {what, {}});
      group->second.push_back(labels().types[at(t)]);
    }
    for (const auto& [what, types] : groups)
      say(listed(types) + (types.size() == 1 ? " sends " : " send ") + what + ".");
    for (int m = 0; m < game_.messages(); ++m) {
      if (product_.senders[at(m)].empty()) continue;
      std::vector<std::vector<Scalar>> posteriors;
      for (const auto& sender : product_.sender_vertices)
        if (auto belief = signaling_detail::posterior(game_, sender, m); !belief.empty())
          posteriors.push_back(belief);
      say("After " + labels().messages[at(m)] + " the receiver believes in " +
          mixture(posteriors, labels().types) + " and plays " +
          mixture(rows_of(product_.receiver_vertices, m), labels().actions) + ".");
    }
  }

  void off_path() {
    for (const auto& entry : product_.off_path) {
      std::vector<std::string> ways;
      for (const auto& facet : entry.facets)
        ways.push_back(mixture(rows_of(facet.replies), labels().actions) + ", believing in " +
                       mixture(rows_of(facet.beliefs), labels().types));
      say("Nobody sends " + labels().messages[at(entry.message)] + ". The receiver would answer with " +
          listed(ways, "; or with ") + ".");
    }
  }

  void payoffs() {
    std::vector<std::string> parts;
    for (int t = 0; t < game_.types(); ++t) {
      std::vector<Scalar> values;
      for (int i = 0; i < product_.sender_payoffs.rows(); ++i)
        values.push_back(product_.sender_payoffs(i, t));
      parts.push_back(labels().types[at(t)] + " " + range(values));
    }
    parts.push_back("the receiver " + range(product_.receiver_payoffs));
    say("Payoffs: " + listed(parts) + ".");
  }

  struct Deviation {
    Scalar shortfall, relative;
    std::string who;
  };

  /// U_t(m, y).
  Scalar utility(int t, int m, std::span<const Scalar> reply) const {
    Scalar sum(0);
    for (int a = 0; a < game_.actions(); ++a) sum += reply[at(a)] * game_.sender(t, m, a);
    return sum;
  }

  /// By how much type t falls short by m under the replies that deter it best.
  Scalar shortfall(int t, int m) const {
    std::vector<Scalar> candidates;
    for (std::size_t i = 0; i < product_.receiver_vertices.size(); ++i) {
      const Scalar payoff = product_.sender_payoffs(static_cast<int>(i), t);
      const auto entry = std::find_if(product_.off_path.begin(), product_.off_path.end(),
                                      [&](const auto& e) { return e.message == m; });
      if (!product_.factored || entry == product_.off_path.end()) {
        candidates.push_back(payoff - utility(t, m, product_.receiver_vertices[i].row(m)));
      } else {
        for (const auto& facet : entry->facets)
          for (int k = 0; k < facet.replies.rows(); ++k)
            candidates.push_back(payoff - utility(t, m, facet.replies.row(k)));
      }
    }
    return *std::max_element(candidates.begin(), candidates.end());
  }

  void closest() {
    std::vector<Deviation> sender, receiver;
    const Scalar sender_range = signaling_detail::payoff_range(game_.sender());
    const Scalar receiver_range = signaling_detail::payoff_range(game_.receiver());
    for (int m = 0; m < game_.messages(); ++m) {
      const auto& senders = product_.senders[at(m)];
      for (int t = 0; t < game_.types(); ++t) {
        if (std::find(senders.begin(), senders.end(), t) != senders.end()) continue;
        const Scalar gap = shortfall(t, m);
        sender.push_back({gap, signaling_detail::relative(gap, sender_range),
                          labels().types[at(t)] + " to " + labels().messages[at(m)]});
      }
      if (senders.empty()) continue;
      const auto& replies = product_.replies[at(m)];
      for (int a = 0; a < game_.actions(); ++a) {
        if (std::find(replies.begin(), replies.end(), a) != replies.end()) continue;
        std::vector<Scalar> gaps;
        for (const auto& strategy : product_.sender_vertices) {
          const auto belief = signaling_detail::posterior(game_, strategy, m);
          if (belief.empty()) continue;
          Scalar gap(0);
          for (int t = 0; t < game_.types(); ++t)
            gap += belief[at(t)] * (game_.receiver(t, m, replies.front()) - game_.receiver(t, m, a));
          gaps.push_back(gap);
        }
        const Scalar gap = *std::max_element(gaps.begin(), gaps.end());
        receiver.push_back({gap, signaling_detail::relative(gap, receiver_range),
                            labels().actions[at(a)] + " after " + labels().messages[at(m)]});
      }
    }
    const auto least = [](const std::vector<Deviation>& list) {
      return std::min_element(list.begin(), list.end(),
                              [](const Deviation& a, const Deviation& b) { return a.relative < b.relative; });
    };
    const auto by = [](const Deviation& d) {
      return d.shortfall == Scalar(0) ? std::string(" only just does not pay: it gives the same.")
                                      : " falls short by " + to_text(d.shortfall) + " at best deterrence.";
    };
    if (!sender.empty())
      say("The sender's deviation closest to paying, " + least(sender)->who + "," + by(*least(sender)));
    if (!receiver.empty()) {
      const auto& d = *least(receiver);
      say("The receiver's, " + d.who + "," +
          (d.shortfall == Scalar(0) ? " gives the same." : " falls short by " + to_text(d.shortfall) + "."));
    }
  }
};

std::string words(SignalingKind kind) {
  std::string text(to_string(kind));
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

}  // namespace

template <class Scalar>
std::string explain(const SignalingGame<Scalar>& game, const SignalingComponent<Scalar>& component) {
  std::vector<std::string> kinds;
  for (const auto kind : component.kinds) kinds.push_back(words(kind));
  std::string text = "A component of " + listed(kinds) + " equilibria";
  text +=
      component.dimension == 0 ? ", a single point" : ", of dimension " + std::to_string(component.dimension);
  text += component.has_unique_outcome() ? ", with one outcome.\n" : ", with a continuum of outcomes.\n";
  constexpr std::size_t most = 3;
  for (std::size_t i = 0; i < std::min(most, component.products.size()); ++i) {
    if (component.products.size() > 1)
      text += "Piece " + std::to_string(i + 1) + " of " + std::to_string(component.products.size()) + " (" +
              words(component.products[i].kind) + "):\n";
    text += Explanation(game, component.products[i]).text();
  }
  return text;
}

template std::string explain(const SignalingGame<double>&, const SignalingComponent<double>&);
template std::string explain(const SignalingGame<Rational>&, const SignalingComponent<Rational>&);

}  // namespace schelling
