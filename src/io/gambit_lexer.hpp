#pragma once

#include <schelling/numerics/rational.hpp>

#include <string>
#include <string_view>

namespace schelling::gambit {

/// Reads the words, quoted texts and braces that both of Gambit's formats are made of, and knows the line of
/// each.
class Lexer {
 public:
  /// @throws ParseError if the text is not UTF-8
  explicit Lexer(std::string_view text);

  /// Line of the next token, counted from 1.
  int line() const { return line_; }
  bool at_end() const { return at_ == text_.size(); }
  bool next_is_quoted() const { return !at_end() && text_[at_] == '"'; }
  bool next_is(char brace) const { return !at_end() && text_[at_] == brace; }

  /// Each reads one token or throws ParseError; `what` names in the error what was expected.
  void brace(char brace, std::string_view what);
  std::string quoted(std::string_view what);
  std::string word(std::string_view what);
  int integer(std::string_view what);
  Rational number(std::string_view what);

  [[noreturn]] void fail(std::string_view what, std::string_view expected, std::string_view found,
                         int line) const;
  /// The same for the token that comes next.
  [[noreturn]] void fail_at_next(std::string_view what, std::string_view expected) const;

 private:
  void skip_space();
  std::string next_token() const;

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

/// The text between quotes, with quotes and backslashes escaped.
std::string quote(std::string_view text);

}  // namespace schelling::gambit
