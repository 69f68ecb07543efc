// What every credential store promises, whatever keeps the secrets.
#pragma once

#include "core/secret/credential_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Opens a store on one and the same place, of the given namespace, as often as it is called.
using OpenCredentials =
    std::function<std::unique_ptr<core::CredentialStore>(const core::CredentialNamespace&)>;

/// Runs all cases; `make_place` gives an empty place each time. `many` keys are stored where it is
/// about many: each costs some backends a write to the disk.
void credential_store_contract(const std::function<OpenCredentials()>& make_place, int many = 500);

}  // namespace goflow::test
