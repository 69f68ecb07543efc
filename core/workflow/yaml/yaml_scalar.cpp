#include "core/workflow/yaml/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <type_traits>

namespace goflow::core {
namespace {

using Resolved = Result<YamlScalar, std::string>;

constexpr std::string_view standard_prefix = "tag:yaml.org,2002:";

template <std::size_t size>
bool is_one_of(std::string_view text, const std::string_view (&words)[size]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

bool is_null(std::string_view text) {
  constexpr std::string_view words[] = {"", "~", "null", "Null", "NULL"};
  return is_one_of(text, words);
}

std::optional<bool> as_boolean(std::string_view text) {
  constexpr std::string_view truths[] = {"true", "True", "TRUE"};
  constexpr std::string_view lies[] = {"false", "False", "FALSE"};
  if (is_one_of(text, truths)) return true;
  if (is_one_of(text, lies)) return false;
  return std::nullopt;
}

bool only(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text;
}

Resolved to_integer(std::string_view written, std::string_view digits, int base) {
  std::int64_t number = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (problem != std::errc{} || end != digits.data() + digits.size()) {
    return "integer " + std::string(written) + " is beyond 64 bits";
  }
  return YamlScalar(number);
}

std::optional<Resolved> as_integer(std::string_view text) {
  if (text.substr(0, 2) == "0o" && only(text.substr(2), "01234567")) {
    return to_integer(text, text.substr(2), 8);
  }
  if (text.substr(0, 2) == "0x" && only(text.substr(2), "0123456789abcdefABCDEF")) {
    return to_integer(text, text.substr(2), 16);
  }
  if (!only(without_sign(text), "0123456789")) return std::nullopt;
  return to_integer(text, text[0] == '+' ? text.substr(1) : text, 10);
}

bool is_infinite_or_nan(std::string_view text) {
  constexpr std::string_view infinities[] = {".inf", ".Inf", ".INF"};
  constexpr std::string_view nans[] = {".nan", ".NaN", ".NAN"};
  return is_one_of(without_sign(text), infinities) || is_one_of(text, nans);
}

/// [-+]? ( .[0-9]+ | [0-9]+ ( .[0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool has_form_of_float(std::string_view text) {
  text = without_sign(text);
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    if (!only(without_sign(text.substr(exponent + 1)), "0123456789")) return false;
    text = text.substr(0, exponent);
  }
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return only(text, "0123456789");
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(point + 1);
  if (whole.empty()) return only(fraction, "0123456789");
  return only(whole, "0123456789") && (fraction.empty() || only(fraction, "0123456789"));
}

std::optional<Resolved> as_float(std::string_view text) {
  if (is_infinite_or_nan(text)) return Resolved("'" + std::string(text) + "' is not a number");
  if (!has_form_of_float(text)) return std::nullopt;
  const std::string_view digits = text[0] == '+' ? text.substr(1) : text;
  double number = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  // Out of range is reported for what is too small as well; only what is too large is a fault.
  if (parsed.ec == std::errc::result_out_of_range) {
    number = std::strtod(std::string(digits).c_str(), nullptr);
  }
  if (!std::isfinite(number)) return Resolved("number " + std::string(text) + " is too large");
  return Resolved(YamlScalar(number));
}

}  // namespace

double YamlScalar::as_number() const {
  return is_integer() ? static_cast<double>(as_integer()) : as_float();
}

Value YamlScalar::to_value() const {
  return std::visit(
      [](const auto& content) -> Value {
        if constexpr (std::is_same_v<decltype(content), const std::monostate&>) {
          return nullptr;
        } else {
          return content;
        }
      },
      state_);
}

Resolved resolve_plain_scalar(std::string_view text) {
  if (is_null(text)) return YamlScalar();
  if (const auto truth = as_boolean(text)) return YamlScalar(*truth);
  if (auto integer = as_integer(text)) return *std::move(integer);
  if (auto floating = as_float(text)) return *std::move(floating);
  return YamlScalar(text);
}

Resolved resolve_tagged_scalar(std::string_view tag, std::string_view text) {
  const bool standard = tag.substr(0, standard_prefix.size()) == standard_prefix;
  const std::string_view name = standard ? tag.substr(standard_prefix.size()) : tag;
  constexpr std::string_view known[] = {"str", "null", "bool", "int", "float"};
  if (!standard || !is_one_of(name, known)) {
    return "unknown YAML tag '" + (standard ? "!!" + std::string(name) : std::string(tag)) + "'";
  }
  if (name == "str") return YamlScalar(text);
  Resolved resolved = resolve_plain_scalar(text);
  if (!resolved) return resolved;
  const Kind kind = resolved->kind();
  if (name == "float" && kind == Kind::integer) return YamlScalar(resolved->as_number());
  const bool fits =
      (name == "null" && kind == Kind::null) || (name == "bool" && kind == Kind::boolean) ||
      (name == "int" && kind == Kind::integer) || (name == "float" && kind == Kind::floating);
  if (!fits)
    return "'" + std::string(text) + "' does not fit the tag '!!" + std::string(name) + "'";
  return resolved;
}

}  // namespace goflow::core
