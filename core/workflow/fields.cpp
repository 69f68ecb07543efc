#include "core/workflow/fields.hpp"

#include "core/base/duration.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace goflow::core {
namespace {

/// 3 and 3.0, but not 3.5.
std::optional<std::int64_t> as_whole(const YamlScalar& value) {
  if (value.is_integer()) return value.as_integer();
  constexpr double exact = 9007199254740992.0;
  if (!value.is_float() || std::trunc(value.as_float()) != value.as_float() ||
      std::abs(value.as_float()) > exact) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value.as_float());
}

std::vector<std::string> spellings(const Keys& keys) {
  std::vector<std::string> words;
  for (const Key& key : keys) {
    words.emplace_back(key.name);
    if (!key.alias.empty()) words.emplace_back(key.alias);
  }
  return words;
}

}  // namespace

Fields::Fields(const YamlNode& map, const Keys& keys, std::string owner, Problems& problems)
    : map_(map), keys_(keys), owner_(std::move(owner)), problems_(problems) {}

const YamlNode* Fields::find(std::string_view key) const {
  const YamlMember* member = map_.find(key);
  return member == nullptr || member->value->is_null() ? nullptr : member->value;
}

const YamlNode* Fields::find_aliased(std::string_view key) {
  const Key* facts = find_key(keys_, key);
  assert(facts != nullptr && !facts->alias.empty());
  const std::string_view alias = facts->alias;
  const YamlMember* first = map_.find(key);
  const YamlMember* second = map_.find(alias);
  if (first != nullptr && second != nullptr) {
    const YamlMember* later = first->key_at.begin < second->key_at.begin ? second : first;
    problems_.add(Rule::wrong_type,
                  later->key_at,
                  owner_ + " has both '" + std::string(key) + "' and '" + std::string(alias) +
                      "', two spellings of one key",
                  "remove one of them");
  }
  return find(first != nullptr ? key : alias);
}

std::optional<std::string> Fields::text(std::string_view key) {
  const YamlNode* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_scalar()) return std::string(value->text);
  report_type(*value, key, "text");
  return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view key) {
  const YamlNode* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_scalar() && value->scalar.is_boolean()) return value->scalar.as_boolean();
  report_type(*value, key, "true or false");
  return std::nullopt;
}

std::optional<double> Fields::number(const YamlNode& value, std::string_view key) {
  if (value.is_scalar() && value.scalar.is_number()) return value.scalar.as_number();
  report_type(value, key, "a number");
  return std::nullopt;
}

std::optional<std::int64_t> Fields::whole(std::string_view key) {
  const YamlNode* value = find(key);
  if (value == nullptr) return std::nullopt;
  const Key* facts = find_key(keys_, key);
  assert(facts != nullptr && facts->form.least);
  const std::int64_t least = *facts->form.least;
  const auto most = facts->form.most;
  const auto number = value->is_scalar() ? as_whole(value->scalar) : std::nullopt;
  if (!number) {
    report_type(*value, key, "a whole number");
    return std::nullopt;
  }
  if (*number >= least && (!most || *number <= *most)) return number;
  problems_.add(Rule::out_of_range,
                value->at,
                "'" + std::string(key) + "' of " + owner_ + " must be " +
                    (most ? "from " + std::to_string(least) + " to " + std::to_string(*most)
                          : "at least " + std::to_string(least)) +
                    ", got " + std::string(value->text));
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> Fields::duration(std::string_view key, Zero zero) {
  const YamlNode* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_scalar()) {
    report_type(*value, key, "a duration");
    return std::nullopt;
  }
  const auto duration = parse_duration(value->text);
  const bool is_zero = duration && duration->count() == 0;
  if (duration && !(is_zero && zero == Zero::refused)) return duration;
  problems_.add(Rule::out_of_range,
                value->at,
                is_zero ? "'" + std::string(key) + "' of " + owner_ + " must be longer than 0"
                        : "impossible duration '" + std::string(value->text) + "' in '" +
                              std::string(key) + "' of " + owner_,
                "write " + std::string(duration_rule));
  return std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const YamlNode* value = find(key);
  if (value == nullptr) return {};
  if (value->is_scalar()) return {std::string(value->text)};
  std::vector<std::string> texts;
  for (const YamlNode* item : value->items) {
    if (item->is_scalar() && !item->is_null()) {
      texts.emplace_back(item->text);
    } else {
      report_type(*item, key, "a list of texts");
    }
  }
  if (value->is_map()) report_type(*value, key, "text or a list of texts");
  return texts;
}

void Fields::report_type(const YamlNode& value, std::string_view key, std::string_view expected) {
  problems_.add(Rule::wrong_type,
                value.at,
                "'" + std::string(key) + "' of " + owner_ + " must be " + std::string(expected) +
                    ", got " + describe(value));
}

void Fields::warn_about_unknown_keys() {
  for (const YamlMember& member : map_.members) {
    const bool is_known = std::any_of(keys_.begin(), keys_.end(), [&](const Key& key) {
      return key.name == member.key || (key.alias == member.key && !key.alias.empty());
    });
    if (is_known) continue;
    problems_.add(Rule::unknown_key,
                  member.key_at,
                  "unknown key '" + std::string(member.key) + "' in " + owner_,
                  problems_.suggest(member.key, "keys", spellings(keys_)));
  }
}

void Fields::report_unknown_word(const YamlNode& value,
                                 std::string_view key,
                                 std::span<const std::string> known) {
  if (!value.is_scalar()) return report_type(value, key, "one word");
  problems_.add(Rule::unknown_word,
                value.at,
                "unknown " + std::string(key) + " '" + std::string(value.text) + "' of " + owner_,
                problems_.suggest(value.text, std::string(key) + " is one of", known));
}

}  // namespace goflow::core
