// Keeps the list of keys that the original GoFlow looks for beside its entries.
#pragma once

#include "core/secret/credential_store.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace goflow::credentials {

/// What `store` enumerates is the truth; the index follows it and is mended when it differs. Only
/// when `store` does not tell what it has is the index listed instead, which is told. That
/// the index could not be written is told, and is never the failure of what was asked for.
/// Writers of one home take turns, up to `patience`.
std::unique_ptr<core::CredentialStore> with_index(std::unique_ptr<core::CredentialStore> store,
                                                  std::string home,
                                                  std::chrono::milliseconds patience,
                                                  core::CredentialNotice notify = {});

}  // namespace goflow::credentials
