// Which of the places for secrets is used, and why the others are not.
#pragma once

#include "core/secret/credential_store.hpp"
#include "credentials/encrypted_file/file_keys.hpp"
#include "credentials/secret_service/session_bus.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::credentials {

enum class Backend { secret_service, keychain, wincred, file, memory };

/// As it is asked for: "secret-service".
std::string_view to_string(Backend backend);
/// For the eye: "keyring", "encrypted file", "memory".
std::string_view described(Backend backend);
/// Those of this machine's system, in the order in which they are considered.
std::vector<Backend> built_backends();
/// invalid_argument, which names those that are built: it is none of them.
core::Result<Backend> parse_backend(std::string_view name);

struct CredentialOptions {
  /// Has the lock, and the encrypted file.
  std::string home;
  core::CredentialNamespace credential_namespace = {};
  /// nullopt: the system's own keyring.
  std::optional<Backend> wanted = std::nullopt;
  /// Whether values are shown to others at once: then their way to here need not be hidden either,
  /// if that takes long.
  bool shows_values = false;
  SessionBus bus = {};
  /// Whether a keyring can show a prompt: there is a graphical session.
  bool can_prompt = false;
  std::chrono::milliseconds timeout{5'000};
  std::chrono::milliseconds prompt_timeout{60'000};
  FileKeyOptions file_keys = {};
  core::CredentialNotice notify = {};
};

enum class Standing {
  usable,
  refused,
  off,  // only used on request
};

/// "usable", "refused", "off"
std::string_view to_string(Standing standing);

struct Candidate {
  Backend backend;
  Standing standing;
  std::string reason = {};
  std::string hint = {};
};

struct OpenedCredentials {
  Backend backend;
  std::unique_ptr<core::CredentialStore> store;
};

/// Every backend that was considered, for `goflow doctor`. Prompts nobody and unlocks nothing.
std::vector<Candidate> credential_candidates(const CredentialOptions& options);

/// `needed_for` stands in the error: "'prod/api-key'". credential: none can be used; the message
/// has a line for each candidate, the hint a line for each way out. What was asked for by name is
/// never replaced by another.
core::Result<OpenedCredentials> open_credentials(const CredentialOptions& options,
                                                 std::string_view needed_for);

}  // namespace goflow::credentials
