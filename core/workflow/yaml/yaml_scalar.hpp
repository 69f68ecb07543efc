// The scalars of the YAML 1.2 core schema.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace goflow::core {

/// As a Value, but its text lies elsewhere, so that a tree of them is dropped in one go.
class YamlScalar {
 public:
  YamlScalar() = default;  // null
  explicit YamlScalar(bool truth) : state_(truth) {}
  explicit YamlScalar(std::int64_t number) : state_(number) {}
  explicit YamlScalar(double number) : state_(number) {}
  explicit YamlScalar(std::string_view text) : state_(text) {}

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(state_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_boolean() const { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_integer() const { return kind() == Kind::integer; }
  [[nodiscard]] bool is_float() const { return kind() == Kind::floating; }
  [[nodiscard]] bool is_number() const { return is_integer() || is_float(); }
  [[nodiscard]] bool is_text() const { return kind() == Kind::text; }

  // Asking for another kind than kind() is a bug.
  [[nodiscard]] bool as_boolean() const { return std::get<bool>(state_); }
  [[nodiscard]] std::int64_t as_integer() const { return std::get<std::int64_t>(state_); }
  [[nodiscard]] double as_float() const { return std::get<double>(state_); }
  /// Of an integer or a float.
  [[nodiscard]] double as_number() const;
  [[nodiscard]] std::string_view as_text() const { return std::get<std::string_view>(state_); }

  [[nodiscard]] Value to_value() const;

  friend bool operator==(const YamlScalar& a, const YamlScalar& b) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string_view> state_;
};

/// An unquoted scalar: null, a boolean, a number, else text. The error is a sentence for V5.
Result<YamlScalar, std::string> resolve_plain_scalar(std::string_view text);

/// A scalar under one of the standard tags: `!!str 1` is text.
Result<YamlScalar, std::string> resolve_tagged_scalar(std::string_view tag, std::string_view text);

}  // namespace goflow::core
