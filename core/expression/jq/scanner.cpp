#include "core/expression/jq/scanner.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>

namespace goflow::core::expression::jq {
namespace {

bool begins_name(char character) {
  return std::isalpha(static_cast<unsigned char>(character)) != 0 || character == '_';
}

bool continues_name(char character) {
  return begins_name(character) || std::isdigit(static_cast<unsigned char>(character)) != 0;
}

char partner_of(char opening) {
  return opening == '(' ? ')' : opening == '[' ? ']' : '}';
}

class Scanner {
 public:
  explicit Scanner(std::string_view program) : program_(program) {}

  Result<std::vector<Word>, ExpressionError> run() {
    while (at_ < program_.size()) {
      GOFLOW_TRY(step());
    }
    if (!open_.empty()) {
      const Bracket& bracket = open_.back();
      if (bracket.is_in_text) return unclosed_text(bracket.text_begin);
      return fault(Code::syntax,
                   Place{bracket.at, bracket.at + 1},
                   std::string("'") + bracket.opening + "' is not closed");
    }
    return std::move(words_);
  }

 private:
  struct Bracket {
    char opening = '(';
    std::size_t at = 0;
    bool is_in_text = false;  // of `"\(…)"`: what follows it is text again
    std::size_t text_begin = 0;
    bool is_pattern = false;     // of `as [$a, {b: $c}]`
    bool is_parameters = false;  // of `def f($a):`
  };

  Check step() {
    const char character = program_[at_];
    if (std::isspace(static_cast<unsigned char>(character)) != 0) {
      ++at_;
      return {};
    }
    if (character == '#') {
      at_ = std::min(program_.find('\n', at_), program_.size());
      return {};
    }
    if (character == '"') return begin_text();
    if (character == '$' && at_ + 1 < program_.size() && begins_name(program_[at_ + 1])) {
      add_variable();
      return {};
    }
    if (begins_name(character)) {
      add_name();
      return {};
    }
    if (character == '.' && at_ + 1 < program_.size() && begins_name(program_[at_ + 1])) {
      add_other(end_of_name(at_ + 1));
      return {};
    }
    if (character == '@') {
      add_other(end_of_name(at_ + 1));
      return {};
    }
    return take_mark(character);
  }

  Check take_mark(char character) {
    if (character == '(' || character == '[' || character == '{') {
      open(character);
      return {};
    }
    if (character == ')' || character == ']' || character == '}') return close(character);
    if (program_.substr(at_, 3) == "?//") {
      expects_pattern_ = true;
      add_other(at_ + 3);
      return {};
    }
    add_other(at_ + 1);
    return {};
  }

  void open(char character) {
    Bracket bracket{character, at_};
    bracket.is_pattern = character != '(' && (expects_pattern_ || is_within_pattern());
    bracket.is_parameters =
        character == '(' && words_.size() >= 2 && words_[words_.size() - 2].text == "def";
    expects_pattern_ = false;
    add_other(at_ + 1);
    open_.push_back(bracket);
  }

  Check close(char character) {
    if (open_.empty() || partner_of(open_.back().opening) != character) {
      return fault(
          Code::syntax, Place{at_, at_ + 1}, std::string("'") + character + "' closes nothing");
    }
    const Bracket closed = open_.back();
    open_.pop_back();
    add_other(at_ + 1);
    return closed.is_in_text ? continue_text(closed.text_begin) : Check();
  }

  Check begin_text() {
    const std::size_t begin = at_++;
    return continue_text(begin);
  }

  /// Up to the end of the text, or to a `\(` in it.
  Check continue_text(std::size_t begin) {
    while (at_ < program_.size() && program_[at_] != '"') {
      if (program_[at_] != '\\') {
        ++at_;
      } else if (program_.substr(at_, 2) == "\\(") {
        Bracket bracket{'(', at_ + 1};
        bracket.is_in_text = true;
        bracket.text_begin = begin;
        open_.push_back(bracket);
        at_ += 2;
        return {};
      } else {
        at_ += 2;
      }
    }
    if (at_ >= program_.size()) return unclosed_text(begin);
    ++at_;
    words_.push_back({Word::Kind::other, program_.substr(begin, at_ - begin), {begin, at_}});
    return {};
  }

  static ExpressionError unclosed_text(std::size_t begin) {
    return fault(Code::syntax, Place{begin, begin + 1}, "the text is not closed");
  }

  void add_variable() {
    const std::size_t begin = at_;
    const std::size_t end = end_of_name(at_ + 1);
    const bool is_bound =
        expects_pattern_ || is_within_pattern() || is_within_parameters() || follows("label");
    expects_pattern_ = false;
    add(is_bound ? Word::Kind::binding : Word::Kind::variable, begin + 1, end);
    words_.back().place.begin = begin;
  }

  void add_name() {
    const std::size_t begin = at_;
    const std::size_t end = end_of_name(at_);
    const std::string_view name = program_.substr(begin, end - begin);
    const bool is_key = is_at_key();
    add(is_key ? Word::Kind::other : Word::Kind::call, begin, end);
    if (!is_key && name == "as") expects_pattern_ = true;
  }

  /// The beginning of a member of an object, or of a pattern of one.
  [[nodiscard]] bool is_at_key() const {
    if (open_.empty() || open_.back().opening != '{' || words_.empty()) return false;
    const std::string_view before = words_.back().text;
    return before == "{" || before == ",";
  }

  [[nodiscard]] bool is_within_pattern() const { return !open_.empty() && open_.back().is_pattern; }
  [[nodiscard]] bool is_within_parameters() const {
    return !open_.empty() && open_.back().is_parameters;
  }
  [[nodiscard]] bool follows(std::string_view word) const {
    return !words_.empty() && words_.back().kind == Word::Kind::call && words_.back().text == word;
  }

  /// `name`, and the `::` of modules within it.
  [[nodiscard]] std::size_t end_of_name(std::size_t at) const {
    while (at < program_.size()) {
      if (continues_name(program_[at])) {
        ++at;
      } else if (program_.substr(at, 2) == "::" && at + 2 < program_.size() &&
                 begins_name(program_[at + 2])) {
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }

  void add_other(std::size_t end) { add(Word::Kind::other, at_, end); }

  void add(Word::Kind kind, std::size_t begin, std::size_t end) {
    words_.push_back({kind, program_.substr(begin, end - begin), {begin, end}});
    at_ = end;
  }

  std::string_view program_;
  std::size_t at_ = 0;
  std::vector<Bracket> open_;
  std::vector<Word> words_;
  bool expects_pattern_ = false;  // after `as`, and after `?//`
};

}  // namespace

Result<std::vector<Word>, ExpressionError> scan(std::string_view program) {
  return Scanner(program).run();
}

}  // namespace goflow::core::expression::jq
