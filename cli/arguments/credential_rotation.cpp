#include "cli/arguments/credential_rotation.hpp"

namespace goflow::cli {

core::Result<core::CredentialRotation> open_rotation(
    core::CredentialStore& store,
    const core::CredentialNamespace& credential_namespace,
    Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * metadata, context.credential_metadata());
  return core::CredentialRotation(store, *metadata, credential_namespace, context.clock());
}

void drop_overdue(core::CredentialStore& store,
                  const core::CredentialNamespace& credential_namespace,
                  Context& context) {
  const auto metadata = context.credential_metadata_if_any();
  if (metadata && *metadata == nullptr) return;
  const auto dropped =
      metadata ? core::CredentialRotation(store, **metadata, credential_namespace, context.clock())
                     .drop_overdue()
               : core::Result<void>(metadata.error());
  if (dropped) return;
  context.err().line("warning: a value from before a rotation could not be removed: " +
                     dropped.error().message);
}

}  // namespace goflow::cli
