#include "core/secret/credential_key.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::string_view reserved_prefix = "__goflow";
constexpr std::size_t longest_key = 128;
constexpr std::size_t longest_namespace = 63;

constexpr bool is_lower_or_digit(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

constexpr bool is_letter_or_digit(char letter) {
  return is_lower_or_digit(letter) || (letter >= 'A' && letter <= 'Z');
}

bool may_be_in_key(char letter) {
  constexpr std::string_view marks = "._:/@-";
  return is_letter_or_digit(letter) || marks.find(letter) != std::string_view::npos;
}

bool may_be_in_namespace(char letter) {
  return is_lower_or_digit(letter) || letter == '-';
}

/// Something that long or with such bytes is hardly a name: it may be the secret itself.
std::string quoted(std::string_view text, std::size_t longest) {
  const bool is_printable = std::all_of(
      text.begin(), text.end(), [](char letter) { return letter >= ' ' && letter <= '~'; });
  if (text.size() > longest || !is_printable) return "this";
  return "'" + std::string(text) + "'";
}

}  // namespace

Result<CredentialKey> CredentialKey::parse(std::string_view text) {
  const bool is_key = !text.empty() && text.size() <= longest_key &&
                      is_letter_or_digit(text.front()) &&
                      std::all_of(text.begin(), text.end(), may_be_in_key);
  if (is_key) return CredentialKey(std::string(text));
  if (text.starts_with(reserved_prefix)) {
    return Error{ErrorCode::invalid_argument,
                 quoted(text, longest_key) + " is a name that goflow keeps for itself"}
        .with_hint("begin the key with a letter or a digit, as in: prod/api-key");
  }
  return Error{ErrorCode::invalid_argument,
               quoted(text, longest_key) + " cannot be the key of a credential"}
      .with_hint(
          "up to 128 letters, digits and . _ : / @ -, the first a letter or a digit: prod/api-key");
}

CredentialKey CredentialKey::index() {
  return CredentialKey("__goflow_index__");
}

CredentialKey CredentialKey::probe(std::string_view id) {
  return CredentialKey("__goflow_probe__:" + std::string(id));
}

CredentialKey CredentialKey::previous_of(const CredentialKey& key) {
  return CredentialKey("__goflow_previous__:" + key.text());
}

bool CredentialKey::is_reserved() const {
  return text_.starts_with(reserved_prefix);
}

Result<CredentialNamespace> CredentialNamespace::parse(std::string_view text) {
  const bool is_namespace =
      text.empty() || (text.size() <= longest_namespace && is_lower_or_digit(text.front()) &&
                       std::all_of(text.begin(), text.end(), may_be_in_namespace));
  if (is_namespace) return CredentialNamespace(std::string(text));
  return Error{ErrorCode::invalid_argument,
               quoted(text, longest_namespace) + " cannot be a namespace of credentials"}
      .with_hint(
          "up to 63 lower-case letters, digits and -, the first no -, as in: --namespace tenant-a");
}

std::string CredentialNamespace::service() const {
  return text_.empty() ? "goflow" : "goflow/" + text_;
}

}  // namespace goflow::core
