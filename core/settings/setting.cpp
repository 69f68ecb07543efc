#include "core/settings/setting.hpp"

#include "core/base/duration.hpp"
#include "core/base/suggest.hpp"
#include "core/settings/secret_key.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace goflow::core {
namespace {

constexpr std::string_view all = "all";
constexpr std::array<std::string_view, 6> yes{"true", "1", "t", "T", "TRUE", "True"};
constexpr std::array<std::string_view, 6> no{"false", "0", "f", "F", "FALSE", "False"};

Error unfit(const Setting& setting, std::string_view value) {
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(value) + "' is no value for '" + std::string(setting.name) + "'"}
      .with_hint("it wants " + describe(setting.type));
}

Result<std::string> check(const Setting& setting, const AnyText&, std::string_view value) {
  const bool is_one_line = value.find_first_of("\r\n") == std::string_view::npos;
  if (value.empty() || !is_one_line) return unfit(setting, value);
  return std::string(value);
}

Result<std::string> check(const Setting& setting, const FilePath&, std::string_view value) {
  return check(setting, AnyText(), value);
}

Result<std::string> check(const Setting& setting,
                          const WholeNumber& bounds,
                          std::string_view value) {
  int number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, fault] = std::from_chars(value.data(), end, number);
  const bool fits =
      fault == std::errc() && rest == end && number >= bounds.least && number <= bounds.most;
  if (!fits) return unfit(setting, value);
  return std::to_string(number);
}

Result<std::string> check(const Setting& setting, const Duration& type, std::string_view value) {
  const auto duration = parse_duration(value);
  const bool fits = duration && (type.may_be_zero || duration->count() > 0);
  if (!fits) return unfit(setting, value);
  return spell_duration(*duration);
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string listed(std::span<const std::string_view> words, std::string_view last_separator) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    list.append(i == 0 ? "" : is_last ? last_separator : ", ").append(words[i]);
  }
  return list;
}

Result<std::string> check(const Setting& setting, const Truth&, std::string_view value) {
  if (contains(yes, value)) return std::string(yes.front());
  if (contains(no, value)) return std::string(no.front());
  return unfit(setting, value);
}

Result<std::string> check(const Setting& setting, const OneOf& choice, std::string_view value) {
  if (contains(choice.words, value)) return std::string(value);
  if (choice.called.empty()) return unfit(setting, value);
  return Error{ErrorCode::invalid_argument,
               "unknown " + std::string(choice.called) + ": " + std::string(value) +
                   " (supported: " + listed(choice.words, ", ") + ")"};
}

Result<std::string> check(const Setting& setting, const TextOf& type, std::string_view value) {
  const bool fits = value.size() <= type.longest &&
                    value.find_first_not_of(type.characters) == std::string_view::npos;
  if (!fits) return unfit(setting, value);
  return std::string(value);
}

Result<std::string> check(const Setting& setting, const SomeOf& choice, std::string_view value) {
  if (value == all) return std::string(all);
  std::string checked;
  for (const std::string& word : words_of(choice, value)) {
    if (!contains(choice.words, word)) return unfit(setting, value);
    checked += (checked.empty() ? "" : ", ") + word;
  }
  return checked.empty() ? Result<std::string>(unfit(setting, value)) : checked;
}

std::string described(const AnyText&) {
  return "one line of text";
}

std::string described(const FilePath&) {
  return "the path of a file";
}

std::string described(const WholeNumber& bounds) {
  return "a number from " + std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
}

std::string described(const Duration& type) {
  return type.may_be_zero ? "a duration: 12h, 90d" : "a duration that is not zero: 5s, 1m30s";
}

std::string described(const Truth&) {
  return "true or false";
}

std::string described(const TextOf& type) {
  return "up to " + std::to_string(type.longest) + " letters, digits, '.', '_', '/' and '-'";
}

std::string described(const OneOf& choice) {
  return listed(choice.words, " or ");
}

std::string described(const SomeOf& choice) {
  return "all or some of " + listed(choice.words, ", ");
}

}  // namespace

Result<const Setting*> find_setting(std::string_view name) {
  std::vector<std::string> names;
  for (const Setting* setting : all_settings()) {
    if (setting->name == name) return setting;
    names.emplace_back(setting->name);
  }
  if (looks_like_secret(name)) return secret_in_config(name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "see which there are: goflow config list";
  return Error{ErrorCode::not_found, "no setting '" + std::string(name) + "'"}.with_hint(hint);
}

std::string describe(const SettingType& type) {
  return std::visit([](const auto& one) { return described(one); }, type);
}

Result<std::string> check_setting(const Setting& setting, std::string_view value) {
  return std::visit([&](const auto& type) { return check(setting, type, value); }, setting.type);
}

std::vector<std::string> words_of(const SomeOf& choice, std::string_view value) {
  if (value == all) return {choice.words.begin(), choice.words.end()};
  std::vector<std::string> words;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    std::string_view word = value.substr(0, end);
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    word = word.substr(0, word.find_last_not_of(' ') + 1);
    words.emplace_back(word);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return words;
}

}  // namespace goflow::core
