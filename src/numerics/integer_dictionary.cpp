#include "numerics/integer_dictionary.hpp"

#include "numerics/exact_quotient.hpp"

#include <algorithm>
#include <limits>

namespace schelling {

namespace {

/// Room for the sign, and for one bit that `ExactQuotient` keeps free.
template <class Number>
constexpr int usable_bits = static_cast<int>(8 * sizeof(Number)) - 2;

template <class Number>
bool fits(const Integer& value) {
  return value == 0 || static_cast<int>(boost::multiprecision::msb(abs(value))) < usable_bits<Number>;
}
inline bool fits_64(int128 value) {
  constexpr int128 bound = int128{1} << (usable_bits<std::int64_t> - 1);
  return value < bound && value > -bound;
}

template <class To>
To convert(const Integer& value) {
  if constexpr (sizeof(To) == sizeof(std::int64_t)) {
    return static_cast<To>(value);
  } else {
    const Integer magnitude = abs(value);
    const To high = static_cast<To>(static_cast<std::uint64_t>(magnitude >> 64));
    const To low = static_cast<To>(static_cast<std::uint64_t>(magnitude & ~std::uint64_t{0}));
    const To whole = (high << 64) | low;
    return value < 0 ? -whole : whole;
  }
}

inline double approximate(std::int64_t value) { return static_cast<double>(value); }
/// Not a number where ratios could leave the range of double.
inline double approximate(const Integer& value) {
  constexpr unsigned largest_bit = 500;
  return value == 0 || boost::multiprecision::msb(abs(value)) < largest_bit
             ? value.convert_to<double>()
             : std::numeric_limits<double>::quiet_NaN();
}
#ifdef __SIZEOF_INT128__
inline double approximate(int128 value) {
  return 0x1p64 * static_cast<double>(static_cast<std::int64_t>(value >> 64)) +
         static_cast<double>(static_cast<std::uint64_t>(value));
}
#endif

}  // namespace

IntegerDictionary::IntegerDictionary(std::vector<int> basic, std::vector<int> nonbasic,
                                     std::vector<Integer> entries)
    : basic_(std::move(basic)), nonbasic_(std::move(nonbasic)), perturbed_(basic_) {
  place_.resize(basic_.size() + nonbasic_.size());
  for (int row = 0; row < rows(); ++row) place_[at(basic_[at(row)])] = row;
  for (int column = 1; column <= columns(); ++column) place_[at(nonbasic_[at(column - 1)])] = -1 - column;
  tables_ = Table<Integer>{std::move(entries), 1};
  narrow();
}

void IntegerDictionary::narrow() {
  if (auto* wide = std::get_if<Table<Integer>>(&tables_)) {
    const auto convert_to = [&]<class To>(To) {
      if (!fits<To>(wide->denominator) || !std::all_of(wide->entries.begin(), wide->entries.end(), fits<To>))
        return false;
      Table<To> table;
      for (const auto& entry : wide->entries) table.entries.push_back(convert<To>(entry));
      table.denominator = convert<To>(wide->denominator);
      tables_ = std::move(table);
      return true;
    };
    if (convert_to(std::int64_t{})) return;
#ifdef __SIZEOF_INT128__
    convert_to(int128{});
#endif
  }
#ifdef __SIZEOF_INT128__
  else if (auto* middle = std::get_if<Table<int128>>(&tables_)) {
    if (!fits_64(middle->denominator) ||
        !std::all_of(middle->entries.begin(), middle->entries.end(), fits_64))
      return;
    auto& table = spare64_;
    table.entries.resize(middle->entries.size());
    for (std::size_t i = 0; i < table.entries.size(); ++i)
      table.entries[i] = static_cast<std::int64_t>(middle->entries[i]);
    table.denominator = static_cast<std::int64_t>(middle->denominator);
    spare128_ = std::move(*middle);
    tables_ = std::move(table);
  }
#endif
}

void IntegerDictionary::widen() {
#ifdef __SIZEOF_INT128__
  if (auto* narrow = std::get_if<Table<std::int64_t>>(&tables_)) {
    auto& table = spare128_;
    table.entries.assign(narrow->entries.begin(), narrow->entries.end());
    table.denominator = narrow->denominator;
    spare64_ = std::move(*narrow);
    tables_ = std::move(table);
    return;
  }
#endif
  Table<Integer> table;
  std::visit(
      [&](const auto& narrow) {
        table.entries.assign(narrow.entries.begin(), narrow.entries.end());
        table.denominator = narrow.denominator;
      },
      tables_);
  tables_ = std::move(table);
}

template <class Number>
bool IntegerDictionary::try_pivot(const Table<Number>& from, int row, int column, Table<Number>& to) const {
  const std::size_t width = nonbasic_.size() + 1, c = at(column);
  to.entries.resize(from.entries.size());
  const Number* const pivot_row = from.entries.data() + place(row, 0);
  const Number pivot = pivot_row[c];
  const bool negate = pivot < 0;
  const Number p = negate ? Number(-pivot) : pivot;
  const ExactQuotient<Number> quotient(from.denominator);
  for (int i = 0; i < rows(); ++i) {
    const Number* const old = from.entries.data() + place(i, 0);
    Number* const out = to.entries.data() + place(i, 0);
    if (i == row) {
      for (std::size_t j = 0; j < width; ++j) out[j] = negate ? Number(-old[j]) : old[j];
      out[c] = negate ? Number(-from.denominator) : from.denominator;
      continue;
    }
    // With both signs turned where the pivot is negative, so that the denominator stays positive.
    const Number q = negate ? Number(-old[c]) : old[c];
    for (std::size_t j = 0; j < width; ++j)
      if (!quotient(p, old[j], q, pivot_row[j], out[j])) return false;
    out[c] = -q;
  }
  to.denominator = p;
  return true;
}

template <class Number>
void IntegerDictionary::replace(Table<Number>& table) {
  std::swap(std::get<Table<Number>>(tables_), table);
}

void IntegerDictionary::pivot(int row, int column) {
  for (;;) {
    if (auto* table = std::get_if<Table<std::int64_t>>(&tables_)) {
      if (try_pivot(*table, row, column, spare64_)) {
        replace(spare64_);
        break;
      }
#ifdef __SIZEOF_INT128__
    } else if (auto* middle = std::get_if<Table<int128>>(&tables_)) {
      if (try_pivot(*middle, row, column, spare128_)) {
        replace(spare128_);
        narrow();
        break;
      }
#endif
    } else {
      try_pivot(std::get<Table<Integer>>(tables_), row, column, spare_integer_);
      replace(spare_integer_);
      narrow();
      break;
    }
    widen();
  }
  std::swap(basic_[at(row)], nonbasic_[at(column - 1)]);
  place_[at(basic_[at(row)])] = row;
  place_[at(nonbasic_[at(column - 1)])] = -1 - column;
}

/// Sign of the difference of the rows' perturbations, each over its entry in the column.
template <class Number>
int IntegerDictionary::compare_perturbed(const Table<Number>& table, int row, int other, int column) const {
  const Number& a = table.entries[place(row, column)];
  const Number& b = table.entries[place(other, column)];
  for (const int variable : perturbed_) {
    const int where = place_[at(variable)];
    int sign = 0;
    if (where < 0)
      sign = cross_sign(table.entries[place(row, -1 - where)], b, table.entries[place(other, -1 - where)], a);
    else if (where == row)
      sign = 1;
    else if (where == other)
      sign = -1;
    if (sign != 0) return sign;
  }
  return 0;
}

template <class Number>
int IntegerDictionary::leaving_row(const Table<Number>& table, int column) const {
  // Ratios of rounded numbers decide unless they are too close: each carries three rounding errors.
  constexpr double margin = 16 * std::numeric_limits<double>::epsilon();
  int best = -1;
  double best_ratio = 0;
  for (int row = 0; row < rows(); ++row) {
    const Number& entry = table.entries[place(row, column)];
    if (!(entry > 0)) continue;
    const Number& constant = table.entries[place(row, 0)];
    const double ratio = approximate(constant) / approximate(entry);
    // Where a ratio is not a number both comparisons fail, and the exact one decides.
    const double difference = ratio - best_ratio, error = margin * std::max(ratio, best_ratio);
    if (best >= 0 && difference > error) continue;
    if (best >= 0 && !(difference < -error)) {
      int sign =
          cross_sign(constant, table.entries[place(best, column)], table.entries[place(best, 0)], entry);
      if (sign == 0) sign = compare_perturbed(table, row, best, column);
      if (sign > 0) continue;
    }
    best = row;
    best_ratio = ratio;
  }
  return best;
}

int IntegerDictionary::leaving_row(int column) const {
  return std::visit([&](const auto& table) { return leaving_row(table, column); }, tables_);
}

bool IntegerDictionary::is_zero(int row, int column) const {
  return std::visit([&](const auto& table) { return table.entries[place(row, column)] == 0; }, tables_);
}

Rational IntegerDictionary::value(int row) const {
  return std::visit(
      [&](const auto& table) {
        return Rational(Integer(table.entries[place(row, 0)]), Integer(table.denominator));
      },
      tables_);
}

}  // namespace schelling
