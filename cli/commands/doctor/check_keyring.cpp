// goflow doctor: what keeps credentials, looked at without a question to anybody.
#include "cli/commands/doctor/check.hpp"
#include "cli/credential_access.hpp"
#include "credentials/encrypted_file/file_keys.hpp"
#include "credentials/secret_service/probe.hpp"

namespace goflow::cli {
namespace {

using credentials::Backend;
using credentials::CredentialOptions;

constexpr const char* how_to_unlock =
    "log in to the desktop session, or unlock it with your password as the input of: "
    "gnome-keyring-daemon --unlock --components=secrets";

/// What was not asked for is told, for those who have no keyring.
std::string the_others(const CredentialOptions& options) {
  return options.wanted ? "" : "; file: only used on request";
}

Finding warning_of(const core::Error& error) {
  return {Health::warning, error.message, error.hint};
}

Finding look_at_service(const CredentialOptions& options) {
  const auto keyring = credentials::probe_secret_service(options.bus, options.timeout);
  // No fault: a workflow without credentials runs all the same.
  if (!keyring) {
    return {Health::warning, keyring.error().message + the_others(options), keyring.error().hint};
  }
  if (!*keyring) {
    return {Health::warning,
            "the secret service has no default keyring" + the_others(options),
            how_to_unlock};
  }
  const std::string named = "keyring '" + (*keyring)->label + "'";
  if ((*keyring)->is_locked) {
    return {Health::warning, "the " + named + " is locked" + the_others(options), how_to_unlock};
  }
  return {Health::ok, "secret service, " + named + " is unlocked"};
}

Finding look_at_file(const CredentialOptions& options) {
  const credentials::FileKeyOptions& keys = options.file_keys;
  const auto opened = credentials::open_credentials(options, "a look");
  if (!opened) return warning_of(opened.error());
  const auto state = opened->store->lock_state();
  if (!state) return warning_of(state.error());
  const bool asks = *state == core::LockState::locked || (!keys.key_file && !keys.passphrase_file);
  if (asks) return {Health::ok, "encrypted file, asks for its passphrase"};
  if (keys.key_file) {
    const auto listed = opened->store->list();
    if (!listed) return warning_of(listed.error());
    return {Health::ok, "encrypted file, opened by a key file"};
  }
  // Not opened: to make a key of a passphrase takes its time.
  const auto passphrase = credentials::read_passphrase_file(*keys.passphrase_file);
  if (!passphrase) return warning_of(passphrase.error());
  return {Health::ok, "encrypted file, opened by a passphrase file"};
}

}  // namespace

Finding check_keyring(Context& context) {
  const auto options = credential_options(context, core::CredentialNamespace(), Disturbing::never);
  if (!options) return warning_of(options.error());
  const Backend backend = options->wanted.value_or(Backend::secret_service);
  if (backend == Backend::file) return look_at_file(*options);
  if (backend == Backend::memory) {
    return {Health::warning,
            "memory, which forgets every credential at once",
            "take another place: goflow config set credentials.backend file"};
  }
  return look_at_service(*options);
}

}  // namespace goflow::cli
