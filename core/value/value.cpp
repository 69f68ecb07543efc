#include "core/value/value.hpp"

#include "core/value/payload.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace goflow::core {
namespace {

constexpr std::size_t indexed_from = 16;
constexpr auto nowhere = static_cast<std::size_t>(-1);

/// By exact mathematical value: 2^53 + 1 is not 2^53 although the doubles are the same.
bool same_number(std::int64_t integer, double floating) {
  constexpr double two_to_63 = 9223372036854775808.0;
  if (!(floating >= -two_to_63 && floating < two_to_63)) return false;
  return std::trunc(floating) == floating && static_cast<std::int64_t>(floating) == integer;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "int";
    case Kind::floating:
      return "float";
    case Kind::text:
      return "string";
    case Kind::array:
      return "array";
    case Kind::object:
      return "object";
  }
  return "null";
}

Value::Value(std::string text) : state_(std::make_shared<const std::string>(std::move(text))) {}
Value::Value(Array items) : state_(std::make_shared<const Array>(std::move(items))) {}
Value::Value(Object members) : state_(std::make_shared<const Object>(std::move(members))) {}

double Value::as_number() const {
  return is_integer() ? static_cast<double>(as_integer()) : as_float();
}

const std::string& Value::as_text() const {
  return *std::get<std::shared_ptr<const std::string>>(content().state_);
}

const Array& Value::as_array() const {
  return *std::get<std::shared_ptr<const Array>>(content().state_);
}

const Object& Value::as_object() const {
  return *std::get<std::shared_ptr<const Object>>(content().state_);
}

const Value* Value::find(std::string_view key) const {
  return is_object() ? as_object().find(key) : nullptr;
}

std::shared_ptr<const Payload> Value::payload() const {
  const auto* payload = std::get_if<std::shared_ptr<const Payload>>(&state_);
  return payload ? *payload : nullptr;
}

const Value& Value::fetched() const {
  return std::get<std::shared_ptr<const Payload>>(state_)->value();
}

bool operator==(const Value& a, const Value& b) {
  using Kept = std::shared_ptr<const Payload>;
  const auto* kept = std::get_if<Kept>(&a.state_);
  const auto* other = std::get_if<Kept>(&b.state_);
  if (kept && other && *kept == *other) return true;
  if (a.is_integer() && b.is_float()) return same_number(a.as_integer(), b.as_float());
  if (a.is_float() && b.is_integer()) return same_number(b.as_integer(), a.as_float());
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.as_boolean() == b.as_boolean();
    case Kind::integer:
      return a.as_integer() == b.as_integer();
    case Kind::floating:
      return a.as_float() == b.as_float();
    case Kind::text:
      return a.as_text() == b.as_text();
    case Kind::array:
      return a.as_array() == b.as_array();
    case Kind::object:
      return a.as_object() == b.as_object();
  }
  return false;
}

Object::Object(std::initializer_list<Member> members) {
  for (const auto& [key, value] : members) {
    set(key, value);
  }
}

void Object::set(std::string key, Value value) {
  if (const std::size_t position = position_of(key); position != nowhere) {
    members_[position].second = std::move(value);
    return;
  }
  members_.emplace_back(std::move(key), std::move(value));
  if (members_.size() == indexed_from) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      positions_.emplace(members_[i].first, i);
    }
  } else if (members_.size() > indexed_from) {
    positions_.emplace(members_.back().first, members_.size() - 1);
  }
}

void Object::remove(std::string_view key) {
  const std::size_t position = position_of(key);
  if (position == nowhere) return;
  std::vector<Member> rest = std::move(members_);
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(position));
  members_.clear();
  positions_.clear();
  for (auto& [name, value] : rest) {
    set(std::move(name), std::move(value));
  }
}

const Value* Object::find(std::string_view key) const {
  const std::size_t position = position_of(key);
  return position == nowhere ? nullptr : &members_[position].second;
}

std::vector<std::string> Object::keys() const {
  std::vector<std::string> names;
  names.reserve(members_.size());
  for (const auto& [name, value] : members_) {
    names.push_back(name);
  }
  return names;
}

std::size_t Object::position_of(std::string_view key) const {
  if (members_.size() >= indexed_from) {
    const auto found = positions_.find(std::string(key));
    return found == positions_.end() ? nowhere : found->second;
  }
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (members_[i].first == key) return i;
  }
  return nowhere;
}

bool operator==(const Object& a, const Object& b) {
  return a.size() == b.size() &&
         std::all_of(a.begin(), a.end(), [&b](const Object::Member& member) {
           const Value* other = b.find(member.first);
           return other != nullptr && *other == member.second;
         });
}

}  // namespace goflow::core
