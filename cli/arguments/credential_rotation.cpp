#include "cli/arguments/credential_rotation.hpp"

namespace goflow::cli {

core::Result<core::CredentialRotation> open_rotation(
    core::CredentialStore& store,
    const core::CredentialNamespace& credential_namespace,
    Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * metadata, context.credential_metadata());
  return core::CredentialRotation(store, *metadata, credential_namespace, context.clock());
}

}  // namespace goflow::cli
