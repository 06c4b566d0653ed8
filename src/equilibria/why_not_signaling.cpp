#include <schelling/core/error.hpp>
#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/equilibria/explain_signaling.hpp>
#include <schelling/games/convert_signaling_game.hpp>
#include <schelling/numerics/exact_distribution.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

namespace schelling {

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

using Game = SignalingGame<Rational>;
using Row = std::vector<Rational>;
using Actions = std::vector<int>;

Game exact_game(const Game& game) { return game; }
Game exact_game(const SignalingGame<double>& game) { return exact(game); }

/// A stated distribution in fractions; what doubles sum to has the tolerance of every game in doubles.
template <class Scalar>
Row exact_row(const std::string& what, const std::vector<Scalar>& row, std::size_t size) {
  if (row.size() != size)
    throw InvalidArgument(
        expectation(what, std::to_string(size) + " probabilities", std::to_string(row.size())));
  Scalar sum(0);
  for (const auto& p : row) {
    if (!(p >= Scalar(0)))
      throw InvalidArgument(expectation(what, "probabilities that are not negative", to_text(p)));
    sum += p;
  }
  const auto refuse = [&] {
    throw InvalidArgument(expectation(what, "probabilities that sum to one", "the sum " + to_text(sum)));
  };
  if constexpr (std::is_same_v<Scalar, double>) {
    if (!(std::abs(sum - 1) <= tolerance::probability_sum)) refuse();
    return exact_distribution(row).probabilities;
  } else {
    if (sum != 1) refuse();
    return row;
  }
}

class Objection {
 public:
  Objection(Game game, RowTable<Rational> sender, std::vector<std::optional<Row>> replies)
      : game_(std::move(game)), sender_(std::move(sender)), replies_(std::move(replies)) {}

  std::string find() {
    for (int m = 0; m < game_.messages(); ++m)
      if (auto text = optimality(m); !text.empty()) return text;
    if (auto text = certain_gain(); !text.empty()) return text;
    return content();
  }

 private:
  Game game_;
  RowTable<Rational> sender_;
  std::vector<std::optional<Row>> replies_;
  std::vector<std::vector<Actions>> allowed_{
      at(game_.messages())};  ///< [m] sets within which an open reply may mix

  const SignalingLabels& labels() const { return game_.labels(); }
  std::string action(int a) const { return labels().actions[at(a)]; }
  std::string message(int m) const { return labels().messages[at(m)]; }
  std::string type(int t) const { return labels().types[at(t)]; }

  std::string listed(const Actions& actions) const {
    std::string text;
    for (std::size_t i = 0; i < actions.size(); ++i) text += (i ? " and " : "") + action(actions[i]);
    return text;
  }

  bool is_sent(int m) const {
    for (int t = 0; t < game_.types(); ++t)
      if (sender_(t, m) != 0) return true;
    return false;
  }

  /// Whether the actions are best replies together at some belief.
  bool jointly_optimal(int m, const Actions& actions) const {
    LinearProgram<Rational> program(at(game_.types()));
    program.add(Row(at(game_.types()), Rational(1)), Relation::equal, Rational(1));
    for (const int best : actions)
      for (int a = 0; a < game_.actions(); ++a) {
        Row gain;
        for (int t = 0; t < game_.types(); ++t)
          gain.push_back(game_.receiver(t, m, best) - game_.receiver(t, m, a));
        program.add(gain, Relation::greater_equal, Rational(0));
      }
    return solve_linear_program(program).feasible();
  }

  /// Largest sets of jointly optimal actions, grown from smaller ones.
  std::vector<Actions> facets(int m) const {
    std::vector<Actions> layer{{}}, found;
    while (!layer.empty()) {
      std::vector<Actions> next;
      for (const auto& set : layer) {
        for (int a = set.empty() ? 0 : set.back() + 1; a < game_.actions(); ++a) {
          auto larger = set;
          larger.push_back(a);
          if (jointly_optimal(m, larger)) next.push_back(std::move(larger));
        }
        if (!set.empty()) found.push_back(set);
      }
      layer = std::move(next);
    }
    std::vector<Actions> largest;
    for (const auto& set : found)
      if (std::none_of(found.begin(), found.end(), [&](const Actions& other) {
            return other.size() > set.size() &&
                   std::includes(other.begin(), other.end(), set.begin(), set.end());
          }))
        largest.push_back(set);
    return largest;
  }

  /// What is wrong with the stated reply to m; notes which replies are possible.
  std::string optimality(int m) {
    Actions played;
    if (replies_[at(m)])
      for (int a = 0; a < game_.actions(); ++a)
        if ((*replies_[at(m)])[at(a)] != 0) played.push_back(a);
    if (!is_sent(m)) {
      if (!replies_[at(m)]) {
        allowed_[at(m)] = facets(m);
        return {};
      }
      for (const int a : played)
        if (!jointly_optimal(m, {a}))
          return "After " + message(m) + " there is no belief at which " + action(a) + " is a best reply.";
      if (jointly_optimal(m, played)) return {};
      return "After " + message(m) + " there is no belief at which " + listed(played) +
             " are best replies together.";
    }
    Row value(at(game_.actions()), Rational(0));
    Rational total(0);
    for (int t = 0; t < game_.types(); ++t) {
      const Rational weight = game_.prior(t) * sender_(t, m);
      total += weight;
      for (int a = 0; a < game_.actions(); ++a) value[at(a)] += weight * game_.receiver(t, m, a);
    }
    const auto best = std::max_element(value.begin(), value.end());
    for (const int a : played) {
      if (value[at(a)] == *best) continue;
      std::string belief;
      for (int t = 0; t < game_.types(); ++t)
        if (sender_(t, m) != 0)
          belief += (belief.empty() ? "" : ", ") + type(t) + " " +
                    to_text(Rational(game_.prior(t) * sender_(t, m) / total));
      return "After " + message(m) + " Bayes' rule gives the belief " + belief + ", at which " + action(a) +
             " is worth " + to_text(Rational(value[at(a)] / total)) + " to the receiver and " +
             action(static_cast<int>(best - value.begin())) + " " + to_text(Rational(*best / total)) + ".";
    }
    if (!replies_[at(m)]) {
      Actions all;
      for (int a = 0; a < game_.actions(); ++a)
        if (value[at(a)] == *best) all.push_back(a);
      allowed_[at(m)] = {std::move(all)};
    }
    return {};
  }

  /// Least and largest payoff of t from m over the possible replies.
  std::pair<Rational, Rational> range(int t, int m) const {
    if (const auto& reply = replies_[at(m)]) {
      Rational sum(0);
      for (int a = 0; a < game_.actions(); ++a) sum += (*reply)[at(a)] * game_.sender(t, m, a);
      return {sum, sum};
    }
    bool first = true;
    Rational low, high;
    for (const auto& set : allowed_[at(m)])
      for (const int a : set) {
        const Rational& u = game_.sender(t, m, a);
        if (first || u < low) low = u;
        if (first || u > high) high = u;
        first = false;
      }
    return {low, high};
  }

  /// A type for whom the best that its message can bring is less than the worst of another.
  std::string certain_gain() const {
    std::string text;
    Rational largest(0);
    for (int t = 0; t < game_.types(); ++t)
      for (int m = 0; m < game_.messages(); ++m) {
        if (sender_(t, m) == 0) continue;
        for (int other = 0; other < game_.messages(); ++other) {
          const Rational most = range(t, m).second, least = range(t, other).first;
          if (least - most <= largest) continue;
          largest = least - most;
          const auto bound = [&](int message_, const char* word) {
            return replies_[at(message_)] ? "" : word;
          };
          text = type(t) + " gets " + bound(m, "at most ") + to_text(most) + " by " + message(m) + " but " +
                 bound(other, "at least ") + to_text(least) + " by " + message(other) + ".";
        }
      }
    return text;
  }

  /// Whether open replies can be chosen, one set for each message, so that every type is content.
  bool possible(std::size_t m, std::vector<const Actions*>& chosen) const {
    if (m < chosen.size()) {
      if (replies_[m]) return possible(m + 1, chosen);
      for (const auto& set : allowed_[m]) {
        chosen[m] = &set;
        if (possible(m + 1, chosen)) return true;
      }
      return false;
    }
    const int width = game_.messages() * game_.actions();
    LinearProgram<Rational> program(at(width));
    const auto column = [&](int message_, int a) { return at(message_ * game_.actions() + a); };
    for (int k = 0; k < game_.messages(); ++k) {
      Row sum(at(width), Rational(0));
      for (int a = 0; a < game_.actions(); ++a) {
        sum[column(k, a)] = 1;
        Row one(at(width), Rational(0));
        one[column(k, a)] = 1;
        if (replies_[at(k)]) {
          program.add(one, Relation::equal, (*replies_[at(k)])[at(a)]);
        } else if (std::find(chosen[at(k)]->begin(), chosen[at(k)]->end(), a) == chosen[at(k)]->end()) {
          program.add(one, Relation::equal, Rational(0));
        }
      }
      program.add(sum, Relation::equal, Rational(1));
    }
    for (int t = 0; t < game_.types(); ++t)
      for (int sent = 0; sent < game_.messages(); ++sent) {
        if (sender_(t, sent) == 0) continue;
        for (int other = 0; other < game_.messages(); ++other) {
          Row gain(at(width), Rational(0));
          for (int a = 0; a < game_.actions(); ++a) {
            gain[column(sent, a)] += game_.sender(t, sent, a);
            gain[column(other, a)] -= game_.sender(t, other, a);
          }
          program.add(gain, Relation::greater_equal, Rational(0));
        }
      }
    return solve_linear_program(program).feasible();
  }

  std::string content() const {
    if (std::all_of(replies_.begin(), replies_.end(), [](const auto& reply) { return reply.has_value(); }))
      return {};
    std::vector<const Actions*> chosen(at(game_.messages()), nullptr);
    if (possible(0, chosen)) return {};
    // Name a message to which no reply holds all types, if one alone is to blame.
    for (int m = 0; m < game_.messages(); ++m) {
      if (replies_[at(m)] || is_sent(m)) continue;
      bool some = false;
      std::string tempted;
      for (const auto& set : allowed_[at(m)]) {
        LinearProgram<Rational> program(set.size());
        program.add(Row(set.size(), Rational(1)), Relation::equal, Rational(1));
        for (int t = 0; t < game_.types(); ++t) {
          Row payoff;
          for (const int a : set) payoff.push_back(game_.sender(t, m, a));
          program.add(payoff, Relation::less_equal, most(t));
        }
        some |= solve_linear_program(program).feasible();
      }
      if (some) continue;
      for (int t = 0; t < game_.types(); ++t)
        tempted += (t ? ", " : "") + type(t) + " at most " + to_text(most(t));
      return "After " + message(m) +
             " no best reply to any belief keeps all types from it: without it they get " + tempted + ".";
    }
    return "No choice among the best replies makes every type content with what it sends.";
  }

  /// The most that t can get from what it sends.
  Rational most(int t) const {
    bool first = true;
    Rational result;
    for (int m = 0; m < game_.messages(); ++m) {
      if (sender_(t, m) == 0) continue;
      const Rational high = range(t, m).second;
      if (first || high < result) result = high;
      first = false;
    }
    return result;
  }
};

}  // namespace

template <class Scalar>
std::string why_not(const SignalingGame<Scalar>& game, const SignalingProfile<Scalar>& profile) {
  signaling_detail::require_shape("sender", profile.sender.rows(), profile.sender.columns(), game.types(),
                                  game.messages());
  RowTable<Rational> sender(game.types(), game.messages());
  for (int t = 0; t < game.types(); ++t) {
    std::vector<Scalar> stated;
    for (int m = 0; m < game.messages(); ++m) stated.push_back(profile.sender(t, m));
    Row row = exact_row("sender[" + std::to_string(t) + "]", stated, at(game.messages()));
    for (int m = 0; m < game.messages(); ++m) sender(t, m) = std::move(row[at(m)]);
  }
  std::vector<std::optional<Row>> replies(at(game.messages()));
  if (profile.replies.size() > replies.size())
    throw InvalidArgument(expectation("replies", "at most " + std::to_string(replies.size()) + " rows",
                                      std::to_string(profile.replies.size())));
  for (std::size_t m = 0; m < profile.replies.size(); ++m) {
    if (!profile.replies[m]) continue;
    replies[m] = exact_row("replies[" + std::to_string(m) + "]", *profile.replies[m], at(game.actions()));
  }
  return Objection(exact_game(game), std::move(sender), std::move(replies)).find();
}

template std::string why_not(const SignalingGame<double>&, const SignalingProfile<double>&);
template std::string why_not(const SignalingGame<Rational>&, const SignalingProfile<Rational>&);

}  // namespace schelling
