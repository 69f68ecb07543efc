#include "core/expression/origin.hpp"

#include "core/base/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace goflow::core {
namespace {

constexpr std::size_t longest_line = 200;  // in characters
constexpr std::size_t room_before_fault = 80;

}  // namespace

FaultInText locate(const ExpressionError& error, const std::string& text, const Origin& origin) {
  const std::size_t begin = std::min(error.begin, text.size());
  const std::size_t line_begin = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
  const std::size_t line_end = std::min(text.find('\n', begin), text.size());
  const std::size_t end = std::clamp(error.end, begin, line_end);
  const std::string_view line = std::string_view(text).substr(line_begin, line_end - line_begin);

  FaultInText fault;
  const std::size_t characters_before = utf8::length(line.substr(0, begin - line_begin));
  const std::size_t width =
      std::max<std::size_t>(1, utf8::length(std::string_view(text).substr(begin, end - begin)));
  fault.at = origin.at;
  if (origin.is_verbatim) {
    fault.at.line += static_cast<int>(
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(line_begin), '\n'));
    fault.at.column += static_cast<int>(characters_before);
  }
  const bool is_cut = characters_before > longest_line - room_before_fault;
  const std::size_t left_out = is_cut ? characters_before - room_before_fault : 0;
  const std::string_view shown = line.substr(utf8::offset(line, left_out));
  fault.line = shown.substr(0, utf8::offset(shown, longest_line));
  fault.begin = static_cast<int>(characters_before - left_out);
  fault.end = static_cast<int>(std::min(characters_before - left_out + width, longest_line));
  return fault;
}

}  // namespace goflow::core
