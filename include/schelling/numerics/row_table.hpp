#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace schelling {

/// A dense table in row-major order that grows by rows: what the solvers fill, with exact integers among the numbers.
/// Linear algebra, and what users see, is `Matrix`.
template <class T>
class RowTable {
 public:
  RowTable() = default;
  RowTable(int rows, int columns, const T& value = T())
      : rows_(rows),
        columns_(columns),
        data_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), value) {}

  int rows() const { return rows_; }
  int columns() const { return columns_; }
  T& operator()(int row, int column) { return data_[index(row, column)]; }
  const T& operator()(int row, int column) const { return data_[index(row, column)]; }
  std::span<T> row(int r) { return {data_.data() + index(r, 0), static_cast<std::size_t>(columns_)}; }
  std::span<const T> row(int r) const {
    return {data_.data() + index(r, 0), static_cast<std::size_t>(columns_)};
  }
  const std::vector<T>& data() const { return data_; }

  /// Appends a row; the first one fixes the number of columns of a matrix that has none.
  void append(std::span<const T> values) {
    if (rows_ == 0 && columns_ == 0) columns_ = static_cast<int>(values.size());
    assert(values.size() == static_cast<std::size_t>(columns_));
    data_.insert(data_.end(), values.begin(), values.end());
    ++rows_;
  }

  friend bool operator==(const RowTable&, const RowTable&) = default;

 private:
  int rows_ = 0, columns_ = 0;
  std::vector<T> data_;

  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }
};

}  // namespace schelling
