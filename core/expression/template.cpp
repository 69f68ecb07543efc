#include "core/expression/template.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/budget.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/placeholder.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace goflow::core {
namespace {

using expression::Check;
using expression::Code;
using expression::fault;
using expression::Place;

/// Of an error, a name or a lookup: its place in the whole text.
template <class Found>
Found moved(Found found, std::size_t offset) {
  found.begin += offset;
  found.end += offset;
  return found;
}

/// For what is known not to ask.
class NoEnvironment final : public Environment {
 public:
  [[nodiscard]] Binding lookup(std::string_view) const override { return {}; }
  [[nodiscard]] std::vector<std::string> names() const override { return {}; }
  [[nodiscard]] Timestamp now() const override { return {}; }
  [[nodiscard]] std::string uuid() const override { return {}; }
  [[nodiscard]] std::optional<std::string> process_variable(const std::string&) const override {
    return std::nullopt;
  }
  [[nodiscard]] Result<Value> secret(const std::string&) const override { return Value(); }
};

bool asks_for_secret(const Expression& expression) {
  const std::vector<Lookup> lookups = expression.lookups();
  return std::any_of(lookups.begin(), lookups.end(), [](const Lookup& lookup) {
    return lookup.of == Lookup::Of::secret;
  });
}

bool is_absence(ExpressionErrorCode code) {
  return code == Code::no_value || code == Code::missing_field || code == Code::out_of_range ||
         code == Code::null_access;
}

}  // namespace

struct TextTemplate::Parts {
  struct Placeholder {
    Expression expression;
    std::size_t offset;   // of the expression in the text
    std::string literal;  // what follows it

    [[nodiscard]] Result<Value, ExpressionError> evaluate(const Environment& environment) const;
  };

  std::string text;
  std::string literal;  // what stands before the first placeholder
  std::vector<Placeholder> placeholders;
  bool sole = false;

  /// The next placeholder, of which `begin` is the "${"; moves `begin` behind it.
  Check take_placeholder(std::size_t& begin);
};

Check TextTemplate::Parts::take_placeholder(std::size_t& begin) {
  const std::size_t end = expression::end_of_placeholder(text, begin);
  if (end == std::string::npos) {
    return fault(Code::syntax,
                 Place{begin, begin + 2},
                 "the placeholder is not closed",
                 "a literal one is written \\${");
  }
  const std::size_t offset = begin + 2;
  const std::string inner = text.substr(offset, end - 1 - offset);
  if (inner.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fault(Code::syntax, Place{begin, end}, "the placeholder is empty");
  }
  if (inner.starts_with("${")) {
    return fault(Code::syntax,
                 Place{offset, offset + 2},
                 "'${' within a placeholder",
                 "names stand alone there: write ${name}");
  }
  auto compiled = Expression::compile(inner);
  if (!compiled) return moved(std::move(compiled).error(), offset);
  placeholders.push_back({*std::move(compiled), offset, {}});
  begin = end;
  return {};
}

// Also what is kept back is evaluated: what comes after it may depend on that, as uuid() does.
Result<Value, ExpressionError> TextTemplate::Parts::Placeholder::evaluate(
    const Environment& environment) const {
  auto value = expression.evaluate(environment);
  if (!value) return moved(std::move(value).error(), offset);
  if (environment.keeps_secrets_back() && asks_for_secret(expression)) {
    return Value("${" + expression.text() + "}");
  }
  return value;
}

Result<TextTemplate, ExpressionError> TextTemplate::compile(std::string text) {
  constexpr std::size_t longest = std::size_t{1} << 20U;
  if (text.size() > longest) {
    return fault(Code::limit, Place{0, text.size()}, "the template is longer than 1 MiB");
  }
  if (const auto stray = utf8::first_invalid(text)) {
    return fault(Code::syntax, Place{*stray, *stray + 1}, "the template is not UTF-8 text");
  }
  auto parts = std::make_shared<Parts>();
  parts->text = std::move(text);
  std::size_t at = expression::take_literal(parts->text, 0, parts->literal);
  const bool at_front = at == 0;
  while (at < parts->text.size()) {
    GOFLOW_TRY(parts->take_placeholder(at));
    parts->sole = at_front && at == parts->text.size() && parts->placeholders.size() == 1;
    at = expression::take_literal(parts->text, at, parts->placeholders.back().literal);
  }
  return TextTemplate(std::move(parts));
}

Result<Value, ExpressionError> TextTemplate::evaluate(const Environment& environment) const {
  if (is_literal()) return Value(parts_->literal);
  if (!parts_->sole) {
    GOFLOW_TRY(std::string rendered, render(environment));
    return Value(std::move(rendered));
  }
  return parts_->placeholders.front().evaluate(environment);
}

Result<std::string, ExpressionError> TextTemplate::render(const Environment& environment) const {
  return render_with(environment, nullptr);
}

Result<std::string, ExpressionError> TextTemplate::render_leniently(
    const Environment& environment, std::vector<std::string>& warnings) const {
  return render_with(environment, &warnings);
}

const std::string& TextTemplate::text() const {
  return parts_->text;
}

bool TextTemplate::is_literal() const {
  return parts_->placeholders.empty();
}

const Expression* TextTemplate::sole_placeholder() const {
  return parts_->sole ? &parts_->placeholders.front().expression : nullptr;
}

std::vector<NameUse> TextTemplate::names() const {
  std::vector<NameUse> all;
  for (const auto& placeholder : parts_->placeholders) {
    for (NameUse& use : placeholder.expression.names()) {
      all.push_back(moved(std::move(use), placeholder.offset));
    }
  }
  return all;
}

std::vector<Lookup> TextTemplate::lookups() const {
  std::vector<Lookup> all;
  for (const auto& placeholder : parts_->placeholders) {
    for (Lookup& lookup : placeholder.expression.lookups()) {
      all.push_back(moved(std::move(lookup), placeholder.offset));
    }
  }
  return all;
}

TextTemplate::TextTemplate(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

Result<std::string, ExpressionError> TextTemplate::render_with(
    const Environment& environment, std::vector<std::string>* warnings) const {
  std::string out = parts_->literal;
  for (const auto& placeholder : parts_->placeholders) {
    auto value = placeholder.evaluate(environment);
    if (value) {
      out += to_text(*value);
    } else if (warnings != nullptr && is_absence(value.error().code)) {
      warnings->push_back("${" + placeholder.expression.text() + "}: " + value.error().message);
    } else {
      return std::move(value).error();
    }
    out += placeholder.literal;
    if (out.size() > expression::largest_value) {
      return fault(Code::limit,
                   Place{0, parts_->text.size()},
                   "the text has at least " + std::to_string(out.size()) +
                       " bytes, 64 MiB is most for one value");
    }
  }
  return out;
}

Result<Value, PlacedError> ValueTemplate::evaluate(const Environment& environment) const {
  GOFLOW_TRY(Value value, fill(environment));
  const bool is_composed =
      std::holds_alternative<List>(content_) || std::holds_alternative<Map>(content_);
  if (!is_composed || expression::within_limits(value)) return value;
  return PlacedError{expression::too_large({}), {}, {}};
}

Result<Value, PlacedError> ValueTemplate::fill(const Environment& environment) const {
  if (const auto* text = std::get_if<Text>(&content_)) {
    auto value = text->what.evaluate(environment);
    if (!value) return PlacedError{std::move(value).error(), text->what.text(), text->origin};
    return *std::move(value);
  }
  if (const auto* items = std::get_if<List>(&content_)) {
    Array values;
    values.reserve(items->size());
    for (const ValueTemplate& item : *items) {
      GOFLOW_TRY(Value value, item.fill(environment));
      values.push_back(std::move(value));
    }
    return Value(std::move(values));
  }
  if (const auto* members = std::get_if<Map>(&content_)) {
    Object values;
    for (const auto& [key, member] : *members) {
      GOFLOW_TRY(Value value, member.fill(environment));
      values.set(key, std::move(value));
    }
    return Value(std::move(values));
  }
  return std::get<Value>(content_);
}

std::optional<Value> ValueTemplate::literal() const {
  if (!is_literal()) return std::nullopt;
  const auto value = evaluate(NoEnvironment());
  assert(value.ok());
  return *value;
}

bool ValueTemplate::is_literal() const {
  if (const auto* text = std::get_if<Text>(&content_)) return text->what.is_literal();
  if (const auto* items = std::get_if<List>(&content_)) {
    return std::all_of(
        items->begin(), items->end(), [](const ValueTemplate& item) { return item.is_literal(); });
  }
  if (const auto* members = std::get_if<Map>(&content_)) {
    return std::all_of(members->begin(), members->end(), [](const auto& member) {
      return member.second.is_literal();
    });
  }
  return true;
}

}  // namespace goflow::core
