// What credentials are called, and the namespaces that keep them apart.
#pragma once

#include "core/base/result.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace goflow::core {

/// "prod/api-key". The names that goflow keeps for itself are no keys of a user.
class CredentialKey {
 public:
  /// invalid_argument: no user may call a credential so.
  static Result<CredentialKey> parse(std::string_view text);
  /// Under which the original GoFlow finds the names of all keys.
  static CredentialKey index();
  /// What is stored, read and removed to try a store out; no two probes meet.
  static CredentialKey probe(std::string_view id);
  /// Under which the value before the last rotation is kept.
  static CredentialKey previous_of(const CredentialKey& key);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_reserved() const;

  friend auto operator<=>(const CredentialKey&, const CredentialKey&) = default;

 private:
  explicit CredentialKey(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Keys of one are unknown in another.
class CredentialNamespace {
 public:
  /// None: what most people use.
  CredentialNamespace() = default;
  /// invalid_argument: it is no name for one. An empty text is none.
  static Result<CredentialNamespace> parse(std::string_view text);

  /// Empty for none.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// What a keyring calls the owner of the entries: "goflow", "goflow/tenant-a".
  [[nodiscard]] std::string service() const;

  friend auto operator<=>(const CredentialNamespace&, const CredentialNamespace&) = default;

 private:
  explicit CredentialNamespace(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace goflow::core
