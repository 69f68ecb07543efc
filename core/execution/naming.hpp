// What executions may be called: names and their slugs, tags, labels.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// "My Agent" → "my-agent". invalid_argument: empty, longer than 200 characters, or nothing is
/// left.
Result<std::string> slug_of(std::string_view name);

/// already_exists, by name: two executions cannot have one slug.
Error slug_is_taken(const std::string& slug, const std::string& by_name, const std::string& by_id);

/// The tags in their own order, each once. invalid_argument names the one that cannot be a tag.
Result<std::vector<std::string>> checked_tags(std::vector<std::string> tags);

/// "env=prod" → {"env", "prod"}; the value may be empty, and nullopt when there is no '='.
struct Label {
  std::string key;
  std::optional<std::string> value;
};
/// `noun` is what it is called in errors: annotations are written like labels.
Result<Label> parse_label(std::string_view written, std::string_view noun = "label");

/// Of a repeated key the last one counts. invalid_argument: one lacks its value, or is no label.
Result<TextMap> checked_labels(const std::vector<std::string>& written,
                               std::string_view noun = "label");

/// Sets labels as they are written and removes others by their key. What is removed and is not
/// there is no mistake.
Result<void> change_labels(TextMap& labels,
                           const std::vector<std::string>& set,
                           const std::vector<std::string>& removed,
                           std::string_view noun = "label");

/// The most tags, and the most labels, that one thing may have.
inline constexpr std::size_t most_words = 64;

}  // namespace goflow::core
