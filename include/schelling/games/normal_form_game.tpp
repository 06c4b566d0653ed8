#include <schelling/core/error.hpp>
#include <schelling/games/scalar_checks.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace schelling {

template <class Scalar>
NormalFormGame<Scalar>::NormalFormGame(std::vector<std::string> players,
                                       std::vector<std::vector<std::string>> strategies,
                                       std::vector<Scalar> payoffs, std::string title) {
  const auto check_labels = [](const std::vector<std::string>& labels, const std::string& what) {
    if (labels.empty()) throw InvalidGame(expectation(what, "at least one", "none"));
    auto sorted = labels;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.front().empty()) throw InvalidGame(expectation(what, "a label for each", "an empty text"));
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end())
      throw InvalidGame(expectation(what, "distinct labels", "'" + *repeated + "' twice"));
  };
  check_labels(players, "players");
  if (strategies.size() != players.size())
    throw InvalidGame(expectation("strategies",
                                  std::to_string(players.size()) + " lists, one for each player",
                                  std::to_string(strategies.size())));
  std::size_t profiles = 1;
  for (std::size_t i = 0; i < players.size(); ++i) {
    check_labels(strategies[i], "strategies of '" + players[i] + "'");
    profiles *= strategies[i].size();
  }
  if (payoffs.size() != profiles * players.size())
    throw InvalidGame(expectation(
        "payoffs", std::to_string(profiles * players.size()) + " entries, one for each profile and player",
        std::to_string(payoffs.size())));
  for (std::size_t i = 0; i < payoffs.size(); ++i)
    if (!is_finite(payoffs[i]))
      throw InvalidGame(expectation(
          "payoffs[" + std::to_string(i / players.size()) + "] of '" + players[i % players.size()] + "'",
          "a finite number", number_text(payoffs[i])));
  data_ = std::make_shared<const Data>(
      Data{std::move(players), std::move(strategies), std::move(payoffs), std::move(title)});
}

template <class Scalar>
NormalFormGame<Scalar> NormalFormGame<Scalar>::bimatrix(int rows, int columns,
                                                        const std::vector<Scalar>& row_payoffs,
                                                        const std::vector<Scalar>& column_payoffs) {
  const auto entries =
      static_cast<std::size_t>(std::max(rows, 0)) * static_cast<std::size_t>(std::max(columns, 0));
  if (row_payoffs.size() != entries || column_payoffs.size() != entries)
    throw InvalidGame(
        expectation("payoff tables", std::to_string(entries) + " entries each",
                    std::to_string(row_payoffs.size()) + " and " + std::to_string(column_payoffs.size())));
  std::vector<std::vector<std::string>> strategies(2);
  for (int r = 0; r < rows; ++r) strategies[0].push_back("r" + std::to_string(r));
  for (int c = 0; c < columns; ++c) strategies[1].push_back("c" + std::to_string(c));
  std::vector<Scalar> payoffs;
  payoffs.reserve(2 * entries);
  for (std::size_t i = 0; i < entries; ++i) {
    payoffs.push_back(row_payoffs[i]);
    payoffs.push_back(column_payoffs[i]);
  }
  return NormalFormGame({"row", "column"}, std::move(strategies), std::move(payoffs));
}

template <class Scalar>
std::size_t NormalFormGame<Scalar>::profile(std::span<const int> strategy) const {
  assert(strategy.size() == data_->players.size());
  std::size_t number = 0;
  for (std::size_t i = 0; i < strategy.size(); ++i)
    number = number * data_->strategies[i].size() + static_cast<std::size_t>(strategy[i]);
  return number;
}

}  // namespace schelling
