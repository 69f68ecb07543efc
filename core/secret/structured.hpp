// Credentials of several fields: a JSON object, read and written without leaving copies.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/credential_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

struct SecretField {
  std::string name;
  Secret value;          // of a text its characters, of anything else compact JSON
  bool is_text = false;  // only these are masked in what goflow writes
};

/// The same JSON without white space. invalid_argument, which shows none of it: it is no JSON
/// object.
Result<Secret> compact_structured(const Secret& json);

/// In the order of the text; of a repeated name the last one counts. invalid_argument as above.
Result<std::vector<SecretField>> structured_fields(const Secret& json);

/// Stores it compact. invalid_argument as above.
Result<void> set_structured(CredentialStore& store, const CredentialKey& key, const Secret& json);

/// nullopt: there is no such key. credential: the value is no JSON object.
Result<std::optional<std::vector<SecretField>>> get_structured(CredentialStore& store,
                                                               const CredentialKey& key);

}  // namespace goflow::core
