#include "core/workflow/yaml/source_text.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t checkpoint_bytes = 1024;

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

}  // namespace

SourceText::SourceText(std::string_view text) : text_(text) {
  constexpr std::size_t usual_line = 24;
  lines_.reserve(text.size() / usual_line + 2);
  lines_.push_back(0);
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', end + 1)) {
    lines_.push_back(end + 1);
  }
  std::size_t characters = 0;
  checkpoints_.reserve(text.size() / checkpoint_bytes + 1);
  checkpoints_.push_back(characters);
  for (std::size_t end = checkpoint_bytes; end <= text.size(); end += checkpoint_bytes) {
    const char* last = text.data() + end;
    characters +=
        static_cast<std::size_t>(std::count_if(last - checkpoint_bytes, last, begins_character));
    checkpoints_.push_back(characters);
  }
}

Position SourceText::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const std::size_t column = characters_between(*(next - 1), offset);
  return {static_cast<int>(next - lines_.begin()), static_cast<int>(column) + 1};
}

int SourceText::width(Span span) const {
  const std::size_t end = std::min(span.end, line_end(span.begin));
  if (end <= span.begin) return 1;
  return static_cast<int>(characters_between(span.begin, end));
}

std::size_t SourceText::line_begin(int line) const {
  const auto index = static_cast<std::size_t>(line - 1);
  return index < lines_.size() ? lines_[index] : text_.size();
}

std::size_t SourceText::line_end(std::size_t offset) const {
  const std::size_t end = std::min(text_.find_first_of("\r\n", offset), text_.size());
  return end;
}

std::size_t SourceText::characters_between(std::size_t begin, std::size_t end) const {
  if (end - begin > checkpoint_bytes) return characters_before(end) - characters_before(begin);
  return static_cast<std::size_t>(
      std::count_if(text_.data() + begin, text_.data() + end, begins_character));
}

std::size_t SourceText::characters_before(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const std::size_t checkpoint = std::min(offset / checkpoint_bytes, checkpoints_.size() - 1);
  const std::size_t from = std::min(checkpoint * checkpoint_bytes, offset);
  const auto* first = text_.data() + from;
  return checkpoints_[checkpoint] +
         static_cast<std::size_t>(std::count_if(first, text_.data() + offset, begins_character));
}

}  // namespace goflow::core
