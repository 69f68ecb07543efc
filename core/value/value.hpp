// The data that flows through a workflow: immutable, JSON-like, cheap to copy.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::core {

class Object;
class Payload;
class Value;
using Array = std::vector<Value>;

enum class Kind { null, boolean, integer, floating, text, array, object };

/// The kind in words for messages: "null", "boolean", "int", "float", "string", "array", "object".
std::string_view to_string(Kind kind);

/// Copying shares texts, arrays and objects; nothing can change them afterwards.
///
/// A value may be kept elsewhere, and stand for what it will be when somebody looks at it: see
/// Payload. Then all but copying and payload() fetches it, and throws PayloadUnavailable when it
/// cannot be had. References into it are good until its payload lets it go.
class Value {
 public:
  Value() = default;  // null
  // Implicit on purpose: a Value may be written wherever its content may.
  Value(std::nullptr_t) {}                                 // NOLINT
  Value(std::same_as<bool> auto truth) : state_(truth) {}  // NOLINT
  Value(std::signed_integral auto number)                  // NOLINT
      requires(!std::same_as<decltype(number), char>)
      : state_(static_cast<std::int64_t>(number)) {}
  Value(std::same_as<double> auto number) : state_(number) {}                    // NOLINT
  Value(std::string text);                                                       // NOLINT
  Value(std::string_view text) : Value(std::string(text)) {}                     // NOLINT
  Value(const char* text) : Value(std::string(text)) {}                          // NOLINT
  Value(Array items);                                                            // NOLINT
  Value(Object members);                                                         // NOLINT
  Value(std::shared_ptr<const Payload> payload) : state_(std::move(payload)) {}  // NOLINT

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(content().state_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_boolean() const { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_integer() const { return kind() == Kind::integer; }
  [[nodiscard]] bool is_float() const { return kind() == Kind::floating; }
  [[nodiscard]] bool is_number() const { return is_integer() || is_float(); }
  [[nodiscard]] bool is_text() const { return kind() == Kind::text; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::object; }

  // Asking for another kind than kind() is a bug.
  [[nodiscard]] bool as_boolean() const { return std::get<bool>(content().state_); }
  [[nodiscard]] std::int64_t as_integer() const { return std::get<std::int64_t>(content().state_); }
  [[nodiscard]] double as_float() const { return std::get<double>(content().state_); }
  /// Of an integer or a float.
  [[nodiscard]] double as_number() const;
  [[nodiscard]] const std::string& as_text() const;
  [[nodiscard]] const Array& as_array() const;
  [[nodiscard]] const Object& as_object() const;

  /// The member of an object; nullptr when this is no object or lacks it.
  [[nodiscard]] const Value* find(std::string_view key) const;

  /// What this is kept as; nullptr: it is here.
  [[nodiscard]] std::shared_ptr<const Payload> payload() const;
  /// The same, here.
  [[nodiscard]] const Value& content() const {
    return state_.index() == payload_index ? fetched() : *this;
  }

  /// Deep; 5 equals 5.0, and the order of keys does not matter.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate,
               bool,
               std::int64_t,
               double,
               std::shared_ptr<const std::string>,
               std::shared_ptr<const Array>,
               std::shared_ptr<const Object>,
               std::shared_ptr<const Payload>>
      state_;

  // The kinds are those before.
  static constexpr std::size_t payload_index = 7;
  [[nodiscard]] const Value& fetched() const;
};

/// Members in the order in which they were first set.
class Object {
 public:
  using Member = std::pair<std::string, Value>;

  Object() = default;
  Object(std::initializer_list<Member> members);

  /// Adds a member, or replaces its value and keeps its place.
  void set(std::string key, Value value);
  void remove(std::string_view key);

  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != nullptr; }
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] auto begin() const { return members_.begin(); }
  [[nodiscard]] auto end() const { return members_.end(); }
  [[nodiscard]] std::vector<std::string> keys() const;

  friend bool operator==(const Object& a, const Object& b);

 private:
  [[nodiscard]] std::size_t position_of(std::string_view key) const;

  std::vector<Member> members_;
  // Only for objects too long to be searched one by one.
  std::unordered_map<std::string, std::size_t> positions_;
};

}  // namespace goflow::core
