#include "core/workflow/yaml/plain_yaml.hpp"

#include "core/workflow/yaml/tree_builder.hpp"

#include <algorithm>
#include <string>

namespace goflow::core {
namespace {

/// Thrown at whatever is not surely plain; all that was told so far then counts for nothing.
struct NotPlain {};

// Longer lines are for the reader that watches its memory.
constexpr std::size_t longest_line = 65'536;
constexpr std::size_t longest_key = 128;
constexpr std::size_t deepest_brackets = 64;

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

bool is_part_of_key(char character) {
  return is_letter(character) || is_digit(character) || character == '_' || character == '-' ||
         character == '.';
}

/// What may begin a text without quotes, in brackets too.
bool begins_text(char character) {
  return is_letter(character) || is_digit(character) || static_cast<signed char>(character) < 0 ||
         std::string_view("_./$~+(<=\\^;").find(character) != std::string_view::npos;
}

/// Or may end it, together with what follows.
bool ends_text_in_brackets(char character) {
  return std::string_view(",:]}[{?#").find(character) != std::string_view::npos;
}

bool is_null(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

/// A walk over the lines, from what is written in one to the beginning of the next.
class PlainReader {
 public:
  PlainReader(std::string_view text, TreeBuilder& builder) : text_(text), builder_(builder) {}

  void read() {
    next_line();
    if (is_at_end_ || indent() != 0) throw NotPlain{};
    builder_.document(at_);
    if (is_dash()) {
      read_list(0);
    } else {
      read_map(0);
    }
    if (!is_at_end_) throw NotPlain{};
  }

 private:
  // Blocks. Each begins where its first part is, and ends at the line behind it.

  void read_map(std::size_t column) {
    builder_.begin_map(at_);
    do {
      read_key();
      read_member(column);
    } while (!is_at_end_ && indent() == column && !is_dash());
    if (!is_at_end_ && indent() > column) throw NotPlain{};
    builder_.end();
  }

  void read_member(std::size_t column) {
    skip_spaces();
    if (!is_behind_line()) return read_inline(column);
    next_line();
    const bool is_list = !is_at_end_ && is_dash();
    if (!is_at_end_ && indent() > column) {
      is_list ? read_list(indent()) : read_map(indent());
    } else if (is_list && indent() == column) {
      read_list(column);
    } else {
      builder_.scalar(std::min(at_, text_.size()), TreeBuilder::plain, "");
    }
  }

  void read_list(std::size_t column) {
    builder_.begin_list(at_);
    do {
      ++at_;
      skip_spaces();
      read_item(column);
    } while (!is_at_end_ && indent() == column && is_dash());
    if (!is_at_end_ && indent() > column) throw NotPlain{};
    builder_.end();
  }

  void read_item(std::size_t column) {
    if (is_behind_line()) throw NotPlain{};
    const std::size_t item_column = at_ - line_;
    if (is_dash()) {
      read_list(item_column);
    } else if (end_of_key() != at_) {
      read_map(item_column);
    } else {
      read_inline(column);
    }
  }

  /// A value that begins in this line, after a key or dash at `column`.
  void read_inline(std::size_t column) {
    if (character() == '|') return read_literal(column);
    if (is_quote() || is_bracket()) {
      read_enclosed(0);
    } else {
      read_text();
    }
    const std::size_t behind = at_;
    skip_spaces();
    if (at_ == behind && at_ < end_) throw NotPlain{};
    if (!is_behind_line()) throw NotPlain{};
    next_line();
    if (!is_at_end_ && indent() > column) throw NotPlain{};
  }

  /// `|`, `|-` or `|+`, and the lines that stand deeper than `column`.
  void read_literal(std::size_t column) {
    const std::size_t begin = at_++;
    const char chomping = at_ < end_ ? text_[at_++] : ' ';
    if (at_ != end_ || std::string_view(" -+").find(chomping) == std::string_view::npos) {
      throw NotPlain{};
    }
    std::string content;
    std::size_t blank_lines = 0;
    std::size_t depth = 0;
    for (;;) {
      const std::size_t line = end_ + 1;
      if (line >= text_.size()) break;
      const std::size_t end = text_.find('\n', line);
      if (end == std::string_view::npos) throw NotPlain{};
      const std::size_t first = text_.find_first_not_of(' ', line);
      const std::size_t indent = first - line;
      if (first == end) {
        if (indent > depth) throw NotPlain{};
        ++blank_lines;
      } else if (depth == 0 && indent <= column) {
        throw NotPlain{};
      } else if (depth != 0 && indent < depth) {
        if (indent > column) throw NotPlain{};
        break;
      } else {
        if (depth == 0) depth = indent;
        content.append(blank_lines, '\n');
        blank_lines = 0;
        content += text_.substr(line + depth, end + 1 - line - depth);
      }
      end_ = end;
    }
    if (content.empty()) throw NotPlain{};
    if (chomping == '-') content.pop_back();
    if (chomping == '+') content.append(blank_lines, '\n');
    builder_.scalar(begin, TreeBuilder::quoted, content);
    next_line();
  }

  // Parts of a line. Each ends behind itself.

  void read_key() {
    const std::size_t end = end_of_key();
    if (end == at_) throw NotPlain{};
    if (is_quote()) {
      builder_.scalar(at_, TreeBuilder::quoted, text_.substr(at_ + 1, end - at_ - 2));
    } else {
      builder_.scalar(at_, TreeBuilder::plain, text_.substr(at_, end - at_));
    }
    at_ = end + 1;
  }

  /// Of the word or the text in quotes that stands here, if a colon follows; else where it begins.
  [[nodiscard]] std::size_t end_of_key() const {
    std::size_t end = at_;
    if (is_quote()) {
      end = find(at_ + 1, [quote = character()](char one) { return one == quote || one == '\\'; });
      if (end == end_ || text_[end] != character()) return at_;
      ++end;
    } else if (is_letter(character()) || is_digit(character()) || character() == '_') {
      while (end < end_ && is_part_of_key(text_[end]))
        ++end;
      if (is_null(text_.substr(at_, end - at_))) return at_;
    }
    const bool is_key = end < end_ && text_[end] == ':' && end - at_ <= longest_key &&
                        (end + 1 == end_ || text_[end + 1] == ' ');
    return is_key ? end : at_;
  }

  void read_text() {
    const bool is_dashed = character() == '-' && at_ + 1 < end_ && text_[at_ + 1] != ' ';
    if (!begins_text(character()) && !is_dashed) throw NotPlain{};
    std::size_t end = at_ + 1;
    for (; end < end_; ++end) {
      if (text_[end] == '#' && text_[end - 1] == ' ') break;
      if (text_[end] == ':' && (end + 1 == end_ || text_[end + 1] == ' ')) throw NotPlain{};
    }
    tell_text(end);
  }

  void read_text_in_brackets() {
    const bool is_negative = character() == '-' && at_ + 1 < end_ && is_digit(text_[at_ + 1]);
    if (!begins_text(character()) && !is_negative) throw NotPlain{};
    std::size_t end = find(at_, ends_text_in_brackets);
    while (end + 1 < end_ && text_[end] == ':' && begins_text(text_[end + 1])) {
      end = find(end + 1, ends_text_in_brackets);
    }
    if (end == end_ || (text_[end] != ',' && text_[end] != ']' && text_[end] != '}')) {
      throw NotPlain{};
    }
    tell_text(end);
  }

  /// The text from here to `end`, without the spaces at its end.
  void tell_text(std::size_t end) {
    while (text_[end - 1] == ' ')
      --end;
    const std::string_view text = text_.substr(at_, end - at_);
    builder_.scalar(at_, TreeBuilder::plain, is_null(text) ? std::string_view() : text);
    at_ = end;
  }

  /// In quotes or in brackets.
  void read_enclosed(std::size_t depth) {
    if (is_quote()) return character() == '"' ? read_double_quoted() : read_single_quoted();
    if (++depth > deepest_brackets) throw NotPlain{};
    character() == '[' ? read_list_in_brackets(depth) : read_map_in_brackets(depth);
  }

  void read_list_in_brackets(std::size_t depth) {
    builder_.begin_list(at_++);
    skip_spaces();
    if (character() != ']') {
      read_value_in_brackets(depth);
      while (is_at_comma(']'))
        read_value_in_brackets(depth);
    }
    ++at_;
    builder_.end();
  }

  void read_map_in_brackets(std::size_t depth) {
    builder_.begin_map(at_++);
    skip_spaces();
    if (character() != '}') {
      read_member_in_brackets(depth);
      while (is_at_comma('}'))
        read_member_in_brackets(depth);
    }
    ++at_;
    builder_.end();
  }

  void read_member_in_brackets(std::size_t depth) {
    read_key();
    skip_spaces();
    read_value_in_brackets(depth);
  }

  void read_value_in_brackets(std::size_t depth) {
    if (is_quote() || is_bracket()) {
      read_enclosed(depth);
    } else {
      read_text_in_brackets();
    }
  }

  /// Goes behind the comma and its spaces; false at the closing bracket.
  bool is_at_comma(char closing) {
    skip_spaces();
    if (character() == closing) return false;
    if (character() != ',') throw NotPlain{};
    ++at_;
    skip_spaces();
    return true;
  }

  void read_double_quoted() {
    const std::size_t begin = at_++;
    std::string text;
    for (;;) {
      const std::size_t next = find(at_, [](char one) { return one == '"' || one == '\\'; });
      if (next == end_) throw NotPlain{};
      text += text_.substr(at_, next - at_);
      at_ = next + 1;
      if (text_[next] == '"') break;
      text += escaped();
    }
    builder_.scalar(begin, TreeBuilder::quoted, text);
  }

  char escaped() {
    if (at_ == end_) throw NotPlain{};
    switch (text_[at_++]) {
      case '"':
        return '"';
      case '\\':
        return '\\';
      case 'n':
        return '\n';
      case 't':
        return '\t';
      default:
        throw NotPlain{};
    }
  }

  void read_single_quoted() {
    const std::size_t begin = at_++;
    std::string text;
    for (;;) {
      const std::size_t next = find(at_, [](char one) { return one == '\''; });
      if (next == end_) throw NotPlain{};
      text += text_.substr(at_, next - at_);
      at_ = next + 1;
      if (at_ >= end_ || text_[at_] != '\'') break;
      text += text_[at_++];
    }
    builder_.scalar(begin, TreeBuilder::quoted, text);
  }

  // Lines.

  /// To the first character of the next line that is neither empty nor a comment.
  void next_line() {
    do {
      line_ = end_ == npos ? 0 : end_ + 1;
      if (line_ >= text_.size()) {
        is_at_end_ = true;
        return;
      }
      end_ = std::min(text_.find('\n', line_), text_.size());
      if (end_ - line_ > longest_line) throw NotPlain{};
      at_ = std::min(text_.find_first_not_of(' ', line_), end_);
    } while (at_ == end_ || text_[at_] == '#');
    const std::string_view start = text_.substr(line_, 3);
    if (start == "---" || start == "..." || start.front() == '%') throw NotPlain{};
  }

  void skip_spaces() {
    while (at_ < end_ && text_[at_] == ' ')
      ++at_;
  }

  /// Where in this line there is such a character, from there on; else its end.
  template <typename IsIt>
  [[nodiscard]] std::size_t find(std::size_t from, IsIt is_it) const {
    while (from < end_ && !is_it(text_[from]))
      ++from;
    return from;
  }

  /// The character here, a line end behind the last.
  [[nodiscard]] char character() const { return at_ < end_ ? text_[at_] : '\n'; }
  [[nodiscard]] std::size_t indent() const { return at_ - line_; }
  [[nodiscard]] bool is_quote() const { return character() == '"' || character() == '\''; }
  [[nodiscard]] bool is_bracket() const { return character() == '[' || character() == '{'; }
  [[nodiscard]] bool is_dash() const {
    return character() == '-' && at_ + 1 < end_ && text_[at_ + 1] == ' ';
  }
  [[nodiscard]] bool is_behind_line() const { return at_ == end_ || text_[at_] == '#'; }

  static constexpr std::size_t npos = std::string_view::npos;

  std::string_view text_;
  TreeBuilder& builder_;
  std::size_t line_ = 0;    // where this line begins
  std::size_t end_ = npos;  // and where it ends; npos: before the first
  std::size_t at_ = 0;
  bool is_at_end_ = false;
};

/// No tabs, no carriage returns, no byte order mark: yaml-cpp has its own views on them.
bool has_plain_characters(std::string_view text) {
  return std::none_of(
             text.begin(), text.end(), [](char one) { return one == '\t' || one == '\r'; }) &&
         text.find("\xEF\xBB\xBF") == std::string_view::npos;
}

}  // namespace

YamlPtr read_plain_yaml(const SourceText& source) {
  if (!has_plain_characters(source.text())) return nullptr;
  Problems problems(source);
  TreeBuilder builder(source, problems);
  try {
    PlainReader(source.text(), builder).read();
  } catch (const NotPlain&) {
    return nullptr;
  } catch (const YamlRefused&) {
    return nullptr;
  }
  return problems.has_errors() ? nullptr : builder.root();
}

}  // namespace goflow::core
