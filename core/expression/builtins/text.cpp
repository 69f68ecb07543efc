// Functions of texts. Positions and lengths count code points.
#include "core/base/utf8.hpp"
#include "core/expression/budget.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"
#include "core/expression/case_mapping.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

/// What does not change, is copied: also bytes that are no UTF-8.
void append_mapped(std::string& out, std::string_view bytes, char32_t (*map)(char32_t)) {
  const char32_t character = utf8::first_character(bytes).code;
  const char32_t other = map(character);
  if (other == character || !utf8::append(out, other)) out += bytes;
}

Outcome mapped(Call& call, char32_t (*map)(char32_t)) {
  const std::string& text = call.text(0);
  GOFLOW_TRY(call.produce(text.size()));
  std::string out;
  out.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view bytes = utf8::first(rest);
    append_mapped(out, bytes, map);
    rest.remove_prefix(bytes.size());
  }
  return Value(std::move(out));
}

Outcome upper(Call& call) {
  return mapped(call, to_upper);
}

Outcome lower(Call& call) {
  return mapped(call, to_lower);
}

Outcome capitalize(Call& call) {
  const std::string& text = call.text(0);
  GOFLOW_TRY(call.produce(text.size()));
  if (text.empty()) return call.value(0);
  const std::string_view bytes = utf8::first(text);
  std::string out;
  append_mapped(out, bytes, to_upper);
  return Value(out.append(text, bytes.size()));
}

bool is_white(char32_t character) {
  return (character >= 0x09 && character <= 0x0D) || character == 0x20 || character == 0x85 ||
         character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A) ||
         character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F ||
         character == 0x3000;
}

template <class Predicate>
std::string_view trimmed(std::string_view text, const Predicate& goes) {
  while (!text.empty() && goes(utf8::first(text))) {
    text.remove_prefix(utf8::first(text).size());
  }
  while (!text.empty() && goes(utf8::last(text))) {
    text.remove_suffix(utf8::last(text).size());
  }
  return text;
}

Outcome trim(Call& call) {
  const std::string& text = call.text(0);
  GOFLOW_TRY(call.produce(text.size()));
  if (!call.has(1)) {
    return Value(trimmed(
        text, [](std::string_view bytes) { return is_white(utf8::first_character(bytes).code); }));
  }
  const std::string& characters = call.text(1);
  return Value(trimmed(
      text, [&](std::string_view bytes) { return characters.find(bytes) != std::string::npos; }));
}

Outcome trim_prefix(Call& call) {
  const std::string& text = call.text(0);
  if (!text.starts_with(call.text(1))) return call.value(0);
  return Value(text.substr(call.text(1).size()));
}

Outcome trim_suffix(Call& call) {
  const std::string& text = call.text(0);
  if (!text.ends_with(call.text(1))) return call.value(0);
  return Value(text.substr(0, text.size() - call.text(1).size()));
}

Outcome has_prefix(Call& call) {
  return Value(call.text(0).starts_with(call.text(1)));
}

Outcome has_suffix(Call& call) {
  return Value(call.text(0).ends_with(call.text(1)));
}

enum class Separator { dropped, kept };

/// Where the part at the front ends, its separator excluded; npos: it is the last.
std::size_t end_of_part(std::string_view rest, const std::string& separator) {
  if (!separator.empty()) return rest.find(separator);
  const std::size_t size = utf8::first(rest).size();
  return size == rest.size() ? std::string_view::npos : size;
}

Outcome split_at(Call& call, Separator kept) {
  const std::string& separator = call.text(1);
  if (call.has(2) && call.whole(2) < 1) return call.bad_argument(2, "at least one part is needed");
  std::string_view rest = call.text(0);
  GOFLOW_TRY(call.produce(rest.size()));
  Array parts;
  if (rest.empty() && separator.empty()) return Value(std::move(parts));
  while (!call.has(2) || static_cast<std::int64_t>(parts.size()) + 1 < call.whole(2)) {
    const std::size_t end = end_of_part(rest, separator);
    if (end == std::string_view::npos) break;
    GOFLOW_TRY(call.touch(1));
    parts.emplace_back(rest.substr(0, end + (kept == Separator::kept ? separator.size() : 0)));
    rest.remove_prefix(end + separator.size());
  }
  parts.emplace_back(rest);
  return Value(std::move(parts));
}

Outcome split(Call& call) {
  return split_at(call, Separator::dropped);
}

Outcome split_after(Call& call) {
  return split_at(call, Separator::kept);
}

Outcome join(Call& call) {
  const Array& items = call.array(0);
  const std::string separator = call.has(1) ? call.text(1) : "";
  GOFLOW_TRY(call.touch(items.size()));
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_array() || items[i].is_object()) {
      return fault(Code::type_mismatch,
                   call.place(0),
                   "'join' needs texts, numbers, booleans or nulls, got " + describe(items[i]),
                   "of each element: map(…, toJSON(#))");
    }
    if (i > 0) out += separator;
    out += to_text(items[i]);
    if (out.size() > largest_value) break;
  }
  GOFLOW_TRY(call.produce(out.size()));
  return Value(std::move(out));
}

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

Outcome replace(Call& call) {
  const std::string& text = call.text(0);
  const std::string& old = call.text(1);
  const std::string& replacement = call.text(2);
  if (old.empty()) return call.bad_argument(1, "the text to be replaced is empty");
  const std::size_t count = occurrences(text, old);
  GOFLOW_TRY(call.produce(text.size() - count * old.size() + count * replacement.size()));
  std::string out;
  std::size_t begin = 0;
  for (auto at = text.find(old); at != std::string::npos; at = text.find(old, begin)) {
    out.append(text, begin, at - begin).append(replacement);
    begin = at + old.size();
  }
  return Value(out.append(text, begin));
}

Outcome repeat(Call& call) {
  const std::string& text = call.text(0);
  const std::int64_t times = call.whole(1);
  if (times < 0) return call.bad_argument(1, "a text cannot be repeated fewer than zero times");
  if (text.empty()) return call.value(0);
  // The product might not fit into 64 bits; what is too large is so already here.
  const auto count = static_cast<std::size_t>(times);
  GOFLOW_TRY(call.produce(count > largest_value ? count : count * text.size()));
  std::string out;
  out.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) {
    out += text;
  }
  return Value(std::move(out));
}

Outcome position(const std::string& text, std::size_t offset) {
  if (offset == std::string::npos) return Value(-1);
  return Value(static_cast<std::int64_t>(utf8::length(std::string_view(text).substr(0, offset))));
}

Outcome index_of(Call& call) {
  return position(call.text(0), call.text(0).find(call.text(1)));
}

Outcome last_index_of(Call& call) {
  return position(call.text(0), call.text(0).rfind(call.text(1)));
}

Outcome length(Call& call) {
  const Value& value = call.value(0);
  const std::size_t size = value.is_text()    ? utf8::length(value.as_text())
                           : value.is_array() ? value.as_array().size()
                                              : value.as_object().size();
  return Value(static_cast<std::int64_t>(size));
}

constexpr Parameter text = required(Takes::text);
constexpr Parameter limit = optional(Takes::whole_number);

constexpr std::array<Builtin, 17> table{{
    {"upper(text)",
     "in capital letters, after Unicode, whatever the language",
     {text},
     Kind::text,
     upper},
    {"lower(text)",
     "in small letters, after Unicode, whatever the language",
     {text},
     Kind::text,
     lower},
    {"capitalize(text)",
     "the first character as a capital, the rest as it is",
     {text},
     Kind::text,
     capitalize},
    {"trim(text[, characters])",
     "without white space, or these characters, at both ends",
     {text, optional(Takes::text)},
     Kind::text,
     trim},
    {"trimPrefix(text, prefix)",
     "without this beginning, once",
     {text, text},
     Kind::text,
     trim_prefix},
    {"trimSuffix(text, suffix)",
     "without this ending, once",
     {text, text},
     Kind::text,
     trim_suffix},
    {"hasPrefix(text, prefix)",
     "what the operator startsWith says",
     {text, text},
     Kind::boolean,
     has_prefix},
    {"hasSuffix(text, suffix)",
     "what the operator endsWith says",
     {text, text},
     Kind::boolean,
     has_suffix},
    {"split(text, separator[, limit])",
     "the parts between separators, at most so many; an empty separator gives the characters",
     {text, text, limit},
     Kind::array,
     split},
    {"splitAfter(text, separator[, limit])",
     "as split, but each part keeps its separator",
     {text, text, limit},
     Kind::array,
     split_after},
    {"join(array[, separator])",
     "the text forms of texts, numbers, booleans and nulls, with the separator between them",
     {required(Takes::array), optional(Takes::text)},
     Kind::text,
     join},
    {"replace(text, old, new)",
     "every occurrence of one text replaced",
     {text, text, text},
     Kind::text,
     replace},
    {"repeat(text, times)",
     "the text so many times",
     {text, required(Takes::whole_number)},
     Kind::text,
     repeat},
    {"indexOf(text, part)",
     "the place of the first occurrence, counted from 0, or -1",
     {text, text},
     Kind::integer,
     index_of},
    {"lastIndexOf(text, part)",
     "the place of the last occurrence, counted from 0, or -1",
     {text, text},
     Kind::integer,
     last_index_of},
    {"len(value)",
     "how many characters, elements or members",
     {required(Takes::sized)},
     Kind::integer,
     length},
    {"length(value)", "the same as len", {required(Takes::sized)}, Kind::integer, length},
}};

}  // namespace

std::span<const Builtin> text_builtins() {
  return table;
}

}  // namespace goflow::core::expression
