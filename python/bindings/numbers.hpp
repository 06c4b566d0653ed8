#pragma once

/// Numbers of Python in exact and in double arithmetic, and arrays of them.

#include <schelling/core/error.hpp>
#include <schelling/numerics/rational.hpp>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <span>
#include <string>
#include <vector>

namespace schelling::python {

using Doubles = pybind11::array_t<double, pybind11::array::c_style | pybind11::array::forcecast>;
using Shape = std::vector<pybind11::ssize_t>;

inline Integer to_integer(const pybind11::handle& value) {
  return Integer(std::string(pybind11::str(value)));
}

/// From an int, a Fraction or a text; a float has no place here.
inline Rational to_rational(const pybind11::handle& value) {
  if (pybind11::isinstance<pybind11::str>(value)) return parse_rational(value.cast<std::string>());
  if (pybind11::hasattr(value, "numerator") && pybind11::hasattr(value, "denominator"))
    return {to_integer(value.attr("numerator")), to_integer(value.attr("denominator"))};
  throw InvalidArgument(expectation("number", "an int, a Fraction or a text such as \"1/3\"",
                                    std::string(pybind11::repr(value))));
}

inline std::vector<Rational> to_rationals(const pybind11::sequence& values) {
  std::vector<Rational> result;
  result.reserve(values.size());
  for (const auto& value : values) result.push_back(to_rational(value));
  return result;
}
inline std::vector<double> to_doubles(const Doubles& values) {
  return {values.data(), values.data() + values.size()};
}

/// Flat numbers of either kind.
template <class Scalar>
std::vector<Scalar> to_scalars(const pybind11::object& values) {
  if constexpr (std::is_same_v<Scalar, double>)
    return to_doubles(values.cast<Doubles>());
  else
    return to_rationals(values.cast<pybind11::sequence>());
}

inline pybind11::object to_int(const Integer& value) {
  return pybind11::reinterpret_steal<pybind11::object>(PyLong_FromString(value.str().c_str(), nullptr, 10));
}

/// Arrays of float64, or of Fractions.
class Arrays {
 public:
  explicit Arrays(bool exact) : exact_(exact) {
    if (exact_) fraction_ = pybind11::module_::import("fractions").attr("Fraction");
  }

  template <class Scalar>
  pybind11::object operator()(std::span<const Scalar> values, const Shape& shape) const {
    if (exact_) return fractions(values, shape);
    pybind11::array_t<double> array(shape);
    double* out = array.mutable_data();
    for (const auto& value : values) *out++ = to_double(value);
    return array;
  }
  template <class Scalar>
  pybind11::object operator()(const std::vector<Scalar>& values) const {
    return (*this)(std::span<const Scalar>(values), {static_cast<pybind11::ssize_t>(values.size())});
  }
  template <class Scalar>
  pybind11::object number(const Scalar& value) const {
    return exact_ ? fraction(value) : pybind11::object(pybind11::float_(to_double(value)));
  }

 private:
  bool exact_;
  pybind11::object fraction_;

  pybind11::object fraction(const Rational& value) const {
    return fraction_(to_int(numerator(value)), to_int(denominator(value)));
  }
  pybind11::object fraction(double) const {
    throw InvalidArgument("a result in double arithmetic has no fractions");
  }

  template <class Scalar>
  pybind11::object fractions(std::span<const Scalar> values, const Shape& shape) const {
    pybind11::object array =
        pybind11::module_::import("numpy").attr("empty")(values.size(), pybind11::arg("dtype") = "object");
    for (std::size_t i = 0; i < values.size(); ++i) array[pybind11::int_(i)] = fraction(values[i]);
    return array.attr("reshape")(pybind11::cast(shape));
  }
};

}  // namespace schelling::python
