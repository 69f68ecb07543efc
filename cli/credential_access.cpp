#include "cli/credential_access.hpp"

#include "cli/io/secret_prompt.hpp"
#include "credentials/encrypted_file/encrypted_file_store.hpp"
#include "credentials/secret_service/secret_service_store.hpp"

#include <string>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;
using credentials::Backend;
using credentials::CredentialOptions;
using credentials::PassphraseUse;

/// nullopt: nothing was said, so the system's own keyring may give reasons to take another.
Result<std::optional<Backend>> wanted_backend(Context& context) {
  GOFLOW_TRY(const auto setting, context.setting(core::settings::credentials_backend));
  if (setting.origin == core::SettingOrigin::default_value) return std::optional<Backend>();
  GOFLOW_TRY(const Backend backend, credentials::parse_backend(setting.value));
  return std::optional(backend);
}

Result<std::optional<std::string>> path_of(const core::Setting& setting, Context& context) {
  GOFLOW_TRY(auto resolved, context.setting(setting));
  if (resolved.value.empty()) return std::optional<std::string>();
  return std::optional(std::move(resolved.value));
}

Result<Secret> ask_passphrase(PassphraseUse use, Context& context) {
  constexpr std::string_view what = "passphrase of the encrypted file";
  const Consent consent = context.consent(false);
  GOFLOW_TRY(const core::WipedBytes words,
             use == PassphraseUse::choose ? ask_new_secret(context.terminal(), what, consent)
                                          : ask_secret(context.terminal(), what, consent));
  return Secret::copy_of(core::as_text(words));
}

Result<credentials::FileKeyOptions> file_keys(Context& context, Disturbing disturbing) {
  credentials::FileKeyOptions keys;
  GOFLOW_TRY(keys.passphrase_file, path_of(core::settings::credentials_passphrase_file, context));
  GOFLOW_TRY(keys.key_file, path_of(core::settings::credentials_key_file, context));
  const bool can_ask = disturbing == Disturbing::allowed && !context.options().no_input &&
                       context.terminal().open_controlling().is_open();
  if (can_ask) {
    keys.ask_passphrase = [&context](PassphraseUse use) { return ask_passphrase(use, context); };
  }
  return keys;
}

/// At once, since what comes next may take a minute.
void notify(const std::string& text, Context& context) {
  if (context.options().quiet) return;
  context.err().line(text);
  context.err().flush();
}

bool has_graphical_session(const Environment& environment) {
  return filled(environment, "DISPLAY") || filled(environment, "WAYLAND_DISPLAY");
}

Result<std::unique_ptr<core::CredentialStore>> open_for_a_glance(
    const CredentialOptions& options, const core::CredentialNamespace& credential_namespace) {
  if (options.wanted == Backend::memory) {
    return Error{ErrorCode::credential, "no other process sees what is in memory"};
  }
  if (options.wanted == Backend::file) {
    // To make a key of a passphrase is slow on purpose.
    if (!options.file_keys.key_file) {
      return Error{ErrorCode::credential, "the encrypted file needs its passphrase"};
    }
    return credentials::open_encrypted_file({.home = options.home, .keys = options.file_keys},
                                            credential_namespace);
  }
  // Without the index, which a list would mend.
  return credentials::open_secret_service({.bus = options.bus, .timeout = options.timeout},
                                          credential_namespace);
}

}  // namespace

Result<CredentialOptions> credential_options(Context& context,
                                             const core::CredentialNamespace& credential_namespace,
                                             Disturbing disturbing) {
  const Environment& environment = context.environment();
  CredentialOptions options;
  GOFLOW_TRY(options.home, context.home());
  options.credential_namespace = credential_namespace;
  GOFLOW_TRY(options.wanted, wanted_backend(context));
  options.bus = {.address = environment("DBUS_SESSION_BUS_ADDRESS"),
                 .runtime_folder = environment("XDG_RUNTIME_DIR")};
  options.can_prompt = disturbing == Disturbing::allowed && !context.options().no_input &&
                       has_graphical_session(environment);
  GOFLOW_TRY(options.timeout, context.duration(core::settings::credentials_timeout));
  GOFLOW_TRY(options.prompt_timeout, context.duration(core::settings::credentials_prompt_timeout));
  GOFLOW_TRY(options.file_keys, file_keys(context, disturbing));
  options.notify = [&context](const std::string& text) { notify(text, context); };
  return options;
}

Result<std::vector<core::CredentialKey>> keys_at_a_glance(
    Context& context,
    const core::CredentialNamespace& credential_namespace,
    std::chrono::milliseconds limit) {
  GOFLOW_TRY(auto options, credential_options(context, credential_namespace, Disturbing::never));
  options.timeout = limit;
  GOFLOW_TRY(const auto store, open_for_a_glance(options, credential_namespace));
  GOFLOW_TRY(const core::LockState state, store->lock_state());
  if (state == core::LockState::locked) {
    return Error{ErrorCode::credential, "what keeps the credentials is locked"}.with_hint(
        "unlock it: goflow cred test");
  }
  GOFLOW_TRY(const auto stored, store->list());
  std::vector<core::CredentialKey> keys;
  for (const core::StoredCredential& credential : stored) {
    keys.push_back(credential.key);
  }
  return keys;
}

}  // namespace goflow::cli
