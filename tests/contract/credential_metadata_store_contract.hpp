// What every store of what is known of credentials promises.
#pragma once

#include "core/secret/credential_metadata.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Runs all cases, each on the empty store that `make` gives.
void credential_metadata_store_contract(
    const std::function<std::unique_ptr<core::CredentialMetadataStore>()>& make);

}  // namespace goflow::test
