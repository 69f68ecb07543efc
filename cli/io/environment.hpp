// The environment variables, passed in so that a test can say what they are.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace goflow::cli {

/// The value of a variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

Environment process_environment();

/// The value of a variable that is set and not empty.
std::optional<std::string> filled(const Environment& environment, const std::string& name);

}  // namespace goflow::cli
