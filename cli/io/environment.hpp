// The environment variables, passed in so that a test can say what they are.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

/// The value of a variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

Environment process_environment();

/// "NAME=value", all of them: what a child process gets.
std::vector<std::string> inherited_environment();

/// The value of a variable that is set and not empty.
std::optional<std::string> filled(const Environment& environment, const std::string& name);

}  // namespace goflow::cli
