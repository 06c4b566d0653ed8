#include "gambit_lexer.hpp"

#include <schelling/core/error.hpp>

#include <algorithm>
#include <charconv>

namespace schelling::gambit {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == ',';
}
bool is_word(char c) { return !is_space(c) && c != '"' && c != '{' && c != '}'; }

/// Length of the UTF-8 sequence that begins at `at`, 0 if there is none (RFC 3629).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned lead = byte(at);
  const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF)
    return continues(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && continues(at + 2) ? 3
                                                                                                          : 0;
  if (lead >= 0xF0 && lead <= 0xF4)
    return continues(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && continues(at + 2) &&
                   continues(at + 3)
               ? 4
               : 0;
  return 0;
}

}  // namespace

Lexer::Lexer(std::string_view text) : text_(text) {
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = sequence_length(text, at);
    if (length == 0)
      fail("text", "UTF-8", "the byte " + std::to_string(static_cast<unsigned char>(text[at])), line);
    if (text[at] == '\n') ++line;
    at += length;
  }
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
