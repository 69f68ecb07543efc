#include "core/execution/naming.hpp"

#include "core/base/utf8.hpp"
#include "core/execution/search.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_word = 63;
constexpr std::size_t longest_label_value = 256;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_of_slug(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// [A-Za-z0-9][A-Za-z0-9._:/-]{0,62}
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= longest_word && is_letter_or_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter_or_digit(c) ||
                  std::string_view("._:/-").find(c) != std::string_view::npos;
         });
}

Error not_a_word(std::string_view what, std::string_view text) {
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(text) + "' cannot be " + std::string(what)}
      .with_hint("1 to 63 letters, digits and . _ : / -, the first a letter or digit");
}

std::string with_article(std::string_view noun) {
  return (noun.starts_with('a') ? "an " : "a ") + std::string(noun);
}

Error too_many(std::string_view noun) {
  return Error{ErrorCode::invalid_argument, "more than 64 " + std::string(noun) + "s"};
}

std::string slug_letters(std::string_view name) {
  std::string slug;
  for (const char c : folded(name)) {
    const bool is_gap = c == ' ' || c == '-';
    if (is_of_slug(c)) slug += c;
    if (is_gap && !slug.empty() && slug.back() != '-') slug += '-';
  }
  if (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

}  // namespace

Result<std::string> slug_of(std::string_view name) {
  const std::size_t length = utf8::length(name);
  if (length == 0 || length > longest_name) {
    return Error{ErrorCode::invalid_argument, "a name has 1 to 200 characters"};
  }
  std::string slug = slug_letters(name);
  if (slug.empty()) {
    return Error{ErrorCode::invalid_argument,
                 "the name '" + std::string(name) + "' leaves nothing for a slug"}
        .with_hint("use at least one letter of a to z, or a digit");
  }
  return slug;
}

Error slug_is_taken(const std::string& slug, const std::string& by_name, const std::string& by_id) {
  return Error{ErrorCode::already_exists,
               "execution '" + by_name + "' already exists (slug " + slug + ", id " + by_id + ")"}
      .with_hint("choose another name, or leave it out");
}

Result<std::vector<std::string>> checked_tags(std::vector<std::string> tags) {
  for (const std::string& tag : tags) {
    if (!is_word(tag)) return not_a_word("a tag", tag);
  }
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  if (tags.size() > most_words) return too_many("tag");
  return tags;
}

Result<Label> parse_label(std::string_view written, std::string_view noun) {
  const std::size_t equals = written.find('=');
  Label label{std::string(written.substr(0, equals)), std::nullopt};
  if (!is_word(label.key)) return not_a_word("the key of " + with_article(noun), label.key);
  if (equals == std::string_view::npos) return label;
  label.value = std::string(written.substr(equals + 1));
  if (utf8::length(*label.value) > longest_label_value) {
    return Error{
        ErrorCode::invalid_argument,
        "the value of " + std::string(noun) + " '" + label.key + "' is longer than 256 characters"};
  }
  return label;
}

Result<TextMap> checked_labels(const std::vector<std::string>& written, std::string_view noun) {
  TextMap labels;
  for (const std::string& text : written) {
    GOFLOW_TRY(Label label, parse_label(text, noun));
    if (!label.value) {
      return Error{ErrorCode::invalid_argument, std::string(noun) + " '" + text + "' has no value"}
          .with_hint("write it as KEY=VALUE");
    }
    labels.insert_or_assign(std::move(label.key), *std::move(label.value));
  }
  if (labels.size() > most_words) return too_many(noun);
  return labels;
}

Result<void> change_labels(TextMap& labels,
                           const std::vector<std::string>& set,
                           const std::vector<std::string>& removed,
                           std::string_view noun) {
  GOFLOW_TRY(const TextMap added, checked_labels(set, noun));
  for (const auto& [key, value] : added) {
    labels.insert_or_assign(key, value);
  }
  for (const std::string& key : removed) {
    labels.erase(key);
  }
  if (labels.size() > most_words) return too_many(noun);
  return {};
}

}  // namespace goflow::core
