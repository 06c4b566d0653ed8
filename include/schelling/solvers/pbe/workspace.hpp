#pragma once

#include <schelling/solvers/pbe/cells.hpp>

#include <utility>
#include <vector>

namespace schelling::pbe {

/// Polyhedra that a solver fills again and again. A thread keeps their memory from one game to the next: allocating
/// it would cost as much as solving a game of two types, messages and actions.
template <class Number, class Bits>
struct Workspace {
  std::vector<ReplyPolytope<Number, Bits>> levels;  ///< of the search, by the messages that are sent so far
  SenderPolytope<Number, Bits> senders;
  Polyhedron<Number, Bits> best_replies, deterrents;
};

/// A workspace on loan from its thread. A solver that is called while another one waits, by the callback of a
/// monitor, gets one of its own.
template <class Number, class Bits>
class BorrowedWorkspace {
 public:
  BorrowedWorkspace() : workspace_(std::exchange(kept(), Workspace<Number, Bits>())) {}
  ~BorrowedWorkspace() { kept() = std::move(workspace_); }
  BorrowedWorkspace(const BorrowedWorkspace&) = delete;
  BorrowedWorkspace& operator=(const BorrowedWorkspace&) = delete;
  Workspace<Number, Bits>& operator*() { return workspace_; }

 private:
  Workspace<Number, Bits> workspace_;
  static Workspace<Number, Bits>& kept() {
    static thread_local Workspace<Number, Bits> workspace;
    return workspace;
  }
};

}  // namespace schelling::pbe
