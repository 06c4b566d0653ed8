#include <schelling/equilibria/signaling_regions.hpp>

#include <algorithm>
#include <set>

namespace schelling {

namespace {

using Table = std::vector<char>;

/// All unions of the supports of vertices: the supports of the points of their hull.
template <class Scalar>
std::set<Table> unions(const std::vector<RowTable<Scalar>>& vertices) {
  std::set<Table> result;
  for (const auto& vertex : vertices) {
    Table own;
    for (const auto& value : vertex.data()) own.push_back(value != Scalar(0));
    std::set<Table> more{own};
    for (const auto& other : result) {
      Table joined = own;
      for (std::size_t i = 0; i < own.size(); ++i) joined[i] = own[i] || other[i];
      more.insert(std::move(joined));
    }
    result.merge(more);
  }
  return result;
}

}  // namespace

SignalingKind SignalingSupport::kind() const {
  int types = 0;
  for (const auto& list : senders)
    for (const int t : list) types = std::max(types, t + 1);
  bool pooling = true, separating = true, single = true;
  std::vector<int> count(static_cast<std::size_t>(types));
  for (const auto& list : senders) {
    if (list.empty()) continue;
    pooling &= static_cast<int>(list.size()) == types;
    separating &= list.size() == 1;
    for (const int t : list) single &= ++count[static_cast<std::size_t>(t)] == 1;
  }
  if (pooling) return SignalingKind::pooling;
  if (separating) return SignalingKind::separating;
  return single ? SignalingKind::partially_pooling : SignalingKind::semi_separating;
}

template <class Scalar>
std::vector<SignalingSupport> supports(const SignalingEquilibria<Scalar>& equilibria) {
  const auto& game = equilibria.game;
  const auto index = [](int i) { return static_cast<std::size_t>(i); };
  std::set<SignalingSupport> found;
  for (const auto& component : equilibria.components)
    for (const auto& product : component.products) {
      const auto receivers = unions(product.receiver_vertices);
      for (const auto& sends : unions(product.sender_vertices))
        for (const auto& plays : receivers) {
          SignalingSupport support{std::vector<std::vector<int>>(index(game.messages())),
                                   std::vector<std::vector<int>>(index(game.messages()))};
          for (int m = 0; m < game.messages(); ++m) {
            for (int t = 0; t < game.types(); ++t)
              if (sends[index(t * game.messages() + m)]) support.senders[index(m)].push_back(t);
            if (support.senders[index(m)].empty()) continue;
            for (int a = 0; a < game.actions(); ++a)
              if (plays[index(m * game.actions() + a)]) support.replies[index(m)].push_back(a);
          }
          found.insert(std::move(support));
        }
    }
  return {found.begin(), found.end()};
}

template std::vector<SignalingSupport> supports(const SignalingEquilibria<double>&);
template std::vector<SignalingSupport> supports(const SignalingEquilibria<Rational>&);

}  // namespace schelling
