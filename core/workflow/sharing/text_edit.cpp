#include "core/workflow/sharing/text_edit.hpp"

#include "core/workflow/yaml/scalar_extent.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

/// In {braces}, not line by line.
bool is_flow(std::string_view text, const YamlNode& map) {
  return map.at.begin < text.size() && text[map.at.begin] == '{';
}

/// Behind the colon.
std::size_t end_of_key(std::string_view text, const YamlMember& member) {
  const std::size_t begin = member.key_at.begin;
  const bool is_quoted = text[begin] == '"' || text[begin] == '\'';
  const std::size_t end =
      is_quoted ? end_of_scalar(text, begin, Surroundings::brackets) : begin + member.key.size();
  return std::min(text.find(':', end), text.size() - 1) + 1;
}

/// The ',' or bracket that ends what begins here, over nested brackets and quotes.
std::size_t end_of_flow_value(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char character = text[i];
    if (character == '"' || character == '\'') {
      i = end_of_scalar(text, i, Surroundings::brackets) - 1;
    } else if (character == '[' || character == '{') {
      ++depth;
    } else if (depth == 0 && (character == ',' || character == ']' || character == '}')) {
      return i;
    } else if (character == ']' || character == '}') {
      --depth;
    }
  }
  return text.size();
}

std::string without_flow_member(std::string text,
                                const YamlNode& map,
                                const YamlMember& member,
                                const YamlMember* next) {
  std::size_t begin = member.key_at.begin;
  if (next != nullptr) return text.erase(begin, next->key_at.begin - begin);
  const std::size_t end = end_of_flow_value(text, end_of_key(text, member));
  if (&map.members.front() != &member) begin = text.rfind(',', begin);
  return text.erase(begin, end - begin);
}

std::string without_block_member(std::string text,
                                 const YamlNode& map,
                                 const YamlMember& member,
                                 const YamlMember* next,
                                 const YamlMember* parent) {
  const std::size_t key = member.key_at.begin;
  const std::size_t begin = line_begin(text, key);
  const bool begins_line = text.find_first_not_of(' ', begin) == key;
  if (!begins_line && next != nullptr) return text.erase(key, next->key_at.begin - key);
  const std::size_t end = std::min(end_of_indented(text, key, key - begin) + 1, text.size());
  text.erase(begin, end - begin);
  // Nothing would be left of the map.
  if (map.members.size() == 1 && parent != nullptr) text.insert(end_of_key(text, *parent), " {}");
  return text;
}

}  // namespace

std::string without_member(std::string text,
                           const YamlNode& map,
                           const YamlMember& member,
                           const YamlMember* parent) {
  const YamlMember* next = &member == &map.members.back() ? nullptr : &member + 1;
  if (is_flow(text, map)) return without_flow_member(std::move(text), map, member, next);
  return without_block_member(std::move(text), map, member, next, parent);
}

std::string with_scalar(std::string text,
                        const YamlNode& map,
                        const YamlMember& member,
                        std::string_view value) {
  const std::size_t colon = end_of_key(text, member);
  const YamlNode& old = *member.value;
  if (old.is_null() && old.text.empty()) return text.insert(colon, " " + std::string(value));
  const std::size_t begin = std::min(text.find_first_not_of(' ', colon), text.size());
  const auto surroundings = is_flow(text, map) ? Surroundings::brackets : Surroundings::block;
  return text.replace(begin, end_of_scalar(text, begin, surroundings) - begin, value);
}

std::string with_first_member(std::string text, const YamlNode& map, std::string_view member) {
  const std::string separator = is_flow(text, map) ? ", " : "\n";
  const std::size_t first = map.members.empty() ? 0 : map.members.front().key_at.begin;
  return text.insert(first, std::string(member) + separator);
}

}  // namespace goflow::core
