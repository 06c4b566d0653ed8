#include "gambit_lexer.hpp"
#include "utf8.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <charconv>

namespace schelling::gambit {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == ',';
}
bool is_word(char c) { return !is_space(c) && c != '"' && c != '{' && c != '}'; }

}  // namespace

Lexer::Lexer(std::string_view text) : text_(text) {
  require_utf8(text);
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark, as some editors write
  skip_space();
}

void Lexer::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }
}

std::string Lexer::next_token() const {
  if (at_end()) return "the end of the text";
  if (text_[at_] == '"') {
    const auto shown = text_.substr(at_, 40);
    return "the text " +
           std::string(shown.substr(
               0, shown.find('"', 1) == std::string_view::npos ? shown.size() : shown.find('"', 1) + 1));
  }
  std::size_t end = at_ + 1;
  while (is_word(text_[at_]) && end < text_.size() && is_word(text_[end]) && end - at_ < 40) ++end;
  return "'" + std::string(text_.substr(at_, end - at_)) + "'";
}

void Lexer::fail(std::string_view what, std::string_view expected, std::string_view found, int line) const {
  throw ParseError("line " + std::to_string(line) + ": " + expectation(what, expected, found), line);
}

void Lexer::fail_at_next(std::string_view what, std::string_view expected) const {
  fail(what, expected, next_token(), line_);
}

void Lexer::brace(char brace, std::string_view what) {
  if (!next_is(brace)) fail_at_next(what, std::string("'") + brace + "'");
  ++at_;
  skip_space();
}

std::string Lexer::quoted(std::string_view what) {
  if (!next_is_quoted()) fail_at_next(what, "a text in quotes");
  const int first_line = line_;
  std::string out;
  for (++at_;; ++at_) {
    if (at_end()) fail(what, "a closing quote", "the end of the text", first_line);
    char c = text_[at_];
    if (c == '"') break;
    if (c == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\'))
      c = text_[++at_];
    if (c == '\n') ++line_;
    out += c;
  }
  ++at_;
  skip_space();
  return out;
}

std::string Lexer::word(std::string_view what) {
  std::size_t end = at_;
  while (end < text_.size() && is_word(text_[end])) ++end;
  if (end == at_) fail_at_next(what, "a word");
  std::string out(text_.substr(at_, end - at_));
  at_ = end;
  skip_space();
  return out;
}

int Lexer::integer(std::string_view what) {
  const int line = line_;
  if (at_end() || !is_word(text_[at_])) fail_at_next(what, "an integer");
  const std::string digits = word(what);
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size())
    fail(what, "an integer", "'" + digits.substr(0, 40) + "'", line);
  return value;
}

Rational Lexer::number(std::string_view what) {
  const int line = line_;
  if (at_end() || !is_word(text_[at_])) fail_at_next(what, "a number");
  const std::string digits = word(what);
  try {
    return parse_rational(digits);
  } catch (const InvalidArgument&) {
    fail(what, "an integer, a fraction p/q or a decimal", "'" + digits.substr(0, 40) + "'", line);
  }
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace schelling::gambit
