#include "cli/arguments/credential_rotation.hpp"

#include "credentials/home_lock.hpp"

#include <memory>
#include <utility>

namespace goflow::cli {
namespace {

core::CredentialRotation rotation_of(core::CredentialStore& store,
                                     core::CredentialMetadataStore& metadata,
                                     const core::CredentialNamespace& credential_namespace,
                                     Context& context) {
  return {store, metadata, credential_namespace, context.clock(), [&context] {
            return take_credential_turn(context);
          }};
}

}  // namespace

core::Result<core::CredentialTurn> take_credential_turn(Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const auto timeout, context.duration(core::settings::credentials_timeout));
  GOFLOW_TRY(const auto prompt_timeout,
             context.duration(core::settings::credentials_prompt_timeout));
  GOFLOW_TRY(auto lock, credentials::HomeLock::take(home, timeout + prompt_timeout));
  return core::CredentialTurn(std::make_shared<credentials::HomeLock>(std::move(lock)));
}

core::Result<core::CredentialRotation> open_rotation(
    core::CredentialStore& store,
    const core::CredentialNamespace& credential_namespace,
    Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * metadata, context.credential_metadata());
  return rotation_of(store, *metadata, credential_namespace, context);
}

void drop_overdue(core::CredentialStore& store,
                  const core::CredentialNamespace& credential_namespace,
                  Context& context) {
  const auto metadata = context.credential_metadata_if_any();
  if (metadata && *metadata == nullptr) return;
  const auto dropped =
      metadata ? rotation_of(store, **metadata, credential_namespace, context).drop_overdue()
               : core::Result<void>(metadata.error());
  if (dropped) return;
  context.err().line("warning: a value from before a rotation could not be removed: " +
                     dropped.error().message);
}

}  // namespace goflow::cli
