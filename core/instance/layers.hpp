// Values over values: what comes later wins, name by name.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

namespace goflow::core {

Object layered(Object below, const Object& above);

/// A namespace that is not given leaves the one below.
CredentialBindings layered(CredentialBindings below, const CredentialBindings& above);

}  // namespace goflow::core
