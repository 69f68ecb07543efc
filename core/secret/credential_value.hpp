// What may be kept as a credential: not nothing, and not too much.
#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <string_view>

namespace goflow::core {

inline constexpr std::size_t largest_credential = 1'048'576;

/// invalid_argument: it is empty, only white space, or longer than 1 MiB. The Error shows none of
/// it.
Result<void> check_credential_value(std::string_view value);

}  // namespace goflow::core
