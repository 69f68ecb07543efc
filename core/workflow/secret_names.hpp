// Which names of variables and headers are those of secrets, by all appearance.
#pragma once

#include <string_view>

namespace goflow::core {

/// "GITHUB_TOKEN", "Authorization", "DATABASE_URL"
bool is_secret_name(std::string_view name);

}  // namespace goflow::core
