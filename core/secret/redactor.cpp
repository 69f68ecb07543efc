#include "core/secret/redactor.hpp"

#include "core/secret/masking.hpp"

#include <string.h>

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

void learn_texts(Redactor& redactor, const Value& value) {
  if (value.is_text()) {
    redactor.learn(value.as_text());
  } else if (value.is_array()) {
    for (const Value& item : value.as_array()) {
      learn_texts(redactor, item);
    }
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.as_object()) {
      learn_texts(redactor, member);
    }
  }
}

// nullopt, of the following: nothing is to be masked.

std::optional<Value> masked_value(const Redactor& redactor, const Value& value);

std::optional<Value> masked_array(const Redactor& redactor, const Array& items) {
  std::optional<Array> masked;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto item = masked_value(redactor, items[i]);
    if (!item) continue;
    if (!masked) masked = items;
    (*masked)[i] = *std::move(item);
  }
  if (!masked) return std::nullopt;
  return Value(*std::move(masked));
}

/// Two secrets are two keys, also when both are masked.
std::string free_key(const Object& object, const std::string& key) {
  std::string name = key;
  for (int count = 2; object.contains(name); ++count) {
    name = key + " " + std::to_string(count);
  }
  return name;
}

std::optional<Value> masked_object(const Redactor& redactor, const Object& object) {
  Object masked;
  bool is_changed = false;
  for (const auto& [key, member] : object) {
    const auto masked_key = redactor.masked(key);
    const auto value = masked_value(redactor, member);
    is_changed = is_changed || masked_key || value;
    masked.set(free_key(masked, masked_key.value_or(key)), value.value_or(member));
  }
  if (!is_changed) return std::nullopt;
  return Value(std::move(masked));
}

std::optional<Value> masked_value(const Redactor& redactor, const Value& value) {
  if (value.payload()) return std::nullopt;  // masked before it was put away
  if (value.is_text()) {
    auto text = redactor.masked(value.as_text());
    if (!text) return std::nullopt;
    return Value(*std::move(text));
  }
  if (value.is_array()) return masked_array(redactor, value.as_array());
  if (value.is_object()) return masked_object(redactor, value.as_object());
  return std::nullopt;
}

}  // namespace

void Redactor::learn(std::string_view value) {
  index_.add(forms_of(value));
}

void Redactor::learn_fields(const Object& value, const std::vector<std::string>& public_fields) {
  for (const auto& [key, member] : value) {
    const auto found = std::find(public_fields.begin(), public_fields.end(), key);
    if (found == public_fields.end()) learn_texts(*this, member);
  }
}

void Redactor::learn_basic_auth(std::string_view user, std::string_view password) {
  WipedBytes both;
  both.reserve(user.size() + 1 + password.size());
  both.insert(both.end(), user.begin(), user.end());
  both.push_back(':');
  both.insert(both.end(), password.begin(), password.end());
  learn(as_text(both));
}

std::string Redactor::redact(std::string text) const {
  auto masked = this->masked(text);
  if (!masked) return text;
  explicit_bzero(text.data(), text.size());
  return *std::move(masked);
}

std::optional<std::string> Redactor::masked(std::string_view text) const {
  const Sightings sightings = index_.find(text, TextEnd::reached);
  if (sightings.found.empty()) return std::nullopt;
  std::size_t covered = 0;
  return masked_text(text, sightings, covered);
}

Value Redactor::redact(const Value& value) const {
  if (!knows_any()) return value;
  return masked_value(*this, value).value_or(value);
}

}  // namespace goflow::core
