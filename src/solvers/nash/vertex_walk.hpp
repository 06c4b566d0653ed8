#pragma once

#include "solvers/nash/best_reply_polyhedron.hpp"

#include <schelling/numerics/bit_set.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace schelling::nash {

/// A set of bit sets, none of them empty, with open addressing.
template <class Bits>
class BitSetTable {
 public:
  BitSetTable() : slots_(1024) {}

  /// False if it was there already.
  bool insert(const Bits& bits) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    return put(bits);
  }

 private:
  std::vector<Bits> slots_;
  std::size_t size_ = 0;

  bool put(const Bits& bits) {
    std::size_t i = hash(bits) & (slots_.size() - 1);
    for (; !(slots_[i] == Bits()); i = (i + 1) & (slots_.size() - 1))
      if (slots_[i] == bits) return false;
    slots_[i] = bits;
    ++size_;
    return true;
  }
  void grow() {
    std::vector<Bits> old(2 * slots_.size());
    old.swap(slots_);
    size_ = 0;
    for (const Bits& bits : old)
      if (!(bits == Bits())) put(bits);
  }
};

/// All vertices of a best-reply polyhedron, one at each call, by a depth-first walk along its edges.
///
/// The walk visits the feasible bases of the perturbed polyhedron, which is simple and whose graph is therefore
/// connected (Balinski 1961), and remembers them; a vertex with several bases is met several times.
template <class Bits>
class VertexWalk {
 public:
  explicit VertexWalk(const BestReplyPolyhedron& polyhedron) : dictionary_(polyhedron.first()) {
    for (int row = 0; row < dictionary_.rows(); ++row) basis_.insert(dictionary_.basic(row));
    visited_.insert(basis_);
  }

  /// Moves on to a basis that was not visited; false if there is none left.
  bool next() {
    if (!started_) return started_ = true;
    for (;;) {
      for (; column_ <= dictionary_.columns(); ++column_) {
        const int row = dictionary_.leaving_row(column_);
        if (row < 0) continue;
        Bits neighbour = basis_;
        neighbour.erase(dictionary_.basic(row));
        neighbour.insert(dictionary_.nonbasic(column_));
        if (!visited_.insert(neighbour)) continue;
        path_.push_back({row, column_});
        dictionary_.pivot(row, column_);
        basis_ = neighbour;
        column_ = 1;
        return true;
      }
      if (path_.empty()) return false;
      const auto [row, column] = path_.back();
      path_.pop_back();
      basis_.erase(dictionary_.basic(row));
      basis_.insert(dictionary_.nonbasic(column));
      dictionary_.pivot(row, column);
      column_ = column + 1;
    }
  }

  const Bits& basis() const { return basis_; }
  /// The variables that are zero.
  Bits zeros() const {
    Bits zeros;
    for (int column = 1; column <= dictionary_.columns(); ++column)
      zeros.insert(dictionary_.nonbasic(column));
    for (int row = 0; row < dictionary_.rows(); ++row)
      if (dictionary_.is_zero(row, 0)) zeros.insert(dictionary_.basic(row));
    return zeros;
  }

 private:
  struct Step {
    int row, column;
  };
  IntegerDictionary dictionary_;
  Bits basis_;
  BitSetTable<Bits> visited_;
  std::vector<Step> path_;
  int column_ = 1;
  bool started_ = false;
};

}  // namespace schelling::nash
