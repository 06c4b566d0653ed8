#include "utf8.hpp"

#include <schelling/core/error.hpp>
#include <schelling/io/signaling_text.hpp>
#include <schelling/numerics/exact_distribution.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace schelling {

namespace {

struct Token {
  enum Kind { word, comma, colon } kind;
  std::string text;
  bool quoted = false;
};

[[noreturn]] void fail(int line, std::string_view expected, std::string_view found) {
  throw ParseError(expectation("line " + std::to_string(line), expected, found), line);
}

/// What a character after a backslash stands for: a line break or a carriage return, which would not survive in a
/// line, or itself.
char unescaped(char c) { return c == 'n' ? '\n' : c == 'r' ? '\r' : c; }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::vector<Token> tokens(std::string_view line, int number) {
  std::vector<Token> result;
  for (std::size_t i = 0; i < line.size();) {
    const char c = line[i];
    if (is_space(c)) {
      ++i;
    } else if (c == '#') {
      break;
    } else if (c == ',' || c == ':') {
      result.push_back({c == ',' ? Token::comma : Token::colon, std::string(1, c)});
      ++i;
    } else if (c == '"') {
      Token token{Token::word, {}, true};
      for (++i; i < line.size() && line[i] != '"'; ++i) {
        if (line[i] == '\\' && i + 1 < line.size())
          token.text += unescaped(line[++i]);
        else
          token.text += line[i];
      }
      if (i == line.size()) fail(number, "a closing quotation mark", "the end of the line");
      ++i;
      result.push_back(std::move(token));
    } else {
      const auto begin = i;
      while (i < line.size() && !is_space(line[i]) &&
             std::string_view("#,:\"").find(line[i]) == std::string_view::npos)
        ++i;
      result.push_back({Token::word, std::string(line.substr(begin, i - begin))});
    }
  }
  return result;
}

/// The tokens of one line, taken one after another.
class Line {
 public:
  Line(std::vector<Token> tokens, int number) : tokens_(std::move(tokens)), number_(number) {}

  int number() const { return number_; }
  bool done() const { return at_ == tokens_.size(); }
  std::string word(std::string_view expected) {
    if (done()) fail(number_, expected, "the end of the line");
    if (tokens_[at_].kind != Token::word) fail(number_, expected, "\"" + tokens_[at_].text + "\"");
    return tokens_[at_++].text;
  }
  Rational number(std::string_view expected) {
    const std::string text = word(expected);
    try {
      return parse_rational(text);
    } catch (const InvalidArgument&) {
      fail(number_, expected, "\"" + text + "\"");
    }
  }
  void keyword(std::string_view expected) {
    if (const auto text = word("\"" + std::string(expected) + "\""); text != expected)
      fail(number_, "\"" + std::string(expected) + "\"", "\"" + text + "\"");
  }
  bool accept(Token::Kind kind) {
    if (done() || tokens_[at_].kind != kind) return false;
    ++at_;
    return true;
  }
  void end() const {
    if (!done()) fail(number_, "the end of the line", "\"" + tokens_[at_].text + "\"");
  }

 private:
  std::vector<Token> tokens_;
  int number_;
  std::size_t at_ = 0;
};

std::vector<Line> lines(std::string_view text) {
  std::vector<Line> result;
  int number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (auto list = tokens(text.substr(0, end), ++number); !list.empty())
      result.emplace_back(std::move(list), number);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return result;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_((require_utf8(text), lines(text))) {}

  SignalingGame<Rational> read() {
    Line& title = next([] { return std::string("\"signaling game\""); });
    title.keyword("signaling");
    title.keyword("game");
    title.end();
    SignalingLabels labels;
    std::vector<Rational> prior;
    list("types", labels.types, &prior);
    list("messages", labels.messages, nullptr);
    list("actions", labels.actions, nullptr);
    const std::size_t actions = labels.actions.size(), rows = labels.types.size() * labels.messages.size();
    const auto type_number = numbered(labels.types), message_number = numbered(labels.messages);
    // Room is made row by row: a short text can name many rows.
    std::map<std::size_t, std::vector<Rational>> sender_row, receiver_row;
    for (std::size_t i = 0; i < rows; ++i) {
      Line& line = next([&] { return "payoffs for " + missing(sender_row, labels); });
      const std::size_t t = find(line, type_number, "a type"), m = find(line, message_number, "a message");
      const std::size_t row = t * labels.messages.size() + m;
      if (sender_row.contains(row))
        fail(line.number(), "each type and message once",
             labels.types[t] + " " + labels.messages[m] + " again");
      auto &sender = sender_row[row], &receiver = receiver_row[row];
      if (!line.accept(Token::colon))
        fail(line.number(), "a colon after type and message",
             line.done() ? "the end of the line" : line.word("a colon"));
      for (std::size_t a = 0; a < actions; ++a) {
        if (a > 0 && !line.accept(Token::comma))
          fail(line.number(), std::to_string(actions) + " pairs of payoffs", std::to_string(a));
        sender.push_back(line.number("the sender's payoff"));
        receiver.push_back(line.number("the receiver's payoff"));
      }
      line.end();
    }
    if (at_ < lines_.size()) fail(lines_[at_].number(), "the end of the game", "another line");
    const int type_count = static_cast<int>(labels.types.size()),
              message_count = static_cast<int>(labels.messages.size());
    return SignalingGame<Rational>::from_arrays(type_count, message_count, static_cast<int>(actions),
                                                std::move(prior), joined(sender_row), joined(receiver_row),
                                                std::move(labels));
  }

 private:
  std::vector<Line> lines_;
  std::size_t at_ = 0;

  template <class Expected>
  Line& next(Expected&& expected) {
    if (at_ == lines_.size()) {
      const int line = lines_.empty() ? 1 : lines_.back().number();
      fail(line, expected(), "the end of the text");
    }
    return lines_[at_++];
  }

  using Numbers = std::unordered_map<std::string, std::size_t>;
  static Numbers numbered(const std::vector<std::string>& labels) {
    Numbers numbers;
    for (const auto& label : labels) numbers.emplace(label, numbers.size());
    return numbers;
  }
  static std::vector<Rational> joined(std::map<std::size_t, std::vector<Rational>>& rows) {
    std::vector<Rational> all;
    for (auto& [row, values] : rows) std::move(values.begin(), values.end(), std::back_inserter(all));
    return all;
  }

  void list(const char* name, std::vector<std::string>& labels, std::vector<Rational>* prior) {
    Line& line = next([&] { return "\"" + std::string(name) + "\""; });
    line.keyword(name);
    std::unordered_set<std::string> seen;
    do {
      labels.push_back(line.word("a label"));
      if (labels.back().empty()) fail(line.number(), "a label", "an empty text");
      if (!seen.insert(labels.back()).second)
        fail(line.number(), "distinct labels", "\"" + labels.back() + "\" twice");
      if (!prior) continue;
      prior->push_back(line.number("the probability of " + labels.back()));
      if (prior->back() <= 0) fail(line.number(), "positive probabilities", to_text(prior->back()));
    } while (line.accept(Token::comma));
    line.end();
    if (!prior) return;
    const Rational sum = std::accumulate(prior->begin(), prior->end(), Rational(0));
    if (sum != 1) fail(line.number(), "probabilities of sum 1", to_text(sum));
  }

  static std::size_t find(Line& line, const Numbers& numbers, std::string_view what) {
    const std::string label = line.word(what);
    const auto found = numbers.find(label);
    if (found == numbers.end()) fail(line.number(), what, "\"" + label + "\"");
    return found->second;
  }

  /// Names the first row that is not there yet.
  static std::string missing(const std::map<std::size_t, std::vector<Rational>>& known,
                             const SignalingLabels& labels) {
    std::size_t row = 0;
    for (auto entry = known.begin(); entry != known.end() && entry->first == row; ++entry) ++row;
    return labels.types[row / labels.messages.size()] + " " + labels.messages[row % labels.messages.size()];
  }
};

std::string written(const std::string& label) {
  if (!label.empty() && label.find_first_of(" \t\r\n,:#\"\\") == std::string::npos) return label;
  std::string text = "\"";
  for (const char c : label) {
    if (c == '"' || c == '\\' || c == '\n' || c == '\r') text += '\\';
    text += c == '\n' ? 'n' : c == '\r' ? 'r' : c;
  }
  return text + "\"";
}

}  // namespace

SignalingGame<Rational> read_signaling(std::string_view text) { return Reader(text).read(); }

namespace {

/// Doubles are written as their shortest decimals, which a reader takes exactly; a prior whose decimals do not sum to
/// one, as the fractions of its exact copy.
std::vector<std::string> written_prior(std::span<const Rational> prior) {
  std::vector<std::string> result;
  for (const auto& p : prior) result.push_back(to_text(p));
  return result;
}
std::vector<std::string> written_prior(std::span<const double> prior) {
  const auto read = exact_distribution(prior);
  if (read.reading != ProbabilityReading::shortest_decimals) return written_prior(read.probabilities);
  std::vector<std::string> result;
  for (const double p : prior) result.push_back(to_text(p));
  return result;
}

}  // namespace

template <class Scalar>
std::string write_signaling(const SignalingGame<Scalar>& game) {
  const auto& labels = game.labels();
  const auto prior = written_prior(game.prior());
  std::string text = "signaling game\ntypes";
  for (std::size_t t = 0; t < prior.size(); ++t)
    text += (t ? ", " : " ") + written(labels.types[t]) + " " + prior[t];
  const auto list = [&](const char* name, const std::vector<std::string>& items) {
    text += std::string("\n") + name;
    for (std::size_t i = 0; i < items.size(); ++i) text += (i ? ", " : " ") + written(items[i]);
  };
  list("messages", labels.messages);
  list("actions", labels.actions);
  text += "\n";
  for (int t = 0; t < game.types(); ++t)
    for (int m = 0; m < game.messages(); ++m) {
      text += written(labels.types[static_cast<std::size_t>(t)]) + " " +
              written(labels.messages[static_cast<std::size_t>(m)]) + ":";
      for (int a = 0; a < game.actions(); ++a)
        text += (a ? ", " : " ") + to_text(game.sender(t, m, a)) + " " + to_text(game.receiver(t, m, a));
      text += "\n";
    }
  return text;
}

template std::string write_signaling(const SignalingGame<double>&);
template std::string write_signaling(const SignalingGame<Rational>&);

}  // namespace schelling
