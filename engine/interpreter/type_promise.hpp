// Whether a value keeps what the declaration of its variable promised.
#pragma once

#include "core/value/value.hpp"
#include "engine/interpreter/names.hpp"

#include <optional>
#include <string>

namespace goflow::engine {

/// A warning when it does not; null keeps every promise.
std::optional<std::string> broken_promise(const Names& names, Slot slot, const core::Value& value);

}  // namespace goflow::engine
