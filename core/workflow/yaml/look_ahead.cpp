#include "core/workflow/yaml/look_ahead.hpp"

#include "core/workflow/yaml/tree_builder.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 4096;
// What is told within so many bytes is not worth looking at.
constexpr std::size_t small = 65'536;
constexpr std::size_t most_separators = 250'000;

bool is_separator(char character) {
  return character == ',' || character == ':' || character == '[' || character == ']' ||
         character == '{' || character == '}';
}

}  // namespace

LookAhead::LookAhead(const SourceText& source, Problems& problems)
    : source_(source), problems_(problems) {}

void LookAhead::told_text(std::size_t offset, bool in_brackets) {
  told(offset, in_brackets);
  told_text_ = true;
}

void LookAhead::told_begin(std::size_t offset, bool in_brackets) {
  told(offset, in_brackets);
  told_text_ = false;
}

void LookAhead::told(std::size_t offset, bool in_brackets) {
  told_ = std::min(offset, source_.text().size());
  counted_ = told_;
  separators_ = 0;
  in_brackets_ = in_brackets;
}

LookAhead::int_type LookAhead::underflow() {
  if (read_ > told_ + small) check();
  // The last piece stays: at the end of a short file the parser puts back what it has taken.
  if (read_ == source_.text().size()) return traits_type::eof();
  piece_ = source_.text().substr(read_, piece_size);
  read_ += piece_.size();
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
  return traits_type::to_int_type(piece_.front());
}

void LookAhead::check() {
  if (!in_brackets_ && !is_bracket_next()) return;
  in_brackets_ = true;
  const std::string_view unread = source_.text().substr(counted_, read_ - counted_);
  separators_ +=
      static_cast<std::size_t>(std::count_if(unread.begin(), unread.end(), is_separator));
  counted_ = read_;
  if (separators_ <= most_separators) return;
  problems_.add(Rule::too_much_yaml,
                {told_, told_ + 1},
                "one value in brackets has " + std::to_string(separators_) +
                    " or more commas, colons and brackets, at most " +
                    std::to_string(most_separators) + " are allowed",
                "write its items in lines of their own, each with '- '");
  throw YamlRefused{};
}

/// Of what was told last only the beginning is known.
bool LookAhead::is_bracket_next() const {
  const std::string_view text = source_.text();
  std::size_t at = told_text_ ? after_text(told_) : told_;
  while (at < text.size()) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '&' || text[at] == '!') {
      at = std::min(text.find_first_of(" \t\r\n", at), text.size());
    } else if (std::string_view(" \t\r\n:-?").find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      return text[at] == '[' || text[at] == '{';
    }
  }
  return false;
}

/// Behind a key or a text of one line.
std::size_t LookAhead::after_text(std::size_t at) const {
  const std::string_view text = source_.text();
  if (at >= text.size()) return at;
  const char quote = text[at];
  if (quote != '"' && quote != '\'') return std::min(text.find_first_of(":\n", at), text.size());
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return std::min(at + 1, text.size());
}

}  // namespace goflow::core
