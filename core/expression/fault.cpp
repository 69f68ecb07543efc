#include "core/expression/fault.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/budget.hpp"
#include "core/value/json.hpp"

#include <array>
#include <utility>

namespace goflow::core::expression {
namespace {

constexpr std::size_t longest_shown = 40;

std::string describe_text(const std::string& text) {
  const std::size_t end = utf8::offset(text, longest_shown);
  if (end == text.size()) return "string " + to_json(text);
  return "string " + to_json(text.substr(0, end) + "…");
}

std::string describe_size(const Value& value) {
  if (value.is_array()) return "array of " + std::to_string(value.as_array().size()) + " elements";
  return "object of " + std::to_string(value.as_object().size()) + " members";
}

}  // namespace

ExpressionError fault(Code code, Place place, std::string message, std::string hint) {
  return ExpressionError{code, std::move(message), std::move(hint), place.begin, place.end};
}

std::string describe(const Value& value) {
  if (value.is_null()) return "null";
  if (value.is_text()) return describe_text(value.as_text());
  const bool container = value.is_array() || value.is_object();
  if (container && !json_size(value, longest_shown)) return describe_size(value);
  return std::string(to_string(value.kind())) + " " + to_json(value);
}

std::string describe(KindSet kinds) {
  if (kinds == any_kind) return "any value";
  constexpr std::array<Kind, 7> all{Kind::null,
                                    Kind::boolean,
                                    Kind::integer,
                                    Kind::floating,
                                    Kind::text,
                                    Kind::array,
                                    Kind::object};
  std::string text;
  for (const Kind kind : all) {
    if (!kinds.has(kind)) continue;
    if (!text.empty()) text += " or ";
    text += to_string(kind);
  }
  return text;
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (names.size() > most) text += ", …";
  return text;
}

std::string join_hints(std::string first, const std::string& second) {
  if (!first.empty() && !second.empty()) first += first.back() == '?' ? " " : "; ";
  return std::move(first) + second;
}

}  // namespace goflow::core::expression
