#include "cli/commands/cred/first_steps.hpp"

#include "cli/arguments/credential_argument.hpp"
#include "cli/io/prompt.hpp"

#include <unistd.h>

#include <string>

namespace goflow::cli {
namespace {

using core::Error;
using core::Result;
using credentials::Backend;

/// Three lines to type, for a machine without a desktop.
std::string how_to_begin(const std::string& credential) {
  return "keep credentials in an encrypted file: goflow config set credentials.backend file\n"
         "opened by a key that only you can read: (umask 077; openssl rand -hex 32 > "
         "~/.goflow.key) && goflow config set credentials.key_file ~/.goflow.key\n"
         "then again: goflow cred set " +
         credential;
}

bool exists(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

/// Only for a file that is yet to be made: a lost key is not to be covered up by a new one.
Result<void> offer_key_file(Context& context) {
  GOFLOW_TRY(const auto key_file, context.setting(core::settings::credentials_key_file));
  GOFLOW_TRY(const std::string home, context.home());
  const bool is_wanted =
      !key_file.value.empty() && !exists(key_file.value) && !exists(home + "/credentials.enc");
  if (!is_wanted || context.options().no_input || !context.terminal().can_ask()) return {};
  GOFLOW_TRY(const bool is_agreed,
             confirm(context.terminal(),
                     "make a new key file '" + key_file.value + "'?",
                     context.consent(false)));
  if (!is_agreed) return {};
  return credentials::create_key_file(key_file.value);
}

}  // namespace

Result<const credentials::OpenedCredentials*> open_for_writing(
    const core::CredentialKey& key,
    const core::CredentialNamespace& credential_namespace,
    Context& context) {
  auto opened = context.credentials(credential_namespace, quoted(key, credential_namespace));
  if (opened) {
    if ((*opened)->backend == Backend::file) GOFLOW_TRY(offer_key_file(context));
    return opened;
  }
  GOFLOW_TRY(const auto backend, context.setting(core::settings::credentials_backend));
  const bool is_headless = opened.error().code == core::ErrorCode::credential &&
                           backend.origin == core::SettingOrigin::default_value &&
                           !filled(context.environment(), "DISPLAY") &&
                           !filled(context.environment(), "WAYLAND_DISPLAY");
  if (!is_headless) return opened;
  return std::move(opened).error().with_hint(how_to_begin(words_for(key, credential_namespace)));
}

}  // namespace goflow::cli
