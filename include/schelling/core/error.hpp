#pragma once

#include <schelling/core/number_text.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace schelling {

/// Base of everything the library throws: a caller's mistake. What mathematics answers is a Status instead.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A game, or a part of one, that is not well formed.
class InvalidGame : public Error {
 public:
  using Error::Error;
};

/// A solver option outside its range.
class InvalidOptions : public Error {
 public:
  using Error::Error;
};

/// A model parameter or another argument that is unknown or outside its domain.
class InvalidArgument : public Error {
 public:
  using Error::Error;
};

/// A text that is not of its format.
class ParseError : public Error {
 public:
  ParseError(const std::string& message, int line) : Error(message), line_(line) {}
  /// Line of the offending text, counted from 1; 0 if the whole text is meant.
  int line() const { return line_; }

 private:
  int line_;
};

/// One sentence in the library's form: "<what>: expected <expected>, found <found>".
inline std::string expectation(std::string_view what, std::string_view expected, std::string_view found) {
  std::string text;
  text.reserve(what.size() + expected.size() + found.size() + 20);
  return text.append(what).append(": expected ").append(expected).append(", found ").append(found);
}

}  // namespace schelling
