// Credentials in the keyring of a Linux desktop: GNOME Keyring, KWallet, KeePassXC.
#pragma once

#include "core/secret/credential_store.hpp"
#include "credentials/secret_service/session_bus.hpp"

#include <chrono>
#include <memory>

namespace goflow::credentials {

struct SecretServiceOptions {
  SessionBus bus = {};
  /// Whether the service can show a prompt: there is a graphical session.
  bool can_prompt = false;
  std::chrono::milliseconds timeout{5'000};
  /// While a prompt may be showing.
  std::chrono::milliseconds prompt_timeout{60'000};
  /// Hears, once for each prompt, that goflow waits for it.
  core::CredentialNotice notify = {};
};

/// Entries are those of the original GoFlow, found by service and username. credential: the reason
/// why there is no service to be used.
core::Result<std::unique_ptr<core::CredentialStore>> open_secret_service(
    SecretServiceOptions options, const core::CredentialNamespace& credential_namespace);

}  // namespace goflow::credentials
