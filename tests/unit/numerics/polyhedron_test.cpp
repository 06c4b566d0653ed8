#include <schelling/numerics/polyhedron.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace schelling {
namespace {

using Row = std::vector<int>;

/// Triangle x + y + z = 1 in the positive octant: rows are (1, x, y, z), bits 0 to 2 the signs.
template <class Number>
Polyhedron<Number, BitSet<1>> triangle() {
  Polyhedron<Number, BitSet<1>> result(4);
  for (int i = 0; i < 3; ++i) {
    BitSet<1> tight;
    for (int j = 0; j < 3; ++j)
      if (j != i) tight.insert(j);
    const auto row = result.append(tight);
    row[0] = row[static_cast<std::size_t>(1 + i)] = Number(1);
  }
  return result;
}

std::set<Row> rows(const Polyhedron<Checked64, BitSet<1>>& polyhedron) {
  std::set<Row> found;
  for (int i = 0; i < polyhedron.size(); ++i) {
    Row row;
    for (const auto& x : polyhedron.row(i)) row.push_back(static_cast<int>(x.value()));
    found.insert(row);
  }
  return found;
}

TEST(Polyhedron, CutsATriangleToAQuadrilateral) {
  auto polygon = triangle<Checked64>();
  // 3 x <= 2 cuts one corner off.
  polygon.cut(3, [](auto row) { return Checked64(2) * row[0] - Checked64(3) * row[1]; });
  polygon.reduce();
  EXPECT_EQ(rows(polygon), (std::set<Row>{{1, 0, 1, 0}, {1, 0, 0, 1}, {3, 2, 1, 0}, {3, 2, 0, 1}}));
  for (int i = 0; i < polygon.size(); ++i)
    EXPECT_EQ(polygon.tight(i).contains(3), polygon.row(i)[1] == Checked64(2));
  // Opposite corners are not adjacent: y = z meets the boundary twice, not in the middle.
  polygon.cut_to([](auto row) { return row[2] - row[3]; });
  polygon.reduce();
  EXPECT_EQ(rows(polygon), (std::set<Row>{{2, 0, 1, 1}, {6, 4, 1, 1}}));
}

TEST(Polyhedron, IsEmptyOrTouchedAtACorner) {
  auto corner = triangle<Checked64>();
  corner.cut(3, [](auto row) { return row[1] - row[0]; });  // x >= 1
  EXPECT_EQ(rows(corner), (std::set<Row>{{1, 1, 0, 0}}));
  EXPECT_TRUE(corner.tight(0).contains(3));
  corner.cut(4, [](auto row) { return row[2] - row[3] - row[1]; });
  EXPECT_TRUE(corner.empty());
}

TEST(Polyhedron, KeepsRedundantConstraintsApart) {
  auto polygon = triangle<Checked64>();
  for (int bit = 3; bit < 6; ++bit) polygon.cut(bit, [](auto row) { return row[0] - Checked64(2) * row[1]; });
  EXPECT_EQ(polygon.size(), 4);
  for (int i = 0; i < polygon.size(); ++i)
    EXPECT_EQ(polygon.tight(i).contains(3), polygon.tight(i).contains(5));
}

TEST(Polyhedron, SaysWhereDoublesCannotDecide) {
  auto polygon = triangle<double>();
  polygon.cut(3, [](auto row) { return row[0] - 1.5 * row[1]; });
  EXPECT_FALSE(polygon.uncertain());
  EXPECT_EQ(polygon.size(), 4);
  polygon.cut(4, [](auto row) { return row[0] - 1.5 * row[1] + 1e-16; });
  EXPECT_TRUE(polygon.uncertain()) << "the same edge again, but for rounding";
  EXPECT_EQ(polygon.size(), 4);
}

}  // namespace
}  // namespace schelling
