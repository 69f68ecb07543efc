// Universally unique identifiers.
#pragma once

#include <string>
#include <string_view>

namespace goflow::core {

/// Looks like a random UUID (version 4), but is the same again for the same seed.
std::string uuid_of(std::string_view seed);

/// Whether it is written as a UUID is, of any version, in lower case.
bool is_uuid(std::string_view text);

}  // namespace goflow::core
