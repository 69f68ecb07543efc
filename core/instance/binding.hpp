// What is bound to a workflow: whether it can be, and what counts when it is bound more than once.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <string>
#include <vector>

namespace goflow::core {

/// From "NAME=value", with '=' in the value as it comes; of a repeated name the last one counts.
/// invalid_argument: no name of a variable, or one of those that goflow sets itself.
Result<TextMap> checked_env(const std::vector<std::string>& written);

/// What stands above wins, name by name.
Object layered(Object below, const Object& above);
TextMap layered(TextMap below, const TextMap& above);
/// A namespace of its own wins over the one below.
CredentialBindings layered(CredentialBindings below, const CredentialBindings& above);

/// Names that are not there are no mistake.
Object without(const Object& bound, const std::vector<std::string>& names);

}  // namespace goflow::core
