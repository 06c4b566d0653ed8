#include <schelling/equilibria/consistency.hpp>
#include <schelling/numerics/linear_program.hpp>
#include <schelling/numerics/row_table.hpp>
#include <schelling/numerics/tolerance.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <type_traits>

namespace schelling {

namespace {

// The product of p-th powers of belief odds is compared with one on the logarithmic scale.
constexpr double odds_tolerance = 1e-9;

/// A node of an information set compared with the set's reference node: by how much its path has more of each
/// tremble.
template <class Scalar>
struct Comparison {
  Index node, reference;
  std::map<Index, int> trembles;  // by unplayed action, entries that are not zero
  Scalar odds;                    // of everything on the paths that does not tremble, node against reference
};

template <class Scalar>
class Decision {
 public:
  Decision(const ExtensiveGame<Scalar>& game, const Assessment<Scalar>& assessment)
      : game_(game),
        tree_(game.tree()),
        assessment_(assessment),
        column_(static_cast<std::size_t>(tree_.actions()), none) {
    for (Index action = 0; action < tree_.actions(); ++action)
      if (strategy(action) == Scalar(0)) {
        column_[static_cast<std::size_t>(action)] = static_cast<Index>(unplayed_.size());
        unplayed_.push_back(action);
      }
    possible_.assign(static_cast<std::size_t>(tree_.nodes()), 1);
    for (Index node = 1; node < tree_.nodes(); ++node) {
      const Index parent = tree_.parent(node);
      possible_[at(node)] =
          possible_[at(parent)] && !(tree_.kind(parent) == NodeKind::chance &&
                                     game.chance(parent, tree_.move_from_parent(node)) == Scalar(0));
    }
  }

  ConsistencyVerdict<Scalar> decide() {
    using Answer = typename ConsistencyVerdict<Scalar>::Answer;
    ConsistencyVerdict<Scalar> verdict;
    for (Index set = 0; set < tree_.information_sets(); ++set)
      if (const auto problem = collect(set)) {
        verdict.reason = *problem;
        verdict.answer = missing_ ? Answer::undecided : Answer::inconsistent;
        return verdict;
      }
    verdict.answer = Answer::inconsistent;
    if (!find_orders(verdict) || !find_coefficients(verdict)) return verdict;
    verdict.answer = Answer::consistent;
    return verdict;
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
  const Scalar& strategy(Index action) const { return assessment_.strategy[at(action)]; }
  std::string place(Index node) const { return quoted_path(tree_, node); }

  /// Fills equal_ and later_; returns what is wrong with the set already, if anything is.
  std::optional<std::string> collect(Index set) {
    const auto nodes = tree_.set_nodes(set);
    if (nodes.size() == 1) return std::nullopt;
    if (std::none_of(nodes.begin(), nodes.end(), [&](Index n) { return possible_[at(n)] != 0; }))
      return std::nullopt;
    if (!assessment_.has_beliefs[at(set)]) {
      missing_ = true;
      return "no beliefs are stated at '" + tree_.set_label(set) + "'";
    }
    Index reference = none;
    for (const Index node : nodes) {
      if (assessment_.beliefs[at(node)] == Scalar(0)) continue;
      if (!possible_[at(node)])
        return "at '" + tree_.set_label(set) + "' the node after " + place(node) +
               " has positive belief but follows a chance event of probability zero";
      if (reference == none) reference = node;
    }
    for (const Index node : nodes) {
      if (node == reference || !possible_[at(node)]) continue;
      auto& list = assessment_.beliefs[at(node)] == Scalar(0) ? later_ : equal_;
      list.push_back(compare(node, reference));
    }
    return std::nullopt;
  }

  Comparison<Scalar> compare(Index node, Index reference) const {
    Comparison<Scalar> result{node, reference, {}, Scalar(1)};
    Index a = node, b = reference;
    const auto climb = [&](Index& n, int sign) {
      const Index parent = tree_.parent(n), set = tree_.information_set(parent);
      const Index move = tree_.move_from_parent(n);
      if (set != none && strategy(tree_.first_action(set) + move) == Scalar(0)) {
        const Index action = tree_.first_action(set) + move;
        if ((result.trembles[action] += sign) == 0) result.trembles.erase(action);
      } else {
        const Scalar& p = set == none ? game_.chance(parent, move) : strategy(tree_.first_action(set) + move);
        if (sign > 0)
          result.odds *= p;
        else
          result.odds /= p;
      }
      n = parent;
    };
    while (a != b) {  // parents have smaller numbers
      if (a > b)
        climb(a, 1);
      else
        climb(b, -1);
    }
    return result;
  }

  /// (i): orders k >= 1, equal on equal_, larger by at least 1 on later_; any positive solution can be scaled
  /// to this.
  bool find_orders(ConsistencyVerdict<Scalar>& verdict) {
    LinearProgram<Scalar> program(unplayed_.size());
    std::vector<Scalar> row(unplayed_.size(), Scalar(0));
    // k = 1 + x with x >= 0.
    const auto add = [&](const Comparison<Scalar>& c, Relation relation, int right) {
      std::fill(row.begin(), row.end(), Scalar(0));
      Scalar rest(right);
      for (const auto& [action, count] : c.trembles) {
        row[at(column_[at(action)])] = Scalar(count);
        rest -= Scalar(count);
      }
      program.add(row, relation, rest);
    };
    for (const auto& c : equal_) add(c, Relation::equal, 0);
    for (const auto& c : later_) add(c, Relation::greater_equal, 1);
    const auto solution = solve_linear_program(program);
    if (!solution.feasible()) {
      verdict.reason =
          "no orders of trembles give the support of the beliefs; the conditions that contradict each other "
          "are at ";
      std::vector<std::string> names;
      for (std::size_t i = 0; i < equal_.size() + later_.size(); ++i) {
        if (solution.multipliers.empty() || solution.multipliers[i] == Scalar(0)) continue;
        const auto& c = i < equal_.size() ? equal_[i] : later_[i - equal_.size()];
        names.push_back("'" + tree_.set_label(tree_.information_set(c.node)) + "' (" + place(c.node) +
                        " against " + place(c.reference) + ")");
      }
      for (std::size_t i = 0; i < names.size(); ++i) verdict.reason += (i ? ", " : "") + names[i];
      return false;
    }
    verdict.tremble_orders.assign(at(tree_.actions()), Scalar(0));
    for (std::size_t j = 0; j < unplayed_.size(); ++j)
      verdict.tremble_orders[at(unplayed_[j])] = Scalar(1) + solution.point[j];
    return true;
  }

  /// (ii): eliminates the integer matrix of equal_ exactly, carrying each row's odds as integer powers of the
  /// originals.
  bool find_coefficients(ConsistencyVerdict<Scalar>& verdict) {
    const int rows = static_cast<int>(equal_.size()), columns = static_cast<int>(unplayed_.size());
    RowTable<Rational> matrix(rows, columns), made_of(rows, rows);
    for (int i = 0; i < rows; ++i) {
      made_of(i, i) = 1;
      for (const auto& [action, count] : equal_[static_cast<std::size_t>(i)].trembles)
        matrix(i, column_[at(action)]) = count;
    }
    std::vector<int> pivot_column;
    int done = 0;
    for (int column = 0; column < columns && done < rows; ++column) {
      int pivot = done;
      while (pivot < rows && matrix(pivot, column) == 0) ++pivot;
      if (pivot == rows) continue;
      std::swap_ranges(matrix.row(pivot).begin(), matrix.row(pivot).end(), matrix.row(done).begin());
      std::swap_ranges(made_of.row(pivot).begin(), made_of.row(pivot).end(), made_of.row(done).begin());
      for (int i = 0; i < rows; ++i) {
        if (i == done || matrix(i, column) == 0) continue;
        const Rational factor = matrix(i, column) / matrix(done, column);
        for (int j = 0; j < columns; ++j) matrix(i, j) -= factor * matrix(done, j);
        for (int j = 0; j < rows; ++j) made_of(i, j) -= factor * made_of(done, j);
      }
      pivot_column.push_back(column);
      ++done;
    }
    for (int i = done; i < rows; ++i)
      if (!product_is_one(made_of.row(i))) {
        verdict.reason =
            "the belief odds cannot come from one set of trembles: they contradict each other at ";
        bool first = true;
        for (int j = 0; j < rows; ++j)
          if (made_of(i, j) != 0) {
            verdict.reason +=
                (first ? "'" : ", '") +
                tree_.set_label(tree_.information_set(equal_[static_cast<std::size_t>(j)].node)) + "'";
            first = false;
          }
        return false;
      }
    verdict.tremble_log_coefficients.assign(at(tree_.actions()), 0.0);
    for (int i = 0; i < done; ++i) {
      double right = 0;
      for (int j = 0; j < rows; ++j)
        if (made_of(i, j) != 0) right += to_double(made_of(i, j)) * std::log(to_double(coefficient_odds(j)));
      verdict.tremble_log_coefficients[at(
          unplayed_[static_cast<std::size_t>(pivot_column[static_cast<std::size_t>(i)])])] =
          right / to_double(matrix(i, pivot_column[static_cast<std::size_t>(i)]));
    }
    return true;
  }

  /// What the coefficients on the node's path must be, relative to those on the reference's path.
  Scalar coefficient_odds(int i) const {
    const auto& c = equal_[static_cast<std::size_t>(i)];
    return assessment_.beliefs[at(c.node)] / assessment_.beliefs[at(c.reference)] / c.odds;
  }

  bool product_is_one(std::span<const Rational> powers) const {
    if constexpr (std::is_same_v<Scalar, double>) {
      double sum = 0;
      for (std::size_t j = 0; j < powers.size(); ++j)
        if (powers[j] != 0) sum += to_double(powers[j]) * std::log(coefficient_odds(static_cast<int>(j)));
      return std::abs(sum) <= odds_tolerance;
    } else {
      Integer scale = 1;
      for (const auto& p : powers)
        scale = boost::multiprecision::lcm(scale, boost::multiprecision::denominator(p));
      Rational product = 1;
      for (std::size_t j = 0; j < powers.size(); ++j) {
        const auto power =
            static_cast<int>(boost::multiprecision::numerator(Rational(powers[j] * Rational(scale))));
        const Rational odds = power < 0 ? Rational(1 / coefficient_odds(static_cast<int>(j)))
                                        : coefficient_odds(static_cast<int>(j));
        for (int k = 0; k < std::abs(power); ++k) product *= odds;
      }
      return product == 1;
    }
  }

  const ExtensiveGame<Scalar>& game_;
  const GameTree& tree_;
  const Assessment<Scalar>& assessment_;
  std::vector<Index> unplayed_, column_;
  std::vector<char> possible_;
  std::vector<Comparison<Scalar>> equal_, later_;
  bool missing_ = false;
};

}  // namespace

template <class Scalar>
ConsistencyVerdict<Scalar> decide_consistency(const ExtensiveGame<Scalar>& game,
                                              const Assessment<Scalar>& assessment) {
  return Decision<Scalar>(game, assessment).decide();
}

template ConsistencyVerdict<double> decide_consistency(const ExtensiveGame<double>&,
                                                       const Assessment<double>&);
template ConsistencyVerdict<Rational> decide_consistency(const ExtensiveGame<Rational>&,
                                                         const Assessment<Rational>&);

}  // namespace schelling
