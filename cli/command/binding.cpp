#include "cli/command/binding.hpp"

#include <charconv>
#include <limits>

namespace goflow::cli {
namespace {

core::Error not_a(const std::string& what, const std::string& word) {
  return {core::ErrorCode::invalid_argument, "'" + word + "' is not " + what};
}

template <class Number>
core::Result<Number> parse_whole_number(const std::string& word) {
  Number number = 0;
  const char* end = word.data() + word.size();
  const auto [stop, fault] = std::from_chars(word.data(), end, number);
  if (fault == std::errc::result_out_of_range) {
    return core::Error{core::ErrorCode::invalid_argument, "'" + word + "' is too large a number"};
  }
  if (fault != std::errc{} || stop != end) return not_a("a whole number", word);
  return number;
}

}  // namespace

template <>
core::Result<std::string> parse_word(const std::string& word) {
  return word;
}

template <>
core::Result<int> parse_word(const std::string& word) {
  return parse_whole_number<int>(word);
}

template <>
core::Result<std::int64_t> parse_word(const std::string& word) {
  return parse_whole_number<std::int64_t>(word);
}

template <>
core::Result<std::chrono::milliseconds> parse_word(const std::string& word) {
  const auto duration = core::parse_duration(word);
  if (duration) return *duration;
  return not_a("a duration", word).with_hint("write " + std::string(core::duration_rule));
}

std::string show_word(const std::string& value) {
  return value;
}

std::string show_word(std::int64_t value) {
  return std::to_string(value);
}

std::string show_word(std::chrono::milliseconds value) {
  return core::format_duration(value);
}

}  // namespace goflow::cli
