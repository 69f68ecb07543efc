// Which keys of config.yaml are those of secrets, by all appearance: a file is no place for them.
#pragma once

#include "core/base/error.hpp"

#include <string_view>

namespace goflow::core {

/// By the words in which the name ends: "db.password", "secret_access_key", "apiToken". What only
/// speaks of a secret, such as "token_url" or "passphrase_file", is none.
bool looks_like_secret(std::string_view name);

/// invalid_argument, with the command that keeps it.
Error secret_in_config(std::string_view name);

}  // namespace goflow::core
