// The members of a JSON object that another program wrote.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace goflow::core {

/// invalid_argument when the object has another one; `what` is the object, as in "a report".
Result<void> check_members(const Value& object,
                           std::span<const char* const> known,
                           const std::string& what);

/// nullopt: absent, null or empty. invalid_argument when it is no text.
Result<std::optional<std::string>> text_of(const Value& object, std::string_view name);

}  // namespace goflow::core
