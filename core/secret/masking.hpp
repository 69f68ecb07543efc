// Writes a text anew, with three stars in place of each secret.
#pragma once

#include "core/secret/secret_index.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::core {

inline constexpr std::string_view secret_mask = "***";

/// The text up to where it is decided. `covered`: how much of its front belongs to a mask that was
/// written already; becomes the same for the text that is undecided yet.
std::string masked_text(std::string_view text, const Sightings& sightings, std::size_t& covered);

}  // namespace goflow::core
