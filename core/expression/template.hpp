// Texts and values with ${ } placeholders.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/expression.hpp"
#include "core/expression/origin.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::core {

/// A text with any number of placeholders. Immutable and cheap to copy.
class TextTemplate {
 public:
  /// Offsets of the error are those of `text`.
  static Result<TextTemplate, ExpressionError> compile(std::string text);

  /// A sole placeholder keeps the type of its value, anything else is text.
  [[nodiscard]] Result<Value, ExpressionError> evaluate(const Environment& environment) const;
  /// Always the text form.
  [[nodiscard]] Result<std::string, ExpressionError> render(const Environment& environment) const;
  /// As render, but what is missing becomes empty text and a warning that names it.
  [[nodiscard]] Result<std::string, ExpressionError> render_leniently(
      const Environment& environment, std::vector<std::string>& warnings) const;

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] bool is_literal() const;
  /// The whole text is one placeholder: the expression within, else nullptr.
  [[nodiscard]] const Expression* sole_placeholder() const;
  /// Names read by all placeholders; offsets are those of the template's text.
  [[nodiscard]] std::vector<NameUse> names() const;
  /// The env() and secret() of all placeholders, likewise.
  [[nodiscard]] std::vector<Lookup> lookups() const;

 private:
  struct Parts;
  explicit TextTemplate(std::shared_ptr<const Parts> parts);
  /// Without a list for warnings, what is missing is an error.
  Result<std::string, ExpressionError> render_with(const Environment& environment,
                                                   std::vector<std::string>* warnings) const;

  std::shared_ptr<const Parts> parts_;
};

/// A YAML value in which every text is a template ("typed template"). Map keys are plain text.
class ValueTemplate {
 public:
  using List = std::vector<ValueTemplate>;
  using Map = std::vector<std::pair<std::string, ValueTemplate>>;

  explicit ValueTemplate(Value literal) : content_(std::move(literal)) {}
  explicit ValueTemplate(TextTemplate text, Origin origin = {})
      : content_(Text{std::move(text), std::move(origin)}) {}
  explicit ValueTemplate(List items) : content_(std::move(items)) {}
  explicit ValueTemplate(Map members) : content_(std::move(members)) {}

  /// The error is in one of the texts.
  [[nodiscard]] Result<Value, PlacedError> evaluate(const Environment& environment) const;
  /// The literal when nothing in it depends on the environment.
  [[nodiscard]] std::optional<Value> literal() const;

 private:
  struct Text {
    TextTemplate what;
    Origin origin;
  };

  [[nodiscard]] bool is_literal() const;
  [[nodiscard]] Result<Value, PlacedError> fill(const Environment& environment) const;

  std::variant<Value, Text, List, Map> content_;
};

}  // namespace goflow::core
