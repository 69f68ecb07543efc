// Reads the members of one YAML map by key and type, and reports what does not fit.
#pragma once

#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {

template <class T>
using Words = std::span<const std::pair<std::string_view, T>>;

/// Every read returns nothing when the key is absent or null, and when its value does not fit;
/// the latter is then among the problems.
class Fields {
 public:
  /// `keys` are all that the map may have, and must outlive this. `owner` is how messages call the
  /// map: "shell node 'build'".
  Fields(const YamlNode& map, const Keys& keys, std::string owner, Problems& problems);

  /// nullptr for an absent key and for null.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// The same for a key that has a second spelling; both at once are a problem.
  const YamlNode* find_aliased(std::string_view key);
  /// Null counts as well.
  [[nodiscard]] const YamlMember* written(std::string_view key) const { return map_.find(key); }

  std::optional<std::string> text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> number(const YamlNode& value, std::string_view key);
  /// A whole number within the bounds of the key, else V11.
  std::optional<std::int64_t> whole(std::string_view key);
  enum class Zero { allowed, refused };
  std::optional<std::chrono::milliseconds> duration(std::string_view key, Zero zero);
  /// One text, or a list of texts.
  std::vector<std::string> texts(std::string_view key);
  /// One of a few words, else V33.
  template <class T>
  std::optional<T> word(std::string_view key, Words<T> words) {
    const YamlNode* value = find(key);
    return value == nullptr ? std::nullopt : word(*value, key, words);
  }
  template <class T>
  std::optional<T> word(const YamlNode& value, std::string_view key, Words<T> words) {
    std::vector<std::string> known;
    for (const auto& [name, meaning] : words) {
      if (value.is_scalar() && value.text == name) return meaning;
      known.emplace_back(name);
    }
    report_unknown_word(value, key, known);
    return std::nullopt;
  }

  /// "'run' of shell node 'build' must be text, got a list".
  void report_type(const YamlNode& value, std::string_view key, std::string_view expected);
  void warn_about_unknown_keys();

  [[nodiscard]] const YamlNode& map() const { return map_; }
  [[nodiscard]] const std::string& owner() const { return owner_; }
  Problems& problems() { return problems_; }

 private:
  void report_unknown_word(const YamlNode& value,
                           std::string_view key,
                           std::span<const std::string> known);

  const YamlNode& map_;
  const Keys& keys_;
  std::string owner_;
  Problems& problems_;
};

}  // namespace goflow::core
